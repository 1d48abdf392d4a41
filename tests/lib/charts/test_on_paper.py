"""Charts in PDFs: whole, readable by everybody, and in the language of the document."""

import io

import pytest
from django.template import Context, Engine
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler
from pypdf import PdfReader

from mentoring.gallery.charts import samples
from mentoring.lib.charts import Chart
from mentoring.lib.charts.palette import PAPER
from mentoring.lib.typesetting import typeset
from tests.lib.test_pdfs import failures, text_of

DOCUMENT = """<!doctype html><html lang="{{ language }}"><head><title>Report</title></head>
<body><h1>Report</h1>{% for chart in charts %}<c-chart :chart="chart" level="2" />{% endfor %}
<p>So many <c-ring :chart="ring" /> and <c-sparkline :chart="spark" /></p></body></html>"""


def pdf_of(charts: list[Chart], language: str = "en") -> bytes:
    given = samples()
    context = {
        "charts": charts,
        "ring": given["rings"][0],
        "spark": given["sparkline"],
        "language": language,
    }
    template = Engine.get_default().from_string(CottonCompiler().process(DOCUMENT))
    with translation.override(language):
        return typeset(template.render(Context(context)))


def everything() -> list[Chart]:
    given = samples()
    return [*(each for each in given.values() if isinstance(each, Chart)), *given["hard"]]


def test_every_chart_follows_the_standard_of_accessible_documents() -> None:
    pdf = pdf_of(everything())
    assert failures(pdf) == []
    text = text_of(pdf)
    assert "1,240" in text
    assert "39% go on" in text
    assert "O'Hara's Trainees" in text


def test_marks_have_their_colors_where_no_style_sheet_reaches() -> None:
    given = samples()
    reader = PdfReader(io.BytesIO(pdf_of([given["lines"], given["heat"]])))
    drawn = "".join(
        stream.get_object().get_data().decode("latin-1")
        for page in reader.pages
        for stream in streams(page)
    )
    colors = (*PAPER.series[:3], *PAPER.heat)
    assert [color for color in colors if channels(color) not in rounded(drawn)] == []


def streams(page: object) -> list:
    """What a page draws itself, and in forms that it uses."""
    contents = page["/Contents"].get_object()
    own = list(contents) if isinstance(contents, list) else [contents]
    forms = page["/Resources"].get("/XObject", {}).get_object()
    return [*own, *forms.values()]


def channels(color: str) -> tuple[int, int, int]:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def rounded(drawn: str) -> set[tuple[int, ...]]:
    """The colors that are set for filling or for lines."""
    found = set()
    words = drawn.split()
    for at, word in enumerate(words):
        if word in {"rg", "RG", "scn", "SCN", "sc", "SC"} and at >= 3:
            try:
                found.add(tuple(round(float(each) * 255) for each in words[at - 3 : at]))
            except ValueError:
                continue
    return found


@pytest.mark.parametrize(("language", "number"), [("en", "1,240"), ("de", "1.240")])
def test_numbers_are_in_the_language_of_the_document(language: str, number: str) -> None:
    assert number in text_of(pdf_of([samples()["funnel"]], language))

"""PDFs follow PDF/UA-1, keep every letter, and load nothing from outside."""

import io
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import page
import pytest
from django.conf import settings
from PIL import ImageFile
from pypdf import PdfReader
from pypdf.generic import BooleanObject
from time_machine import TimeMachineFixture

from mentoring.lib.logs import logging_config
from mentoring.lib.pdfs import render_pdf
from mentoring.lib.typesetting import OwnFiles, Refused, typeset

HEAD = '<html lang="en"><head><title>Ann &amp; Bo</title></head>'
TABLE = """<table><caption>Where we stood</caption>
<thead><tr><th scope="col">Sentence</th>
<th scope="col">Then</th><th scope="col">Now</th></tr></thead>
<tbody><tr><th scope="row">I ask.</th><td>2</td><td>4</td></tr></tbody></table>"""
EVERYTHING = f"""<!doctype html>{HEAD}<body><h1>Zoë, Łukasz, Ödön &amp; Şeyma O’Neil</h1>
<p>Some <strong>strong</strong> and <em>slanted</em> words,
<a href="https://e.example/">a link</a>.</p>
<img src="img/mark.svg" alt="Our mark"><h2>Goals</h2><ul><li>One</li><li>Two</li></ul>
<h3>More</h3><ol><li>First</li></ol><blockquote><p>Said.</p></blockquote>{TABLE}
{"<p>A long story.</p>" * 80}</body></html>"""


def failures(pdf: bytes) -> list[str]:
    """The rules of PDF/UA-1 that the document breaks."""
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [failure.rule_id for failure in report.failures]


def text_of(pdf: bytes) -> str:
    return "\n".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages)


def test_a_document_with_everything_can_be_read_by_everybody() -> None:
    pdf = typeset(EVERYTHING)
    assert failures(pdf) == []
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) > 2
    assert str(reader.root_object["/Lang"]) == "en"
    assert reader.root_object["/MarkInfo"]["/Marked"] == BooleanObject(True)
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"] == BooleanObject(True)
    assert reader.metadata.title == "Ann & Bo"
    assert "Zoë, Łukasz, Ödön & Şeyma O’Neil" in text_of(pdf)


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        (EVERYTHING.replace(' lang="en"', ""), "LANGUAGE"),
        (EVERYTHING.replace("<title>Ann &amp; Bo</title>", ""), "METADATA-TITLE"),
        (EVERYTHING.replace(' alt="Our mark"', ""), "FIGURE-ALTERNATIVE-TEXT"),
        (EVERYTHING.replace("h2>", "h3>"), "HEADING-NESTING"),
    ],
)
def test_the_checker_notices_what_a_document_lacks(html: str, rule: str) -> None:
    assert [failure for failure in failures(typeset(html)) if rule in failure]


def test_a_template_is_made_in_the_language_and_with_the_title_that_are_asked_for() -> None:
    pdf = render_pdf("pdfs/base.html", {}, language="de", title="Für <Anna> & Łukasz")
    reader = PdfReader(io.BytesIO(pdf))
    assert (str(reader.root_object["/Lang"]), reader.metadata.title) == (
        "de",
        "Für <Anna> & Łukasz",
    )


@pytest.fixture
def asked_for() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


def test_a_document_reaches_neither_the_network_nor_other_files(
    asked_for: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, paths = asked_for
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of the machine")
    targets = (f"{address}/x", secret.as_uri(), "../manage.py", "../../../etc/hostname")
    links = "".join(
        f'<link rel="attachment" href="{target}"><link rel="stylesheet" href="{target}">'
        for target in targets
    )
    images = "".join(f'<img alt="x" src="{target}"><object data="{target}">' for target in targets)
    pdf = typeset(f'<html lang="en"><head><title>x</title>{links}</head><body>{images}</body>')
    assert paths == []
    assert PdfReader(io.BytesIO(pdf)).attachments == {}


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "file://elsewhere/etc/hostname",
        "http://127.0.0.1/",
        "data:text/plain,x",
        (settings.ROOT / "static" / ".." / "manage.py").as_uri(),
        f"{(settings.ROOT / 'static').as_uri()}/%2e%2e/manage.py",
        f"{(settings.ROOT / 'static').as_uri()}-other/x.css",
    ],
)
def test_only_our_own_static_files_are_given(url: str) -> None:
    with pytest.raises(Refused):
        OwnFiles().fetch(url)
    mark = (settings.ROOT / "static" / "img" / "mark.svg").as_uri()
    assert OwnFiles().fetch(mark).read().startswith(b"<svg")


def test_nothing_of_a_document_is_logged() -> None:
    config = logging_config(level="DEBUG", style="json")["loggers"]
    quiet = {"handlers": ["nowhere"], "propagate": False}
    assert [config[name] for name in ("weasyprint", "fontTools")] == [quiet, quiet]
    assert logging.getLogger("weasyprint").propagate is False


def test_making_a_pdf_changes_nothing_for_pictures_that_people_upload() -> None:
    typeset(EVERYTHING)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_the_same_document_is_the_same_bytes_at_another_time(
    time_machine: TimeMachineFixture,
) -> None:
    time_machine.move_to(datetime(2026, 4, 1, tzinfo=UTC))
    one = typeset(EVERYTHING)
    time_machine.move_to(datetime(2027, 5, 2, tzinfo=UTC))
    assert typeset(EVERYTHING) == one

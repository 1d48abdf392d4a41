"""The workbook: a cover, a sheet for each table, definitions; and the page for a board."""

import io
from datetime import timedelta

import page
import pytest
from pypdf import PdfReader

from accounts.enums import Role
from mentoring.reports.exporting.meanings import MEANINGS
from mentoring.reports.exporting.registry import TABLES
from mentoring.reports.grouped import GROUPED
from mentoring.reports.metrics import METRICS
from mentoring.reports.models import CohortFigures
from mentoring.reports.queries.sums import sums_by_cohort
from programs.models import Cohort, Program
from tests.factories import inside
from tests.profiles.people import create_cohort
from tests.reports.exporting.factories import (
    PURPOSE,
    Place,
    ask,
    book_of,
    content,
    order,
    rows_of,
)

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


def add_up(place: Place) -> None:
    """As the snapshot does in the end."""
    with inside(place.organization):
        CohortFigures.objects.bulk_create(
            CohortFigures(snapshot=place.snapshot, cohort_id=key, sums=sums)
            for key, sums in sums_by_cohort(place.snapshot).items()
        )


def cells(sheet) -> list[list]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_workbook_says_of_whom_for_what_and_what_each_number_means():
    place = Place()
    place.pair("Ada", "Carl", mentor_department="Law")
    add_up(place)
    analyst = place.analyst(name="Hanna O'Hara")

    export = ask(
        analyst,
        order("pairs", "summary", format="xlsx", filters={"departments": ["Law"]}),
    )

    book = book_of(export)
    assert book.sheetnames == ["Cover", "Summary", "Pairs", "Definitions"]
    cover = dict(cells(book["Cover"]))
    assert cover["Organization"] == place.organization.name
    assert cover["As of"] == f"{place.as_of}, end of the day"
    assert cover["Departments"] == "Law"
    assert cover["Purpose"] == PURPOSE
    assert cover["Asked for by"] == "Hanna O'Hara"
    assert cover["Version"] == export.version
    assert cover["Time zone"] == "Europe/Berlin"
    told = {(row[0], row[1]): row[3] for row in cells(book["Definitions"])[1:]}
    numbers = {("Summary", key): str(each.definition) for key, each in METRICS.items()}
    columns = {("Pairs", key): str(meaning) for key, meaning in MEANINGS["pairs"].items()}
    groups = {("Told about groups", each.key): str(each.definition) for each in GROUPED}
    assert told == numbers | groups | columns
    rows = cells(book["Definitions"])[1:]
    least = {row[1]: row[7] for row in rows if row[0] == "Told about groups"}
    assert least == {each.key: each.least for each in GROUPED}
    assert export.file_name.endswith(f"-report-{place.as_of}.xlsx")


@pytest.mark.parametrize("key", [key for key in TABLES if key != "summary"])
def test_every_column_of_every_table_has_a_meaning(key):
    place = Place()
    place.pair()
    export = ask(place.analyst(roles=[Role.OWNER]), order(key, "participants", format="xlsx"))
    book = book_of(export)
    table = TABLES[key]
    headings = [
        str(each).removesuffix(" (Europe/Berlin)") for each in cells(book[str(table.title)])[0]
    ]
    definitions = [row for row in cells(book["Definitions"])[1:] if row[0] == str(table.title)]
    assert [row[2] for row in definitions if row[1] in MEANINGS[key]] == headings
    assert len(MEANINGS[key]) == len(headings)


def test_the_summary_has_every_metric_of_each_cohort_and_what_it_is_of():
    place = Place()
    place.pair()
    place.pair("Bea", "Dan", meetings=5, minutes=140, due=4, kept=4)
    add_up(place)

    (row,) = rows_of(ask(place.analyst(), order("summary")))

    assert row["Cohort"] == place.cohort.name
    assert row["As of"] == place.as_of.isoformat()
    assert row["Enrolled"] == "4"
    assert row["Meetings held"] == "8"
    assert row["Hours together"] == "4.00"
    assert (row["Cadence kept"], row["Cadence kept: n"]) == ("0.8571", "7")
    assert row["Time to match"] == ""


def test_the_same_question_of_another_day_or_person_differs_only_in_what_it_says():
    place = Place()
    place.pair()
    add_up(place)
    analyst = place.analyst()
    wanted = order("pairs", "participants", "surveys", "summary", format="xlsx")

    digests = {ask(analyst, wanted).digest for _ in range(2)}
    other = ask(analyst, order("pairs", format="xlsx", purpose="For quite another thing"))

    assert len(digests) == 1
    assert other.digest not in digests


def test_several_tables_as_text_are_an_archive_with_a_file_for_each():
    import zipfile

    place = Place()
    place.pair()
    export = ask(place.analyst(), order("pairs", "participants"))
    archive = zipfile.ZipFile(io.BytesIO(content(export)))

    assert export.file_name.endswith(".zip")
    assert archive.namelist() == ["about.csv", "pairs.csv", "participants.csv", "definitions.csv"]
    assert archive.read("pairs.csv").startswith(b"Pair,Program,Cohort")
    assert PURPOSE in archive.read("about.csv").decode()


def test_the_page_for_a_board_is_one_page_that_can_be_read_aloud():
    place = Place()
    name = "A program with a name that is as long as names can be and longer " * 3
    with inside(place.organization):
        Program.objects.update(name=name[:120])
    for number in range(9):
        cohort = create_cohort(place.organization, name=f"Cohort {number} {name}"[:120])
        Place(cohort, as_of=place.as_of).pair(f"Ada {number}", f"Carl {number}")
    add_up(place)
    export = ask(place.analyst(), order(format="pdf", purpose=f"{PURPOSE} {'and more ' * 30}"))

    pdf = content(export)
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    reader = PdfReader(io.BytesIO(pdf))
    text = " ".join(reader.pages[0].extract_text().split())
    assert [failure.message for failure in report.failures] == []
    assert len(reader.pages) == 1
    assert "Pairs now 9" in text
    assert "3 more cohorts are in the numbers above" in text
    assert "Ada" not in text
    assert ask(place.analyst(), order(format="pdf", purpose=export.purpose)).size


def test_months_follow_each_other_in_the_summary():
    place = Place()
    earlier = place.as_of.replace(day=1) - timedelta(days=1)
    before = Place(place.cohort, as_of=earlier)
    pairing = before.pair()
    place.tell_of(pairing, meetings=4)
    with inside(place.organization):
        before.snapshot.is_month_end = True
        before.snapshot.save()
    add_up(before)
    add_up(place)
    with inside(place.organization):
        assert Cohort.objects.count() == 1

    rows = rows_of(ask(place.analyst(), order("summary")))

    assert [(row["As of"], row["Meetings held"]) for row in rows] == [
        (earlier.isoformat(), "3"),
        (place.as_of.isoformat(), "4"),
    ]

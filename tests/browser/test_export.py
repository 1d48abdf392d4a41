"""An analyst takes pairs along as a workbook, and somebody else's reader finds what SQL finds."""

from io import BytesIO
from pathlib import Path

import psycopg
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.test_every_page import look_at, sign_in_as

SLUG = "halden"
PURPOSE = "For the yearly report, it's due in May"
ORGANIZATION = "SELECT id FROM accounts_organization WHERE slug = %s"
SCOPE = "SELECT set_config('app.organization_id', %s, true)"
LATEST = "SELECT max(as_of) FROM reports_snapshot"
DEPARTMENT = """
SELECT min(mentor_department) FROM reports_pairfigures pair
JOIN reports_snapshot snapshot ON snapshot.id = pair.snapshot_id
WHERE snapshot.as_of = %s AND mentor_department <> ''
"""
PAIRS = """
SELECT mentor.name, mentee.name, figures.meetings, figures.matched_on
FROM reports_pairfigures figures
JOIN reports_snapshot snapshot ON snapshot.id = figures.snapshot_id
JOIN pairings_pairing pair ON pair.id = figures.pairing_id
JOIN programs_participant one ON one.id = pair.mentor_id
JOIN programs_participant other ON other.id = pair.mentee_id
JOIN accounts_member mentor ON mentor.id = one.member_id
JOIN accounts_member mentee ON mentee.id = other.member_id
WHERE snapshot.as_of = %s AND %s IN (mentor_department, mentee_department)
"""


def by_sql(running_web) -> tuple[str, set[tuple]]:
    """A department, and the pairs of which one person is in it."""
    with psycopg.connect(running_web.urls.system) as system:
        (here,) = system.execute(ORGANIZATION, [SLUG]).fetchone()
    with psycopg.connect(running_web.urls.app) as app:
        app.execute(SCOPE, [str(here)])
        (day,) = app.execute(LATEST).fetchone()
        (department,) = app.execute(DEPARTMENT, [day]).fetchone()
        return department, set(app.execute(PAIRS, [day, department]).fetchall())


def by_reader(path: Path) -> tuple[dict, set[tuple]]:
    book = load_workbook(BytesIO(path.read_bytes()), read_only=True)
    headings, *rows = book["Pairs"].iter_rows(values_only=True)
    told = [dict(zip(headings, row, strict=True)) for row in rows]
    names = ("Mentor: name", "Mentee: name", "Meetings held")
    pairs = {(*(row[name] for name in names), row["Matched on"].date()) for row in told}
    return dict(book["Cover"].iter_rows(values_only=True)), pairs


def test_an_analyst_takes_the_pairs_of_a_department_along(page, running_web, tmp_path):
    department, expected = by_sql(running_web)
    assert expected != set()
    sign_in_as(page, running_web, SLUG, "hr_analyst")
    page.get_by_role("link", name="Exports", exact=True).first.click()
    expect(page.get_by_text("For the yearly report of human resources")).to_be_visible()
    assert look_at(page) == []

    page.get_by_role("link", name="New export").first.click()
    assert look_at(page) == []
    page.get_by_label("Pairs", exact=True).check()
    page.get_by_label("Department").select_option(department)
    page.get_by_role("button", name="Make the export").click()
    expect(page.get_by_text("Please say what you need it for.").first).to_be_visible()
    expect(page.get_by_label("Pairs", exact=True)).to_be_checked()
    page.get_by_label("Purpose").fill(PURPOSE)
    page.get_by_role("button", name="Make the export").click()
    expect(page.get_by_text("Your file is ready")).to_be_visible()
    assert look_at(page) == []

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    cover, pairs = by_reader(path)
    assert path.suffix == ".xlsx"
    assert pairs == expected
    assert (cover["Departments"], cover["Purpose"]) == (department, PURPOSE)

    look_at_monthly_ones(page)


def look_at_monthly_ones(page) -> None:
    page.get_by_role("link", name="Exports", exact=True).first.click()
    page.get_by_role("link", name="Monthly exports").click()
    expect(page.get_by_text("For the board, every month")).to_be_visible()
    assert look_at(page) == []
    page.get_by_role("link", name="New monthly export").first.click()
    assert look_at(page) == []

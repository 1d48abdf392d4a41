"""An owner finds out what failed, mends it, looks ahead, and gives people a day off."""

import re
import time
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urljoin

from playwright.sync_api import expect

from tests.browser.test_every_page import look_at, sign_in_as

LOG = "/o/halden/messages/"
DAY = timedelta(days=1)
# The first day of a weekend.
FREE = 5


def open_tab(page, name: str) -> int:
    """Returns how many the tab says that there are."""
    tab = page.get_by_role("navigation", name="Messages", exact=True).get_by_role(
        "link", name=re.compile(f"^{name}")
    )
    count = int(re.sub(r"\D", "", tab.inner_text()) or "0")
    tab.click()
    expect(tab).to_have_attribute("aria-current", "page")
    return count


def send_one_again(page) -> None:
    failed = open_tab(page, "Failed")
    assert failed >= 2
    expect(page.get_by_text("Check the address.")).to_be_visible()
    assert look_at(page) == []
    page.get_by_role("button", name="Send again", exact=True).first.click()
    expect(page.get_by_text(re.compile("will be sent again in a moment"))).to_be_visible()
    assert open_tab(page, "Failed") == failed - 1


def send_the_rest_again(page) -> None:
    page.get_by_role("button", name=re.compile("^Send (all )?[0-9]+ again$")).click()
    expect(page.get_by_role("dialog")).to_contain_text("nobody gets anything twice")
    page.get_by_role("dialog").get_by_role("button", name="Send again").click()
    expect(page.get_by_text(re.compile("will be sent again"))).to_be_visible()
    expect(page.get_by_text("Nothing has failed")).to_be_visible()


def see_what_is_confidential(page) -> None:
    open_tab(page, "Failed")
    page.locator("tbody a", has_text="Invitation").first.click()
    expect(page.get_by_text("The text is confidential")).to_be_visible()
    assert page.locator("iframe").count() == 0
    assert look_at(page) == []
    page.go_back()


def see_what_an_announcement_says(page, log: str) -> None:
    """It waits or was sent: workers are busy meanwhile."""
    found = page.locator("tbody a", has_text="Message to people of a cohort")
    for tab in ("sent", "upcoming", "sent"):
        page.goto(f"{log}?tab={tab}&kind=programs.announcement&way=mail")
        if found.count():
            break
    found.first.click()
    frame = page.frame_locator("iframe.mail-frame")
    expect(frame.locator("h1")).to_be_visible()
    assert frame.locator("a[href]").count() == 0


def send_a_sent_one_once_more(page, log: str) -> None:
    """Its reader says that it never came. The first workers are still busy with it."""
    found = page.locator("tbody a", has_text="Message to people of a cohort")
    deadline = time.monotonic() + 60
    while not found.count() and time.monotonic() < deadline:
        page.goto(f"{log}?tab=sent&kind=programs.announcement&way=mail")
    found.first.click()
    page.get_by_role("button", name="Send again").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("It keeps its number (Message-ID).")
    assert look_at(page) == []
    dialog.get_by_role("button", name="Send again").click()
    expect(page.get_by_text(re.compile("will be sent again in a moment"))).to_be_visible()


def look_ahead_in_a_cohort(page, home: str) -> None:
    page.goto(f"{home}cohorts/?state=running")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Next 30 days").click()
    expect(page.get_by_role("heading", name="Next 30 days")).to_be_visible()
    expect(page.locator(".outlook-totals").get_by_text("A meeting is near")).to_be_visible()
    assert page.get_by_text("has not met for a while").count() == 0
    assert look_at(page) == []


def test_an_owner_mends_what_failed_and_looks_ahead(page, running_web):
    sign_in_as(page, running_web, "halden", "owner")
    page.goto(f"{running_web.base_url}{LOG}")
    expect(page.get_by_role("heading", name="Messages", exact=True)).to_be_visible()
    assert look_at(page) == []
    see_what_is_confidential(page)
    send_one_again(page)
    send_the_rest_again(page)
    see_what_an_announcement_says(page, f"{running_web.base_url}{LOG}")
    send_a_sent_one_once_more(page, f"{running_web.base_url}{LOG}")
    look_ahead_in_a_cohort(page, f"{running_web.base_url}/o/halden/")


def planned_far_ahead(page, log: str) -> tuple[str, date]:
    """The page of a reminder that waits for a morning, and the working day that is meant."""
    page.goto(f"{log}?tab=upcoming&way=mail&kind=pairings.end_passed&sort=-due")
    links = page.locator("tbody td a", has_text="The agreed end of a pair is over")
    for address in [each.get_attribute("href") for each in links.all()]:
        page.goto(urljoin(log, address))
        meant = re.search(r"the morning of (\d+ \w+ \d+)", page.locator("dl").inner_text())
        day = datetime.strptime(meant[1], "%d %b %Y").replace(tzinfo=UTC).date()
        if day.weekday() < FREE and abs(due_on(page) - day) <= DAY:
            return page.url, day
    raise AssertionError("No reminder waits for a working day.")


def due_on(page) -> date:
    """When the message on the page is due, in UTC."""
    due = page.locator(".fact", has_text="Due").locator("time").get_attribute("datetime")
    return datetime.fromisoformat(due).astimezone(UTC).date()


def see_it_due(page, address: str, *, later: bool, than: date) -> None:
    """Workers move what is planned, a moment later."""
    deadline = time.monotonic() + 30
    while True:
        page.goto(address)
        if (due_on(page) > than) == later or time.monotonic() > deadline:
            break
        page.wait_for_timeout(300)
    assert (due_on(page) > than) == later


def test_a_day_off_takes_the_reminders_along_that_wait_for_it(page, running_web):
    sign_in_as(page, running_web, "halden", "owner")
    reminder, day = planned_far_ahead(page, f"{running_web.base_url}{LOG}")
    before = due_on(page)
    assert look_at(page) == []
    holidays = f"{running_web.base_url}/o/halden/settings/holidays/?year={day.year}"

    page.goto(holidays)
    page.get_by_label("Date").fill(day.isoformat())
    page.get_by_label("Name").fill("O'Hara's day")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("O'Hara's day is added.")).to_be_visible()
    see_it_due(page, reminder, later=True, than=before)

    page.goto(holidays)
    row = page.get_by_role("row", name=re.compile("O'Hara's day"))
    row.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("O'Hara's day is removed.")).to_be_visible()
    see_it_due(page, reminder, later=False, than=before)

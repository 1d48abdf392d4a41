"""From an empty organization to an approved cohort in one sitting, as people see it."""

import re
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_organization import sign_in
from tests.browser.test_sign_in import mailed_code, press
from tests.factories import PASSWORD
from tests.plugins import databases
from tests.plugins.web import RunningWeb, wait_for

SLUG = "tidewater"
PEOPLE, CROWD = 200, 58
GRADES = ("Trainee", "Specialist", "Lead", "Director", "Managing director")
DEPARTMENTS = ("Sales", "Research", "Operations", "Finance", "Customer service")
PATIENCE = 60_000


def address_of(number: int) -> str:
    return f"person{number:03}@{SLUG}.example"


def people_list() -> bytes:
    """200 people below one head, junior grades first, as a spreadsheet in Germany writes them."""
    lines = ["Personalnummer;Name;E-Mail;Abteilung;Standort;Stufe;Vorgesetzte"]
    for number in range(1, PEOPLE + 1):
        grade = GRADES[min((number - 1) * len(GRADES) // PEOPLE, 4)]
        department = DEPARTMENTS[number % len(DEPARTMENTS)]
        manager = "" if number == PEOPLE else f"T{PEOPLE if number > 160 else 161 + number % 40}"
        row = [f"T{number}", f"Zoë O'Hara {number:03}", address_of(number), department]
        lines.append(";".join([*row, "Köln", grade, manager]))
    return "\r\n".join(lines).encode("windows-1252")


def mails_to(folder: Path, address: str) -> list[Any]:
    files = sorted(folder.glob("*.eml"))
    every = [message_from_bytes(each.read_bytes(), policy=policy.default) for each in files]
    return [each for each in every if address in each["To"]]


def invitation_link(folder: Path, address: str) -> str:
    wait_for(lambda: mails_to(folder, address), seconds=PATIENCE / 1000)
    text = mails_to(folder, address)[-1].get_body(("plain",)).get_content()
    found = re.search(r"http://\S+/invitations/\S+", text)
    assert found, text
    return found[0]


def found_an_organization(page: Page, running_web: RunningWeb) -> str:
    sign_in(page, running_web)
    page.goto(f"{running_web.base_url}/organizations/new/")
    page.locator("input[name=name]").fill("Tidewater & Daughters")
    page.locator("input[name=slug]").fill(SLUG)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(f"**/o/{SLUG}/")
    return f"{running_web.base_url}/o/{SLUG}/"


def import_people(page: Page, organization: str) -> None:
    page.goto(f"{organization}people/")
    page.get_by_role("link", name="Import people").click()
    if page.url.endswith("/imports/"):
        page.get_by_role("link", name="Import people").first.click()
    content = {"name": "Leute.csv", "mimeType": "text/csv", "buffer": people_list()}
    page.locator("input[type=file]").set_input_files(content)
    press(page, "Continue")
    page.get_by_label("Create missing grades").check()
    press(page, "Check the list")
    page.get_by_role("heading", name="This is what would change").wait_for(timeout=PATIENCE)
    press(page, "Apply")
    expect(page.locator("main")).to_contain_text("Applied", timeout=PATIENCE)
    page.goto(f"{organization}people/?q=O%27Hara")
    expect(page.locator("main")).to_contain_text(f"of {PEOPLE} entries")


def choose_person(page: Page, field: str, number: int) -> None:
    """Search in a member picker and take who is found."""
    page.locator(f"#id_{field}_q").fill(f"O'Hara {number:03}")
    found = page.locator(f"#id_{field}_found").get_by_text(f"Zoë O'Hara {number:03}").first
    found.click()


def set_up_a_program(page: Page, organization: str) -> None:
    page.goto(f"{organization}programs/new/")
    page.get_by_role("link", name="Six in six months").first.click()
    page.get_by_label("Purpose").fill("Leaders see what their youngest colleagues see.")
    press(page, "Next")
    choose_person(page, "sponsor", 199)
    page.get_by_label("Outcome measure 1").fill("Leaders can name two things they do differently")
    choose_person(page, "concern_contact", 198)
    for _step in range(5):
        press(page, "Next")
    press(page, "Finish")
    expect(page.get_by_role("heading", name="Six in six months").first).to_be_visible()


def open_a_cohort(page: Page, organization: str) -> str:
    """Through the preflight to open enrollment; returns the cohort's address."""
    page.goto(f"{organization}programs/")
    page.get_by_role("link", name="Six in six months").first.click()
    page.get_by_role("link", name="New cohort").first.click()
    press(page, "Create as a draft")
    page.wait_for_url(re.compile(r"/cohorts/[0-9a-f-]{36}/$"))
    cohort = page.url
    page.goto(f"{cohort}preflight/")
    expect(page.get_by_text("Nothing stands in the way")).to_be_visible()
    page.goto(cohort)
    press(page, "Open enrollment")
    page.get_by_role("dialog").get_by_role("button", name="Open enrollment").click()
    expect(page.locator(".stage-current")).to_contain_text("Enrolling")
    return cohort


def invite(page: Page, cohort: str, side: str, grades: list[str]) -> None:
    page.goto(f"{cohort}invitations/new/")
    page.locator(f"input[name=side][value={side}]").check()
    page.get_by_text("Grade", exact=True).click()
    for grade in grades:
        page.get_by_label(grade, exact=True).check()
    press(page, "Show who that is")
    page.get_by_role("button", name=re.compile(r"^Invite \d+ people$")).click()
    page.wait_for_url("**/invitations/")


def join(page: Page, running_web: RunningWeb, address: str, name: str) -> None:
    """From the mail to the first page of the enrollment."""
    page.goto(invitation_link(running_web.mail_folder, address))
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    before = len(mails_to(running_web.mail_folder, address))
    press(page, "Create account")
    page.get_by_label("Code").fill(mailed_code(running_web.mail_folder, address, after=before))
    press(page, "Confirm")
    press(page, "Accept the invitation")


def enroll_as_mentor(page: Page) -> None:
    expect(page.locator("h1")).to_contain_text("What do you know that leaders here may not?")
    page.get_by_role("checkbox", name=re.compile("AI in everyday work")).check()
    press(page, "Save and continue")
    page.get_by_label("A few words about you").fill("I keep the machines talking.")
    press(page, "Save and continue")
    press(page, "Save and continue")
    rate_oneself(page)
    page.get_by_label("I know who can see what").check()
    press(page, "Send the enrollment")
    expect(page.locator("h1")).to_contain_text("Thank you, you are enrolled")


def enroll_as_mentee(page: Page) -> None:
    page.get_by_label("What would you like to understand").fill("What newcomers expect.")
    press(page, "Save and continue")
    page.get_by_role("checkbox", name=re.compile("AI in everyday work")).check()
    press(page, "Save and continue")
    while page.locator(".scale").count() == 0:
        press(page, "Save and continue")
    rate_oneself(page)
    page.locator("input[name=pledged]").check()
    page.get_by_label("I know who can see what").check()
    press(page, "Send the enrollment")
    expect(page.locator("h1")).to_contain_text("Thank you, you are enrolled")


def rate_oneself(page: Page) -> None:
    for statement in page.locator(".scale").all():
        statement.get_by_role("radio").nth(2).check()
    press(page, "Save and continue")


def let_the_crowd_enroll(running_web: RunningWeb) -> None:
    command = [sys.executable, "-m", "tests.browser.crowd", SLUG, str(CROWD)]
    done = subprocess.run(
        command,
        cwd=databases.ROOT,
        env=running_web.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == str(CROWD)


def approve_everybody(page: Page, cohort: str) -> None:
    page.goto(f"{cohort}people/?state=pending&size=100")
    expect(page.locator("main")).to_contain_text("of 60 entries")
    page.locator("[data-select-page]").check()
    press(page, "Approve")
    expect(page.locator("main h2").first).to_contain_text("60 people")
    press(page, "Approve")
    expect(page.get_by_text("done for 60 people")).to_be_visible()


@pytest.mark.flaky(reruns=0)
def test_a_cohort_goes_live_in_one_sitting(page: Page, browser, running_web: RunningWeb) -> None:
    page.set_default_timeout(PATIENCE)
    organization = found_an_organization(page, running_web)
    import_people(page, organization)
    set_up_a_program(page, organization)
    cohort = open_a_cohort(page, organization)
    invite(page, cohort, "mentor", ["Trainee", "Specialist"])
    invite(page, cohort, "mentee", ["Director", "Managing director"])

    for number, name, enroll in ((80, "Zoë", enroll_as_mentor), (199, "Ada", enroll_as_mentee)):
        context = browser.new_context()
        visitor = context.new_page()
        visitor.set_default_timeout(PATIENCE)
        join(visitor, running_web, address_of(number), name)
        enroll(visitor)
        context.close()
    let_the_crowd_enroll(running_web)

    approve_everybody(page, cohort)

    page.goto(cohort)
    expect(page.locator("main")).to_contain_text("30")

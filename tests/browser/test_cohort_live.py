"""From an empty organization to an approved cohort in one sitting, as people see it."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.letterbox import Letterbox
from tests.browser.staff import Person, staff_of, workbook_of
from tests.browser.test_sign_in import press, sign_up
from tests.browser.visitors import Seen, Visitor
from tests.factories import PASSWORD

# A worker on a busy machine takes its time, and the sweep comes once a minute.
LONG = 150_000
ZONE = "Europe/Berlin"
MENTORS, MENTEES = 38, 22
AI = "AI in everyday work"


@pytest.fixture
def visit(browser) -> Any:
    """Opens a browser of its own for one person, in English and in Berlin."""
    contexts = []

    def opened() -> Page:
        contexts.append(browser.new_context(timezone_id=ZONE, locale="en-GB"))
        contexts[-1].set_default_timeout(LONG)
        return contexts[-1].new_page()

    expect.set_options(timeout=LONG)
    yield opened
    expect.set_options(timeout=5_000)
    for each in contexts:
        each.close()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def figures(page: Page) -> dict[str, int]:
    """What the page counts in large numbers, by label."""
    page.wait_for_load_state()
    labels = page.locator(".stat-label").all_inner_texts()
    return dict(zip(labels, map(int, page.locator(".stat-value").all_inner_texts()), strict=True))


def funnel(page: Page) -> list[list[int]]:
    """Both sides of the cohort's funnel, from eligible to ready."""
    page.wait_for_load_state()
    return [
        [int(cell) for cell in table.locator("td.number").all_inner_texts()]
        for table in page.locator("table.funnel").all()
    ]


def found_an_organization(page: Page, slug: str) -> None:
    page.locator("input[name=name]").fill("Tidewater & Töchter")
    page.locator("input[name=slug]").fill(slug)
    press(page, "Create organization")
    heading(page, "Hello Nina")


def import_people(page: Page, people: list[Person]) -> None:
    """Through mapping and preview; the page itself follows the worker."""
    follow(page, "Import people")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = {"name": "Mitarbeitende.xlsx", "mimeType": kind, "buffer": workbook_of(people)}
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Continue")
    heading(page, "What the columns mean")
    expect(page.get_by_label("Vorgesetzte/r")).to_have_value("manager")
    expect(page.get_by_label("Rang im Haus")).to_have_value("")
    page.get_by_label("Rang im Haus").select_option(label="Grade")
    page.get_by_label("Create missing grades").check()
    press(page, "Check the list")
    expect(page.get_by_role("heading", name="This is what would change")).to_be_visible()
    assert figures(page) == {"New": 199, "Changed": 1}
    press(page, "Apply the list")
    expect(page.get_by_role("heading", name="This is what changed")).to_be_visible()
    assert figures(page) == {"New": 199, "Changed": 1}


def put_grades_in_order(page: Page) -> None:
    """The list began with the directors, so they came out as the most junior."""
    follow(page, "Order the grades")
    rows = page.get_by_role("main").get_by_role("rowheader")
    expect(rows).to_have_text(["Trainee", "Specialist", "Lead", "Director"])
    press(page, "Turn the order around")
    expect(rows).to_have_text(["Director", "Lead", "Specialist", "Trainee"])


def walk_through_the_wizard(page: Page) -> None:
    """In a hurry: only the name, everything else as the template has it."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Programs").first.click()
    follow(page, "New program")
    follow(page, "Six in six months")
    expect(page.get_by_label("Name")).to_have_value("Six in six months")
    steps = ("Sponsor and measures", "Pairs", "Rhythm", "Agreement", "Preparation")
    for title in (*steps, "Feedback questions"):
        press(page, "Next")
        heading(page, title)
    press(page, "Finish")
    heading(page, "Six in six months")


def create_a_cohort(page: Page) -> str:
    """From today on instead of from the next Monday; returns its address."""
    follow(page, "New cohort")
    today = datetime.now(ZoneInfo(ZONE)).date()
    page.get_by_label("Enrollment opens").fill(today.isoformat())
    page.get_by_label("Enrollment closes").fill((today + timedelta(days=21)).isoformat())
    page.get_by_label("Pairs start").fill((today + timedelta(days=35)).isoformat())
    page.get_by_label("Pairs end").fill((today + timedelta(days=220)).isoformat())
    press(page, "Create as a draft")
    page.wait_for_url(re.compile(r"/cohorts/[0-9a-f-]{36}/$"))
    return page.url


def missing(page: Page) -> list[str]:
    page.wait_for_load_state()
    return [text.strip() for text in page.locator(".check-error .check-title").all_inner_texts()]


def choose(page: Page, group: str, person: Person) -> None:
    heading(page, "Sponsor and measures")
    page.wait_for_load_state()
    box = page.get_by_role("group", name=group)
    box.get_by_role("searchbox").fill(person.email)
    box.get_by_role("radio", name=person.name).check()


def mend_what_is_missing(page: Page, sponsor: Person, contact: Person) -> None:
    """Each by its own link, which leads back to the list."""
    follow(page, "4 things are missing before people can enroll")
    expect(page.get_by_role("heading", name="Missing: enrollment cannot open")).to_be_visible()
    assert missing(page) == ["Purpose", "Sponsor", "Outcome measures", "Contact for concerns"]
    page.locator("#check-purpose").get_by_role("link").click()
    page.get_by_label("Purpose").fill("Leaders see what their youngest colleagues see.")
    press(page, "Save")
    expect(page.locator("#check-purpose.check-fine")).to_be_visible()
    assert missing(page) == ["Sponsor", "Outcome measures", "Contact for concerns"]
    page.locator("#check-sponsor").get_by_role("link").click()
    choose(page, "Sponsor", sponsor)
    press(page, "Save")
    expect(page.locator("#check-sponsor.check-fine")).to_be_visible()
    page.locator("#check-measures").get_by_role("link").click()
    page.get_by_label("Outcome measure 1").fill("Two things that leaders do differently")
    press(page, "Save")
    expect(page.locator("#check-measures.check-fine")).to_be_visible()
    page.locator("#check-contact").get_by_role("link").click()
    choose(page, "Contact for concerns", contact)
    press(page, "Save")
    expect(page.get_by_text("Nothing stands in the way")).to_be_visible()
    assert missing(page) == []


def open_enrollment(page: Page) -> None:
    follow(page, "Open enrollment on the overview")
    press(page, "Open enrollment")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("People can enroll at once. 200 people are eligible.")
    dialog.get_by_role("button", name="Open enrollment").click()
    expect(page.locator("[aria-current=step]")).to_have_text(re.compile("Enrolling"))


def invite(page: Page, cohort: str, side: str, grade: str, count: int) -> None:
    page.goto(f"{cohort}invitations/new/")
    page.get_by_role("radio", name=side).check()
    page.locator("summary", has_text="Grades").click()
    page.get_by_role("checkbox", name=grade).check()
    press(page, "Show who that is")
    found = page.get_by_role("heading", name=f"{count} people would be invited")
    expect(found).to_be_visible()
    page.get_by_label("A personal note").fill("Ich würde mich freuen! Nina")
    press(page, f"Invite {count} people")
    expect(page.get_by_text(f"{count} invitations are on their way.")).to_be_visible()


def join(page: Page, post: Letterbox, person: Person) -> None:
    """From the mail to the first page of the enrollment."""
    page.goto(post.invitation(person.email))
    follow(page, "Create an account")
    expect(page.get_by_label("E-mail address")).to_have_value(person.email)
    page.get_by_label("Your name").fill(person.name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Create account")
    page.get_by_label("Code").fill(post.code(person.email))
    press(page, "Confirm")
    press(page, "Accept the invitation")


def rate_oneself(page: Page) -> None:
    heading(page, "Where do you stand today?")
    page.wait_for_load_state()
    for statement in page.locator("fieldset.scale").all():
        statement.get_by_role("radio").nth(2).check()
    press(page, "Save and continue")
    heading(page, "Check and send")


def enroll_as_mentor(page: Page) -> None:
    heading(page, "What do you know that leaders here may not?")
    press(page, "Save and continue")
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one topic.")
    page.get_by_role("checkbox", name=AI).check()
    press(page, "Save and continue")
    heading(page, "A few own words")
    page.get_by_label("A few words about you").fill("I keep the machines talking.")
    press(page, "Save and continue")
    heading(page, "When and how")
    page.get_by_role("checkbox", name="Monday morning").check()
    press(page, "Save and continue")
    rate_oneself(page)


def enroll_as_mentee(page: Page) -> None:
    heading(page, "What brings you here?")
    page.get_by_label("What would you like to understand").fill("What newcomers expect.")
    press(page, "Save and continue")
    heading(page, "What would you like to learn about?")
    page.get_by_role("checkbox", name=AI).check()
    press(page, "Save and continue")
    heading(page, "When and how")
    press(page, "Save and continue")
    rate_oneself(page)
    page.get_by_label("I know who can see what").check()
    press(page, "Send the enrollment")
    expect(page.get_by_role("alert")).to_contain_text("Please confirm the pledge.")
    page.locator("input[name=pledged]").check()


def send(page: Page) -> None:
    page.get_by_label("I know who can see what").check()
    press(page, "Send the enrollment")
    heading(page, "Thank you, you are enrolled")


def take_part(visit: Callable[[], Page], post: Letterbox, person: Person, enroll: Any) -> None:
    page = visit()
    join(page, post, person)
    enroll(page)
    send(page)
    page.context.close()


def answers_to(page: Seen, number: int) -> dict[str, str]:
    """What this person says on this page of the enrollment; pages differ by side."""
    form = page.form("Save and continue") or page.form("Send the enrollment")
    assert form
    answers = {name: values[2] for name, values in form.options.items() if name[:5] == "rate_"}
    if topics := form.options.get("pick"):
        answers["pick"] = topics[number % len(topics)]
    for name in ("pledged", "consented"):
        if name in form.options:
            answers[name] = "on"
    for name in ("about", "aims"):
        if name in form.values:
            answers[name] = "I like to listen."
    return answers


def take_part_quickly(post: Letterbox, base_url: str, person: Person) -> str:
    """The same pages without a browser; returns the heading of the last one."""
    visitor = Visitor(person.number % 250 + 1)
    page = visitor.open(post.invitation(person.email))
    page = visitor.open(base_url + page.link("/accounts/signup/"))
    page = visitor.press(page, "Create account", name=person.name, password1=PASSWORD)
    page = visitor.press(page, "Confirm", code=post.code(person.email))
    page = visitor.press(page, "Accept the invitation")
    for _page in range(4):
        page = visitor.press(page, "Save and continue", **answers_to(page, person.number))
    page = visitor.press(page, "Send the enrollment", **answers_to(page, person.number))
    return page.heading


def approve_everybody(page: Page, cohort: str) -> None:
    """60 people are more than one page of the list."""
    page.goto(cohort)
    follow(page, "Approve 60 people")
    expect(page.get_by_role("status").get_by_text("of 60 entries")).to_be_visible()
    page.get_by_label("All 60 entries that match, on every page").check()
    press(page, "Approve")
    expect(page.get_by_role("heading", name="Approve: 60 people")).to_be_visible()
    press(page, "Approve")
    expect(page.get_by_text("Approve: done for 60 people")).to_be_visible()


def numbers_are_the_same_everywhere(page: Page, organization: str, cohort: str) -> None:
    page.goto(f"{cohort}people/?state=approved")
    expect(page.get_by_role("status").get_by_text("of 60 entries")).to_be_visible()
    page.goto(f"{cohort}invitations/")
    assert figures(page) == {"No answer yet": 6, "Enrolled": 60}
    page.goto(f"{organization}cohorts/")
    expect(page.locator("td[data-label=Enrolled]")).to_have_text("60")
    page.goto(f"{organization}people/")
    expect(page.get_by_role("status").get_by_text("of 200 entries")).to_be_visible()


def test_a_cohort_goes_live_in_one_sitting(visit, running_web) -> None:
    post, slug = Letterbox(running_web.mail_folder), f"tidewater-{uuid4().hex[:8]}"
    organization = f"{running_web.base_url}/o/{slug}/"
    admin = visit()
    founder = sign_up(admin, running_web.base_url, running_web.mail_folder)
    people = staff_of(f"{slug}.example", founder=founder)
    directors, trainees = people[:26], people[160:]

    found_an_organization(admin, slug)
    import_people(admin, people)
    put_grades_in_order(admin)
    walk_through_the_wizard(admin)
    cohort = create_a_cohort(admin)
    mend_what_is_missing(admin, sponsor=directors[1], contact=people[60])
    open_enrollment(admin)
    invite(admin, cohort, "Mentors", "Trainee", 40)
    invite(admin, cohort, "Mentees", "Director", 26)

    take_part(visit, post, trainees[0], enroll_as_mentor)
    take_part(visit, post, directors[0], enroll_as_mentee)
    others = trainees[1:MENTORS] + directors[1:MENTEES]
    with ThreadPoolExecutor(4) as pool:
        ends = pool.map(lambda each: take_part_quickly(post, running_web.base_url, each), others)
        assert list(ends) == ["Thank you, you are enrolled"] * 58

    approve_everybody(admin, cohort)
    admin.goto(cohort)
    mentors = [200, 40, MENTORS, MENTORS, MENTORS, MENTORS]
    mentees = [200, 26, MENTEES, MENTEES, MENTEES, MENTEES]
    assert funnel(admin) == [mentors, mentees]
    numbers_are_the_same_everywhere(admin, organization, cohort)

"""Writing a question with choices, its words in another language, and looking at it."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import sign_in

pytestmark = pytest.mark.browser
OWN = "How do the two of you like to talk?"


def button(page: Any, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def write_it(page: Any) -> None:
    mentors = page.get_by_role("group", name="What mentors are asked")
    before = mentors.get_by_role("group").count()
    button(mentors, "Add one with choices").click()
    question = mentors.get_by_role("group", name=f"Question {before + 1}")
    question.get_by_label(f"Question {before + 1}", exact=True).fill(OWN)
    choices = question.get_by_label("Answers to choose from")
    question.get_by_label("How it is answered").select_option("text")
    expect(choices).to_be_hidden()
    question.get_by_label("How it is answered").select_option("choice")
    choices.fill("By phone\nOn a walk")
    button(page, "Save").click()
    expect(page.get_by_text("The questions are saved.")).to_be_visible()


def translate_it(page: Any) -> None:
    page.get_by_role("link", name=re.compile("Translate.*Deutsch")).click()
    mentors = page.get_by_role("listitem").filter(has_text=OWN)
    mentors.get_by_role("textbox").nth(0).fill("Wie sprechen Sie beide gern?")
    mentors.get_by_label("By phone, Deutsch").fill("Am Telefon")
    button(page, "Save").click()
    expect(page.get_by_text("1 question is not translated yet")).to_be_visible()


def test_an_own_question_is_written_translated_and_looked_at(page, running_web):
    sign_in(page, running_web, "owner")
    page.goto(f"{running_web.base_url}/o/halden/programs/")
    page.get_by_role("link", name="Six in six months").first.click()
    page.get_by_role("link", name=re.compile("Edit.*Feedback questions")).click()
    page.get_by_role("link", name="Six months later").click()
    # Counting does not wait, and a page that is still on its way has no questions.
    page.wait_for_url("**/questions/later/")

    write_it(page)
    translate_it(page)

    page.get_by_role("link", name=re.compile("As mentors see it.*Deutsch")).click()
    asked = page.get_by_role("group", name="Wie sprechen Sie beide gern?")
    expect(asked.get_by_role("radio")).to_have_count(2)
    asked.get_by_label("Am Telefon").check()
    expect(asked.get_by_label("On a walk")).not_to_be_checked()
    expect(page.locator("main").get_by_role("button")).to_have_count(0)

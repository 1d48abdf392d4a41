"""Pairs end well, in German: early by agreement with feedback both ways, and when time is over."""

import re

from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_mutual_yes import another, sign_in_by_mail
from tests.browser.test_sign_in import press

__all__ = ["another"]

# Nobody else’s journey needs live pairs here.
HERE = "/o/fjordlys/"
# A mentor and a leader of the demo whose agreed end is over.
PAST_THEIR_END = ("ingrid.oconnor@fjordlys.example", "kwame.santos@fjordlys.example")
LINK = re.compile(r"http\S+/ending/")


def test_a_pair_ends_early_because_both_say_so_and_each_tells_the_other(page, another, running_web):
    post, base_url = Letterbox(running_web.mail_folder), running_web.base_url
    sign_in_as(page, running_web, "fjordlys", "owner")
    page.goto(f"{base_url}{HERE}pairs/")
    page.get_by_role("region", name="Ihre Paare").get_by_role("link").first.click()
    page.get_by_role("link", name="Wie soll es weitergehen?").last.click()
    assert look_at(page) == []
    page.get_by_role("link", name="Einen guten Abschluss beginnen").click()
    page.get_by_label("Was wir uns vorgenommen hatten, ist getan").check()
    page.get_by_label("Mein Gegenüber").check()
    assert look_at(page) == []
    page.get_by_role("button", name=re.compile(" anfragen$")).click()
    expect(page.get_by_text("Sie haben einen guten Abschluss begonnen")).to_be_visible()
    assert look_at(page) == []
    pair = page.url.replace("ending/", "")

    leader = post.whose(page.url.removeprefix(base_url))
    another.goto(post.find(LINK, leader))
    sign_in_by_mail(another, post, leader)
    expect(another.get_by_text("Was wir uns vorgenommen hatten, ist getan")).to_be_visible()
    press(another, "Ja, wir schließen es gut ab")
    assert look_at(another) == []
    press(another, "Ja, abschließen")
    expect(another.get_by_text("Sie haben Ihre gemeinsame Zeit abgeschlossen.")).to_be_visible()
    assert look_at(another) == []

    page.goto(pair)
    expect(page.get_by_text("Sie haben Ihre gemeinsame Zeit abgeschlossen.")).to_be_visible()
    give_feedback(another, "Fragen Sie mich öfter: „Was sehen wir oben nicht?“")
    expect(another.get_by_text("liest es, sobald Sie beide gesendet haben")).to_be_visible()
    assert look_at(another) == []
    give_feedback(page, "Sie haben nachgefragt. Da habe ich mich getraut.")
    keep_and_thank(page)


def test_a_pair_whose_time_is_over_completes_it(page, another, running_web):
    post, base_url = Letterbox(running_web.mail_folder), running_web.base_url
    another.goto(f"{base_url}{HERE}pairs/")
    sign_in_by_mail(another, post, PAST_THEIR_END[0])
    another.get_by_role("region", name="Ihre Paare").get_by_role("link").first.click()
    another.get_by_role("link", name="Wie soll es weitergehen?").last.click()
    another.get_by_role("link", name="Einen guten Abschluss beginnen").click()
    another.get_by_role("button", name=re.compile(" anfragen$")).click()
    expect(another.get_by_text("Sie haben einen guten Abschluss begonnen")).to_be_visible()
    ending = another.url

    another.context.clear_cookies()
    another.goto(ending)
    sign_in_by_mail(another, post, PAST_THEIR_END[1])
    press(another, "Ja, wir schließen es gut ab")
    press(another, "Ja, abschließen")
    expect(another.get_by_text("Sie haben Ihre gemeinsame Zeit abgeschlossen.")).to_be_visible()
    expect(another.get_by_role("link", name="Feedback geben").first).to_be_visible()
    assert look_at(another) == []

    sign_in_as(page, running_web, "fjordlys", "program_admin")
    page.goto(f"{base_url}{HERE}cohorts/")
    page.get_by_role("main").get_by_role("link", name="Pilot", exact=True).first.click()
    page.goto(f"{page.url}pairs/")
    completed = page.locator(".fact").filter(has=page.get_by_text("Abgeschlossen", exact=True))
    expect(completed.locator("dd")).to_have_text("1")


def give_feedback(page, words):
    """Say nothing yet and read what is missing; then say all of it."""
    page.get_by_role("link", name="Feedback geben").first.click()
    assert look_at(page) == []
    page.get_by_label("Was könnte mein Gegenüber noch besser machen?").fill(words)
    expect(page.get_by_text("Als Entwurf gespeichert")).to_be_visible()
    press(page, "Senden")
    expect(page.get_by_text("Bitte wählen Sie eine Antwort.").first).to_be_visible()
    assert look_at(page) == []
    expect(page.get_by_role("textbox")).to_have_value(words)
    for scale in page.locator("fieldset.scale").all():
        scale.get_by_label("4", exact=True).check()
    press(page, "Senden")
    expect(page.get_by_text("Gesendet. Danke", exact=False)).to_be_visible()


def keep_and_thank(page):
    """What the leader wrote opens by itself, is kept as a file, and thanked for."""
    expect(page.get_by_text("Was sehen wir oben nicht?")).to_be_visible(timeout=30_000)
    assert look_at(page) == []
    with page.expect_download() as kept:
        page.get_by_role("link", name="Als PDF behalten").click()
    assert kept.value.suggested_filename.startswith("Feedback von ")
    press(page, "Danke sagen")
    expect(page.get_by_text("Sie haben Danke gesagt.")).to_be_visible()
    page.get_by_role("link", name="Alles Feedback an Sie").click()
    assert look_at(page) == []

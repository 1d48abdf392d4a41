"""A pair ends well, in German: a mentor proposes it, the leader reads the mail and says yes."""

import re

from playwright.sync_api import expect

from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_mutual_yes import another, sign_in_by_mail
from tests.browser.test_sign_in import press

__all__ = ["another"]

# Nobody else’s journey needs a live pair here.
HERE = "/o/fjordlys/"
LINK = re.compile(r"http\S+/ending/")


def test_a_pair_ends_well_because_both_say_so(page, another, running_web):
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

"""Somebody goes on leave: the partner reads so in a mail, and is asked for nothing meanwhile."""

import re

from playwright.sync_api import expect

from mentoring.console.demo.build import PASSWORD
from tests.browser.letterbox import Letterbox
from tests.browser.test_every_page import look_at
from tests.browser.test_sign_in import press

GONE = "has a break. You need not do anything meanwhile."
PAIR = re.compile(rf"{re.escape(GONE)}[\s\S]*?https?://\S+/o/halden/pairs/\S+")


def test_the_partner_of_somebody_on_leave_need_not_do_anything(page, running_web):
    letterbox = Letterbox(running_web.mail_folder)
    partner = letterbox.whose(GONE)
    page.goto(letterbox.find(PAIR, partner).split()[-1])
    page.get_by_label("E-mail address").fill(partner)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")

    expect(page.get_by_text(GONE)).to_be_visible()
    assert look_at(page) == []
    page.goto(f"{running_web.base_url}/o/halden/")
    expect(page.get_by_text(re.compile("has a break$"))).to_be_visible()
    expect(page.get_by_role("link", name="Plan it")).to_have_count(0)
    assert look_at(page) == []

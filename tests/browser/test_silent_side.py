"""One side keeps silent: what the other wrote is read all the same, and it is never too late."""

from playwright.sync_api import expect

from tests.browser.test_every_page import look_at, sign_in_as
from tests.browser.test_sign_in import press

# A pair of before of this mentor, whose leader has written; nobody's live pair.
HERE = "/o/halden/"
WORDS = "You listened, and that's rare. Ask us all more often."


def test_what_one_has_written_arrives_and_the_other_may_still_answer(page, running_web):
    sign_in_as(page, running_web, "halden", "member")
    page.goto(f"{running_web.base_url}{HERE}feedback/")
    page.locator("main .name-list a").first.click()
    expect(page.get_by_text("Next time, interrupt me earlier.")).to_be_visible()
    assert look_at(page) == []

    for scale in page.locator("fieldset.scale").all():
        scale.get_by_label("5", exact=True).check()
    page.get_by_label("What could my partner do even better?").fill(WORDS)
    expect(page.get_by_text("Saved as a draft")).to_be_visible()
    press(page, "Send")
    expect(page.get_by_text("can read it.")).to_be_visible(timeout=60_000)
    assert look_at(page) == []
    page.get_by_text("What you wrote").click()
    expect(page.get_by_text(WORDS)).to_be_visible()

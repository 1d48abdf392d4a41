"""Two of a pair of before look back: one shares a line, the other reads and keeps it."""

import io
import re

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.test_every_page import look_at, sign_in_as

# Made by the demo, and nobody's live pair.
HERE = "/o/halden/"
LINE = "That asking is faster than guessing, it's true."


def test_somebody_looks_back_shares_it_and_keeps_it(page, running_web):
    base_url = running_web.base_url
    sign_in_as(page, running_web, "halden", "member")
    page.goto(f"{base_url}{HERE}pairs/")
    page.get_by_text("Pairs of before").click()
    page.get_by_role("link", name=re.compile("^Look back")).first.click()
    expect(page.get_by_role("heading", name="What you have covered")).to_be_visible()
    assert look_at(page) == []

    page.locator("fieldset.scale").first.get_by_label("5", exact=True).check()
    page.get_by_label("What I take with me").fill(LINE)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. You can come back and change it")).to_be_visible()
    expect(page.get_by_label("What I take with me")).to_have_value(LINE)
    expect(page).not_to_have_url(re.compile("sent="))

    keepsake = page.locator("#keepsake")
    expect(keepsake.get_by_text("Waits for you", exact=True)).to_be_visible()
    keepsake.get_by_role("button", name=re.compile("^Put it in.*Commitments")).click()
    expect(
        keepsake.get_by_role("button", name=re.compile("^Take it out.*Commitments"))
    ).to_be_visible()
    assert look_at(page) == []

    with page.expect_download() as download:
        page.get_by_role("link", name="Download the keepsake").click()
    assert download.value.suggested_filename == "keepsake.pdf"
    pdf = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    text = " ".join(" ".join(each.extract_text() for each in pdf.pages).split())
    assert LINE in text
    assert "I ask one question more before I give an answer." in text
    assert "New colleagues speak first in the monthly round." in text

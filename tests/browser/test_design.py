"""The design system in a real browser: looks, keyboard, narrow screens, and without scripts."""

import re
from collections.abc import Callable, Generator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from mentoring.gallery.samples import SECTIONS
from tests.plugins.web import RunningWeb

type Visit = Callable[[str], Page]

ADDRESSES = [
    *(f"/dev/gallery/{slug}/" for slug, _, _ in SECTIONS),
    "/dev/gallery/entrance/?wrong",
    "/dev/gallery/errors/404/",
    "/dev/gallery/forms/?accent=%23ffd400",
    "/dev/gallery/content/?accent=%23ff69b4",
]
LOOKS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# Chromium reports the status of the error page itself, which is wanted here.
EXPECTED = re.compile(r"status of 4\d\d")


SETTLED = """() => Promise.all(
    document.getAnimations()
        .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
        .map((each) => each.finished)
)"""


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser's console says: refused content and script errors."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.fixture
def gallery(page: Page, running_web: RunningWeb) -> Visit:
    def visit(address: str) -> Page:
        page.goto(running_web.base_url + address)
        return page

    return visit


@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_can_use_it_and_nothing_is_refused(
    gallery: Visit, page: Page, complaints: list[str], address: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    gallery(address)
    for look in LOOKS:
        page.emulate_media(color_scheme=look)
        page.evaluate(SETTLED)
        found = Axe().run(page).response["violations"]
        faults = [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]
        assert (look, faults) == (look, [])
    assert [said for said in complaints if not EXPECTED.search(said)] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_sticks_out_of_a_screen_of_320_pixels(
    gallery: Visit, page: Page, address: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    gallery(address)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("address", ADDRESSES)
def test_targets_are_large_enough_for_a_finger(gallery: Visit, page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    gallery(address)
    small = page.evaluate(
        """[...document.querySelectorAll("button, summary, input, select")]
            .filter((each) => each.checkVisibility() && each.type !== "hidden")
            .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
            .filter(([, box]) => box.height < 24 && !(box.height > 20 && box.width > 20))
            .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_a_list_is_searched_sorted_and_paged_in_place_and_back_goes_back(
    gallery: Visit, complaints: list[str]
) -> None:
    page = gallery("/dev/gallery/tables/")
    page.evaluate("document.body.dataset.same = 'yes'")
    search = page.get_by_label("Search", exact=True)
    # Extensions and drag handles write styles; htmx must not copy them as an attribute.
    search.evaluate("(it) => { it.style.outlineOffset = '1px' }")
    search.press_sequentially("can view")
    expect(page).to_have_url(re.compile(r"\?q=can(\+|%20)view$"))
    expect(search).to_be_focused()
    page.get_by_role("link", name="Number").click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text(re.compile("Number"))
    page.get_by_role("link", name="Clear").click()
    expect(page).to_have_url(re.compile(r"\?sort=-number$"))
    page.get_by_role("navigation", name="Pages").get_by_role(
        "link", name="Page 2", exact=True
    ).click()
    expect(page.locator(".pages [aria-current=page]")).to_have_text(re.compile("2"))
    assert page.locator("body[data-same=yes]").count() == 1
    page.go_back()
    expect(page.locator(".pages [aria-current=page]")).to_have_text(re.compile("1"))
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert complaints == []


def test_when_the_connection_is_lost_the_list_stays_and_a_message_says_so(gallery: Visit) -> None:
    page = gallery("/dev/gallery/tables/")
    page.context.set_offline(True)
    page.get_by_role("link", name="Number").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not get through")
    assert page.locator("tbody tr").count() == 10
    page.context.set_offline(False)


def test_a_foreign_error_page_never_replaces_the_list(gallery: Visit) -> None:
    page = gallery("/dev/gallery/tables/")
    body = "<h1>Bad gateway</h1>"
    page.route("**/tables/?sort=*", lambda route: route.fulfill(status=502, body=body))
    page.get_by_role("link", name="Number").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not get through")
    assert page.get_by_text("Bad gateway").count() == 0
    assert page.locator("tbody tr").count() == 10


def test_a_busy_list_says_so_until_the_answer_came(gallery: Visit) -> None:
    page = gallery("/dev/gallery/tables/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/tables/?sort=*", hold)
    page.get_by_role("link", name="Number").click()
    expect(page.locator("#permissions")).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    expect(page.locator("th[aria-sort=descending]")).to_be_visible()
    expect(page.locator("#permissions")).not_to_have_attribute("aria-busy", "true")


def test_a_message_that_comes_with_a_part_is_shown(gallery: Visit) -> None:
    page = gallery("/dev/gallery/tables/")
    page.evaluate(
        """async () => {
            const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
            const body = new URLSearchParams({csrfmiddlewaretoken: token, note: "success"});
            await fetch("/dev/gallery/overlays/", {method: "POST", body, redirect: "manual"});
        }"""
    )
    page.get_by_role("link", name="Number").click()
    expect(page.locator("#toasts .toast")).to_have_text(re.compile("A success message."))
    expect(page.locator("th[aria-sort=descending]")).to_be_visible()


def test_a_dialog_asks_before_a_form_is_sent(gallery: Visit) -> None:
    page = gallery("/dev/gallery/overlays/")
    page.get_by_role("button", name="Revoke", exact=True).click()
    dialog = page.get_by_role("dialog", name="Revoke this invitation?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#toasts .toast")).to_have_count(0)
    page.get_by_role("button", name="Revoke", exact=True).click()
    dialog.get_by_role("button", name="Revoke invitation").click()
    expect(page.locator("#toasts")).to_contain_text("A success message.")


def test_good_news_leaves_by_itself_and_an_error_stays_until_it_is_dismissed(
    gallery: Visit, page: Page
) -> None:
    page.clock.install()
    gallery("/dev/gallery/overlays/")
    page.get_by_role("button", name="Success", exact=True).click()
    toast = page.locator("#toasts .toast")
    expect(toast).to_have_count(1)
    # The toast is in the page before the script that counts its time has run.
    page.wait_for_load_state()
    page.mouse.move(0, 0)
    page.clock.run_for(9000)
    expect(toast).to_have_count(0)
    page.get_by_role("button", name="Error", exact=True).click()
    expect(toast).to_have_count(1)
    page.wait_for_load_state()
    page.mouse.move(0, 0)
    page.clock.run_for(60000)
    expect(toast).to_have_count(1)
    toast.get_by_role("button", name="Dismiss").click()
    page.clock.run_for(1000)
    expect(toast).to_have_count(0)


def test_a_form_is_sent_once_however_often_it_is_pressed(gallery: Visit) -> None:
    page = gallery("/dev/gallery/overlays/")
    sent: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route)
        else:
            route.continue_()

    page.route("**/overlays/", hold)
    button = page.get_by_role("button", name="Info", exact=True)
    button.evaluate(
        "(it) => { for (const wait of [0, 100, 200]) setTimeout(() => it.click(), wait) }"
    )
    page.wait_for_timeout(600)
    assert len(sent) == 1
    sent[0].continue_()
    expect(page.locator("#toasts .toast")).to_have_count(1)


def test_a_menu_opens_and_closes_by_keyboard_and_gives_the_focus_back(gallery: Visit) -> None:
    page = gallery("/dev/gallery/overlays/")
    button = page.locator("summary", has_text="Export")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Spreadsheet")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Spreadsheet")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Spreadsheet")).to_be_hidden()
    expect(button).to_be_focused()


def test_the_menu_of_the_last_row_is_not_cut_off(gallery: Visit, page: Page) -> None:
    page.set_viewport_size({"width": 1000, "height": 700})
    gallery("/dev/gallery/tables/")
    page.locator("tbody tr").last.locator("summary").click()
    expect(page.locator("tbody tr").last.get_by_role("button", name="Remove")).to_be_visible()
    frame = page.locator(".table-frame").first
    cut_off = frame.evaluate("(it) => it.scrollHeight - it.clientHeight")
    assert cut_off <= 2, "more than rounding: the frame would scroll to show the menu"


def test_on_a_narrow_screen_rows_are_picked_beside_their_menus(gallery: Visit, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    gallery("/dev/gallery/tables/")
    for row in (1, 2):
        page.locator("[data-select-row]").nth(row).check()
    expect(page.get_by_text("Selected:")).to_have_text("Selected: 2")
    page.locator("tbody tr").nth(1).locator("summary").click()
    expect(page.locator("tbody tr").nth(1).get_by_role("button", name="Remove")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_role("heading", name="Selected: 2")).to_be_visible()
    page.get_by_role("button", name="Archive").click()
    expect(page.locator("#toasts")).to_contain_text("Archived: 2.")


def test_the_look_is_chosen_and_remembered(gallery: Visit) -> None:
    page = gallery("/dev/gallery/foundations/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    choice = page.get_by_role("main").get_by_role("group", name="Appearance")
    choice.get_by_role("button", name="Dark").click()
    dark = page.evaluate(paper)
    assert dark != light
    page.reload()
    assert page.evaluate(paper) == dark
    expect(choice.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    choice.get_by_role("button", name="Like my device").click()
    assert page.evaluate(paper) == light


def test_the_first_key_leads_past_the_menu_to_the_content(gallery: Visit) -> None:
    page = gallery("/dev/gallery/content/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_an_error_is_found_by_the_link_that_names_it(gallery: Visit) -> None:
    page = gallery("/dev/gallery/entrance/?wrong")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name=re.compile("Password")).click()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()


def test_a_password_can_be_looked_at(gallery: Visit) -> None:
    page = gallery("/dev/gallery/entrance/")
    field = page.get_by_label("Password", exact=True)
    field.fill("a long road")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "password")


def test_every_word_is_visible_in_forced_colors_and_on_paper(gallery: Visit, page: Page) -> None:
    gallery("/dev/gallery/forms/")
    page.emulate_media(forced_colors="active")
    box = page.locator("input[type=checkbox]").first
    box.check()
    expect(box).to_be_checked()
    page.emulate_media(media="print", forced_colors="none")
    expect(page.locator(".topbar")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.fixture
def page_without_scripts(browser: Browser, running_web: RunningWeb) -> Generator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=running_web.base_url)
    yield context.new_page()
    context.close()


def test_without_scripts_a_list_is_filtered_sorted_and_paged(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/dev/gallery/tables/")
    page.get_by_label("Search", exact=True).fill("can view")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"q=can\+view"))
    page.get_by_role("link", name="Number").click()
    expect(page.locator("th[aria-sort=descending]")).to_be_visible()
    assert "q=can" in page.url


def test_without_scripts_menus_open_questions_are_asked_and_messages_are_shown(
    page_without_scripts: Page,
) -> None:
    page = page_without_scripts
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto("/dev/gallery/overlays/")
    page.locator("summary", has_text="Menu").click()
    expect(page.get_by_role("link", name="Tables")).to_be_visible()
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("button", name="Revoke", exact=True).click()
    dialog = page.get_by_role("dialog", name="Revoke this invitation?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Revoke", exact=True).click()
    dialog.get_by_role("button", name="Revoke invitation").click()
    expect(page.locator("#toasts")).to_contain_text("A success message.")
    expect(page.get_by_role("button", name="Dismiss")).to_have_count(0)
    expect(page.get_by_role("group", name="Appearance")).to_have_count(0)

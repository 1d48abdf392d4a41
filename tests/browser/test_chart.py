"""The org chart by keyboard, by mouse and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_every_page import sign_in

CHART = "/o/halden/chart/"
FOCUSED = """() => ({
  role: document.activeElement.getAttribute("role"),
  level: document.activeElement.parentElement.closest("[role=treeitem]") ? "below" : "top",
  expanded: document.activeElement.getAttribute("aria-expanded"),
})"""


@pytest.fixture
def chart(page, running_web):
    sign_in(page, running_web, "owner")
    page.goto(running_web.base_url + CHART)
    return page


def test_the_current_tab_is_in_sight_on_a_phone(chart, running_web):
    chart.set_viewport_size({"width": 320, "height": 640})
    chart.goto(f"{running_web.base_url}{CHART}grades/")
    expect(chart.locator(".subnav [aria-current]")).to_be_in_viewport(ratio=0.9)


def test_the_tree_is_walked_and_opened_by_keyboard(chart):
    top = chart.locator("[role=treeitem]").first
    expect(top).to_have_attribute("aria-expanded", "false")
    expect(chart.locator("[role=treeitem][tabindex='0']")).to_have_count(1)

    top.focus()
    chart.keyboard.press("ArrowRight")
    expect(top).to_have_attribute("aria-expanded", "true")
    branch = top.locator("[role=treeitem]")
    expect(branch.first).to_be_visible()
    expect(branch.first).to_have_attribute("aria-posinset", "1")
    expect(branch.first).to_have_attribute("aria-setsize", str(branch.count()))

    chart.keyboard.press("ArrowRight")
    assert chart.evaluate(FOCUSED) == {"role": "treeitem", "level": "below", "expanded": "false"}
    chart.keyboard.press("ArrowLeft")
    assert chart.evaluate(FOCUSED) == {"role": "treeitem", "level": "top", "expanded": "true"}
    chart.keyboard.press("ArrowLeft")
    expect(top).to_have_attribute("aria-expanded", "false")
    expect(branch.first).to_be_hidden()

    chart.keyboard.press("End")
    chart.keyboard.press("Home")
    expect(top).to_be_focused()
    assert Axe().run(chart).response["violations"] == []

    chart.keyboard.press("Enter")
    chart.wait_for_url("**/people/**")


def test_the_open_tree_breaks_no_rule_of_accessibility(chart):
    chart.locator("[data-tree-toggle]").first.click()
    expect(chart.locator(".tree-group [role=treeitem]").first).to_be_visible()

    assert Axe().run(chart).response["violations"] == []


def test_a_search_answers_while_typing(chart):
    name = chart.locator("[data-tree-link]").first.inner_text()

    chart.get_by_label("Find a person").fill(name)

    expect(chart.locator(".hit").first).to_contain_text(name)
    expect(chart.locator(".tree")).to_have_count(0)


def test_without_javascript_the_tree_is_a_list_of_links(browser, running_web):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, running_web, "owner")
    page.goto(running_web.base_url + CHART)

    assert page.locator("[role=tree]").count() == 0
    page.locator("[data-tree-toggle]").first.click()
    page.wait_for_url("**/chart/people/**")
    assert page.locator(".tree .tree-item").count() > 1
    assert page.locator(".chain li[aria-current]").count() == 1
    context.close()


def test_a_grade_moves_without_javascript(browser, running_web):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, running_web, "owner")
    page.goto(f"{running_web.base_url}{CHART}grades/")
    before = page.locator("tbody th").all_inner_texts()

    page.get_by_role("button", name=f"Move {before[0]} down").click()
    page.wait_for_url("**/grades/#part-*")
    assert page.locator("tbody th").all_inner_texts() == [before[1], before[0], *before[2:]]
    page.get_by_role("button", name=f"Move {before[0]} up").click()
    page.wait_for_load_state()
    assert page.locator("tbody th").all_inner_texts() == before
    context.close()

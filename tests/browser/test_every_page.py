"""Every page that the inventory knows: accessible in light and dark, narrow, and quiet.

The pages are found as a person finds them, by following links. A route that no link leads to
must be on the list below with the reason, and is then seen by the journey named there.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

from mentoring.console.inventory import inventory

STARTS = {
    "owner": ["/o/halden/", "/account/", "/organizations/", "/organizations/new/"],
    "hr_analyst": ["/o/halden/"],
    "member": ["/o/fjordlys/"],
    "nobody": ["/", "/accounts/login/", "/accounts/signup/", "/dev/gallery/", "/dev/mail/"],
}
NOT_BY_LINK = {
    "healthz": "for machines",
    "readyz": "for machines",
    "metrics": "for machines",
    "organization_brand": "a stylesheet",
    "organization_logo": "a picture",
    "organization_accent": "part of a page, shown while typing",
    "member_search": "part of a form, shown while typing; seen in test_program_setup",
    "chart_suggestions": "part of a form, shown while typing; seen in test_chart",
    "people_import_progress": "part of a page, shown while a worker is busy",
    "mail_text_frame": "part of a page, in a frame; seen in test_mail_texts",
    "cohort_matching_trial": "part of a page, shown while a worker is busy",
    "cohort_matching_outlook": "part of a page, shown once a worker has looked",
    "program_reach": "part of a person's page; seen in test_organization",
    "cohort_no_thanks": "behind the link of a mail; seen in programs/people/test_invitations",
    "own_circles": "part of the page of what one takes part in",
    "own_commitments": "part of the page of what one takes part in",
    "own_sponsoring": "part of the page of what one takes part in",
    "meeting_agenda_add": "sends on to the agenda who has signed in again",
    "agenda_item_change": "sends on to the agenda who has signed in again",
    "meeting_shared_note": "sends on to the agenda who has signed in again",
    "meeting_private_note": "sends on to the agenda who has signed in again",
    "home": "sends on to the organization",
    "entrance": "seen by test_design",
    "error": "seen by test_design",
}
NOT_PAGES = re.compile(r"\.(css|png|svg|txt|eml|csv|pdf)$|^/static/|^/i18n/|/(source|html|file)/$")
EXPECTED = re.compile(r"status of 4\d\d")
# Pages below it are for those who take part: the member of the demo, not its owner.
TAKING_PART = "/o/<slug:organization>/taking-part/"
MOST_EXAMPLES = 8
# An idle browser may draw no frame at all, and then a transition waits for ever to begin.
STANDS_STILL = """() => Promise.race([
  Promise.allSettled(document.getAnimations()
    .filter(each => each.effect.getComputedTiming().iterations < 100)
    .map(each => each.finished)),
  new Promise(resolve => setTimeout(resolve, 2000)),
])"""


def route_of(path: str) -> str:
    return "/" + resolve(path).route


def sign_in(page, running_web, role: str) -> None:
    organization = urlsplit(STARTS[role][0]).path.split("/")[2]
    sign_in_as(page, running_web, organization, role)
    page.wait_for_url(f"{running_web.base_url}/o/**")


def sign_in_as(page, running_web, organization: str, role: str) -> None:
    """With the password; returns when the person is in."""
    login = next(
        each
        for each in running_web.logins["logins"]
        if (each["organization"], each["role"]) == (organization, role)
    )
    page.goto(f"{running_web.base_url}/accounts/login/")
    page.locator("input[name=login]").fill(login["email"])
    page.locator("input[name=password]").fill(login["password"])
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/login/" not in address)


def ask_for_mail(page, running_web) -> None:
    """So that there is a mail to look at."""
    page.goto(f"{running_web.base_url}/accounts/login/code/")
    page.locator("input[name=email]").fill("somebody@example.org")
    page.locator("input[name=email]").press("Enter")
    page.wait_for_url(lambda address: not address.endswith("/login/code/"))
    page.context.clear_cookies()


def links_on(page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "all => all.map(each => each.href)")
    here = urlsplit(page.url).netloc
    parts = [urlsplit(address) for address in found]
    return [part.path for part in parts if part.netloc == here and not NOT_PAGES.search(part.path)]


def look_at(page) -> list[str]:
    """What is wrong with the page, in words."""
    trouble = []
    # Without its styles every page sticks out.
    page.wait_for_load_state()
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        trouble.append("sticks out of 320 pixels")
    page.set_viewport_size({"width": 1280, "height": 800})
    for look in ("light", "dark"):
        page.emulate_media(color_scheme=look)
        page.evaluate(STANDS_STILL)
        for found in Axe().run(page).response["violations"]:
            targets = [node["target"] for node in found["nodes"]]
            trouble.append(f"{look}: {found['id']} at {targets}")
    return trouble


class Trail:
    """The links to follow: one example of each route, and more of those that may lead on.

    The first cohort of a list may be a draft in which nothing has happened. So further cohorts
    are opened while a page below them has not been met, but only a few.
    """

    def __init__(self, starts: list[str], *, wanted: set[str]) -> None:
        self.seen: set[str] = set()
        self._wanted = wanted
        self._waiting = deque(starts)
        self._others: deque[str] = deque()
        self._known = set(starts)
        self._examples: Counter[str] = Counter()

    def add(self, links: list[str]) -> None:
        new = [link for link in dict.fromkeys(links) if link not in self._known]
        self._known.update(new)
        self._waiting.extend(new)

    def __iter__(self) -> Iterator[str]:
        while path := self._next():
            self._examples[route_of(path)] += 1
            yield path

    def _next(self) -> str | None:
        while self._waiting:
            path = self._waiting.popleft()
            if route_of(path) not in self.seen:
                return path
            self._others.append(path)
        while self._others:
            path = self._others.popleft()
            if self._leads_on(route_of(path)):
                return path
        return None

    def _leads_on(self, route: str) -> bool:
        missing = self._wanted - self.seen
        beside = route.rstrip("/").rpartition("/")[0] + "/"
        is_near = any(each.startswith(beside) for each in missing)
        return is_near and self._examples[route] < MOST_EXAMPLES


def walk(page, running_web, trail: Trail, *, within: str) -> dict[str, list[str]]:
    """Follow the trail and look at each route once; the trouble found."""
    trouble: dict[str, list[str]] = {}
    said: list[str] = []
    page.emulate_media(reduced_motion="reduce")
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in trail:
        said.clear()
        answer = page.goto(running_web.base_url + path)
        routes = {route_of(path), route_of(urlsplit(page.url).path)}
        found = [] if routes <= trail.seen else look_at(page)
        found += [text for text in said if not EXPECTED.search(text)]
        if answer is None or answer.status >= 400:
            found.append(f"answers {answer and answer.status}")
        if found:
            trouble[path] = found
        trail.seen |= routes
        trail.add([link for link in links_on(page) if link.startswith(within)])
    return trouble


@pytest.mark.parametrize("role", STARTS)
def test_everybody_can_use_every_page_and_nothing_is_refused(page, running_web, role: str) -> None:
    if role == "nobody":
        ask_for_mail(page, running_web)
    else:
        sign_in(page, running_web, role)
    # The pages of the account are the same for every role; the owner looks at them.
    within = "/o/" if role in {"hr_analyst", "member"} else "/"
    trail = Trail(STARTS[role], wanted=pages_for(role))
    assert walk(page, running_web, trail, within=within) == {}
    assert len(trail.seen) > 1
    assert pages_for(role) - trail.seen == set()


def pages_for(role: str) -> set[str]:
    """The routes that a person with this role must have been led to."""
    paths = {route["path"] for route in page_routes()}
    if role == "nobody":
        return {path for path in paths if path.startswith("/dev/")}
    taking_part = {path for path in paths if path.startswith(TAKING_PART)} - {TAKING_PART}
    if role == "member":
        return taking_part
    inside = {route["path"] for route in page_routes() if route["inside_organization"]}
    return inside - taking_part if role == "owner" else set()


def page_routes() -> list[dict]:
    return [
        route
        for route in inventory()["routes"]
        if "GET" in route["methods"]
        and route["name"] not in NOT_BY_LINK
        and not NOT_PAGES.search(route["path"])
    ]

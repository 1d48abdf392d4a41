"""The menu of an organization: the page that is shown is marked, and no other."""

import re

import pytest

from tests.factories import create_owner, login, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("view", "marked"),
    [
        ("organization", {"Home"}),
        ("people", {"People"}),
        ("person_new", {"People"}),
        ("mail_texts", {"Settings"}),
        # Neither has a line of its own.
        ("notice_settings", set()),
        ("own_feedback", set()),
    ],
)
def test_the_page_that_is_shown_or_lies_below_is_marked(client, view, marked):
    owner = create_owner()
    page = login(client, owner).get(url(owner, view)).text
    (menu, *_) = re.findall(r"<nav.*?</nav>", page, re.DOTALL)
    lines = re.findall(r"<a [^>]*aria-current[^>]*>(.*?)</a>", menu, re.DOTALL)
    assert {re.sub(r"<[^>]*>", "", line).strip() for line in lines} == marked

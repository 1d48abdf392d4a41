"""The bell in the frame, and the page behind it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.lib.ids import uuid7
from mentoring.notices.models import Notice
from tests.factories import create_member, create_owner, inside, login, url
from tests.notices.conftest import NOON

pytestmark = pytest.mark.django_db
HOSTILE = "<b>O'Hara</b> asks &amp; waits"


def put(member, count: int = 1, **more) -> list[Notice]:
    """Notices, each a minute older than the one before it."""
    rows = [
        Notice(
            member=member,
            message_id=uuid7(),
            kind="tests.note.bell",
            subject_id=uuid7(),
            **{
                "text": f"Line {number}",
                "url": f"/o/{member.organization.slug}/",
                "at": NOON - timedelta(minutes=number),
                **more,
            },
        )
        for number in range(count)
    ]
    with inside(member.organization_id):
        return Notice.objects.bulk_create(rows, ignore_conflicts=True)


def read_again(notice: Notice) -> Notice:
    with inside(notice.organization_id, member_id=notice.member_id):
        return Notice.objects.get(pk=notice.pk)


def bell_in(text: str) -> str:
    (link,) = re.findall(r'<a class="bell".*?</a>', text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", link).split())


def test_every_page_of_the_organization_counts_what_is_new(client, ada):
    login(client, ada)
    assert bell_in(client.get(url(ada, "organization")).text) == "Notices"
    put(ada)
    assert bell_in(client.get(url(ada, "organization")).text) == "1 Notices: one new"
    put(ada, 2)
    assert bell_in(client.get(url(ada, "pairs")).text) == "3 Notices: 3 new"
    put(ada, 120)
    assert bell_in(client.get(url(ada, "pairs")).text).startswith("99+ ")
    assert 'class="bell"' not in client.get("/account/").text


def test_the_page_says_so_when_there_is_nothing(client, ada):
    shown = login(client, ada).get(url(ada, "notices")).text
    assert "Nothing yet" in shown
    assert "Mark all as read" not in shown


def test_newest_first_with_what_is_new_marked_and_texts_kept_harmless(client, ada):
    put(ada, 3)
    put(ada, text=HOSTILE, at=NOON + timedelta(minutes=1), read_at=NOON + timedelta(hours=1))
    shown = login(client, ada).get(url(ada, "notices")).text
    assert "&lt;b&gt;O&#x27;Hara&lt;/b&gt; asks &amp;amp; waits" in shown
    found = re.findall(r"<span>(?:Line \d|&lt;b&gt;)", shown)
    assert found == ["<span>&lt;b&gt;", "<span>Line 0", "<span>Line 1", "<span>Line 2"]
    assert shown.count("data-new") == 3


def test_opening_goes_on_to_the_thing_and_reads_it_once(client, ada):
    (notice,) = put(ada)
    address = url(ada, "notice_open", notice.pk)
    assert login(client, ada).get(address).status_code == 405
    assert read_again(notice).read_at is None
    answer = client.post(address)
    assert (answer.status_code, answer["Location"]) == (302, url(ada, "organization"))
    first = read_again(notice).read_at
    client.post(address)
    assert read_again(notice).read_at == first is not None


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "", "javascript:x"])
def test_a_notice_leads_nowhere_else(client, ada, elsewhere):
    (notice,) = put(ada, url=elsewhere)
    answer = login(client, ada).post(url(ada, "notice_open", notice.pk), {"page": "2"})
    assert answer["Location"] == url(ada, "notices") + "?page=2"


def test_one_is_marked_as_read_without_going_there(client, ada):
    (notice,) = put(ada)
    answer = login(client, ada).post(url(ada, "notice_read", notice.pk), {"page": "x&y"})
    assert answer["Location"] == url(ada, "notices")
    assert read_again(notice).read_at is not None


def test_all_that_was_on_the_page_is_read_and_what_came_since_is_not(client, ada):
    old = put(ada, 3)
    (since,) = put(ada, at=NOON + timedelta(minutes=5))
    address = url(ada, "notices_read")
    answer = login(client, ada).post(address, {"until": NOON.isoformat()}, follow=True)
    assert "3 notices are read." in answer.text
    assert [read_again(each).read_at is None for each in (*old, since)] == [False] * 3 + [True]
    again = client.post(address, {"until": NOON.isoformat()}, follow=True)
    assert "There was nothing new." in again.text
    for nonsense in ("", "yesterday", "2026-99-99T00:00:00Z", "2026-11-24T12:00:00"):
        assert client.post(address, {"until": nonsense}).status_code == 302
    assert read_again(since).read_at is None


def test_the_button_sends_the_time_of_the_page(client, ada):
    put(ada, at=NOON - timedelta(days=1))
    shown = login(client, ada).get(url(ada, "notices")).text
    (until,) = re.findall(r'name="until" value="([^"]+)"', shown)
    assert (
        "1 notice is read."
        in client.post(url(ada, "notices_read"), {"until": until}, follow=True).text
    )


def test_another_members_notice_is_the_same_as_none(client, ada):
    other = create_member(ada.organization)
    (notice,) = put(other)
    login(client, ada)
    for view in ("notice_open", "notice_read"):
        foreign = client.post(url(ada, view, notice.pk))
        missing = client.post(url(ada, view, uuid7()))
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert foreign.content == missing.content
    assert read_again(notice).read_at is None
    assert "Line 0" not in client.get(url(ada, "notices")).text
    client.post(url(ada, "notices_read"), {"until": NOON.isoformat()})
    assert read_again(notice).read_at is None


@pytest.mark.parametrize("count", [1, 3, 50, 1000])
def test_the_page_asks_equally_often_however_much_there_is(
    client, ada, count, django_assert_num_queries
):
    put(ada, count)
    login(client, ada).get("/account/")
    with django_assert_num_queries(11):
        answer = client.get(url(ada, "notices"))
    assert answer.text.count("notice-line") == min(count, 50)
    if count == 1000:
        assert "Page 1 of 20" in answer.text
        assert "Line 999" in client.get(url(ada, "notices"), {"page": "20"}).text
        assert client.get(url(ada, "notices"), {"page": "x"}).status_code == 200


def test_a_part_of_a_page_does_not_count_what_is_new(client, ada, django_assert_num_queries):
    """Only the frame shows it, so only the frame asks."""
    owner = create_owner(ada.organization)
    login(client, owner).get("/account/")
    address = url(owner, "message_log")
    with CaptureQueriesContext(connection) as whole:
        client.get(address)
    with django_assert_num_queries(len(whole) - 1):
        client.get(address, headers={"HX-Request": "true"})

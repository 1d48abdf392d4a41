"""The agenda of a meeting: the mentor owns it, the mentee adds to it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring.meetings.enums import AgendaSection
from mentoring.meetings.models import AgendaItem
from tests.factories import inside, login, url
from tests.meetings.people import held, look, plan
from tests.meetings.test_logs import ago, create_old_pair
from tests.meetings.writing import (
    SINCE_LAST,
    create_meeting,
    item_of,
    open_agenda,
    points,
    put,
    send,
    words,
)
from tests.pairings.people import answer, main_of, own_page

pytestmark = pytest.mark.django_db
HTML = '<b>It\'s</b> 🌱 a "test" & more'
SHOWN = "&lt;b&gt;It&#x27;s&lt;/b&gt; 🌱 a &quot;test&quot; &amp; more"


def test_both_add_to_every_section_and_both_read_it_all(client):
    ada, carl, meeting = create_meeting()
    for number, section in enumerate(AgendaSection):
        who = (ada, carl)[number % 2]
        said = send(
            client, who, "meeting_agenda_add", meeting.pk, section=section.value, text=f"P{number}"
        )
        assert said.redirect_chain[0][0].endswith(f"#agenda-{section.value}")

    assert points(meeting, ada) == [
        (section.value, f"P{number}") for number, section in enumerate(AgendaSection)
    ]
    for who, other in ((ada, "Carl"), (carl, "Ada")):
        page = words(open_agenda(client, who, meeting))
        assert [f"P{number}" in page for number in range(5)] == [True] * 5
        assert other in page


def test_the_page_says_whose_agenda_it_is_and_who_can_read_it(client):
    ada, carl, meeting = create_meeting()
    mine, theirs = (words(open_agenda(client, who, meeting)) for who in (ada, carl))
    assert "You are the mentor." in mine
    assert "The agenda is yours: as the mentor you decide" in mine
    assert "Ada is the mentor." in theirs
    assert "Ada decides what you look at." in theirs
    for page in (mine, theirs):
        assert "no manager, no assistant. It is encrypted, and stands in no mail" in page
        assert "Questions and small tools for your meetings" in page


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        (HTML, HTML),
        ("  two\r\nlines\x00\x07  ", "two lines"),
        ("x" * 500, "x" * 500),
    ],
)
def test_what_is_typed_is_what_is_shown(client, sent, stored):
    ada, carl, meeting = create_meeting()
    send(client, ada, "meeting_agenda_add", meeting.pk, section="goals", text=sent)
    assert points(meeting, carl) == [("goals", stored)]
    if sent == HTML:
        page = open_agenda(client, carl, meeting)
        assert SHOWN in page
        assert "<b>It" not in page


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ("   \n\t ", "Write a word or two first."),
        ("\x00\x01", "Write a word or two first."),
        ("y" * 501, "That is a little long: 501 characters, and 500 fit."),
    ],
)
def test_bad_input_is_told_beside_the_field_and_nothing_typed_is_lost(client, sent, error):
    ada, _carl, meeting = create_meeting()
    said = send(client, ada, "meeting_agenda_add", meeting.pk, section="lesson", text=sent)
    assert error in said.text
    assert points(meeting, ada) == []
    if sent.startswith("y"):
        assert f'value="{sent}"' in main_of(said)


def test_an_unknown_section_is_nothing_that_there_is(client):
    ada, _carl, meeting = create_meeting()
    said = send(client, ada, "meeting_agenda_add", meeting.pk, section="secret", text="Hello")
    assert said.status_code == 404


def test_pressing_twice_adds_once_and_another_section_is_another_point(client):
    ada, carl, meeting = create_meeting()
    for who, section in ((ada, "goals"), (ada, "goals"), (ada, "sticking"), (carl, "goals")):
        send(client, who, "meeting_agenda_add", meeting.pk, section=section, text="Same")
    assert points(meeting, ada) == [("goals", "Same"), ("sticking", "Same"), ("goals", "Same")]


def test_an_agenda_has_room_for_60_points(client):
    ada, _carl, meeting = create_meeting()
    for number in range(60):
        put(meeting, ada, f"P{number}")
    said = send(client, ada, "meeting_agenda_add", meeting.pk, section="goals", text="One more")
    assert "That is a full agenda already." in said.text
    assert 'value="One more"' in said.text
    assert len(points(meeting, ada)) == 60


def test_the_mentor_changes_and_removes_every_point_the_mentee_the_own_ones(client):
    ada, carl, meeting = create_meeting()
    hers, his = put(meeting, ada, "Hers"), put(meeting, carl, "His")

    refused = send(client, carl, "agenda_item_change", hers.pk, seen=1, text="Mine now")
    refused_too = send(client, carl, "agenda_item_remove", hers.pk)
    send(client, carl, "agenda_item_change", his.pk, seen=1, text="His own")
    send(client, ada, "agenda_item_change", his.pk, seen=2, text="His, by Ada")
    send(client, ada, "agenda_item_remove", hers.pk)

    for said in (refused, refused_too):
        assert "You can change what you have added yourself." in said.text
    assert "Mine now" in main_of(refused)
    assert points(meeting, ada) == [("goals", "His, by Ada")]
    page = open_agenda(client, carl, meeting)
    assert page.count("Say it in other words") == 1


def test_only_the_mentor_decides_on_the_order(client):
    ada, carl, meeting = create_meeting()
    first, second, third = (
        put(meeting, who, text) for who, text in ((ada, "1"), (carl, "2"), (ada, "3"))
    )
    put(meeting, ada, "elsewhere", SINCE_LAST)

    send(client, carl, "agenda_item_move", second.pk, way="up")
    before = points(meeting, ada)[:3]
    send(client, ada, "agenda_item_move", third.pk, way="up")
    send(client, ada, "agenda_item_move", first.pk, way="down")
    send(client, ada, "agenda_item_move", third.pk, way="up")

    assert [text for _, text in before] == ["1", "2", "3"]
    assert [text for section, text in points(meeting, ada) if section == "goals"] == ["3", "1", "2"]
    page = open_agenda(client, ada, meeting)
    assert (page.count("Move up"), page.count("Move down")) == (2, 2)
    assert "Move up" not in open_agenda(client, carl, meeting)


def test_both_tick_what_is_done(client):
    ada, carl, meeting = create_meeting()
    item = put(meeting, ada, "Hers")
    for who, done, expected in ((carl, "1", True), (carl, "1", True), (ada, "0", False)):
        send(client, who, "agenda_item_done", item.pk, done=done)
        with inside(ada.organization_id, member_id=ada.member_id):
            assert AgendaItem.objects.get().is_done is expected


def test_the_mentor_turns_down_what_is_off_the_topic_in_one_click_and_kindly(client):
    ada, carl, meeting = create_meeting()
    item, hers = put(meeting, carl, "Write my slides"), put(meeting, ada, "Hers")

    send(client, ada, "agenda_item_decline", item.pk, declined="1")
    page = words(open_agenda(client, carl, meeting))
    on_pair_page = own_page(client, carl.member, meeting.pairing).text

    kind = "Ada: “Not my field, and I would rather not guess. Shall we keep to AI tools?”"
    assert "Write my slides" in page
    assert "Kept for later" in page
    assert kind in page
    assert "One point is on the agenda." in on_pair_page
    for who, key in ((carl, item.pk), (carl, hers.pk), (ada, hers.pk)):
        said = send(
            client, who, "agenda_item_decline", key, declined="0" if key == item.pk else "1"
        )
        assert "You can change what you have added yourself." in said.text
    send(client, ada, "agenda_item_decline", item.pk, declined="0")
    assert "Kept for later" not in open_agenda(client, carl, meeting)
    send(client, ada, "agenda_item_decline", item.pk, declined="1")
    send(client, carl, "agenda_item_remove", item.pk)
    assert points(meeting, ada) == [("goals", "Hers")]


def test_a_removed_point_can_be_brought_back_at_once(client):
    ada, carl, meeting = create_meeting()
    item = put(meeting, carl, "Oops")
    removed = send(client, carl, "agenda_item_remove", item.pk)
    assert "The point is removed." in removed.text
    assert points(meeting, carl) == []
    assert "The point is removed." not in open_agenda(client, carl, meeting)

    send(client, carl, "agenda_item_restore", item.pk)
    assert points(meeting, carl) == [("goals", "Oops")]
    assert "The point is removed." not in open_agenda(client, ada, meeting, removed=str(item.pk))


def test_after_an_hour_its_text_is_gone(client):
    ada, carl, meeting = create_meeting()
    item = put(meeting, carl, "Oops")
    send(client, carl, "agenda_item_remove", item.pk)
    with inside(ada.organization_id, member_id=ada.member_id):
        AgendaItem.objects.update(removed_at=timezone.now() - timedelta(hours=1))

    late = send(client, carl, "agenda_item_restore", item.pk)
    put(meeting, ada, "Something else")

    assert "Somebody has removed this point" in late.text
    assert points(meeting, ada) == [("goals", "Something else")]
    with inside(ada.organization_id, member_id=ada.member_id):
        assert AgendaItem.objects.get(pk=item.pk).text == ""


def test_what_somebody_else_wrote_meanwhile_is_shown_and_not_overwritten(client):
    ada, carl, meeting = create_meeting()
    item = put(meeting, carl, "First words")
    send(client, carl, "agenda_item_change", item.pk, seen=1, text="Carl's words")

    stale = send(client, ada, "agenda_item_change", item.pk, seen=1, text="Ada's words")
    assert points(meeting, ada) == [("goals", "Carl's words")]
    page = main_of(stale)
    assert "Somebody has changed this since you opened the page." in page
    assert "It says now:" in page
    assert 'value="Ada&#x27;s words"' in page
    assert 'name="seen" value="2"' in page

    same = send(client, ada, "agenda_item_change", item.pk, seen=1, text="Carl's words")
    assert "Somebody has changed this" not in same.text
    send(client, ada, "agenda_item_change", item.pk, seen=2, text="Ada's words")
    assert points(meeting, carl) == [("goals", "Ada's words")]


def test_a_point_that_was_removed_meanwhile_is_told(client):
    ada, carl, meeting = create_meeting()
    item = put(meeting, carl, "Short-lived")
    send(client, ada, "agenda_item_remove", item.pk)
    for view, data in (
        ("agenda_item_change", {"seen": 1, "text": "Longer-lived"}),
        ("agenda_item_done", {"done": "1"}),
        ("agenda_item_move", {"way": "up"}),
    ):
        said = send(client, ada, view, item.pk, **data)
        assert "Somebody has removed this point" in said.text, view
    again = send(client, ada, "agenda_item_remove", item.pk)
    assert again.status_code == 200
    lost = send(client, carl, "agenda_item_change", item.pk, seen=1, text="Longer-lived")
    assert "Longer-lived" in main_of(lost)


def test_an_ended_pair_reads_and_changes_nothing(client):
    ada, carl, meeting = create_meeting()
    item = put(meeting, carl, "Stays")
    answer(client, carl, meeting.pairing, "step_out")

    for view, key, data in (
        ("meeting_agenda_add", meeting.pk, {"section": "goals", "text": "Typed in vain"}),
        ("agenda_item_change", item.pk, {"seen": 1, "text": "Typed in vain"}),
        ("agenda_item_remove", item.pk, {}),
        ("agenda_item_move", item.pk, {"way": "up"}),
        ("agenda_item_decline", item.pk, {"declined": "1"}),
        ("agenda_item_restore", item.pk, {}),
        ("agenda_item_done", item.pk, {"done": "1"}),
        ("meeting_agenda_take_over", meeting.pk, {}),
    ):
        said = send(client, ada, view, key, **data)
        assert "This pair has ended, so what you wrote" in said.text, view
        assert ("Typed in vain" in said.text) is ("text" in data), view
    page = open_agenda(client, ada, meeting)
    assert "Stays" in page
    assert "<form" not in page
    assert points(meeting, ada) == [("goals", "Stays")]


def test_htmx_gets_the_agenda_alone_and_forgets_the_draft(client):
    ada, _carl, meeting = create_meeting()
    login(client, ada.member)
    address = url(ada.member, "meeting_agenda_add", meeting.pk)
    data = {"section": "goals", "text": "By htmx"}
    part = client.post(address, data, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.text.lstrip().startswith('<div id="agenda"')
    assert "By htmx" in part.text
    assert f'data-draft-sent="agenda-mentor-{meeting.pk}-goals"' in part.text
    item = item_of(meeting, ada, "By htmx")
    gone = client.post(
        url(ada.member, "agenda_item_remove", item.pk), headers={"HX-Request": "true"}
    )
    assert "The point is removed." in gone.text
    assert "<main" not in gone.text


def test_whoever_signs_in_again_after_a_lost_session_lands_on_the_page(client):
    ada, _carl, meeting = create_meeting()
    item = put(meeting, ada, "Here")
    login(client, ada.member)
    agenda_page = url(ada.member, "meeting_agenda", meeting.pk)
    for view, key in (
        ("meeting_agenda_add", meeting.pk),
        ("meeting_shared_note", meeting.pk),
        ("meeting_private_note", meeting.pk),
        ("agenda_item_change", item.pk),
    ):
        back = client.get(url(ada.member, view, key))
        assert back.status_code == 302
        assert back["Location"].startswith(agenda_page)


@pytest.mark.parametrize("count", [2, 30])
def test_the_page_costs_the_same_however_long_the_agenda(client, django_assert_num_queries, count):
    ada, carl, meeting = create_meeting()
    for number in range(count):
        put(meeting, (ada, carl)[number % 2], f"Point {number}")
    open_agenda(client, ada, meeting)
    with django_assert_num_queries(20):
        page = client.get(url(ada.member, "meeting_agenda", meeting.pk))
    assert main_of(page).count("agenda-point ") == count


def test_pages_of_the_pair_lead_there(client):
    ada, carl, pairing = create_old_pair()
    past = held(pairing, by=carl, starts_at=ago(days=3))
    ahead = plan(pairing, by=carl)
    pair = own_page(client, ada.member, pairing).text
    listed = look(client, ada, "pair_meetings", pairing.pk).text
    assert "Nothing is on the agenda yet." in pair
    for meeting in (past, ahead):
        address = url(ada.member, "meeting_agenda", meeting.pk)
        assert f'href="{address}"' in pair
        assert f'href="{address}"' in listed

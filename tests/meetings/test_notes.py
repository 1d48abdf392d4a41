"""Notes of a meeting: nothing that somebody has not seen is overwritten."""

import pytest

from mentoring.meetings.differences import lines_of
from mentoring.meetings.models import SharedNote
from programs.enums import Side
from tests.factories import inside, url
from tests.meetings.people import held, look
from tests.meetings.test_agenda_carried import cancel
from tests.meetings.test_logs import ago, create_old_pair
from tests.meetings.writing import (
    create_agreed,
    create_meeting,
    note,
    note_privately,
    open_agenda,
    private,
    send,
    shared,
    words,
)
from tests.pairings.agreeing import agree, propose
from tests.pairings.people import answer, main_of

pytestmark = pytest.mark.django_db
SHARED, PRIVATE = "meeting_shared_note", "meeting_private_note"
HTML = '<script>It\'s</script> 🌱 "quoted" & more'
CHANGED = "Somebody has changed this since you opened the page. Nothing was overwritten."


def test_before_the_agreement_there_are_no_notes_and_the_page_says_so(client):
    ada, carl, pairing = create_old_pair()
    meeting = held(pairing, by=carl, starts_at=ago(days=1))
    bare = open_agenda(client, ada, meeting)
    forced = [
        send(client, ada, view, meeting.pk, seen=0, text="Too early") for view in (SHARED, PRIVATE)
    ]
    propose(pairing, Side.MENTOR)
    waiting = open_agenda(client, ada, meeting)
    agree(pairing, minutes=60)

    for page in (bare, waiting):
        assert "Notes come after your agreement" in page
        assert f'href="{url(ada.member, "pair_agreement", pairing.pk)}"' in page
        assert 'name="seen"' not in page
    for said in forced:
        assert "Notes come after your agreement. What you wrote is still here to copy." in said.text
        assert "Too early" in said.text
    assert (shared(meeting, ada), private(meeting, ada)) == (("", 0), ("", 0))
    assert "Save the note" in open_agenda(client, ada, meeting)


@pytest.mark.parametrize("view", [SHARED, PRIVATE])
def test_an_agreement_is_asked_for_whatever_else_is_proposed_later(client, view):
    ada, carl, meeting = create_agreed()
    propose(meeting.pairing, Side.MENTEE, minutes=60)
    said = send(client, ada, view, meeting.pk, seen=0, text="Fine")
    assert "Your note is saved." in said.text
    assert carl.member.name == "Carl"


def test_both_read_and_change_the_note_together(client):
    ada, carl, meeting = create_agreed()
    said = send(client, ada, SHARED, meeting.pk, seen=0, text=f"  {HTML}\r\nline\x00 two  ")
    assert "Your note is saved." in said.text
    assert f"sent=shared-note-mentor-{meeting.pk}" in said.redirect_chain[0][0]
    assert shared(meeting, carl) == (f"{HTML}\nline two", 1)

    page = open_agenda(client, carl, meeting)
    assert "&lt;script&gt;It&#x27;s" in page
    assert "<script>It" not in page
    assert "Last saved by Ada," in page
    send(client, carl, SHARED, meeting.pk, seen=1, text="")
    assert shared(meeting, ada) == ("", 2)
    assert "Last saved by Carl," in open_agenda(client, ada, meeting)


def test_two_tabs_lose_nothing_the_second_sees_both_texts_and_merges(client):
    ada, carl, meeting = create_agreed()
    note(meeting, ada, "Common line")
    send(client, carl, SHARED, meeting.pk, seen=1, text="Common line\nCarl's line")

    second = send(client, ada, SHARED, meeting.pk, seen=1, text="Common line\nAda's line")
    page = main_of(second)
    assert shared(meeting, ada) == ("Common line\nCarl's line", 2)
    assert CHANGED in page
    assert "What Carl has saved meanwhile," in page
    assert "<p>Common line</p>" in page
    assert "<p><mark>Carl&#x27;s line</mark></p>" in page
    assert "Common line\nAda&#x27;s line</textarea>" in page
    assert 'name="seen" value="2"' in page

    merged = "Common line\nCarl's line\nAda's line"
    done = send(client, ada, SHARED, meeting.pk, seen=2, text=merged)
    assert "Your note is saved." in done.text
    assert shared(meeting, carl) == (merged, 3)


@pytest.mark.parametrize("seen", ["0", "2", "99", "-1", "", "x", "99999999999999999999"])
def test_no_version_that_is_not_the_current_one_overwrites_anything(client, seen):
    ada, carl, meeting = create_agreed()
    note(meeting, ada, "Mine")
    said = send(client, carl, SHARED, meeting.pk, seen=seen, text="Overwritten")
    assert shared(meeting, ada) == ("Mine", 1)
    assert "Overwritten</textarea>" in main_of(said)
    missing = send(client, carl, SHARED, meeting.pk, text="Overwritten")
    assert shared(meeting, ada) == ("Mine", 1)
    assert missing.status_code == 200


def test_the_same_text_twice_is_no_conflict(client):
    ada, carl, meeting = create_agreed()
    for who in (ada, carl, carl):
        said = send(client, who, SHARED, meeting.pk, seen=0, text="Both wrote this")
        assert "Your note is saved." in said.text
    assert shared(meeting, ada) == ("Both wrote this", 1)


def test_an_emptied_note_is_a_change_like_any_other(client):
    ada, carl, meeting = create_agreed()
    note(meeting, ada, "Something")
    note(meeting, carl, "", seen=1)
    said = send(client, ada, SHARED, meeting.pk, seen=1, text="Something else")
    assert "The note was emptied." in said.text
    assert shared(meeting, ada) == ("", 2)


@pytest.mark.parametrize("view", [SHARED, PRIVATE])
def test_what_is_too_long_is_told_and_kept(client, view):
    ada, _carl, meeting = create_agreed()
    said = send(client, ada, view, meeting.pk, seen=0, text="z" * 10_001)
    assert "That is a little long: 10,001 characters, and 10,000 fit." in said.text
    assert "z" * 10_001 in said.text
    assert (
        "Your note is saved." in send(client, ada, view, meeting.pk, seen=0, text="z" * 10_000).text
    )


def test_only_spaces_are_an_empty_note(client):
    ada, _carl, meeting = create_agreed()
    send(client, ada, SHARED, meeting.pk, seen=0, text=" \r\n\t\x00 ")
    assert shared(meeting, ada) == ("", 0)


def test_a_private_note_is_the_writers_and_two_tabs_lose_nothing(client):
    ada, carl, meeting = create_agreed()
    send(client, ada, PRIVATE, meeting.pk, seen=0, text="Only mine")
    send(client, carl, PRIVATE, meeting.pk, seen=0, text="Only his")
    stale = send(client, ada, PRIVATE, meeting.pk, seen=0, text="From another tab")

    assert (private(meeting, ada), private(meeting, carl)) == (("Only mine", 1), ("Only his", 1))
    assert "What you have saved meanwhile in another tab," in stale.text
    assert "From another tab</textarea>" in stale.text
    for who, own, other in ((ada, "Only mine", "Only his"), (carl, "Only his", "Only mine")):
        page = open_agenda(client, who, meeting)
        assert (own in page, other in page) == (True, False)
    assert "You alone. Carl cannot read it" in words(open_agenda(client, ada, meeting))


def test_of_an_ended_pair_notes_are_there_to_read_and_what_was_typed_to_copy(client):
    ada, carl, meeting = create_agreed()
    note(meeting, ada, "Kept together")
    note_privately(meeting, ada, "Kept alone")
    answer(client, carl, meeting.pairing, "step_out")

    page = open_agenda(client, ada, meeting)
    for view in (SHARED, PRIVATE):
        said = send(client, ada, view, meeting.pk, seen=1, text="Typed in vain")
        assert "This pair has ended" in said.text
        assert "Typed in vain</textarea>" in said.text
    assert "Kept together" in page
    assert "Kept alone" in page
    assert "<form" not in page
    assert shared(meeting, carl) == ("Kept together", 1)
    assert private(meeting, ada) == ("Kept alone", 1)


def test_a_called_off_meeting_keeps_its_notes_as_they_are(client):
    ada, carl, meeting = create_meeting()
    agree(meeting.pairing)
    note(meeting, ada, "Before")
    cancel(meeting, by=carl)
    said = send(client, ada, SHARED, meeting.pk, seen=1, text="After")
    assert "This meeting was called off, so what is written for it stays" in said.text
    assert shared(meeting, ada) == ("Before", 1)
    assert "Before" in open_agenda(client, carl, meeting)


def test_each_note_says_who_reads_it(client):
    ada, _carl, meeting = create_agreed()
    page = words(open_agenda(client, ada, meeting))
    assert "Carl and you read and change it, and nobody else. It is encrypted." in page
    assert "You alone. Carl cannot read it, nor can anybody who runs this." in page
    assert look(client, ada, "meeting_agenda", meeting.pk).status_code == 200


def test_a_text_that_others_change_comes_back_with_its_version(client):
    ada, _carl, meeting = create_agreed()
    note(meeting, ada, "Here")
    page = open_agenda(client, ada, meeting)
    assert f'data-draft="shared-note-mentor-{meeting.pk}" data-draft-seen="seen"' in page
    assert f'data-draft="agenda-mentor-{meeting.pk}-goals"' in page
    with inside(ada.organization_id, member_id=ada.member_id):
        assert SharedNote.objects.get().edited_by == "mentor"


def test_lines_that_the_own_text_does_not_have_are_marked():
    found = lines_of("same\n\n new \nsame", "same\nold")
    assert [(each.text, each.is_new) for each in found] == [
        ("same", False),
        ("", False),
        (" new ", True),
        ("same", False),
    ]

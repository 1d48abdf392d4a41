"""Two people write at once, in real threads; and SECRET_KEY changes."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from mentoring.meetings.models import AgendaItem, SharedNote
from mentoring.meetings.operations import agenda, notes
from programs.enums import Side
from tests.factories import inside
from tests.meetings.people import held, plan
from tests.meetings.test_agenda_carried import cancel
from tests.meetings.test_logs import ago, create_old_pair
from tests.meetings.test_races import tried
from tests.meetings.writing import (
    BEFORE_NEXT,
    GOALS,
    create_agreed,
    note,
    note_privately,
    points,
    private,
    put,
    shared,
)
from tests.pairings.test_races import at_once
from tests.profiles.test_key_rotation import rotation

__all__ = ["rotation"]
pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.mark.parametrize("seen", [0, 1])
def test_of_two_who_save_the_note_at_once_one_is_told(seen):
    ada, carl, meeting = create_agreed()
    if seen:
        note(meeting, ada, "As it was")

    def saving(who):
        @tried(notes.NoteChanged)
        def deed():
            text = f"{who.member.name}'s words"
            notes.save_shared(
                meeting=meeting, seen=seen, side=Side(who.side), text=text, now=timezone.now()
            )

        return deed

    deeds = [(each.member_id, saving(each)) for each in (ada, carl)]
    assert at_once(ada.organization_id, *deeds) == ["NoteChanged", "done"]
    text, version = shared(meeting, ada)
    assert text in {"Ada's words", "Carl's words"}
    assert version == seen + 1
    with inside(ada.organization_id, member_id=ada.member_id):
        assert SharedNote.objects.count() == 1


def test_two_who_open_the_next_agenda_at_once_carry_a_point_over_once():
    ada, carl, pairing = create_old_pair()
    past = held(pairing, by=carl, starts_at=ago(days=30))
    for text in ("One", "Two"):
        put(past, ada, text, BEFORE_NEXT)
    meeting = plan(pairing, by=carl)

    def deed():
        agenda.carry_over(meeting=meeting, now=timezone.now())
        return "done"

    deeds = [(each.member_id, deed) for each in (ada, carl, ada)]
    assert at_once(ada.organization_id, *deeds) == ["done"] * 3
    assert points(meeting, ada) == [("since_last", "One"), ("since_last", "Two")]


def test_two_who_take_over_at_once_do_it_once():
    ada, carl, pairing = create_old_pair()
    meeting = plan(pairing, by=carl)
    put(meeting, ada, "Open")
    cancel(meeting, by=carl)
    following = plan(pairing, by=carl, starts_at=ago(days=-9))

    def deed():
        agenda.take_over(meeting=meeting, now=timezone.now())
        return "done"

    deeds = [(each.member_id, deed) for each in (ada, carl)]
    assert at_once(ada.organization_id, *deeds) == ["done", "done"]
    assert points(following, carl) == [("goals", "Open")]


def test_moves_and_additions_at_once_keep_every_point_and_one_order():
    ada, carl, pairing = create_old_pair()
    meeting = plan(pairing, by=carl)
    items = [put(meeting, ada, text) for text in ("1", "2", "3")]

    def moving(item):
        def deed():
            agenda.move(item=item, side=Side.MENTOR, is_up=True)
            return "done"

        return deed

    def adding():
        agenda.add(
            meeting=meeting,
            side=Side.MENTEE,
            section=GOALS,
            text="4",
            now=timezone.now(),
        )
        return "done"

    deeds = [
        (ada.member_id, moving(items[1])),
        (ada.member_id, moving(items[2])),
        (carl.member_id, adding),
        (carl.member_id, adding),
    ]
    assert at_once(ada.organization_id, *deeds) == ["done"] * 4
    assert sorted(text for _, text in points(meeting, ada)) == ["1", "2", "3", "4"]
    with inside(ada.organization_id, member_id=ada.member_id):
        places = list(AgendaItem.objects.values_list("position", flat=True))
    assert sorted(places) == [1, 2, 3, 4]


def test_after_a_rotation_all_that_is_written_is_still_read(rotation, capsys):
    ada, carl, meeting = create_agreed()
    put(meeting, carl, "A point")
    note(meeting, ada, "Together")
    for who in (ada, carl):
        note_privately(meeting, who, f"{who.member.name} alone")

    rotation.begin()
    call_command("renew_secrets")
    rotation.forget_old_key()

    # The words of the agreement are two more.
    assert "6 private texts are encrypted" in capsys.readouterr().out
    assert points(meeting, ada) == [("goals", "A point")]
    assert shared(meeting, carl) == ("Together", 1)
    assert private(meeting, ada) == ("Ada alone", 1)
    assert private(meeting, carl) == ("Carl alone", 1)

"""How things stood at the end of a day: the same whenever it is asked."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from mentoring.meetings.models import Meeting
from mentoring.meetings.operations.logs import correct, take_back
from mentoring.pairings.models import Break, Pairing
from mentoring.pairings.operations.breaks import pause, resume
from mentoring.pairings.operations.closings import Why, begin, complete
from mentoring.pairings.operations.endings import step_out
from mentoring.reports.models import PairFigures, Snapshot
from mentoring.reports.snapshots.proving import breaks_without_state, prove
from mentoring.reports.snapshots.taking import take as take_day
from programs.enums import Side
from tests.factories import inside, reload
from tests.meetings.people import BERLIN, held, plan_of
from tests.pairings.test_races import at_once
from tests.profiles.people import take_part
from tests.reports.people import (
    BEGAN,
    create_pair,
    days,
    pair_at,
    pair_up,
    seat_at,
    sums_at,
    take,
    told_days,
)

MAY_31, JUNE_30 = date(2026, 5, 31), date(2026, 6, 30)
JULY = datetime(2026, 7, 3, 2, tzinfo=BERLIN)


def proven(organization_id) -> list[bool]:
    with inside(organization_id):
        return [prove(each).holds for each in Snapshot.objects.order_by("as_of")]


@pytest.mark.django_db
def test_month_ends_are_told_since_the_first_pair_and_of_other_days_the_latest_two():
    _, _, pairing = create_pair()

    first = take(pairing.organization_id, now=JULY)
    again = take(pairing.organization_id, now=JULY)
    for number in (1, 2):
        take(pairing.organization_id, now=JULY + days(number))

    months = [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), MAY_31, JUNE_30]
    assert first == [*months, date(2026, 7, 2)]
    assert again == []
    assert told_days(pairing.organization_id) == [*months, date(2026, 7, 3), date(2026, 7, 4)]


@pytest.mark.django_db
def test_a_meeting_noted_late_counts_from_the_day_on_which_it_was_noted():
    ada, _, pairing = create_pair()
    held(pairing, by=ada, starts_at=BEGAN + days(10), minutes=60)
    with inside(pairing.organization_id):
        meeting = Meeting.objects.get()
    late = datetime(2026, 6, 5, 9, tzinfo=BERLIN)
    with inside(pairing.organization_id):
        type(meeting).objects.filter(pk=meeting.pk).update(held_noted_at=late)
        meeting.changes.update(at=late)

    take(pairing.organization_id, now=JULY)

    before, after = pair_at(pairing, MAY_31), pair_at(pairing, JUNE_30)
    assert (before.state, before.meetings, before.introduced_on) == ("introductory", 0, None)
    assert (after.state, after.meetings, after.minutes) == ("active", 1, 60)
    assert (after.introduced_on, after.days_to_introduction) == (date(2026, 3, 12), 10)
    assert (before.month_meetings, after.month_meetings, after.month_minutes) == (0, 1, 60)


@pytest.mark.django_db
def test_what_is_corrected_or_taken_back_later_does_not_change_what_was_told():
    ada, _, pairing = create_pair()
    first = held(pairing, by=ada, starts_at=BEGAN + days(10), minutes=60)
    second = held(pairing, by=ada, starts_at=BEGAN + days(40), minutes=60)
    june = datetime(2026, 6, 8, 9, tzinfo=BERLIN)
    with inside(pairing.organization_id, member_id=ada.member_id):
        was = plan_of(first.starts_at, minutes=90)
        correct(meeting=first, seen=0, side=Side.MENTOR, was=was, now=june)
        take_back(meeting=second, seen=0, side=Side.MENTOR, now=june)

    take(pairing.organization_id, now=JULY)

    may, june_end = pair_at(pairing, MAY_31), pair_at(pairing, JUNE_30)
    assert (may.meetings, may.minutes) == (2, 120)
    assert (june_end.meetings, june_end.minutes) == (1, 90)
    assert may.last_met_on == date(2026, 4, 11)
    assert june_end.last_met_on == date(2026, 3, 12)


@pytest.mark.django_db
def test_a_pair_owes_no_meeting_while_it_has_a_break():
    ada, _, pairing = create_pair()
    held(pairing, by=ada, starts_at=BEGAN + days(1))
    with inside(pairing.organization_id):
        pause(pairing=pairing, side=Side.MENTOR, until=date(2026, 6, 20), now=BEGAN + days(40))
        resume(pairing=reload(pairing), now=datetime(2026, 6, 10, tzinfo=BERLIN))

    take(pairing.organization_id, now=JULY)

    april, may, june = (pair_at(pairing, day) for day in (date(2026, 4, 30), MAY_31, JUNE_30))
    assert [each.state for each in (april, may, june)] == ["paused", "paused", "active"]
    assert [each.due for each in (april, may, june)] == [1, 1, 2]
    assert [each.kept for each in (april, may, june)] == [1, 1, 1]
    assert [each.drift for each in (april, may, june)] == [0, 0, 0]


def close(pairing, now):
    begin(pairing=pairing, side=Side.MENTOR, why=Why(), now=now)


def leave(pairing, now):
    step_out(pairing=pairing, side=Side.MENTOR, now=now)


@pytest.mark.django_db
@pytest.mark.parametrize("ends", [close, leave])
def test_a_break_is_over_when_the_pair_closes_or_ends(ends):
    ada, _, pairing = create_pair()
    held(pairing, by=ada, starts_at=BEGAN + days(1))
    with inside(pairing.organization_id, member_id=ada.member_id):
        pause(pairing=pairing, side=Side.MENTOR, until=date(2026, 6, 20), now=BEGAN + days(40))
        ends(reload(pairing), BEGAN + days(50))

    with inside(pairing.organization_id):
        assert list(Break.objects.values_list("began_at", "ended_at")) == [
            (BEGAN + days(40), BEGAN + days(50))
        ]
        assert breaks_without_state() == 0


@pytest.mark.django_db
def test_a_pair_that_does_not_meet_drifts_by_its_own_rhythm():
    ada, carl, pairing = create_pair()
    held(pairing, by=ada, starts_at=BEGAN + days(1))

    take(pairing.organization_id, now=JULY)

    told = [pair_at(pairing, day) for day in (date(2026, 3, 31), date(2026, 4, 30), MAY_31)]
    assert [each.drift for each in told] == [0, 1, 2]
    assert [each.drift for each in (pair_at(pairing, JUNE_30),)] == [3]
    assert sums_at(pairing.cohort, JUNE_30)["drifting"] == [1]
    assert sums_at(pairing.cohort, JUNE_30)["in_rhythm"] == [0, 1]
    assert seat_at(carl, JUNE_30).active_partners == 1


@pytest.mark.django_db
def test_a_good_end_and_stepping_out_are_told_apart_and_only_from_their_day_on():
    ada, carl, pairing = create_pair()
    held(pairing, by=ada, starts_at=BEGAN + days(1))
    with inside(pairing.organization_id, member_id=ada.member_id):
        begin(pairing=reload(pairing), side=Side.MENTOR, why=Why(), now=BEGAN + days(80))
    with inside(pairing.organization_id, member_id=carl.member_id):
        at = datetime(2026, 6, 12, tzinfo=BERLIN)
        complete(pairing=reload(pairing), side=Side.MENTEE, now=at)

    take(pairing.organization_id, now=JULY)

    may, june = pair_at(pairing, MAY_31), pair_at(pairing, JUNE_30)
    assert (may.state, may.ended_on) == ("closing", None)
    assert (june.state, june.ended_on) == ("closed_early", date(2026, 6, 12))
    assert (seat_at(ada, MAY_31).has_completed, seat_at(ada, JUNE_30).has_completed) == (
        False,
        True,
    )
    assert sums_at(pairing.cohort, JUNE_30)["pairs_closed_early"] == [1]


@pytest.mark.django_db
def test_every_snapshot_is_proven_however_much_has_happened_since():
    ada, _, pairing = create_pair()
    held(pairing, by=ada, starts_at=BEGAN + days(1))
    take(pairing.organization_id, now=JULY)
    with inside(pairing.organization_id):
        step_out(pairing=reload(pairing), side=Side.MENTOR, now=JULY + days(3))

    take(pairing.organization_id, now=JULY + days(40))

    assert proven(pairing.organization_id) == [True] * 7
    assert pair_at(pairing, JUNE_30).state == "active"
    assert pair_at(pairing, date(2026, 7, 31)).state == "withdrawn"


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda pairing: PairFigures.objects.filter(pairing=pairing).update(meetings=7),
        lambda pairing: PairFigures.objects.filter(pairing=pairing).delete(),
        lambda _: Snapshot.objects.latest_first().first().seats.all().delete(),
        lambda _: Snapshot.objects.latest_first().first().cohorts.update(sums={}),
        lambda pairing: Break.objects.create(pairing=pairing, began_at=BEGAN),
    ],
)
def test_the_command_finds_what_is_not_true(spoil):
    _, _, pairing = create_pair()
    organization_id = pairing.organization_id
    take(organization_id, now=JULY)
    call_command("snapshots", "--prove", stdout=StringIO())

    with inside(organization_id):
        spoil(pairing)

    with pytest.raises(CommandError, match="are not what the rows of people's deeds tell"):
        call_command("snapshots", "--prove", stdout=StringIO())


@pytest.mark.django_db
def test_a_day_that_is_told_halfway_is_not_told():
    _, _, pairing = create_pair()
    organization_id = pairing.organization_id

    class Killed(Exception):
        pass

    with pytest.raises(Killed), inside(organization_id), transaction.atomic():
        take_day(JUNE_30, BERLIN, now=JULY)
        raise Killed

    assert told_days(organization_id) == []
    assert JUNE_30 in take(organization_id, now=JULY)
    assert all(proven(organization_id))


@pytest.mark.usefixtures("committed_db")
def test_two_workers_tell_a_day_once():
    _, _, pairing = create_pair()

    def deed() -> str:
        return "told" if take_day(JUNE_30, BERLIN, now=JULY) else "was told"

    outcomes = at_once(pairing.organization_id, deed, deed)

    assert outcomes == ["told", "was told"]
    with inside(pairing.organization_id):
        assert PairFigures.objects.count() == Pairing.objects.count() == 1


@pytest.mark.django_db
def test_the_day_ends_where_the_organization_is():
    midnight = datetime(2026, 7, 1, tzinfo=BERLIN)
    ada, _, before = create_pair(now=midnight - timedelta(minutes=30))
    ben, dora = (take_part(ada.cohort, each) for each in (Side.MENTOR, Side.MENTEE))
    after = pair_up(ben, dora, now=midnight + timedelta(minutes=30))

    told = take(ada.organization_id, now=midnight + days(1) + timedelta(minutes=30))

    assert told == [JUNE_30, date(2026, 7, 1)]
    assert pair_at(before, JUNE_30).matched_on == JUNE_30
    assert sums_at(ada.cohort, JUNE_30)["pairs_ever"] == [1]
    assert pair_at(after, date(2026, 7, 1)).matched_on == date(2026, 7, 1)

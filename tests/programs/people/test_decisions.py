"""Deciding about people of a cohort: who gets a place, and what they hear."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from accounts.models import AuditEvent
from mentoring.outbox.mailbox import text_of
from programs.enums import ParticipantState, Side, Skip
from programs.operations.decisions import CohortClosed, approve_next, decide
from tests.factories import create_member, create_owner, inside, reload
from tests.programs.people.steps import NOON, create_cohort, deliver, enroll, messages, states_of

S = ParticipantState
KIND = "programs.decision"


def decided(owner, state, *participants, now=NOON):
    with inside(owner.organization_id):
        return decide(participants=participants, state=state, actor=owner, now=now)


@pytest.mark.django_db
def test_approved_people_are_told_after_the_time_to_undo(mails):
    owner = create_owner()
    cohort = create_cohort(owner)
    ada = create_member(owner.organization, name="Ada", email="ada@example.org")
    row = enroll(cohort, ada)

    decided(owner, S.APPROVED, row)
    deliver(owner, at=NOON + timedelta(minutes=4))
    assert mails() == []
    deliver(owner, at=NOON + timedelta(minutes=6))

    (mail,) = mails()
    assert mail["To"] == "Ada <ada@example.org>"
    assert mail["Subject"] == "You take part in Program of Spring"
    assert "Good news: you take part as mentee." in text_of(mail, "plain")
    row = reload(row)
    assert (row.state, row.decided_at, row.decided_by_id) == (S.APPROVED, NOON, owner.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "subject", "words"),
    [
        (S.WAITLISTED, "Program of Spring: you are on the waiting list", "one becomes free"),
        (S.DECLINED, "Program of Spring: not this time", "does not work out this time"),
        (S.WITHDRAWN, "Program of Spring: you no longer take part", "come back in another one"),
    ],
)
def test_no_mail_gives_a_reason(mails, state, subject, words):
    owner = create_owner()
    row = enroll(create_cohort(owner))

    decided(owner, state, row)
    deliver(owner, at=NOON + timedelta(minutes=6))

    (mail,) = mails()
    assert mail["Subject"] == subject
    text = " ".join(text_of(mail, "plain").split())
    assert words in text
    assert "because you enrolled" in text
    assert owner.name not in text


@pytest.mark.django_db
def test_an_undone_decision_is_never_heard_of(mails):
    owner = create_owner()
    row = enroll(create_cohort(owner))

    decided(owner, S.APPROVED, row)
    decided(owner, S.PENDING, row, now=NOON + timedelta(minutes=1))
    deliver(owner, at=NOON + timedelta(minutes=10))

    assert mails() == []
    assert states_of([row]) == [S.PENDING]
    assert [state for _, state in messages(owner, KIND)] == ["skipped"]


@pytest.mark.django_db
def test_of_two_decisions_only_the_last_is_told(mails):
    owner = create_owner()
    row = enroll(create_cohort(owner))

    decided(owner, S.APPROVED, row)
    decided(owner, S.DECLINED, row, now=NOON + timedelta(minutes=1))
    deliver(owner, at=NOON + timedelta(minutes=10))

    (mail,) = mails()
    assert mail["Subject"] == "Program of Spring: not this time"


@pytest.mark.django_db
def test_who_has_left_meanwhile_gets_no_mail(mails):
    owner = create_owner()
    row = enroll(create_cohort(owner))
    decided(owner, S.APPROVED, row)
    with inside(owner.organization_id):
        row.member.deactivated_at = NOON
        row.member.save()

    deliver(owner, at=NOON + timedelta(minutes=10))

    assert mails() == []


@pytest.mark.django_db
def test_places_go_to_those_who_sent_first():
    owner = create_owner()
    cohort = create_cohort(owner, places=2)
    late, early, middle = (
        enroll(cohort, submitted_at=NOON + timedelta(hours=hours)) for hours in (3, 1, 2)
    )
    mentor = enroll(cohort, side=Side.MENTOR)

    done = decided(owner, S.APPROVED, late, early, middle, mentor)

    assert states_of([early, middle, late, mentor]) == [
        S.APPROVED, S.APPROVED, S.PENDING, S.APPROVED,
    ]  # fmt: skip
    assert [(row.pk, why) for row, why in done.skipped] == [(late.pk, Skip.FULL)]


@pytest.mark.django_db
def test_everybody_who_cannot_be_approved_is_passed_over_with_a_reason():
    owner = create_owner()
    cohort = create_cohort(owner)
    gone = enroll(cohort, create_member(owner.organization, deactivated_at=NOON))
    rows = [
        enroll(cohort, state=S.APPROVED),
        enroll(cohort, state=S.DRAFT),
        enroll(cohort, state=S.WITHDRAWN),
        gone,
    ]

    done = decided(owner, S.APPROVED, *rows)

    assert done.changed == []
    reasons = {row.pk: why for row, why in done.skipped}
    assert [reasons[row.pk] for row in rows] == [
        Skip.SAME, Skip.DRAFT, Skip.WITHDRAWN, Skip.GONE,
    ]  # fmt: skip
    assert messages(owner, KIND) == []


@pytest.mark.django_db
def test_a_withdrawn_place_goes_to_the_one_who_waits_longest():
    owner = create_owner()
    cohort = create_cohort(owner, places=1)
    first = enroll(cohort, state=S.APPROVED)
    second = enroll(cohort, state=S.WAITLISTED, submitted_at=NOON + timedelta(hours=2))
    third = enroll(cohort, state=S.WAITLISTED, submitted_at=NOON + timedelta(hours=1))

    decided(owner, S.WITHDRAWN, first)
    with inside(owner.organization_id):
        done = approve_next(cohort=cohort, side=Side.MENTEE, actor=owner, now=NOON)

    assert [row.pk for row in done.changed] == [third.pk]
    assert states_of([first, second, third]) == [S.WITHDRAWN, S.WAITLISTED, S.APPROVED]
    assert (reload(first).withdrawn_at, reload(first).is_findable) == (NOON, False)


@pytest.mark.django_db
def test_a_closed_cohort_stays_as_it_is():
    owner = create_owner()
    row = enroll(create_cohort(owner, state="closed"))

    with pytest.raises(CohortClosed):
        decided(owner, S.APPROVED, row)

    assert states_of([row]) == [S.PENDING]


@pytest.mark.django_db
def test_each_decision_is_on_the_record():
    owner = create_owner()
    row = enroll(create_cohort(owner), create_member(owner.organization, name="Ada"))

    decided(owner, S.DECLINED, row)

    with inside(owner.organization_id):
        event = AuditEvent.objects.get(action="participant.decided")
    assert (event.actor_id, event.subject_id, event.subject_name) == (owner.pk, row.pk, "Ada")
    assert event.details == {
        "participation": ["pending", "declined"],
        "cohort": "Spring",
        "side": "mentee",
    }


@time_machine.travel(NOON, tick=True)
def test_the_last_place_is_given_once(committed_db):
    owner = create_owner()
    cohort = create_cohort(owner, places=1)
    rows = [enroll(cohort) for _ in range(4)]
    start = Barrier(len(rows))

    def approve(row):
        try:
            start.wait()
            return len(decided(owner, S.APPROVED, row).changed)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(rows)) as pool:
        given = list(pool.map(approve, rows))

    assert sorted(given) == [0, 0, 0, 1]
    assert sorted(states_of(rows)) == [S.APPROVED, S.PENDING, S.PENDING, S.PENDING]


def test_who_decides_meanwhile_waits_and_sees_the_place_taken(committed_db):
    owner = create_owner()
    cohort = create_cohort(owner, places=1)
    first, second = enroll(cohort), enroll(cohort)

    def approve_second():
        try:
            return len(decided(owner, S.APPROVED, second).changed)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with inside(owner.organization_id):
            decide(participants=[first], state=S.APPROVED, actor=owner, now=NOON)
            other = pool.submit(approve_second)
            time.sleep(1)
            assert not other.done()
        assert other.result() == 0

    assert states_of([first, second]) == [S.APPROVED, S.PENDING]

"""Letting the cohort read what a pair has agreed to say, so that nothing tells whose it is."""

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.models import Member, Organization
from accounts.operations.audit import record
from mentoring.lib.clock import day_at, zone_named
from mentoring.meetings.enums import Action, CommitmentState, Standing
from mentoring.meetings.models import Commitment, PublishedCommitment
from mentoring.meetings.queries.commitments import commitments_in, is_ready, text_of
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.models import Pairing
from mentoring.tenancy.scope import within
from programs.models import Cohort

RELEASE = "meetings.release_commitments"
LOOK_AGAIN = timedelta(days=1)


def let_out(pairing: Pairing, *, now: datetime) -> None:
    """Publish what the pair has agreed on, or let it wait until the cohort has enough leaders.

    Call it as one of the two, with the pairing locked.
    """
    if is_ready(pairing.cohort_id):
        _publish_agreed(pairing, now=now)
    else:
        _look_again(pairing.cohort_id, now=now)


@transaction.atomic
def release(cohorts: Iterable[UUID], *, now: datetime) -> int:
    """Publish all that waits in cohorts that have enough leaders now; return how much.

    Call it while no member is in scope: it is done as one of each pair in turn, since the
    database shows the wordings to nobody else. All pairs are locked, in use or not, so that
    not even a lock tells where something waited. Where the cohort is still too small, and
    something waits, it is tried again.
    """
    released = 0
    for cohort_id in sorted(set(cohorts)):
        pairs = list(
            Pairing.objects.filter(cohort=cohort_id)
            .exclude(began_at=None)
            .select_related("mentor")
            .locked()
        )
        if not is_ready(cohort_id):
            if any(_waits(each) for each in pairs):
                _look_again(cohort_id, now=now)
            continue
        random.shuffle(pairs)
        for each in pairs:
            with within(each.organization_id, member_id=each.mentor.member_id):
                released += _publish_agreed(each, now=now)
    return released


@transaction.atomic
def take_down(*, cohort: Cohort, published_id: UUID, actor: Member) -> bool:
    """Let nobody read a published commitment any more; whether there was one.

    The audit log keeps who did so in which cohort, and nothing of the words.
    """
    rows = PublishedCommitment.objects.filter(cohort=cohort, pk=published_id)
    count, _ = rows.delete()
    if count:
        record(
            actor=actor,
            action=Action.COMMITMENT_TAKEN_DOWN,
            subject_id=cohort.pk,
            subject_name=str(cohort),
        )
    return bool(count)


def month_of(now: datetime) -> date:
    """The first day of the month that it is for the organization."""
    return day_at(now, zone_named(Organization.objects.get().time_zone)).replace(day=1)


def _publish_agreed(pairing: Pairing, *, now: datetime) -> int:
    agreed = list(commitments_in(pairing).filter(state=CommitmentState.AGREED))
    for each in agreed:
        _publish(each, pairing.cohort_id, month=month_of(now))
    return len(agreed)


def _publish(commitment: Commitment, cohort_id: UUID, *, month: date) -> None:
    is_done = commitment.done_at is not None
    published = PublishedCommitment.objects.create(
        cohort_id=cohort_id,
        text=text_of(commitment),
        month=month,
        state=Standing.DONE if is_done else Standing.OPEN,
        done_month=month if is_done else None,
    )
    commitment.state, commitment.published_key = CommitmentState.PUBLISHED, published.pk
    commitment.save(update_fields=["state", "published_key"])


def _waits(pairing: Pairing) -> bool:
    with within(pairing.organization_id, member_id=pairing.mentor.member_id):
        return commitments_in(pairing).filter(state=CommitmentState.AGREED).exists()


def _look_again(cohort_id: UUID, *, now: datetime) -> None:
    """One message a day and cohort, whatever waits there: it names no pair."""
    due_at = now + LOOK_AGAIN
    wanted = [(str(cohort_id), cohort_id, due_at.date().isoformat())]
    enqueue_all(kind=RELEASE, wanted=wanted, due_at=due_at, now=now)

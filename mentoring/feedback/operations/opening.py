"""When feedback becomes the partner's: once both have sent it, or some days after the end."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mentoring.feedback.models import Answers, Response
from mentoring.feedback.operations.releasing import plan_release
from mentoring.lib.ids import uuid7
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.models import Pairing
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.tenancy.scope import within
from programs.enums import Moment, Side
from programs.models import Program
from programs.post import address_of

OPEN = "feedback.open"
ARRIVED = "feedback.arrived"
THANKED = "feedback.thanked"
BOTH = len(Side)


def opens_at(pairing: Pairing) -> datetime | None:
    """When feedback is read although one of the two has not answered; None before the end."""
    if pairing.ended_at is None:
        return None
    return pairing.ended_at + timedelta(days=pairing.cohort.program.feedback_days)


def is_due(pairing: Pairing, *, sent: int, now: datetime) -> bool:
    """Whether partners may read what was sent, with so many of the two having sent it."""
    ends = opens_at(pairing)
    return sent == BOTH or bool(sent and ends and ends <= now)


def plan_opening(pairing: Pairing, *, now: datetime) -> None:
    """Have a worker look, now and once the time is over. Twice is once."""
    _look(pairing, f"sent@{now.isoformat()}", due_at=now)
    if ends := opens_at(pairing):
        plan_end(pairing, ends)


def plan_end(pairing: Pairing, ends: datetime) -> None:
    """Have a worker look when the time is over. Twice is once."""
    _look(pairing, f"after@{ends.isoformat()}", due_at=ends)


@transaction.atomic
def plan_again(program: Program) -> None:
    """The program gives another time: what waits is read when that is over, or at once.

    A worker may have looked at that very moment already, when another time counted.
    """
    waiting = Response.objects.to_the_partner().sent().filter(opened_at=None)
    rows = Pairing.objects.filter(
        cohort__program=program, ended_at__isnull=False, responses__in=waiting
    )
    for pairing in rows.with_people().distinct():
        if ends := opens_at(pairing):
            _look(pairing, f"again@{uuid7()}", due_at=ends)


def _look(pairing: Pairing, occurrence: str, *, due_at: datetime) -> None:
    wanted = [(str(pairing.pk), pairing.pk, occurrence)]
    enqueue_all(kind=OPEN, wanted=wanted, due_at=due_at)


def open_due(keys: Iterable[UUID], *, now: datetime) -> None:
    """Hand the partner what is due of each of these pairings, and tell so. Twice is once.

    Call it while no member is in scope: each answer is its writer's until it is handed over.
    """
    rows = Pairing.objects.filter(pk__in=list(keys)).with_people()
    for pairing in rows.order_by("pk"):
        _open(pairing, now=now)


@transaction.atomic
def _open(pairing: Pairing, *, now: datetime) -> None:
    responses = Response.objects.filter(pairing=pairing, moment=Moment.PARTNER).sent()
    sent = list(responses.select_for_update().order_by("pk"))
    if not is_due(pairing, sent=len(sent), now=now):
        return
    waiting = [each for each in sent if each.opened_at is None]
    for each in waiting:
        reader = pairing.person(OTHER_SIDE[Side(each.side)]).member
        with within(pairing.organization_id, member_id=each.member_id):
            Answers.objects.filter(response=each).update(reader=reader)
    responses.filter(opened_at=None).update(opened_at=now)
    told = [
        (address_of(pairing.person(other).member), pairing.pk, other.value)
        for each in waiting
        for other in [OTHER_SIDE[Side(each.side)]]
    ]
    enqueue_all(kind=ARRIVED, wanted=told, due_at=now)
    if waiting:
        plan_release(pairing.cohort_id, now=now)


@transaction.atomic
def thank(*, pairing: Pairing, side: Side, now: datetime) -> bool:
    """Thank the partner for what this side has received, who hears of it. Twice is once.

    Return whether that is news.
    """
    writer = OTHER_SIDE[side]
    received = Response.objects.filter(
        pairing=pairing, moment=Moment.PARTNER, side=writer, opened_at__isnull=False
    )
    if not received.filter(thanked_at=None).update(thanked_at=now):
        return False
    told = [(address_of(pairing.person(writer).member), pairing.pk, writer.value)]
    enqueue_all(kind=THANKED, wanted=told, due_at=now)
    return True

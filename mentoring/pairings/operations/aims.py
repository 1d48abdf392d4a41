"""Sharing a mentee's aims with the mentor, as was promised at enrollment."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.models import Pairing, SharedAims
from mentoring.pairings.sealed import seal_aims
from mentoring.profiles.queries.own import aims_of
from mentoring.tenancy.scope import within

SHARE = "pairings.share_aims"
FORGET = "pairings.forget_aims"


def plan_sharing(pairings: Iterable[Pairing], *, now: datetime) -> None:
    """Share the aims soon; only a worker can read them as the mentee."""
    wanted = [(str(each.pk), each.pk, now.isoformat()) for each in pairings]
    enqueue_all(kind=SHARE, wanted=wanted, due_at=now)


def plan_forgetting(pairings: Iterable[UUID], *, now: datetime) -> None:
    """Delete what was shared, now that these pairs have ended."""
    enqueue_all(kind=FORGET, wanted=[(str(key), key, "ended") for key in pairings], due_at=now)


@transaction.atomic
def share_aims(keys: Iterable[UUID]) -> None:
    """Copy what the mentees of live pairs wrote, as each of them. Twice is once.

    Call it while no member is in scope.
    """
    rows = Pairing.objects.filter(pk__in=list(keys)).live().select_related("mentor", "mentee")
    for each in rows.order_by("pk"):
        with within(each.organization_id, member_id=each.mentee.member_id):
            _share(each)


@transaction.atomic
def forget_aims(keys: Iterable[UUID]) -> None:
    """Delete what was shared in pairs that have ended, as each mentee.

    Call it while no member is in scope.
    """
    rows = Pairing.objects.filter(pk__in=list(keys), ended_at__isnull=False)
    for each in rows.select_related("mentee").order_by("pk"):
        with within(each.organization_id, member_id=each.mentee.member_id):
            SharedAims.objects.filter(pairing=each).delete()


def _share(pairing: Pairing) -> None:
    written = aims_of(pairing.mentee)
    if not any(written.values()):
        SharedAims.objects.filter(pairing=pairing).delete()
        return
    texts = seal_aims(**written)
    people = {
        "mentor_member_id": pairing.mentor.member_id,
        "mentee_member_id": pairing.mentee.member_id,
    }
    SharedAims.objects.update_or_create(
        pairing=pairing, defaults=texts, create_defaults={**people, **texts}
    )

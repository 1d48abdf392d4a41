"""Deleting what people wrote for an enrollment that is over.

The database shows these rows to their writers alone. When somebody else ends an enrollment,
a worker therefore deletes them later, as each of the writers in turn.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db import transaction

from mentoring.outbox.operations import enqueue_all
from mentoring.profiles.models import PRIVATE
from mentoring.tenancy.scope import organization_in_scope, within
from programs.enums import ParticipantState
from programs.models import Participant

KIND = "profiles.forget"


@transaction.atomic
def ask_to_forget(*, participants: Iterable[Participant], now: datetime) -> None:
    """Have workers delete what these people wrote; without delay, as nobody can undo it.

    Asked about everybody, since nobody but the writers can tell who has written.
    """
    enqueue_all(
        kind=KIND,
        wanted=[(str(each.member_id), each.pk, now.isoformat()) for each in participants],
        due_at=now,
    )


def over(participant_ids: Iterable[UUID]) -> list[Participant]:
    """Those who are out for good, by member and locked: whoever enrolls anew waits."""
    rows = Participant.objects.select_for_update(of=("self",)).filter(pk__in=participant_ids)
    found = rows.select_related("member").order_by("member_id", "pk")
    return [
        each
        for each in found
        if each.state == ParticipantState.WITHDRAWN or each.member.deactivated_at
    ]


@transaction.atomic
def forget(*, participant_ids: Iterable[UUID]) -> None:
    """Delete what was written for those enrollments of these that are over. Twice is once."""
    here = organization_in_scope()
    for member_id, theirs in groupby(over(participant_ids), key=attrgetter("member_id")):
        with within(here, member_id=member_id):
            erase([each.pk for each in theirs])


def erase(participant_ids: Iterable[UUID]) -> None:
    """Delete all that the member in scope wrote for these enrollments."""
    wanted = list(participant_ids)
    for model in PRIVATE:
        model.objects.filter(participant__in=wanted).delete()

"""Whom a participant would like to have as a partner: a short list in an order of their own."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mentoring.matching.models import MOST_PREFERRED, Preference
from mentoring.profiles.queries.discover import people_to_find, topics_of
from programs.models import Participant
from programs.queries.enrollment import today_of


class ListFull(Exception):
    """There is no place left on the list."""


class NotFound(Exception):
    """The participant cannot find this person, or has not listed them."""


@transaction.atomic
def prefer(*, participant: Participant, partner_id: UUID, now: datetime) -> None:
    """Put somebody at the end of the list. Twice is once. Raises ListFull or NotFound."""
    listed = _locked_list(participant)
    if partner_id in listed:
        return
    member, today = participant.member, today_of(participant.member, now)
    found = people_to_find(member, [participant], topics_of(member), today=today)
    if not found.filter(pk=partner_id).exists():
        raise NotFound
    if len(listed) >= MOST_PREFERRED:
        raise ListFull
    _write(participant, [*listed, partner_id])


@transaction.atomic
def move_up(*, participant: Participant, partner_id: UUID) -> None:
    """Before the one who stood before. Raises NotFound."""
    listed = _locked_list(participant)
    if partner_id not in listed:
        raise NotFound
    at = listed.index(partner_id)
    listed.insert(max(0, at - 1), listed.pop(at))
    _write(participant, listed)


@transaction.atomic
def drop(*, participant: Participant, partner_id: UUID) -> None:
    """Off the list; nothing happens to who is not on it."""
    _write(participant, [each for each in _locked_list(participant) if each != partner_id])


def forget(participants: Collection[UUID]) -> None:
    """Take these people, and what they have chosen, off every list."""
    keys = list(participants)
    Preference.objects.filter(Q(chooser__in=keys) | Q(chosen__in=keys)).delete()


def _locked_list(participant: Participant) -> list[UUID]:
    Participant.objects.select_for_update().get(pk=participant.pk)
    rows = Preference.objects.filter(chooser=participant).order_by("rank")
    return list(rows.values_list("chosen_id", flat=True))


def _write(participant: Participant, listed: Sequence[UUID]) -> None:
    Preference.objects.filter(chooser=participant).delete()
    Preference.objects.bulk_create(
        Preference(
            organization_id=participant.organization_id,
            chooser=participant,
            chosen_id=key,
            rank=rank,
        )
        for rank, key in enumerate(listed, start=1)
    )

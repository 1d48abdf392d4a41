"""Sending a plan's proposals out: an admin asks, and a worker does it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Member
from mentoring.matching.models import Publication, Run, RunPair
from mentoring.matching.running.current import locked_plan
from mentoring.matching.running.work import PUBLICATIONS


class AlreadyPublishing(Exception):
    """Pairs of this plan are on their way."""


class NothingToPublish(Exception):
    """None of the pairs waits for being published."""


@transaction.atomic
def publish(
    *, run: Run, pairs: Collection[UUID] | None, actor: Member, now: datetime
) -> Publication:
    """Have a worker propose pairs of a finished plan; ``None`` is all that are not yet.

    ``pairs`` are keys of RunPair. Only the newest finished plan of a cohort is published, by
    one admin at a time. Raises AlreadyPublishing, NothingToPublish or as `locked_plan`; then
    nothing goes out.
    """
    found = locked_plan(run.pk, run.cohort_id)
    if Publication.objects.on_the_way().filter(run=found).exists():
        raise AlreadyPublishing
    waiting = RunPair.objects.filter(run=found, pairing=None)
    chosen = waiting if pairs is None else waiting.filter(pk__in=pairs)
    count = chosen.count()
    if not count:
        raise NothingToPublish
    publication: Publication = Publication.objects.create(
        run=found, asked=count, asked_by=actor, asked_at=now, look_at=now
    )
    chosen.update(publication=publication, passed_over="")
    PUBLICATIONS.ask_after_commit(publication.organization_id, publication.pk)
    return publication

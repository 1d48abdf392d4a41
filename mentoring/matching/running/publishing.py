"""What a worker does about a publication: a portion of proposals at a time, each all or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import OuterRef, Subquery

from accounts.operations.audit import record
from mentoring.lib.clock import Clock
from mentoring.matching.enums import Action, PublicationState, RunState
from mentoring.matching.models import Publication, Run, RunPair
from mentoring.matching.recipes import from_json
from mentoring.matching.running.current import NotFinished, NotYet, StalePlan, locked_plan
from mentoring.matching.running.rechecking import misfits
from mentoring.outbox.leases import LEASE, Claim, LostClaim, attempt, held, hold
from mentoring.pairings.enums import Origin
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.proposals import lock_people, propose_all

logger = structlog.get_logger(__name__)

# People cannot answer while the places of a portion are looked at, so it takes seconds.
PORTION = 2000
TROUBLES: dict[type[Exception], str] = {
    StalePlan: "stale",
    NotYet: "not_matching",
    NotFinished: "no_result",
}


def look(*, publication_id: UUID, clock: Clock) -> bool:
    """Propose what waits, if nobody else is at it; return whether it was waiting."""
    found = _claim(publication_id, now=clock())
    if found is None:
        return False
    try:
        while _propose_some(found, now=clock()):
            logger.info("publication_goes_on")
    except LostClaim:
        logger.info("publication_given_up")
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        trouble = TROUBLES.get(type(error), "failed")
        if trouble == "failed":
            logger.exception("publication_failed", error=type(error).__name__)
        _stop(found, trouble, now=clock())
    return True


@transaction.atomic
def _claim(publication_id: UUID, *, now: datetime) -> Claim | None:
    def give_up(publication: Publication) -> None:
        _end(publication, PublicationState.STOPPED, trouble="gave_up", now=now)

    rows = Publication.objects.on_the_way().filter(pk=publication_id)
    found = attempt(rows, now=now, give_up=give_up)
    return hold(found, now=now, also=["attempts"]) if found else None


@transaction.atomic
def _propose_some(claim: Claim, *, now: datetime) -> bool:
    """The best of the pairs that wait; no if none did. Raises LostClaim or as `locked_plan`.

    Every pair is held against the people and wishes of this very moment: what no longer fits
    is passed over with its reason, and the others go out. Open proposals and requests hold
    places here, whatever has been answered to them.
    """
    publication = _held(claim)
    waiting = RunPair.objects.filter(publication=publication, pairing=None, passed_over="")
    chosen = list(waiting.order_by("-score", "pk")[:PORTION])
    if not chosen:
        _end(publication, PublicationState.DONE, now=now)
        return False
    run = locked_plan(publication.run_id, publication.run.cohort_id)
    people = lock_people(key for each in chosen for key in (each.mentor_id, each.mentee_id))
    reasons, approved = misfits(run.cohort, from_json(run.settings), chosen, now=now)
    proposed = propose_all(
        cohort=run.cohort,
        pairs=[
            (people[each.mentor_id], people[each.mentee_id])
            for each in chosen
            if each.pk not in reasons
        ],
        origin=Origin.MATCHING,
        actor=publication.asked_by,
        now=now,
        overridden=approved,
    )
    _link(chosen, proposed, reasons)
    if proposed:
        _mark_published(run, publication, now=now)
    publication.proposed += len(proposed)
    publication.passed_over += len(chosen) - len(proposed)
    publication.attempts, publication.look_at = 0, now + LEASE
    publication.save(update_fields=["proposed", "passed_over", "attempts", "look_at"])
    return True


def _held(claim: Claim) -> Publication:
    """The publication, locked. Raises LostClaim."""
    found: Publication = held(
        Publication.objects.select_related("asked_by", "run__cohort__program"), claim
    )
    return found


def _link(
    chosen: Sequence[RunPair], proposed: Sequence[Pairing], reasons: Mapping[UUID, str]
) -> None:
    """Note at each pair of the plan the proposal that it became, or why it became none."""
    sent = {(each.mentor_id, each.mentee_id) for each in proposed}
    linked = []
    for pair in chosen:
        if (pair.mentor_id, pair.mentee_id) in sent:
            linked.append(pair.pk)
        else:
            pair.passed_over = reasons.get(pair.pk, "away")
    same = Pairing.objects.open().filter(mentor=OuterRef("mentor"), mentee=OuterRef("mentee"))
    RunPair.objects.filter(pk__in=linked).update(pairing=Subquery(same.order_by().values("pk")))
    RunPair.objects.bulk_update([each for each in chosen if each.passed_over], ["passed_over"])


def _mark_published(run: Run, publication: Publication, *, now: datetime) -> None:
    if run.state != RunState.PUBLISHED:
        run.state, run.published_at = RunState.PUBLISHED, now
        run.published_by = publication.asked_by
        run.save(update_fields=["state", "published_at", "published_by"])


@transaction.atomic
def _stop(claim: Claim, trouble: str, *, now: datetime) -> None:
    _end(_held(claim), PublicationState.STOPPED, trouble=trouble, now=now)


def _end(
    publication: Publication, state: PublicationState, *, now: datetime, trouble: str = ""
) -> None:
    """Save the locked publication in its last state, and let go of pairs that still wait."""
    publication.state, publication.trouble, publication.ended_at = state, trouble, now
    publication.claim = publication.look_at = None
    publication.save()
    RunPair.objects.filter(publication=publication, pairing=None, passed_over="").update(
        publication=None
    )
    if not publication.proposed:
        return
    run = publication.run
    record(
        actor=publication.asked_by,
        action=Action.PLAN_PUBLISHED,
        subject_id=run.pk,
        subject_name=f"{run.cohort.program} · {run.cohort}",
        details={"proposals": publication.proposed, "skipped": publication.passed_over},
    )

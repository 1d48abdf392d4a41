"""Starting a run, giving it up, and sending a plan's proposals out. Workers do the rest."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from accounts.models import Member
from accounts.operations.audit import record
from mentoring.matching.engine.settings import VERSION
from mentoring.matching.enums import UNFINISHED, Action, Purpose, RunState
from mentoring.matching.models import Run, RunPair
from mentoring.matching.recipes import Settings, from_json, rules_changed
from mentoring.matching.running.ends import end
from mentoring.matching.running.rechecking import misfits
from mentoring.matching.running.work import RUNS
from mentoring.pairings.enums import Origin
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.proposals import lock_people, propose_all
from programs.enums import CohortState
from programs.models import Cohort

MAY_PLAN = (CohortState.MATCHING, CohortState.RUNNING)
MAY_TRY = (CohortState.ENROLLING, *MAY_PLAN)


class AlreadyRunning(Exception):
    """Another plan of this cohort waits for a worker, or one is at it."""


class NotYet(Exception):
    """The cohort is in a state in which nobody is matched."""


class NotFinished(Exception):
    """The run has no result to publish, or is a trial."""


class StalePlan(Exception):
    """There is a newer plan, or the program's rules are others by now; match again."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A pair of the plan that was not proposed, and why.

    ``reason`` is a name of `words.RULES` or of `words.SKIPPED`.
    """

    pair_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class Published:
    """What became of the pairs that were to be proposed."""

    proposed: list[Pairing]
    skipped: list[Skipped]


@transaction.atomic
def start(
    *, cohort: Cohort, purpose: Purpose, settings: Settings, actor: Member | None, now: datetime
) -> Run:
    """Queue a run. A trial takes the place of the actor's earlier one that is not finished.

    ``actor`` None is the product itself. Raises NotYet or AlreadyRunning.
    """
    allowed = MAY_PLAN if purpose == Purpose.PLAN else MAY_TRY
    if cohort.state not in allowed:
        raise NotYet
    if purpose == Purpose.TRIAL:
        trials = Run.objects.filter(cohort=cohort, purpose=purpose, started_by=actor)
        for earlier in trials.filter(state__in=UNFINISHED).select_for_update():
            end(earlier, RunState.CANCELED, now=now)
    try:
        with transaction.atomic():
            run: Run = Run.objects.create(
                cohort=cohort,
                purpose=purpose,
                settings=settings.as_json(),
                version=VERSION,
                started_by=actor,
                queued_at=now,
                look_at=now,
            )
    except IntegrityError as taken:
        raise AlreadyRunning from taken
    _record(Action.PLAN_STARTED, run, actor)
    RUNS.ask_after_commit(run.organization_id, run.pk)
    return run


@transaction.atomic
def cancel(*, run: Run, actor: Member, now: datetime) -> Run:
    """Give the run up; the worker that is at it notices within seconds. Twice is once.

    A run that has ended stays as it is.
    """
    runs = Run.objects.select_for_update(of=("self",)).select_related("cohort__program")
    found: Run = runs.get(pk=run.pk)
    if found.state in UNFINISHED:
        end(found, RunState.CANCELED, now=now)
        _record(Action.PLAN_CANCELED, found, actor)
    return found


@transaction.atomic
def publish(*, run: Run, pairs: Collection[UUID] | None, actor: Member, now: datetime) -> Published:
    """Propose pairs of a finished plan to the people; ``None`` is all that are not yet.

    ``pairs`` are keys of RunPair. Only the newest finished plan of a cohort is published,
    one admin at a time, and every pair is held against the people and wishes of this very
    moment: what no longer fits is skipped with its reason, and the others go out. Open
    proposals and requests hold places here, whatever has been answered to them.
    Raises NotFinished, NotYet or StalePlan; then nothing goes out.
    """
    cohorts = Cohort.objects.select_for_update(of=("self",))
    cohort = cohorts.select_related("program", "organization").get(pk=run.cohort_id)
    found: Run = Run.objects.select_for_update().get(pk=run.pk)
    _check_publishable(found, cohort)
    waiting = RunPair.objects.filter(run=found, pairing=None).order_by("pk")
    chosen = list(waiting if pairs is None else waiting.filter(pk__in=pairs))
    people = lock_people(key for each in chosen for key in (each.mentor_id, each.mentee_id))
    reasons, approved = misfits(cohort, from_json(found.settings), chosen, now=now)
    proposed = propose_all(
        cohort=cohort,
        pairs=[
            (people[each.mentor_id], people[each.mentee_id])
            for each in chosen
            if each.pk not in reasons
        ],
        origin=Origin.MATCHING,
        actor=actor,
        now=now,
        overridden=approved,
    )
    _link(chosen, proposed)
    skipped = [
        Skipped(each.pk, reasons.get(each.pk, "away")) for each in chosen if not each.pairing_id
    ]
    if proposed:
        _publish(found, actor, counts=(len(proposed), len(skipped)), now=now)
    return Published(proposed, skipped)


def _check_publishable(run: Run, cohort: Cohort) -> None:
    if run.purpose != Purpose.PLAN or run.state not in (RunState.DONE, RunState.PUBLISHED):
        raise NotFinished
    if cohort.state not in MAY_PLAN:
        raise NotYet
    newest = Run.objects.plans().finished().filter(cohort=cohort).order_by("-queued_at", "-pk")
    if newest.values_list("pk", flat=True).first() != run.pk:
        raise StalePlan
    if rules_changed(cohort.program, from_json(run.settings)):
        raise StalePlan


def _link(chosen: Sequence[RunPair], proposed: Sequence[Pairing]) -> None:
    """Note at each pair of the plan the proposal that it became."""
    by_people = {(each.mentor_id, each.mentee_id): each for each in proposed}
    for pair in chosen:
        pair.pairing = by_people.get((pair.mentor_id, pair.mentee_id))
    linked = [each.pk for each in chosen if each.pairing_id]
    same = Pairing.objects.open().filter(mentor=OuterRef("mentor"), mentee=OuterRef("mentee"))
    RunPair.objects.filter(pk__in=linked).update(pairing=Subquery(same.order_by().values("pk")))


def _publish(run: Run, actor: Member, *, counts: tuple[int, int], now: datetime) -> None:
    if run.state != RunState.PUBLISHED:
        run.state, run.published_at, run.published_by = RunState.PUBLISHED, now, actor
        run.save(update_fields=["state", "published_at", "published_by"])
    proposed, skipped = counts
    _record(Action.PLAN_PUBLISHED, run, actor, proposals=proposed, skipped=skipped)


def _record(action: Action, run: Run, actor: Member | None, **details: int) -> None:
    """Trials are no business events."""
    if run.purpose == Purpose.PLAN:
        record(
            actor=actor,
            action=action,
            subject_id=run.pk,
            subject_name=f"{run.cohort.program} · {run.cohort}",
            details=details,
        )

"""Runs of a cohort, for members whose reach the cohort is in (the caller fetched it so)."""

from dataclasses import dataclass

from django.db.models import QuerySet

from mentoring.matching.enums import UNFINISHED, RunState
from mentoring.matching.models import Run, RunPair, RunQuerySet, RunRest
from mentoring.matching.running.work import RUNS
from programs.models import Cohort


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a worker has come: a name of `words.STAGES`, and percent of all of it."""

    stage: str
    percent: int


def runs_of(cohort: Cohort) -> RunQuerySet:
    """All runs, the newest first."""
    runs: RunQuerySet = Run.objects.filter(cohort=cohort).order_by("-queued_at", "-pk")
    return runs.select_related("started_by", "published_by", "cohort__program")


def newest_plan(cohort: Cohort) -> Run | None:
    """The newest plan with a result: the one that may be published."""
    return runs_of(cohort).plans().finished().first()


def unfinished_plan(cohort: Cohort) -> Run | None:
    """The plan that waits for a worker or is being made."""
    return runs_of(cohort).plans().filter(state__in=UNFINISHED).first()


def pairs_of(run: Run) -> QuerySet[RunPair]:
    """The pairs with their people, the best first."""
    people = [
        f"{side}__member__{what}"
        for side in ("mentor", "mentee")
        for what in ("department", "location", "grade")
    ]
    return (
        RunPair.objects.filter(run=run).select_related("pairing", *people).order_by("-score", "pk")
    )


def rest_of(run: Run) -> QuerySet[RunRest]:
    """Who is left without a partner, with department, location and grade."""
    people = [f"participant__member__{what}" for what in ("department", "location", "grade")]
    found = RunRest.objects.filter(run=run).select_related(*people)
    return found.order_by("reason", "participant__member__sort_name", "pk")


def progress_of(run: Run) -> Progress:
    """What a worker noted last; nothing is known of runs that wait or have ended."""
    percent, stage = RUNS.noted(run.pk) if run.state == RunState.RUNNING else (0, "")
    return Progress(stage, percent)


def mean_score(run: Run) -> float:
    """In the engine's units; zero without pairs."""
    return run.total_score / run.matched if run.matched else 0.0

"""Own lists, and plans of the demo's cohorts, made through the job that workers do."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from accounts.models import Member
from mentoring.matching import jobs
from mentoring.matching.enums import Purpose
from mentoring.matching.models import Run
from mentoring.matching.operations import runs
from mentoring.matching.operations.preferences import prefer
from mentoring.matching.queries.suggestions import suggestions_for
from mentoring.matching.recipes import recipe_of, settings_of
from programs.enums import CohortState, Side
from programs.models import Cohort, Participant


def list_people(mentors: Iterable[Member], *, now: datetime) -> None:
    """Each of these mentors has somebody on the own list who was suggested."""
    mine = Participant.objects.filter(
        member__in=list(mentors), side=Side.MENTOR, cohort__state=CohortState.MATCHING
    )
    for each in mine.select_related("cohort__program", "member__organization", "member__grade"):
        for suggestion in suggestions_for(each, now=now)[:2]:
            prefer(participant=each, partner_id=suggestion.participant.pk, now=now)


def plan_cohorts(*, admin: Member, now: datetime) -> list[Run]:
    """A finished plan, not published yet, for every cohort that is being matched."""
    made = []
    cohorts = Cohort.objects.filter(state=CohortState.MATCHING).select_related("program")
    for cohort in cohorts.order_by("pk"):
        with suppress(runs.AlreadyRunning):
            run = runs.start(
                cohort=cohort,
                purpose=Purpose.PLAN,
                settings=settings_of(cohort.program, recipe_of(cohort.program)),
                actor=admin,
                now=now,
            )
            jobs.look(run_id=run.pk, clock=lambda: now)
            made.append(Run.objects.get(pk=run.pk))
    return made

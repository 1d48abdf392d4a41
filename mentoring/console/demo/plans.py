"""Own lists, and plans of the demo's cohorts, made through the job that workers do."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from accounts.models import Member
from mentoring.matching import jobs
from mentoring.matching.choices import Choices
from mentoring.matching.enums import Purpose
from mentoring.matching.models import Run, RunPair
from mentoring.matching.operations import publishing, runs
from mentoring.matching.operations.preferences import prefer
from mentoring.matching.operations.recipes import save_recipe
from mentoring.matching.queries.suggestions import suggestions_for
from mentoring.matching.recipes import recipe_of, settings_of
from mentoring.matching.running import publishing as sending
from programs.enums import CohortState, Side
from programs.models import Cohort, Participant, Program


def list_people(mentors: Iterable[Member], *, now: datetime) -> None:
    """Each of these mentors has somebody on the own list who was suggested."""
    mine = Participant.objects.filter(
        member__in=list(mentors), side=Side.MENTOR, cohort__state=CohortState.MATCHING
    )
    for each in mine.select_related("cohort__program", "member__organization", "member__grade"):
        for suggestion in suggestions_for(each, now=now)[:2]:
            prefer(participant=each, partner_id=suggestion.participant.pk, now=now)


def plan_cohorts(*, admin: Member, now: datetime) -> list[Run]:
    """A finished plan for every cohort that is being matched; one pair of it has been published.

    What people wrote counts a little in their programs.
    """
    made = []
    cohorts = Cohort.objects.filter(state=CohortState.MATCHING).select_related("program")
    for cohort in cohorts.order_by("pk"):
        _let_words_count(cohort.program, admin)
        with suppress(runs.AlreadyRunning):
            run = runs.start(
                cohort=cohort,
                purpose=Purpose.PLAN,
                settings=settings_of(cohort.program, recipe_of(cohort.program)),
                actor=admin,
                now=now,
            )
            jobs.look(run_id=run.pk, clock=lambda: now)
            _publish_the_best(run, admin, now=now)
            made.append(Run.objects.get(pk=run.pk))
    return made


def _publish_the_best(run: Run, admin: Member, *, now: datetime) -> None:
    best = RunPair.objects.filter(run=run).order_by("-score", "pk").first()
    if not best:
        return
    publication = publishing.publish(run=run, pairs=[best.pk], actor=admin, now=now)
    sending.look(publication_id=publication.pk, clock=lambda: now)


def _let_words_count(program: Program, admin: Member) -> None:
    saved = Choices.of(program, recipe_of(program))
    wanted = replace(saved, weights={**saved.weights, "text": 10})
    save_recipe(program=program, choices=wanted, version=saved.version, actor=admin)

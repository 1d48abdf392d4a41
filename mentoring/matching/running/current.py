"""When a cohort is matched, and which of its plans may be published."""

from uuid import UUID

from mentoring.matching.enums import Purpose, RunState
from mentoring.matching.models import Run
from mentoring.matching.recipes import from_json, rules_changed
from programs.enums import CohortState
from programs.models import Cohort

MAY_PLAN = (CohortState.MATCHING, CohortState.RUNNING)
MAY_TRY = (CohortState.ENROLLING, *MAY_PLAN)


class NotYet(Exception):
    """The cohort is in a state in which nobody is matched."""


class NotFinished(Exception):
    """The run has no result to publish, or is a trial."""


class StalePlan(Exception):
    """There is a newer plan, or the program's rules are others by now; match again."""


def locked_plan(run_id: UUID, cohort_id: UUID) -> Run:
    """The run with its cohort, both locked, so that one at a time publishes.

    Raises NotFinished, NotYet or StalePlan when it may not be published.
    """
    cohorts = Cohort.objects.select_for_update(of=("self",))
    cohort = cohorts.select_related("program", "organization").get(pk=cohort_id)
    run: Run = Run.objects.select_for_update().get(pk=run_id)
    run.cohort = cohort
    if run.purpose != Purpose.PLAN or run.state not in (RunState.DONE, RunState.PUBLISHED):
        raise NotFinished
    if cohort.state not in MAY_PLAN:
        raise NotYet
    newest = Run.objects.plans().finished().filter(cohort=cohort).order_by("-queued_at", "-pk")
    if newest.values_list("pk", flat=True).first() != run.pk:
        raise StalePlan
    if rules_changed(cohort.program, from_json(run.settings)):
        raise StalePlan
    return run

"""What a trial shows, wherever it is shown."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.requests import MemberRequest
from mentoring.lib.tables import Column, Table
from mentoring.matching.enums import RunState
from mentoring.matching.queries.comparing import changed_between, changes_of
from mentoring.matching.queries.runs import newest_plan, progress_of
from mentoring.matching.showing.figures import difference, figures_of
from mentoring.matching.views.finding import is_working
from mentoring.matching.words import STAGES, TROUBLES

CHANGES = Table(
    key="changes",
    columns=(
        Column("mentee", gettext_lazy("Mentee"), order=("member__sort_name",)),
        Column("before", gettext_lazy("Before")),
        Column("after", gettext_lazy("Then")),
    ),
    default_sort="mentee",
    page_size=10,
)


def trial_context(request: MemberRequest, cohort: Any, trial: Any) -> dict[str, Any]:
    """How far it is, or what came out and whom it would change in the newest plan."""
    progress = progress_of(trial)
    context: dict[str, Any] = {
        "cohort": cohort,
        "trial": trial,
        "is_working": is_working(trial),
        "percent": progress.percent,
        "stage": STAGES.get(progress.stage, STAGES[""]),
        "trouble": TROUBLES.get(trial.trouble, TROUBLES["failed"]),
    }
    if trial.state != RunState.DONE:
        return context
    context["figures"] = figures_of(trial)
    plan = newest_plan(cohort)
    if plan is None:
        return context
    address = reverse(
        "cohort_matching_trial", args=[request.organization.slug, cohort.pk, trial.pk]
    )
    changes = CHANGES.read(request.GET, changed_between(plan, trial), path=address)
    return context | {
        "plan": plan,
        "difference": difference(figures_of(plan), context["figures"]),
        "changes": changes,
        "rows": changes_of(changes.rows, plan, trial),
    }

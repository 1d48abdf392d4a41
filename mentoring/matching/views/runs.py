"""One run on its way and what came out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page, wants_part
from mentoring.matching.choices import Choices
from mentoring.matching.enums import UNFINISHED, RunState
from mentoring.matching.operations import runs as operations
from mentoring.matching.queries.publications import publications_in
from mentoring.matching.queries.review import answer_counts
from mentoring.matching.queries.runs import newest_plan, progress_of
from mentoring.matching.recipes import WEIGHED, from_json, rules_changed
from mentoring.matching.showing.figures import TONES, figures_of
from mentoring.matching.showing.proof import facts_in_words, proof_of
from mentoring.matching.views.finding import is_working, run_for
from mentoring.matching.words import ANSWERS, FEATURES, STAGES, TROUBLES

# The newest; a plan is seldom sent out in more portions.
PUBLICATIONS = 5


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_matching_run(request: MemberRequest, cohort_id: UUID, run_id: UUID) -> HttpResponse:
    """How far a run is, why it stopped, or its result."""
    run = run_for(request, cohort_id, run_id)
    progress = progress_of(run)
    context = {
        "cohort": run.cohort,
        "may_manage": True,
        "run": run,
        "tone": TONES[run.state],
        "is_working": is_working(run),
        "percent": progress.percent,
        "stage": STAGES.get(progress.stage, STAGES[""]),
        "trouble": TROUBLES.get(run.trouble, TROUBLES["failed"]),
    }
    if run.state in {RunState.DONE, RunState.PUBLISHED}:
        context |= _result(run)
    if not is_working(run) and wants_part(request):
        return HttpResponseClientRefresh()
    return page(request, "matching/run.html", context, part="progress")


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_matching_cancel(request: MemberRequest, cohort_id: UUID, run_id: UUID) -> HttpResponse:
    """Give a run up; one that has ended stays as it is."""
    run = operations.cancel(
        run=run_for(request, cohort_id, run_id), actor=request.member, now=timezone.now()
    )
    if run.state == RunState.CANCELED:
        messages.success(request, _("The run is canceled."))
    elif run.state not in UNFINISHED:
        messages.info(request, _("The run had ended already."))
    return redirect("cohort_matching_run", request.organization.slug, cohort_id, run_id)


def _result(run: Any) -> dict[str, Any]:
    settings = from_json(run.settings)
    choices = Choices.in_settings(settings)
    newest = newest_plan(run.cohort)
    counts = answer_counts(run)
    return {
        "figures": figures_of(run),
        "proof": proof_of(run),
        "facts": facts_in_words(run),
        "choices": choices,
        "weights": [(FEATURES[key].name, choices.weights[key]) for key in WEIGHED],
        "is_newest": newest is not None and newest.pk == run.pk,
        "rules_changed": rules_changed(run.cohort.program, settings),
        "answers": [(key, ANSWERS[key], count) for key, count in counts.items() if count],
        "unpublished": counts["unpublished"],
        "publications": publications_in(run.cohort).filter(run=run)[:PUBLICATIONS],
    }

"""How a program matches, with a look at what other weights would do."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page, wants_part
from mentoring.matching.choices import Choices
from mentoring.matching.enums import Purpose
from mentoring.matching.forms.weights import WeightsForm
from mentoring.matching.operations import recipes, runs
from mentoring.matching.queries.runs import runs_of
from mentoring.matching.recipes import BadSettings, from_json, recipe_of
from mentoring.matching.running import current
from mentoring.matching.views.finding import cohort_for, trial_for
from mentoring.matching.views.trials import trial_context
from programs.views.wizard import stale_message

PAGE = "matching/weights.html"


@member_view(Permission.COHORT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_matching_weights(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Move the sliders and see what would come out; nothing is kept until it is saved."""
    cohort = cohort_for(request, cohort_id)
    trial = _trial(request, cohort)
    saved = Choices.of(cohort.program, recipe_of(cohort.program))
    shown = Choices.in_settings(from_json(trial.settings)) if trial else saved
    form = WeightsForm(request.POST or None, choices=shown, version=saved.version)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "save":
                return _save(request, cohort, form)
            return _try(request, cohort, form.choices)
        except BadSettings:
            form.add_error(None, _("These weights and rules have no meaning together."))
        except recipes.ChangedMeanwhile as changed:
            form.refuse_stale(stale_message(), version=changed.current.version)
        except current.NotYet:
            form.add_error(None, _("There is nobody to try it with before enrollment opens."))
    if request.method == "POST" and wants_part(request):
        return page(request, PAGE, {"cohort": cohort, "form": form}, part="what_if")
    context = {
        "cohort": cohort,
        "may_manage": True,
        "form": form,
        "may_plan": cohort.state in current.MAY_PLAN,
        "may_try": cohort.state in current.MAY_TRY,
        **(trial_context(request, cohort, trial) if trial else {}),
    }
    return page(request, PAGE, context, part="what_if")


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_matching_trial(request: MemberRequest, cohort_id: UUID, trial_id: UUID) -> HttpResponse:
    """What a trial came to, or how far it is; asked every second."""
    trial = trial_for(request, cohort_id, trial_id)
    if not wants_part(request):
        number = request.GET.get("page", "")
        address = _address(request, cohort_id, trial_id)
        return redirect(f"{address}&{urlencode({'page': number})}" if number else address)
    context = trial_context(request, trial.cohort, trial)
    return page(request, "matching/trial.html", context, part="trial")


def _save(request: MemberRequest, cohort: Any, form: WeightsForm) -> HttpResponse:
    recipes.save_recipe(
        program=cohort.program,
        choices=form.choices,
        version=form.cleaned_data["version"],
        actor=request.member,
    )
    words = {"program": cohort.program}
    messages.success(request, _("Saved for all cohorts of %(program)s.") % words)
    return redirect("cohort_matching_weights", request.organization.slug, cohort.pk)


def _try(request: MemberRequest, cohort: Any, choices: Choices) -> HttpResponse:
    trial = runs.start(
        cohort=cohort,
        purpose=Purpose.TRIAL,
        settings=choices.settings(cohort.program),
        actor=request.member,
        now=timezone.now(),
    )
    if wants_part(request):
        context = trial_context(request, cohort, trial)
        return page(request, PAGE, {"cohort": cohort, **context}, part="what_if")
    return redirect(_address(request, cohort.pk, trial.pk))


def _trial(request: MemberRequest, cohort: Any) -> Any:
    """The trial that the address names, if it is one of this cohort's."""
    try:
        run_id = UUID(request.GET.get("trial", ""))
    except ValueError:
        return None
    return runs_of(cohort).filter(pk=run_id, purpose=Purpose.TRIAL).first()


def _address(request: MemberRequest, cohort_id: UUID, run_id: UUID) -> str:
    address = reverse("cohort_matching_weights", args=[request.organization.slug, cohort_id])
    return f"{address}?trial={run_id}"

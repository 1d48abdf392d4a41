"""Two people seen from a plan: why they are a pair or not, and what an admin wants of them."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.matching import outlooks
from mentoring.matching.checking import CANNOT_BE_BROKEN, broken_rules
from mentoring.matching.enums import Purpose, Wanted
from mentoring.matching.forms.wishes import ReasonForm
from mentoring.matching.operations import runs, wishes
from mentoring.matching.queries import review as queries
from mentoring.matching.queries.runs import newest_plan, runs_of
from mentoring.matching.queries.wishes import wish_about
from mentoring.matching.recipes import Supposed, from_json, recipe_of, settings_of
from mentoring.matching.running import current
from mentoring.matching.showing.figures import parts_of, points
from mentoring.matching.showing.outlooks import shown
from mentoring.matching.views.finding import people_for, plan_for
from mentoring.matching.views.studio import start_plan
from mentoring.matching.views.trials import trial_context
from mentoring.matching.words import RULES, SKIPPED

WORDS = RULES | SKIPPED
NOT_OPEN = gettext_lazy("This cohort is not being matched at the moment.")


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_matching_pair(
    request: MemberRequest, cohort_id: UUID, run_id: UUID, mentor_id: UUID, mentee_id: UUID
) -> HttpResponse:
    """A pair or two who could be one: score by feature, others, and what may be done."""
    run = plan_for(request, cohort_id, run_id)
    people = people_for(run.cohort, mentor_id, mentee_id)
    return _page(request, run, people)


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_matching_outlook(
    request: MemberRequest, cohort_id: UUID, run_id: UUID, mentor_id: UUID, mentee_id: UUID
) -> HttpResponse:
    """Ranks and alternatives as soon as a worker has looked."""
    run = plan_for(request, cohort_id, run_id)
    mentor, mentee = people_for(run.cohort, mentor_id, mentee_id)
    context = _in_plan(run, mentor, mentee) | _outlook(request, run, mentor, mentee)
    return page(request, "matching/outlook.html", context, part="outlook")


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_matching_wish(
    request: MemberRequest, cohort_id: UUID, run_id: UUID, mentor_id: UUID, mentee_id: UUID
) -> HttpResponse:
    """Look at what a wish would do, save it and match again, or take it back."""
    run = plan_for(request, cohort_id, run_id)
    people = people_for(run.cohort, mentor_id, mentee_id)
    wanted = request.POST.get("wanted", "")
    if request.POST.get("do") == "clear":
        wishes.clear(mentor=people[0], mentee=people[1], actor=request.member)
        messages.success(request, _("These two are left to the scores again."))
        return redirect(_address(request, run, people))
    if wanted not in Wanted:
        raise BadRequest
    if request.POST.get("do") == "preview":
        return _preview(request, run, people, Wanted(wanted))
    return _confirm(request, run, people, Wanted(wanted))


def _preview(request: MemberRequest, run: Any, people: Any, wanted: Wanted) -> HttpResponse:
    """A trial of the wish with the saved weights."""
    program = run.cohort.program
    supposed = Supposed(str(people[0].pk), str(people[1].pk), wanted.value)
    try:
        trial = runs.start(
            cohort=run.cohort,
            purpose=Purpose.TRIAL,
            settings=replace(settings_of(program, recipe_of(program)), supposed=supposed),
            actor=request.member,
            now=timezone.now(),
        )
    except current.NotYet:
        messages.error(request, NOT_OPEN)
        return redirect(_address(request, run, people))
    query = urlencode({"wanted": wanted.value, "trial": str(trial.pk)})
    return redirect(f"{_address(request, run, people)}?{query}#preview")


def _confirm(request: MemberRequest, run: Any, people: Any, wanted: Wanted) -> HttpResponse:
    try:
        if wanted == Wanted.LOCK:
            return _keep_together(request, run, people)
        wishes.keep_apart(
            mentor=people[0], mentee=people[1], actor=request.member, now=timezone.now()
        )
    except wishes.NotOpen:
        messages.error(request, NOT_OPEN)
        return redirect(_address(request, run, people))
    messages.success(request, _("These two are kept apart."))
    return start_plan(request, run.cohort)


def _keep_together(request: MemberRequest, run: Any, people: Any) -> HttpResponse:
    form = ReasonForm(request.POST, is_needed=False)
    try:
        wish = wishes.keep_together(
            mentor=people[0],
            mentee=people[1],
            reason=form.cleaned_data["reason"] if form.is_valid() else "",
            actor=request.member,
            now=timezone.now(),
        )
    except wishes.Impossible as refused:
        messages.error(request, " ".join(str(WORDS[rule]) for rule in refused.rules))
        return redirect(_address(request, run, people))
    except wishes.NeedsReason:
        return _page(request, run, people, form=ReasonForm(request.POST), wanted=Wanted.LOCK)
    if wish.broken:
        messages.success(request, _("It waits for a second person, who decides about it."))
        return redirect("cohort_matching_exceptions", request.organization.slug, run.cohort_id)
    messages.success(request, _("These two are kept together."))
    return start_plan(request, run.cohort)


def _page(
    request: MemberRequest,
    run: Any,
    people: Any,
    *,
    form: ReasonForm | None = None,
    wanted: Wanted | None = None,
) -> HttpResponse:
    mentor, mentee = people
    broken = broken_rules(mentor, mentee, now=timezone.now())
    context = {
        "may_manage": True,
        "broken": [WORDS[rule] for rule in broken],
        "is_impossible": bool(CANNOT_BE_BROKEN & set(broken)),
        "wish": wish_about(mentor, mentee),
        "form": form or ReasonForm(),
        "wanted": wanted or _wanted(request),
    }
    context |= _in_plan(run, mentor, mentee)
    context |= _outlook(request, run, mentor, mentee) | _trial(request, run)
    return page(request, "matching/pair.html", context)


def _in_plan(run: Any, mentor: Any, mentee: Any) -> dict[str, Any]:
    """The two as the plan has them, and whether it can still be changed."""
    pair, others = queries.pairs_around(run, mentor.pk, mentee.pk)
    newest = newest_plan(run.cohort)
    return {
        "cohort": run.cohort,
        "run": run,
        "mentor": mentor,
        "mentee": mentee,
        "pair": pair,
        "points": points(pair.score) if pair else None,
        "parts": parts_of(pair.parts, from_json(run.settings).as_json()["weights"]) if pair else [],
        "others": others,
        "is_newest": newest is not None and newest.pk == run.pk,
        "may_plan": run.cohort.state in current.MAY_PLAN,
    }


def _outlook(request: MemberRequest, run: Any, mentor: Any, mentee: Any) -> dict[str, Any]:
    key = outlooks.Key(run.pk, mentor.pk, mentee.pk)
    found = outlooks.remembered(key)
    if found is None:
        outlooks.ask_after_commit(request.organization.pk, key)
        return {"outlook": None}
    return {"outlook": shown(found, run)}


def _trial(request: MemberRequest, run: Any) -> dict[str, Any]:
    try:
        trial_id = UUID(request.GET.get("trial", ""))
    except ValueError:
        return {}
    trials = runs_of(run.cohort).filter(pk=trial_id, purpose=Purpose.TRIAL)
    trial = trials.first()
    return trial_context(request, run.cohort, trial) if trial else {}


def _wanted(request: MemberRequest) -> Wanted | None:
    value = request.GET.get("wanted", "")
    return Wanted(value) if value in Wanted else None


def _address(request: MemberRequest, run: Any, people: Any) -> str:
    keys = [run.cohort_id, run.pk, people[0].pk, people[1].pk]
    return reverse("cohort_matching_pair", args=[request.organization.slug, *keys])

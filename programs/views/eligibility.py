"""Who may join a cohort."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import queries as accounts
from accounts.access import member_view
from accounts.forms.member_picker import Picked
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from programs.enums import Side
from programs.forms.eligibility import SideForm
from programs.operations import cohorts as cohort_operations
from programs.operations import eligibility as operations
from programs.queries import eligibility as queries
from programs.queries.cohorts import manageable_cohorts_of
from programs.views.cohorts import FINISHED

type Forms = dict[Side, SideForm]
type Choices = dict[Side, operations.Choice]
type Unknown = dict[Side, list[str]]

TEMPLATE = "programs/cohorts/eligibility.html"
UNKNOWN_SHOWN = 20


@member_view(Permission.COHORT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_eligibility(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Choose who may join on each side; lines that fit nobody are shown and stay typed.

    Searching for somebody without JavaScript saves nothing.
    """
    found = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    rules = queries.rules_of(found)
    forms = _forms(request, rules)
    unknown: Unknown = {}
    if request.method == "POST" and all(form.is_valid() for form in forms.values()):
        choices, unknown = _read(forms)
        rules = {side: _rule(choice) for side, choice in choices.items()}
        try:
            operations.set_eligibility(cohort=found, choices=choices, actor=request.member)
        except cohort_operations.Finished:
            messages.error(request, FINISHED)
        else:
            messages.success(request, _("Eligibility is saved."))
            if not any(unknown.values()):
                return redirect("cohort_eligibility", request.organization.slug, cohort_id)
            forms = _forms(request, rules, unknown)
    context = {"cohort": found, "sides": list(forms.items()), **_shown(rules, unknown)}
    return page(request, TEMPLATE, context)


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_eligibility_count(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Who would be eligible by what is chosen now, without saving it."""
    found = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    forms = _forms(request, {})
    rules = queries.rules_of(found)
    unknown: Unknown = {}
    if all(form.is_valid() for form in forms.values()):
        choices, unknown = _read(forms)
        rules = {side: _rule(choice) for side, choice in choices.items()}
    context = {"cohort": found, "sides": list(forms.items()), **_shown(rules, unknown)}
    return page(request, TEMPLATE, context, part="eligible")


def _forms(
    request: MemberRequest, rules: dict[Side, queries.Rule], unknown: Unknown | None = None
) -> Forms:
    """As sent; or, before that and once it is saved, as the rules are."""
    is_sent = request.method == "POST" and unknown is None
    choices = queries.choices_to_tick()
    return {
        side: SideForm(
            request.POST if is_sent else None,
            prefix=side,
            choices=choices,
            people=accounts.people_of(request.member),
            search_url=reverse("member_search", args=[request.organization.slug]),
            initial={} if is_sent else _initial(rules[side], (unknown or {}).get(side, [])),
        )
        for side in Side
    }


def _initial(rule: queries.Rule, unknown: list[str]) -> dict[str, Any]:
    ticked = {f"{kind.removesuffix('_id')}s": keys for kind, keys in rule.kinds.items()}
    as_text = {kind: [str(key) for key in keys] for kind, keys in ticked.items()}
    return {**as_text, "people": Picked.of(rule.named), "paste": "\n".join(unknown)}


def _read(forms: Forms) -> tuple[Choices, Unknown]:
    choices: Choices = {}
    unknown: Unknown = {}
    for side, form in forms.items():
        listed, unknown[side] = queries.people_named(form.cleaned_data["paste"])
        people = {each.pk for each in [*form.cleaned_data["people"], *listed]}
        ticked = {kind: form.cleaned_data[kind] for kind in ("departments", "locations", "grades")}
        choices[side] = operations.Choice(**ticked, people=people)
    return choices, unknown


def _rule(choice: operations.Choice) -> queries.Rule:
    return queries.Rule.choosing(
        departments=choice.departments,
        locations=choice.locations,
        grades=choice.grades,
        people=choice.people,
    )


def _shown(rules: dict[Side, queries.Rule], unknown: Unknown) -> dict[str, Any]:
    return {
        "samples": [queries.sample_of(rule, side) for side, rule in rules.items()],
        "unknown": [_unknown_lines(lines) for lines in unknown.values() if lines],
    }


def _unknown_lines(lines: list[str]) -> str:
    text = ngettext(
        "%(count)d line fits nobody: %(lines)s",
        "%(count)d lines fit nobody: %(lines)s",
        len(lines),
    )
    shown = ", ".join(lines[:UNKNOWN_SHOWN]) + (" …" if len(lines) > UNKNOWN_SHOWN else "")
    return text % {"count": len(lines), "lines": shown}

"""The people of a cohort, and what is decided about them."""

from datetime import time
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.queries.finding import fitting
from accounts.requests import MemberRequest
from accounts.terms import Term, word_for
from mentoring.lib.clock import day_at, instant, zone_named
from mentoring.lib.pages import page
from mentoring.lib.selections import Selection
from mentoring.lib.tables import Column, Search, Select, Table
from programs.enums import Handling, ParticipantState, Readiness, Side
from programs.forms.people import PreparedForm
from programs.operations import decisions, preparations
from programs.queries import participants as queries
from programs.queries.cohorts import manageable_cohorts_of

SHOWN = 50
STATES = {
    Handling.APPROVE: ParticipantState.APPROVED,
    Handling.WAITLIST: ParticipantState.WAITLISTED,
    Handling.DECLINE: ParticipantState.DECLINED,
    Handling.WITHDRAW: ParticipantState.WITHDRAWN,
    Handling.REOPEN: ParticipantState.PENDING,
}
COLUMNS = (
    Column("select", gettext_lazy("Selection"), hidden_label=True),
    Column("name", gettext_lazy("Name"), order=("member__sort_name",)),
    Column("side", gettext_lazy("Side"), order=("side",)),
    Column("state", gettext_lazy("State"), order=("state",)),
    Column("grade", gettext_lazy("Grade"), order=("member__grade__rank",)),
    Column("prepared", gettext_lazy("Preparation"), order=("prepared",), descending_first=True),
    Column("sent", gettext_lazy("Sent on"), order=("submitted_at",)),
)


def _readiness(people: QuerySet[Any], value: str) -> QuerySet[Any]:
    narrow = queries.fully_prepared if value == Readiness.DONE else queries.not_fully_prepared
    return narrow(people)  # type: ignore[arg-type]


def people_table(request: MemberRequest) -> Table:
    """The list of a cohort's people with the organization's own departments and words."""
    choices = queries.places_in_the_organization()
    terms = request.organization.terms
    sides = [(side.value, word_for(terms, Term(side)).capitalize()) for side in Side]
    where = (
        Select("department", _("Department"), choices["department"], field="member__department"),
        Select("location", _("Location"), choices["location"], field="member__location"),
        Select("grade", _("Grade"), choices["grade"], field="member__grade"),
    )
    return Table(
        key="people",
        columns=COLUMNS,
        filters=(
            Search("q", _("Search"), apply=partial(fitting, at="member__")),
            Select("side", _("Side"), sides, field="side"),
            Select("state", _("State"), ParticipantState.choices, field="state"),
            *(each for each in where if choices[each.key]),
            Select("prepared", _("Preparation"), Readiness.choices, apply=_readiness),
        ),
        default_sort="name",
    )


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_people(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Everybody who began to enroll."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    table = people_table(request).read(request.GET, queries.people_in(cohort), path=request.path)
    context = {
        "cohort": cohort,
        "may_manage": True,
        "people": table,
        "places": queries.places_of(cohort),
        "today": day_at(timezone.now(), zone_named(request.organization.time_zone)),
    }
    return page(request, "programs/people/people.html", context, part="people")


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_people_act(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Ask once more who and what, then do it and report."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    selection = Selection.of(request.POST)
    handling = request.POST.get("handling", "")
    people = selection.pick(people_table(request), queries.people_in(cohort))
    picked = list(people.order_by("member__sort_name", "pk"))
    if handling not in Handling or not picked:
        messages.info(request, _("Please select somebody and say what to do."))
        return redirect("cohort_people", request.organization.slug, cohort_id)
    if handling == Handling.MESSAGE:
        return _to_message(request, cohort_id, selection)
    form = _prepared_form(request, cohort) if handling == Handling.PREPARED else None
    is_confirmed = request.POST.get("count") == str(len(picked))
    if is_confirmed and (form is None or form.is_valid()):
        return _carry_out(request, cohort, Handling(handling), picked, form)
    context = {
        "cohort": cohort,
        "may_manage": True,
        "handling": Handling(handling),
        "selection": selection,
        "count": len(picked),
        "people": picked[:SHOWN],
        "more": max(0, len(picked) - SHOWN),
        "has_changed": "count" in request.POST and not is_confirmed,
        "form": form,
    }
    return page(request, "programs/people/confirm.html", context)


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_people_next(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Give the free places of a side to those who have waited longest."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    side = request.POST.get("side", "")
    if side not in Side:
        return redirect("cohort_people", request.organization.slug, cohort_id)
    try:
        decided = decisions.approve_next(
            cohort=cohort, side=Side(side), actor=request.member, now=timezone.now()
        )
    except decisions.CohortClosed:
        return _closed(request, cohort_id)
    return _report(request, cohort, Handling.APPROVE, decided.changed, decided.skipped)


def _carry_out(
    request: MemberRequest, cohort: Any, handling: Handling, picked: list[Any], form: Any
) -> HttpResponse:
    if handling == Handling.PREPARED:
        zone = zone_named(request.organization.time_zone)
        done, skipped = preparations.mark_done(
            participants=picked,
            item=form.cleaned_data["item"],
            actor=request.member,
            done_at=min(timezone.now(), instant(form.cleaned_data["day"], time(12), zone)),
        )
        return _report(request, cohort, handling, done, skipped)
    try:
        decided = decisions.decide(
            participants=picked, state=STATES[handling], actor=request.member, now=timezone.now()
        )
    except decisions.CohortClosed:
        return _closed(request, cohort.pk)
    return _report(request, cohort, handling, decided.changed, decided.skipped)


def _report(
    request: MemberRequest, cohort: Any, handling: Handling, changed: list[Any], skipped: list[Any]
) -> HttpResponse:
    context = {
        "cohort": cohort,
        "may_manage": True,
        "handling": handling,
        "changed": changed,
        "skipped": skipped,
        "minutes": decisions.TIME_TO_UNDO.seconds // 60,
        "undo": Selection([each.pk for each in changed], takes_all=False, filter_query=""),
        "may_undo": bool(changed)
        and handling in {Handling.APPROVE, Handling.WAITLIST, Handling.DECLINE},
    }
    return page(request, "programs/people/result.html", context)


def _to_message(request: MemberRequest, cohort_id: UUID, selection: Selection) -> HttpResponse:
    query = QueryDict(mutable=True)
    if selection.takes_all:
        query["all"], query["filter"] = "on", selection.filter_query
    else:
        query.setlist("selected", [str(each) for each in selection.ids])
    address = reverse("cohort_announcement_new", args=[request.organization.slug, cohort_id])
    return redirect(f"{address}?{query.urlencode()}")


def _prepared_form(request: MemberRequest, cohort: Any) -> PreparedForm:
    today = day_at(timezone.now(), zone_named(request.organization.time_zone))
    data = request.POST if "count" in request.POST else None
    return PreparedForm(data, items=queries.items_of(cohort), today=today)


def _closed(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    messages.error(request, _("This cohort is closed. Its people stay as they are."))
    return redirect("cohort_people", request.organization.slug, cohort_id)

"""Inviting people to a cohort, and what they answered."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.queries.finding import fitting
from accounts.requests import MemberRequest
from accounts.terms import Term, word_for
from mentoring.lib.clock import day_at, zone_named
from mentoring.lib.pages import page
from mentoring.lib.selections import Selection
from mentoring.lib.tables import Column, Search, Select, Table
from programs.enums import Answer, Side
from programs.forms.cohort_invitations import NoteForm, WantedForm
from programs.operations import cohort_invitations as operations
from programs.operations import reminders
from programs.queries import cohort_invitations as queries
from programs.queries.cohorts import manageable_cohorts_of
from programs.queries.participants import places_in_the_organization
from programs.words import invitations_wait

SAMPLE = 20
COLUMNS = (
    Column("select", gettext_lazy("Selection"), hidden_label=True),
    Column("name", gettext_lazy("Name"), order=("member__sort_name",)),
    Column("side", gettext_lazy("Side"), order=("side",)),
    Column("answer", gettext_lazy("Answer"), order=("answer",)),
    Column("by", gettext_lazy("Invited by"), order=("invited_by__sort_name",)),
    Column("invited", gettext_lazy("Invited on"), order=("invited_at",), descending_first=True),
    Column("reminded", gettext_lazy("Reminded on"), order=("reminded_at",)),
)


def _answered(invitations: QuerySet[Any], value: str) -> QuerySet[Any]:
    return invitations.filter(answer=value)


def _table(request: MemberRequest) -> Table:
    terms = request.organization.terms
    sides = [(side.value, word_for(terms, Term(side)).capitalize()) for side in Side]
    return Table(
        key="invitations",
        columns=COLUMNS,
        filters=(
            Search("q", _("Search"), apply=partial(fitting, at="member__")),
            Select("side", _("Side"), sides, field="side"),
            Select("answer", _("Answer"), Answer.choices, apply=_answered),
        ),
        default_sort="-invited",
    )


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_invite(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Who was invited, and who has answered."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    table = _table(request).read(request.GET, queries.invitations_to(cohort), path=request.path)
    answers = queries.answers_to(cohort)
    context = {
        "cohort": cohort,
        "may_manage": True,
        "invitations": table,
        "answers": [(answer, count) for answer, count in answers.items() if count],
        "unanswered": sum(answers[each] for each in queries.UNANSWERED),
        **_days(request, cohort),
    }
    return page(request, "programs/people/invitations.html", context, part="invitations")


@member_view(Permission.COHORT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_invite_new(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Invite everybody who fits: first a look at how many and who, then send."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    is_post = request.method == "POST"
    asked = QueryDict(request.POST.get("query", "")) if is_post else request.GET
    form = WantedForm(
        asked or None,
        terms=request.organization.terms,
        choices=places_in_the_organization(),
        auto_id="wanted_%s",
    )
    note = NoteForm(request.POST if is_post else None)
    context: dict[str, Any] = {"cohort": cohort, "may_manage": True, "form": form, "note": note}
    context |= _days(request, cohort)
    if form.is_bound and form.is_valid():
        wanted, unknown = _wanted(form.cleaned_data)
        side = Side(form.cleaned_data["side"])
        found = queries.candidates(cohort, side, wanted)
        if is_post and note.is_valid() and request.POST.get("count") == str(found.count):
            return _send(request, cohort, side, found, note.cleaned_data["note"])
        context |= {
            "found": found,
            "side": side,
            "sample": found.people[:SAMPLE],
            "more": max(0, found.count - SAMPLE),
            "unknown": unknown,
            "query": asked.urlencode(),
            "has_changed": is_post and not note.errors,
        }
    return page(request, "programs/people/invite.html", context)


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_invite_remind(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Remind those who were picked, or everybody who has not answered."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    only = None
    if "everybody" not in request.POST:
        selection = Selection.of(request.POST)
        rows = selection.pick(_table(request), queries.invitations_to(cohort))
        only = list(rows.values_list("pk", flat=True))
    try:
        reminded = reminders.remind_now(
            cohort=cohort, actor=request.member, now=timezone.now(), only=only
        )
    except reminders.NotEnrolling:
        messages.error(request, _("Enrollment is not open, so there is nothing to remind of."))
    else:
        _say_reminded(request, reminded)
    return redirect("cohort_invite", request.organization.slug, cohort_id)


def _say_reminded(request: MemberRequest, reminded: reminders.Reminded) -> None:
    if reminded.sent:
        text = ngettext(
            "%(count)d reminder is on its way.",
            "%(count)d reminders are on their way.",
            reminded.sent,
        )
        messages.success(request, text % {"count": reminded.sent})
    if reminded.too_soon:
        text = ngettext(
            "%(count)d person has had a mail about it today already.",
            "%(count)d people have had a mail about it today already.",
            reminded.too_soon,
        )
        messages.info(request, text % {"count": reminded.too_soon})
    if not (reminded.sent or reminded.too_soon):
        messages.info(request, _("Nobody is left to remind: all of them have answered."))


def _wanted(cleaned: dict[str, Any]) -> tuple[queries.Wanted, list[str]]:
    """The filter, and the words that mean nobody."""
    words = cleaned["people"]
    meant = queries.find_people(words) if words else {}
    named = [each.pk for found in meant.values() for each in found]
    wanted = queries.Wanted(
        departments=cleaned.get("department", ()),
        locations=cleaned.get("location", ()),
        grades=cleaned.get("grade", ()),
        named=named if words else None,
    )
    return wanted, [word for word, found in meant.items() if not found]


def _send(
    request: MemberRequest, cohort: Any, side: Side, found: queries.Candidates, note: str
) -> HttpResponse:
    try:
        sent = operations.invite(
            cohort=cohort,
            side=side,
            members=found.people,
            actor=request.member,
            now=timezone.now(),
            note=note,
        )
    except operations.NotInviting:
        messages.error(request, _("Open enrollment first; then invite."))
        return redirect("cohort_invite_new", request.organization.slug, cohort.pk)
    day = _days(request, cohort)["first_morning"]
    messages.success(request, invitations_wait(len(sent), day) if day else _on_their_way(len(sent)))
    return redirect("cohort_invite", request.organization.slug, cohort.pk)


def _on_their_way(count: int) -> str:
    return ngettext(
        "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", count
    ) % {"count": count}


def _days(request: MemberRequest, cohort: Any) -> dict[str, Any]:
    """Whether people can be asked today, and on which morning the mails leave if not at once."""
    today = day_at(timezone.now(), zone_named(request.organization.time_zone))
    return {
        "is_inviting": queries.is_inviting(cohort, today=today),
        "first_morning": queries.first_morning(cohort, today=today),
    }

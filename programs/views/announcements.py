"""Messages from admins to people of a cohort."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.selections import Selection
from mentoring.lib.tables import Column, Search, Table
from programs.enums import Audience
from programs.forms.announcements import AnnouncementForm
from programs.operations import announcements as operations
from programs.queries import announcements as queries
from programs.queries.cohorts import manageable_cohorts_of
from programs.queries.participants import people_in
from programs.views.people import people_table

SHOWN = 20
ANNOUNCEMENTS = Table(
    key="announcements",
    columns=(
        Column("subject", gettext_lazy("Subject"), order=("subject",)),
        Column("to", gettext_lazy("To")),
        Column("by", gettext_lazy("Sent by"), order=("sent_by__sort_name",)),
        Column("sent", gettext_lazy("Sent on"), order=("sent_at",), descending_first=True),
        Column("state", gettext_lazy("Mails"), align="end"),
    ),
    filters=(Search("q", gettext_lazy("Search"), fields=("subject", "text")),),
    default_sort="-sent",
)


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_announcements(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """What was written to the cohort's people."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    sent = queries.announcements_in(cohort)
    table = ANNOUNCEMENTS.read(request.GET, sent, path=request.path)
    counts = queries.delivered(table.rows, kind=operations.KIND)
    context = {
        "cohort": cohort,
        "may_manage": True,
        "announcements": table,
        "rows": [(each, *counts[each.pk]) for each in table.rows],
    }
    return page(request, "programs/people/announcements.html", context, part="announcements")


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_announcement(
    request: MemberRequest, cohort_id: UUID, announcement_id: UUID
) -> HttpResponse:
    """One message as it was sent."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    found = get_object_or_404(queries.announcements_in(cohort), pk=announcement_id)
    sent, failed = queries.delivered([found], kind=operations.KIND)[found.pk]
    context = {
        "cohort": cohort,
        "may_manage": True,
        "announcement": found,
        "sent": sent,
        "failed": failed,
    }
    return page(request, "programs/people/announcement.html", context)


@member_view(Permission.COHORT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_announcement_new(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Write a message, look at it, try it on oneself, send it."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    is_post = request.method == "POST"
    selection = Selection.of(request.POST if is_post else request.GET)
    form = AnnouncementForm(
        request.POST if is_post else None,
        terms=request.organization.terms,
        picked=not selection.is_empty,
    )
    context: dict[str, Any] = {
        "cohort": cohort,
        "may_manage": True,
        "form": form,
        "selection": selection,
    }
    if not selection.is_empty:
        context |= _reached(_picked(request, cohort, selection))
    if is_post and form.is_valid():
        context |= _reached(_recipients(request, cohort, selection, form))
        step = request.POST.get("step", "")
        if step == "send" and context["count"]:
            return _send(request, cohort, selection, form)
        if step == "test":
            _test(request, cohort, form)
        context["preview"] = form.cleaned_data
    return page(request, "programs/people/announcement_new.html", context)


def _picked(request: MemberRequest, cohort: Any, selection: Selection) -> list[Any]:
    people = selection.pick(people_table(request), people_in(cohort)).select_related("member__user")
    return list(people.order_by("member__sort_name", "pk"))


def _recipients(
    request: MemberRequest, cohort: Any, selection: Selection, form: AnnouncementForm
) -> list[Any]:
    if not selection.is_empty:
        return _picked(request, cohort, selection)
    people = queries.audience_in(cohort, Audience(form.cleaned_data["audience"]))
    return list(people.select_related("member__user").order_by("member__sort_name", "pk"))


def _reached(people: list[Any]) -> dict[str, Any]:
    """How many get the message and some of them; each person once."""
    reached = {each.member_id: each for each in people if operations.is_reached(each)}
    unreached = {each.member_id for each in people} - reached.keys()
    return {
        "count": len(reached),
        "people": list(reached.values())[:SHOWN],
        "more": max(0, len(reached) - SHOWN),
        "unreached": len(unreached),
    }


def _test(request: MemberRequest, cohort: Any, form: AnnouncementForm) -> None:
    operations.send_test(
        cohort=cohort,
        subject=form.cleaned_data["subject"],
        text=form.cleaned_data["text"],
        actor=request.member,
        now=timezone.now(),
    )
    messages.success(request, _("A test is on its way to you. Nobody else gets it."))


def _send(
    request: MemberRequest, cohort: Any, selection: Selection, form: AnnouncementForm
) -> HttpResponse:
    audience = form.cleaned_data.get("audience")
    sent = operations.send(
        cohort=cohort,
        participants=_recipients(request, cohort, selection, form),
        audience=Audience(audience) if audience else None,
        subject=form.cleaned_data["subject"],
        text=form.cleaned_data["text"],
        actor=request.member,
        now=timezone.now(),
    )
    text = ngettext(
        "The message is on its way to %(count)d person.",
        "The message is on its way to %(count)d people.",
        sent.recipients,
    )
    messages.success(request, text % {"count": sent.recipients})
    return redirect("cohort_announcements", request.organization.slug, cohort.pk)

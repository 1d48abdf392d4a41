"""What a member is asked to do for a cohort: answer, sponsor, come to a circle."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.clock import day_at, zone_named
from mentoring.lib.pages import page
from programs.enums import Side
from programs.forms.cohort_invitations import PersonalForm
from programs.operations import cohort_invitations as operations
from programs.queries import circles
from programs.queries import cohort_invitations as queries
from programs.words import invitations_wait


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_no_thanks(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Turn an invitation down, or take that back. Programs open links, so a GET only shows."""
    own = list(queries.own_invitations(request.member, cohort_id))
    if not own:
        raise Http404
    cohort = own[0].cohort
    if request.method == "POST":
        if "again" in request.POST:
            operations.reconsider(member=request.member, cohort=cohort)
        else:
            operations.turn_down(member=request.member, cohort=cohort, now=timezone.now())
        return redirect(request.path)
    context = {
        "cohort": cohort,
        "invitation": own[0],
        "is_declined": all(each.declined_at for each in own),
        "is_inviting": _is_inviting(request, cohort),
    }
    return page(request, "programs/people/no_thanks.html", context)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_invite_personally(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """A sponsor, or an admin, invites people by name and in the own words."""
    cohort = get_object_or_404(queries.sponsored_cohorts_of(request.member), pk=cohort_id)
    form = PersonalForm(request.POST or None, terms=request.organization.terms)
    if request.method == "POST" and form.is_valid():
        meant = queries.find_people(form.cleaned_data["people"])
        if problems := [text for word, found in meant.items() if (text := _problem(word, found))]:
            for text in problems:
                form.add_error("people", text)
        elif response := _invite(request, cohort, form, meant):
            return response
    context = {
        "cohort": cohort,
        "form": form,
        "is_inviting": _is_inviting(request, cohort),
        "first_morning": queries.first_morning(cohort, today=_today(request)),
        "sent": queries.sent_personally(request.member, cohort),
    }
    return page(request, "programs/people/personal.html", context)


@member_view(Permission.TAKE_PART)
@require_safe
def own_sponsoring(request: MemberRequest) -> HttpResponse:
    """The cohorts that the member sponsors; also a page part, empty without any."""
    cohorts = queries.sponsored_by(request.member)
    context = {"cohorts": cohorts}
    return page(request, "programs/people/sponsoring.html", context, part="sponsoring")


@member_view(Permission.TAKE_PART)
@require_safe
def own_circles(request: MemberRequest) -> HttpResponse:
    """Circles ahead for a mentor; also a page part, empty without any."""
    found = list(circles.own_circles(request.member, now=timezone.now()))
    return page(request, "programs/people/own_circles.html", {"circles": found}, part="circles")


def _problem(word: str, found: list[Any]) -> str:
    """What is wrong with one of the words; empty when it means one person."""
    if not found:
        return _("Nobody is called “%(word)s”.") % {"word": word}
    if len(found) > 1:
        return _("Several people are called “%(word)s”. Please use the e-mail address.") % {
            "word": word
        }
    return ""


def _invite(
    request: MemberRequest, cohort: Any, form: PersonalForm, meant: dict[str, list[Any]]
) -> HttpResponse | None:
    members = [each for found in meant.values() for each in found]
    try:
        sent = operations.invite(
            cohort=cohort,
            side=Side(form.cleaned_data["side"]),
            members=members,
            actor=request.member,
            now=timezone.now(),
            note=form.cleaned_data["note"],
            is_personal=True,
        )
    except operations.NotInviting:
        form.add_error(None, _("Enrollment is not open, so nobody can be invited now."))
        return None
    passed = len({each.pk for each in members}) - len(sent)
    day = queries.first_morning(cohort, today=_today(request))
    if sent and day:
        messages.success(request, invitations_wait(len(sent), day))
    elif sent:
        text = ngettext(
            "%(count)d invitation is on its way, in your name.",
            "%(count)d invitations are on their way, in your name.",
            len(sent),
        )
        messages.success(request, text % {"count": len(sent)})
    if passed:
        text = ngettext(
            "%(count)d person knows of it already and gets no second invitation.",
            "%(count)d people know of it already and get no second invitation.",
            passed,
        )
        messages.info(request, text % {"count": passed})
    return redirect(request.path)


def _is_inviting(request: MemberRequest, cohort: Any) -> bool:
    return queries.is_inviting(cohort, today=_today(request))


def _today(request: MemberRequest) -> date:
    return day_at(timezone.now(), zone_named(request.organization.time_zone))

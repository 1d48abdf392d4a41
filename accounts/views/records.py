"""The record of a person: adding one by hand, changing it, asking the person to join."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts import queries
from accounts.access import member_view
from accounts.enums import Reach
from accounts.forms.records import PersonForm, RecordForm, initial_record
from accounts.operations import invitations
from accounts.operations import people as operations
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page

CIRCLE = gettext_lazy(
    "This person already reports to the one you edit, directly or through others. The two"
    " would stand above each other."
)
EMAIL_TAKEN = gettext_lazy("%(name)s has this address already.")
NUMBER_TAKEN = gettext_lazy("Somebody else has this employee number.")


@member_view(Permission.CHART_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: MemberRequest) -> HttpResponse:
    """List one person by hand, without a file."""
    may_invite = request.member.may(Permission.PEOPLE_INVITE)
    form = PersonForm(request.POST or None, may_invite=may_invite, **_choices(request))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        wants_invitation = form.cleaned_data.pop("invite", False)
        add = partial(operations.add_person, actor=request.member, now=now)
        added = _saved(form, partial(add, values=form.cleaned_data))
        if added and wants_invitation:
            _invite(request, added)
        if added:
            messages.success(request, _("%(name)s is on the list.") % {"name": added})
            return redirect("person", request.organization.slug, added.pk)
    return page(request, "accounts/person_new.html", {"form": form})


@member_view(Permission.CHART_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """Change what the organization has written down about a person."""
    person = get_object_or_404(queries.records_of(request.member), pk=member_id)
    form = RecordForm(
        request.POST or None,
        initial=initial_record(person),
        manager=person.manager,
        **_choices(request),
    )
    if request.method == "POST" and form.is_valid():
        change = partial(operations.change_record, member=person, actor=request.member)
        if _saved(form, partial(change, values=form.cleaned_data, now=timezone.now())):
            messages.success(request, _("The record is saved."))
            return redirect("person", request.organization.slug, member_id)
    return page(request, "accounts/person_edit.html", {"person": person, "form": form})


@member_view(Permission.PEOPLE_INVITE)
@require_POST
def person_invite(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """Ask somebody on the list to join."""
    person = get_object_or_404(queries.people_of(request.member), pk=member_id)
    if person.user_id:
        messages.info(request, _("%(name)s has joined already.") % {"name": person})
    elif _invite(request, person):
        text = _("An invitation is on its way to %(email)s.")
        messages.success(request, text % {"email": person.email})
    else:
        text = _("%(name)s has an invitation that is still open. You can send it again there.")
        messages.info(request, text % {"name": person})
        return redirect("invitations", request.organization.slug)
    return redirect("person", request.organization.slug, member_id)


def _choices(request: MemberRequest) -> dict[str, Any]:
    return {
        "parts": {
            "department": queries.departments(),
            "location": queries.locations(),
            "grade": queries.grades(),
        },
        "find": partial(queries.find_people, request.member),
    }


def _saved(form: forms.Form, save: partial[Any]) -> Any:
    """What saving gives; None when it was refused, with the reason beside the field."""
    try:
        return save()
    except operations.EmailTaken as taken:
        form.add_error("email", EMAIL_TAKEN % {"name": taken.member})
    except operations.NumberTaken:
        form.add_error("employee_number", NUMBER_TAKEN)
    except operations.Circle:
        form.add_error("manager", CIRCLE)
    return None


def _invite(request: MemberRequest, person: Any) -> bool:
    """Whether an invitation was sent; not when one is open."""
    sent = invitations.invite(
        emails=[person.email],
        roles=[],
        reach=Reach.ORGANIZATION,
        actor=request.member,
        now=timezone.now(),
    )
    return bool(sent)

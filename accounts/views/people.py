"""The organization's people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import queries
from accounts.access import member_view
from accounts.enums import ChartPart, PersonState, Reach, Role
from accounts.forms.members import RolesForm, initial_roles
from accounts.languages import language_names
from accounts.operations import members
from accounts.permissions import Permission
from accounts.queries.chart import reports_of
from accounts.queries.finding import fitting
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Select, Table

NO_ROLE = "none"
REPORTS = 10


def _with_role(people: QuerySet[Any], value: str) -> QuerySet[Any]:
    return people.filter(roles=[]) if value == NO_ROLE else people.filter(roles__contains=[value])


def _in_state(people: Any, value: str) -> QuerySet[Any]:
    found: QuerySet[Any] = people.in_state(PersonState(value))
    return found


def _table() -> Table:
    """The filters know the organization's own departments, locations and grades."""
    return Table(
        key="people",
        columns=(
            Column("name", gettext_lazy("Name"), order=("sort_name",)),
            Column("job_title", gettext_lazy("Job title"), order=("job_title",)),
            Column("department", gettext_lazy("Department"), order=("department__name",)),
            Column("location", gettext_lazy("Location"), order=("location__name",)),
            Column("grade", gettext_lazy("Grade"), order=("grade__rank",), descending_first=True),
            Column("state", gettext_lazy("State")),
        ),
        filters=(
            Search("q", gettext_lazy("Search"), apply=fitting),
            *(
                Select(kind, kind.label, choices=queries.part_choices(kind), field=f"{kind}_id")
                for kind in ChartPart
            ),
            Select(
                "role",
                gettext_lazy("Role"),
                choices=lambda: [*Role.choices, (NO_ROLE, _("No role"))],
                apply=_with_role,
            ),
            Select("state", gettext_lazy("State"), choices=PersonState.choices, apply=_in_state),
        ),
        default_sort="name",
    )


@member_view(Permission.PEOPLE_VIEW)
@require_safe
def people(request: MemberRequest) -> HttpResponse:
    """Everybody in the organization, also those who have left."""
    records = queries.records_of(request.member)
    context = {
        "people": _table().read(request.GET, records, path=request.path),
        "may_invite": request.member.may(Permission.PEOPLE_INVITE),
        "may_add": request.member.may(Permission.CHART_EDIT),
        "may_import": request.member.may(Permission.PEOPLE_IMPORT),
    }
    return page(request, "accounts/people.html", context, part="people")


@member_view(Permission.PEOPLE_VIEW)
@require_safe
def person(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """One member, and what may be changed about them."""
    member = get_object_or_404(queries.records_of(request.member), pk=member_id)
    form = RolesForm(initial=initial_roles(member.roles, member.reach))
    return _person(request, member, form)


@member_view(Permission.ROLES_EDIT)
@require_POST
def person_roles(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """Give a member these roles and no others."""
    member = get_object_or_404(queries.records_of(request.member), pk=member_id)
    form = RolesForm(request.POST)
    if form.is_valid():
        try:
            members.change_roles(
                member=member, actor=request.member, now=timezone.now(), **form.cleaned_data
            )
        except members.LastOwner:
            form.add_error("roles", _("Nobody else is an owner. Make somebody else owner first."))
        except members.NotJoined:
            form.add_error("roles", _("Roles can be given as soon as this person has joined."))
        else:
            messages.success(request, _("The roles are saved."))
            return redirect("person", request.organization.slug, member_id)
    return _person(request, member, form)


@member_view(Permission.PEOPLE_EDIT)
@require_POST
def person_deactivate(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """Take away somebody's access."""
    member = get_object_or_404(queries.people_of(request.member), pk=member_id)
    try:
        members.deactivate(member=member, actor=request.member, now=timezone.now())
    except members.LastOwner:
        messages.error(request, _("Nobody else is an owner. Make somebody else owner first."))
    else:
        messages.success(request, _("%(name)s has no access any more.") % {"name": member})
    return redirect("person", request.organization.slug, member_id)


@member_view(Permission.PEOPLE_EDIT)
@require_POST
def person_reactivate(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """Give somebody access again."""
    member = get_object_or_404(queries.people_of(request.member), pk=member_id)
    try:
        members.reactivate(member=member, actor=request.member, now=timezone.now())
    except members.HasLeft:
        messages.error(
            request, _("%(name)s has left. Please send an invitation.") % {"name": member}
        )
    else:
        messages.success(request, _("%(name)s has access again.") % {"name": member})
    return redirect("person", request.organization.slug, member_id)


@member_view(Permission.ORGANIZATION_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: MemberRequest) -> HttpResponse:
    """The own membership, and leaving."""
    is_last_owner = False
    if request.method == "POST":
        try:
            members.leave(member=request.member, now=timezone.now())
        except members.LastOwner:
            is_last_owner = True
        else:
            name = request.organization.name
            messages.success(request, _("You have left %(name)s.") % {"name": name})
            return redirect("home")
    return page(request, "accounts/membership.html", {"is_last_owner": is_last_owner})


def _person(request: MemberRequest, member: Any, form: RolesForm) -> HttpResponse:
    reports = reports_of(request.member, member)
    context = {
        "person": member,
        "form": form,
        "languages": language_names(member.languages),
        "reports": reports[:REPORTS],
        "report_count": reports.count(),
        "is_listed": member.user_id is None,
        "may_edit_record": request.member.may(Permission.CHART_EDIT),
        "may_invite": request.member.may(Permission.PEOPLE_INVITE),
        "is_narrowed": Role.PROGRAM_ADMIN in member.roles and member.reach == Reach.PROGRAMS,
        "may_edit_roles": request.member.may(Permission.ROLES_EDIT),
        "may_edit_people": request.member.may(Permission.PEOPLE_EDIT),
    }
    return page(request, "accounts/person.html", context)

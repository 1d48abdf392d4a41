"""The steps of a program's settings, each of which is one page and one save."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import queries as accounts
from accounts.access import member_view
from accounts.forms.unfinished import pressed
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from programs.agreements import default_agreement_in
from programs.enums import Kind
from programs.forms.programs import (
    AgreementForm,
    PairsForm,
    ProgramForm,
    RhythmForm,
    SponsorForm,
    StepForm,
)
from programs.operations import programs as operations
from programs.queries import programs as queries
from programs.sections import FIELDS, Section
from programs.views.wizard import go_on, stale_message, step_context
from programs.words import seniority_of

NAME_TAKEN = gettext_lazy("There is another program with this name.")
GOOD_LENGTH = 45


def _editable(request: MemberRequest, program_id: UUID) -> Any:
    return get_object_or_404(queries.editable_programs_of(request.member), pk=program_id)


def _options(request: MemberRequest, program: Any, section: Section) -> dict[str, Any]:
    """What every form of a step is made of."""
    initial = {name: getattr(program, name) for name in FIELDS[section]}
    initial["version"] = operations.version_of(program, section)
    return {"data": request.POST or None, "initial": initial}


def _is_saved(request: MemberRequest, program: Any, section: Section, form: StepForm) -> bool:
    """Save what was sent for good; otherwise the form says what is wrong with it."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        operations.change_program(
            program=program,
            section=section,
            values=form.values(),
            version=form.cleaned_data["version"],
            actor=request.member,
        )
    except operations.ChangedMeanwhile as changed:
        version = operations.version_of(changed.program, section)
        form.refuse_stale(stale_message(), version=version)
    except operations.NameTaken:
        form.add_error("name", NAME_TAKEN)
    else:
        return True
    return False


@member_view(Permission.PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def program_edit(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Name, kind and purpose."""
    found = _editable(request, program_id)
    form = ProgramForm(**_options(request, found, Section.START))
    if _is_saved(request, found, Section.START, form):
        return go_on(request, program_id, "program_edit")
    context = step_context(request, found, "program_edit") | {"form": form}
    return page(request, "programs/setup/start.html", context)


@member_view(Permission.PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def program_sponsor(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Sponsor, outcome measures, and the contact for concerns."""
    found = _editable(request, program_id)
    form = SponsorForm(
        **_options(request, found, Section.SPONSOR),
        people=accounts.people_of(request.member),
        search_url=reverse("member_search", args=[request.organization.slug]),
    )
    if _is_saved(request, found, Section.SPONSOR, form):
        return go_on(request, program_id, "program_sponsor")
    is_same = found.sponsor_id is not None and found.sponsor_id == found.concern_contact_id
    context = step_context(request, found, "program_sponsor") | {"form": form, "is_same": is_same}
    return page(request, "programs/setup/sponsor.html", context)


@member_view(Permission.PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def program_pairs(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Who may be put together with whom."""
    found = _editable(request, program_id)
    options = _options(request, found, Section.PAIRS)
    form = PairsForm(**options, has_gap=found.kind != Kind.MUTUAL)
    if _is_saved(request, found, Section.PAIRS, form):
        return go_on(request, program_id, "program_pairs")
    levels, terms = queries.levels(), request.organization.terms
    seniority = seniority_of(Kind(found.kind), found.grade_gap, levels, terms)
    context = step_context(request, found, "program_pairs")
    return page(
        request, "programs/setup/pairs.html", context | {"form": form, "seniority": seniority}
    )


@member_view(Permission.PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def program_rhythm(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """How often, how long, and by when."""
    found = _editable(request, program_id)
    options = _options(request, found, Section.RHYTHM)
    form = RhythmForm(**options, kind=Kind(found.kind), terms=request.organization.terms)
    if _is_saved(request, found, Section.RHYTHM, form):
        return go_on(request, program_id, "program_rhythm")
    context = step_context(request, found, "program_rhythm")
    context |= {"form": form, "is_short": found.meeting_minutes < GOOD_LENGTH}
    return page(request, "programs/setup/rhythm.html", context)


@member_view(Permission.PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def program_agreement(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """The agreement; its buttons show it as people will see it, or begin again from our text."""
    found = _editable(request, program_id)
    form = AgreementForm(**_options(request, found, Section.AGREEMENT))
    if _is_saved(request, found, Section.AGREEMENT, form):
        return go_on(request, program_id, "program_agreement")
    press = pressed(request.POST, "agreement")
    if press and press.what == "default":
        form.replace("agreement", default_agreement_in(request.organization.language))
    context = step_context(request, found, "program_agreement")
    context |= {"form": form, "preview": form["agreement"].value()}
    return page(request, "programs/setup/agreement.html", context)

"""What the pages of a program's settings share: where in the wizard they are, and where next.

The address says ``?setup=yes`` while somebody walks through all steps. Without it the same
pages change one thing and lead back to the program, or to the preflight of the cohort that
the address names.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.requests import MemberRequest
from programs.sections import STEPS, neighbours

SETUP = "?setup=yes"


def is_setup(request: MemberRequest) -> bool:
    return "setup" in request.GET


def address(request: MemberRequest, view: str, *args: Any) -> str:
    """A page of the program's settings, in the wizard as long as the reader is."""
    ending = SETUP if is_setup(request) else ""
    return reverse(view, args=[request.organization.slug, *args]) + ending


def way_back(request: MemberRequest, program_id: Any) -> str:
    """Where somebody who changes one thing came from."""
    slug = request.organization.slug
    try:
        cohort_id = UUID(request.GET.get("cohort", ""))
    except ValueError:
        return reverse("program", args=[slug, program_id])
    return reverse("cohort_preflight", args=[slug, cohort_id])


def step_context(request: MemberRequest, program: Any, view: str) -> dict[str, Any]:
    """The steps with their state and address, and which of them this is."""
    views = [step.view for step in STEPS]
    at = views.index(view)
    steps = [
        {
            "title": step.title,
            "state": "done" if number < at else "current" if number == at else "todo",
            "url": address(request, step.view, program.pk),
        }
        for number, step in enumerate(STEPS)
    ]
    before, after = neighbours(view)
    return {
        "program": program,
        "steps": steps,
        "step": STEPS[at],
        "number": at + 1,
        "is_setup": is_setup(request),
        "cancel_url": way_back(request, program.pk),
        "setup": SETUP if is_setup(request) else "",
        "back_url": address(request, before, program.pk) if before else "",
        "next_url": address(request, after, program.pk) if after else "",
    }


def go_on(request: MemberRequest, program_id: Any, view: str) -> HttpResponse:
    """Where to after a step was saved: on, back, or to where the reader came from."""
    before, after = neighbours(view)
    chosen = {"back": before, "next": after}.get(request.POST.get("do", ""), "")
    if is_setup(request) and chosen:
        return redirect(address(request, chosen, program_id))
    messages.success(request, _("The settings are saved."))
    return redirect(way_back(request, program_id))


def stale_message() -> str:
    return _(
        "Somebody else changed these settings while you were editing, so yours are not"
        " saved yet. Reload the page to see theirs, or save again to replace them."
    )

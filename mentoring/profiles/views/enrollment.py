"""Enrolling in a cohort, page by page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.profiles.enums import Step
from mentoring.profiles.operations import enrollment as operations
from mentoring.profiles.operations.profiles import TopicMissing
from mentoring.profiles.queries import own
from mentoring.profiles.views.building import LATER, form_of, pledge_of
from programs.enums import ParticipantState, Side
from programs.operations.enrollment import EnrollmentClosed
from programs.queries import enrollment as queries
from programs.queries.enrollment import Gate


@member_view(Permission.TAKE_PART)
@require_safe
def enroll(request: MemberRequest, cohort_id: UUID, side: str) -> HttpResponse:
    """On to where the person left off; or why and when not."""
    cohort = get_object_or_404(queries.cohorts_to_join(request.member), pk=cohort_id)
    participant = _own(request, cohort, Side(side))
    if participant and participant.state not in own.NOT_SENT:
        return redirect("enrolled", request.organization.slug, cohort_id, side)
    if gate := _shut(request, cohort, Side(side)):
        return _closed(request, cohort, Side(side), gate)
    step = own.next_step(request.member, participant, Side(side))
    return redirect("enroll_step", request.organization.slug, cohort_id, side, step)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def enroll_step(request: MemberRequest, cohort_id: UUID, side: str, step: str) -> HttpResponse:
    """One page of the enrollment; each is kept by itself."""
    cohort = get_object_or_404(queries.cohorts_to_join(request.member), pk=cohort_id)
    participant = _own(request, cohort, Side(side))
    is_sent = bool(participant and participant.state not in own.NOT_SENT)
    if not is_sent and (gate := _shut(request, cohort, Side(side))):
        return _closed(request, cohort, Side(side), gate)
    has_draft = participant and participant.state == ParticipantState.DRAFT
    if step not in own.steps_for(Side(side), participant) or (step == Step.SEND and not has_draft):
        return redirect("enroll", request.organization.slug, cohort_id, side)
    form = form_of(request, cohort, participant, Side(side), Step(step))
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, cohort, Side(side), Step(step), form.cleaned_data)
            return _onwards(request, saved, Step(step), is_sent=is_sent)
        except EnrollmentClosed as closed:
            return _closed(request, cohort, Side(side), closed.gate)
        except TopicMissing:
            form.add_error("pick", _("Keep at least one topic while you take part."))
    context = _context(request, cohort, participant, Side(side), Step(step))
    return page(request, "profiles/enroll.html", {**context, "form": form, "is_sent": is_sent})


@member_view(Permission.TAKE_PART)
@require_safe
def enrolled(request: MemberRequest, cohort_id: UUID, side: str) -> HttpResponse:
    """What happens next, and when."""
    mine = queries.participations_of(request.member).filter(side=side)
    participant = get_object_or_404(mine, cohort=cohort_id)
    if participant.state in own.NOT_SENT:
        return redirect("enroll", request.organization.slug, cohort_id, side)
    preparation = queries.preparations_of([participant])[participant.pk]
    context = {
        "participant": participant,
        "cohort": participant.cohort,
        "preparation": preparation,
        "is_ready": queries.is_ready(preparation),
    }
    return page(request, "profiles/enrolled.html", context)


def _own(request: MemberRequest, cohort: Any, side: Side) -> Any:
    return queries.participations_of(request.member).filter(cohort=cohort, side=side).first()


def _shut(request: MemberRequest, cohort: Any, side: Side) -> Gate | None:
    """Why the person may not enroll today; None when they may."""
    today = queries.today_of(request.member, timezone.now())
    gate = queries.gate_of(request.member, cohort, side, today=today)
    return None if gate == Gate.OPEN else gate


def _closed(request: MemberRequest, cohort: Any, side: Side, gate: Gate) -> HttpResponse:
    context = {"cohort": cohort, "side": side, "gate": gate.value}
    return page(request, "profiles/closed.html", context)


def _save(request: MemberRequest, cohort: Any, side: Side, step: Step, answers: Any) -> Any:
    now = timezone.now()
    return operations.save_step(
        member=request.member,
        cohort=cohort,
        side=side,
        step=step,
        answers=answers,
        today=queries.today_of(request.member, now),
        now=now,
    )


def _onwards(
    request: MemberRequest, participant: Any, step: Step, *, is_sent: bool
) -> HttpResponse:
    """To the next page, or away when the person wants to finish later or has finished."""
    slug, side = request.organization.slug, Side(participant.side)
    if LATER in request.POST:
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect("taking_part", slug)
    if is_sent:
        messages.success(request, _("Your answers are saved."))
        return redirect("taking_part", slug)
    if step != Step.SEND:
        steps = own.steps_for(side, participant)
        following = steps[steps.index(step) + 1]
        return redirect("enroll_step", slug, participant.cohort_id, side, following)
    now = timezone.now()
    today = queries.today_of(request.member, now)
    try:
        operations.send(participant=participant, today=today, now=now)
    except operations.Incomplete as incomplete:
        messages.warning(request, _("Something is still missing. It is only this page."))
        return redirect("enroll_step", slug, participant.cohort_id, side, incomplete.steps[0])
    return redirect("enrolled", slug, participant.cohort_id, side)


def _context(
    request: MemberRequest, cohort: Any, participant: Any, side: Side, step: Step
) -> dict[str, Any]:
    filled = own.filled_steps(request.member, participant, side)
    steps = own.steps_for(side, participant)
    position = steps.index(step)
    return {
        "cohort": cohort,
        "participant": participant,
        "side": side.value,
        "step": step,
        "steps": [(each, _state_of(each, step, filled)) for each in steps],
        "number": position + 1,
        "total": len(steps),
        "previous": steps[position - 1] if position else None,
        "pledge": pledge_of(cohort.program),
    }


def _state_of(each: Step, step: Step, filled: set[Step]) -> str:
    return "current" if each == step else "done" if each in filled else "todo"

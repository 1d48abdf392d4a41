"""The goals of a pair, and beside them what the leader has taken on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.meetings.forms.goals import GoalChangeForm, GoalForm, GoalMoveForm
from mentoring.meetings.goal_refusals import REFUSALS, refuse, why
from mentoring.meetings.operations import goals as operations
from mentoring.meetings.queries import commitments, goals
from mentoring.pairings.enums import Phase
from mentoring.pairings.queries.messages import pairs_of
from mentoring.pairings.queries.pairs import Card, card_of


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_goals(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """What the two want to reach and what the leader does, and setting one more goal."""
    now = timezone.now()
    pairing = get_object_or_404(pairs_of(request.member), pk=pairing_id)
    card = card_of(pairing, request.member, now=now)
    data = request.POST if request.method == "POST" else None
    form = GoalForm(data, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_goal(pairing=pairing, side=card.side, now=now, **form.cleaned_data)
        except REFUSALS as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The goal is noted. It is between the two of you."))
            return redirect("pair_goals", request.organization.slug, pairing_id)
    return page(request, "meetings/goals.html", {**_board(card), "form": form})


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: MemberRequest, goal_id: UUID) -> HttpResponse:
    """Other words for a goal, or another day."""
    context = _context_of(request, goal_id, now=timezone.now())
    goal, today = context["aim"].goal, timezone.localdate()
    initial = {"text": context["aim"].text, "due_on": goal.due_on, "seen": goal.version}
    data = request.POST if request.method == "POST" else None
    form = GoalChangeForm(data, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_goal(goal=goal, **form.cleaned_data)
        except REFUSALS as refused:
            refuse(form, refused)
            context = _context_of(request, goal_id, now=timezone.now())
        else:
            messages.success(request, _("The goal is changed."))
            return redirect("pair_goals", request.organization.slug, goal.pairing_id)
    return page(request, "meetings/goal.html", {**context, "form": form})


@member_view(Permission.TAKE_PART)
@require_POST
def goal_move(request: MemberRequest, goal_id: UUID) -> HttpResponse:
    """A goal is reached, let go, or open again."""
    goal = get_object_or_404(goals.goals_known_to(request.member), pk=goal_id)
    form = GoalMoveForm(request.POST)
    if form.is_valid():
        try:
            operations.move_goal(goal=goal, now=timezone.now(), **form.cleaned_data)
        except REFUSALS as refused:
            messages.error(request, why(refused))
    return redirect("pair_goals", request.organization.slug, goal.pairing_id)


def _board(card: Card) -> dict[str, Any]:
    return {
        "card": card,
        "pairing": card.pairing,
        "is_live": card.phase == Phase.PAIR,
        "goals": goals.open_goals(card),
        "past": goals.past_goals(card),
        "wordings": commitments.wordings_of(card),
        "is_ready": commitments.is_ready(card.pairing.cohort_id),
        "least": commitments.LEAST_LEADERS,
    }


def _context_of(request: MemberRequest, goal_id: UUID, *, now: datetime) -> dict[str, Any]:
    """The goal as it is now, and its pair as the reader may see it; else 404."""
    goal = get_object_or_404(goals.goals_known_to(request.member), pk=goal_id)
    pairing = get_object_or_404(pairs_of(request.member), pk=goal.pairing_id)
    card = card_of(pairing, request.member, now=now)
    is_live = card.phase == Phase.PAIR
    aim = goals.Aim.told(goal, card)
    return {"card": card, "pairing": pairing, "is_live": is_live, "aim": aim}

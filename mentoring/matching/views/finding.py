"""Fetching is checking: cohorts that the member may run, and what belongs to them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.requests import MemberRequest
from mentoring.lib.clock import day_at, zone_named
from mentoring.matching.enums import UNFINISHED, Purpose
from mentoring.matching.queries.review import people_in
from mentoring.matching.queries.runs import runs_of
from programs.enums import Side
from programs.queries.cohorts import manageable_cohorts_of


def cohort_for(request: MemberRequest, cohort_id: UUID) -> Any:
    """The cohort, if the member may run it; or 404."""
    return get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)


def run_for(request: MemberRequest, cohort_id: UUID, run_id: UUID) -> Any:
    """A run of such a cohort, or 404."""
    return get_object_or_404(runs_of(cohort_for(request, cohort_id)), pk=run_id)


def plan_for(request: MemberRequest, cohort_id: UUID, run_id: UUID) -> Any:
    """A plan with a result, or 404."""
    plans = runs_of(cohort_for(request, cohort_id)).plans().finished()
    return get_object_or_404(plans, pk=run_id)


def trial_for(request: MemberRequest, cohort_id: UUID, trial_id: UUID) -> Any:
    """A look at what other weights or wishes would do, or 404."""
    trials = runs_of(cohort_for(request, cohort_id)).filter(purpose=Purpose.TRIAL)
    return get_object_or_404(trials, pk=trial_id)


def people_for(cohort: Any, mentor_id: UUID, mentee_id: UUID) -> tuple[Any, Any]:
    """Two people of the cohort, one of each side, or 404; a plan may know who has gone since."""
    found = {each.side: each for each in people_in(cohort).filter(pk__in=[mentor_id, mentee_id])}
    mentor, mentee = found.get(Side.MENTOR), found.get(Side.MENTEE)
    if not mentor or not mentee or (mentor.pk, mentee.pk) != (mentor_id, mentee_id):
        raise Http404
    return mentor, mentee


def today_of(request: MemberRequest) -> date:
    """The day it is for the organization."""
    return day_at(timezone.now(), zone_named(request.organization.time_zone))


def is_working(run: Any) -> bool:
    return run.state in UNFINISHED

"""Cohorts of a demo organization in several states, through the operations people use."""

from contextlib import suppress
from datetime import date, datetime, timedelta

from accounts.models import Grade, Member
from mentoring.lib.clock import day_at, zone_named
from programs.enums import CohortState, Side
from programs.models import Cohort, Program
from programs.operations.cohorts import Details, NotAllowed, advance, create_cohort
from programs.operations.eligibility import Choice, set_eligibility
from programs.proposals import months_later

WEEK = timedelta(weeks=1)
PILOT_PLACES = 12
# The cohort in which nearly everybody takes part, and which is being matched.
MATCHED = "This spring"


def open_cohorts(*, admin: Member, mark: str, now: datetime) -> list[Cohort]:
    """A pilot and two cohorts that enroll, and drafts; returns those that enroll.

    Call it once the programs and the chart are there, and before anybody is invited. What
    the preflight refuses stays a draft, as it would for people.
    """
    today = day_at(now, zone_named(admin.organization.time_zone))
    opened: list[Cohort] = []
    for program in Program.objects.in_use().by_name():
        if program.concern_contact_id is None:
            _create(program, f"{mark}Next year", today + 8 * WEEK, admin=admin)
            continue
        pilot = _create(program, f"{mark}Pilot", today, admin=admin, places=PILOT_PLACES)
        main = _create(program, f"{mark}This winter", today, admin=admin)
        _let_in_by_grade(main, admin)
        _create(program, f"{mark}Next summer", today + 26 * WEEK, admin=admin)
        large = _create(program, f"{mark}{MATCHED}", today, admin=admin)
        opened += [_opened(each, admin, now=now) for each in (pilot, main, large)]
    return [cohort for cohort in opened if cohort.state == CohortState.ENROLLING]


def go_on(*, admin: Member, now: datetime) -> list[Cohort]:
    """Take the pilots on as far as they go, and one cohort to where it is matched.

    Call it once people have enrolled.
    """
    enrolling = Cohort.objects.filter(state=CohortState.ENROLLING).order_by("pk")
    moved = [
        _stepped(each, CohortState.MATCHING, admin, now=now)
        for each in enrolling
        if each.is_pilot or is_matched(each)
    ]
    return [
        _stepped(each, CohortState.RUNNING, admin, now=now) if each.is_pilot else each
        for each in moved
    ]


def is_matched(cohort: Cohort) -> bool:
    """Whether this is the cohort that is being matched."""
    return cohort.name.endswith(MATCHED)


def _create(
    program: Program, name: str, day: date, *, admin: Member, places: int | None = None
) -> Cohort:
    """Enrollment began a week before the day."""
    opens = day - WEEK
    starts = opens + 5 * WEEK
    return create_cohort(
        program=program,
        details=Details(
            name=name,
            is_pilot=places is not None,
            places=places,
            enrollment_opens_on=opens,
            enrollment_closes_on=opens + 3 * WEEK,
            starts_on=starts,
            ends_on=months_later(starts, program.length_months),
        ),
        actor=admin,
    )


def _let_in_by_grade(cohort: Cohort, admin: Member) -> None:
    """Everybody may be a mentor; mentees are of the upper half of the grades."""
    grades = list(Grade.objects.from_junior_to_senior())
    upper = [each.pk for each in grades[len(grades) // 2 :]]
    set_eligibility(cohort=cohort, choices={Side.MENTEE: Choice(grades=upper)}, actor=admin)


def _opened(cohort: Cohort, admin: Member, *, now: datetime) -> Cohort:
    return _stepped(cohort, CohortState.ENROLLING, admin, now=now)


def _stepped(cohort: Cohort, to: CohortState, admin: Member, *, now: datetime) -> Cohort:
    """The cohort one step on, or where it was when something is still missing."""
    with suppress(NotAllowed):
        return advance(cohort=cohort, to=to, actor=admin, now=now)
    return cohort

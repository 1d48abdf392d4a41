"""Invitations, messages and peer circles of demo cohorts, in every state."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from accounts.models import Member
from programs.enums import Audience, CohortState, Side
from programs.models import Cohort, PeerCircle
from programs.operations import announcements, circles, cohort_invitations, enrollment, reminders
from programs.queries.announcements import audience_in
from programs.queries.cohort_invitations import Wanted, candidates
from programs.queries.participants import mentors_in

PER_SIDE = 8
NOTE = "I had a mentor half my age last year. It changed how I prepare decisions. Try it!"
SUBJECT = "What happens next"
TEXT = (
    "Thank you for enrolling!\n\n"
    "Over the next two weeks we look for a good match for everybody. You will see a proposal"
    " before anything begins, and you both have to say yes.\n\n"
    "Until then: have a look at the preparation, it takes a quarter of an hour."
)
TITLES = ("How the first meeting went", "Questions that open doors", "When it gets quiet")
PLACES = ("Room 2.14", "https://meet.example.org/circle", "")


def ask_people(*, admin: Member, seed: int, now: datetime) -> None:
    """Invite people to every cohort that enrolls; call it before anybody enrolls.

    Some say “no, thanks”, one begins without sending, and the rest are reminded.
    """
    random = Random(f"{seed}/{admin.organization.slug}/invitations")  # noqa: S311  (repeatable)
    for cohort in _cohorts(admin, CohortState.ENROLLING):
        asked = [
            each
            for side in Side
            for each in _ask(cohort, side, admin, random, now=now - timedelta(days=3))
        ]
        if len(asked) > 4:
            for member in asked[:4]:
                cohort_invitations.turn_down(member=member, cohort=cohort, now=now)
            enrollment.start(member=asked[4], cohort=cohort, side=Side.MENTOR, now=now)
            reminders.remind_now(cohort=cohort, actor=admin, now=now)


def keep_company(*, admin: Member, seed: int, now: datetime) -> None:
    """A message to everybody and three circles for the mentors; call it once people enrolled."""
    random = Random(f"{seed}/{admin.organization.slug}/company")  # noqa: S311  (repeatable)
    states = set(CohortState) - {CohortState.DRAFT, CohortState.CLOSED}
    for cohort in _cohorts(admin, *states):
        people = list(audience_in(cohort, Audience.BOTH).select_related("member__user"))
        if not people:
            continue
        announcements.send(
            cohort=cohort,
            participants=people,
            audience=Audience.BOTH,
            subject=SUBJECT,
            text=TEXT,
            actor=admin,
            now=now - timedelta(days=1),
        )
        _circles(cohort, admin, random, now=now)


def _cohorts(admin: Member, *states: CohortState) -> Sequence[Cohort]:
    cohorts = Cohort.objects.filter(state__in=states, program__archived_at=None)
    return list(cohorts.select_related("program__sponsor__organization").order_by("name", "pk"))


def _ask(
    cohort: Cohort, side: Side, admin: Member, random: Random, *, now: datetime
) -> list[Member]:
    """Some by the program, and two by its sponsor in person."""
    found = sorted(candidates(cohort, side, Wanted()).people, key=lambda each: each.email)
    picked = random.sample(found, min(PER_SIDE, len(found)))
    personally, others = picked[:2], picked[2:]
    sponsor = cohort.program.sponsor
    if sponsor:
        cohort_invitations.invite(
            cohort=cohort, side=side, members=personally, actor=sponsor, now=now,
            note=NOTE, is_personal=True,
        )  # fmt: skip
    sent = cohort_invitations.invite(cohort=cohort, side=side, members=others, actor=admin, now=now)
    return [each.member for each in sent if each.member.user_id]


def _circles(cohort: Cohort, admin: Member, random: Random, *, now: datetime) -> None:
    """One that was, one to come, and one that is called off."""
    start = now.replace(hour=15, minute=0, second=0, microsecond=0)
    made: list[PeerCircle] = [
        circles.plan_circle(
            cohort=cohort,
            title=title,
            starts_at=start + timedelta(days=days),
            minutes=60,
            place=place,
            actor=admin,
            now=now,
        )
        for title, place, days in zip(TITLES, PLACES, (-7, 7, 21), strict=True)
    ]
    mentors = list(mentors_in(cohort))
    came = random.sample(mentors, len(mentors) * 2 // 3)
    circles.set_attendance(circle=made[0], participants=came)
    circles.cancel_circle(circle=made[2], actor=admin, now=now)

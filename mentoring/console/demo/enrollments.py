"""People of a demo organization who take part, in every state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from typing import Any

from django.db import transaction

from accounts.models import Member, Organization
from mentoring.console.demo.cohorts import is_matched
from mentoring.profiles.enums import STEPS, Finding, Slot, Step
from mentoring.profiles.operations import enrollment
from mentoring.profiles.ratings import statements_of
from mentoring.tenancy.scope import within
from programs.enums import MeetingForm, ParticipantState, Side
from programs.models import Cohort, Participant, Topic
from programs.operations.decisions import decide
from programs.operations.enrollment import EnrollmentClosed, pause
from programs.queries.eligibility import open_cohorts_for
from programs.queries.enrollment import today_of

MOST_PER_SIDE = 8
# People choose from a part of the topics, so that some have something in common.
EVERY = 4
ABOUT = (
    "I keep our machines talking to each other.",
    "I listen to customers all day and like it.",
    "I turn numbers into pictures that people understand.",
    "I look after the people who look after others.",
    "I came here from another trade and still see things with fresh eyes.",
)
NOTES = (
    "I use it every day.",
    "I can show it on my own work.",
    "I would rather learn it from somebody who lives it.",
    "",
    "",
)
AIMS = (
    "Understand what the people who join us now expect from us.",
    "Use the new tools myself instead of having them explained.",
    "Hear what nobody tells me in meetings.",
)
CHALLENGES = (
    "I find it hard to admit that I do not know something.",
    "My days are full and I cancel what is not urgent.",
    "",
)
# The states that the enrollments end in, over and over: most people are in.
FATES = ("approved", "approved", "pending", "approved", "draft", "approved", "paused", "waitlisted")
RARE_FATES = {7: "declined", 11: "withdrawn"}
# In the cohort that is being matched, and in the pilot that runs, nearly everybody is in.
FATES_IN_MATCHING = (*("approved",) * 7, "paused", *("approved",) * 5, "pending")


@dataclass(frozen=True, slots=True)
class Round:
    """What the enrollments of one cohort have in common."""

    cohort: Cohort
    topics: Sequence[Topic]
    random: Random
    admin: Member
    mark: str
    now: datetime


def enroll_people(
    organization: Organization,
    *,
    firsts: Sequence[Member],
    admin: Member,
    mark: str,
    seed: int,
    now: datetime,
) -> int:
    """Enroll people in every open cohort through the pages' own operation; return how many.

    ``firsts`` are approved mentors; in cohorts that go on enrolling, the very first of them
    has not enrolled yet. Call it while no member is in scope: each person writes private
    answers as themselves. ``mark`` stands before their texts.
    """
    random = Random(f"{seed}/{organization.slug}/enrollments")  # noqa: S311  (repeatable)
    topics = list(Topic.objects.in_use().order_by("name"))[::EVERY]
    people = Member.objects.joined().filter(on_leave=False).select_related("organization", "grade")
    everybody = sorted(people, key=lambda each: each.email)
    open_ones = open_cohorts_for(firsts[0], today=today_of(firsts[0], now))
    count = 0
    for cohort, _sides in open_ones if topics else []:
        this = Round(cohort, topics, random, admin, mark, now)
        all_in = is_matched(cohort)
        fates = cycle(FATES_IN_MATCHING) if all_in or cohort.is_pilot else _fates()
        ends: dict[str, list[Participant]] = {}
        most = len(everybody) if all_in else MOST_PER_SIDE
        goes_on = not (all_in or cohort.is_pilot)
        cast = _cast(everybody, firsts, random, most=most)
        for side, member in cast[1:] if goes_on else cast:
            fate = "approved" if member in firsts else next(fates)
            if participant := _enroll(this, member, side, fate):
                ends.setdefault(fate, []).append(participant)
                count += 1
        _decide(this, ends)
    return count


def _fates() -> Iterator[str]:
    number = 0
    while True:
        yield RARE_FATES.get(number, FATES[number % len(FATES)])
        number += 1


def _cast(
    everybody: Sequence[Member], firsts: Sequence[Member], random: Random, *, most: int
) -> list[tuple[Side, Member]]:
    """The most junior third as mentors, the most senior as mentees; not everybody wants to."""
    able = [each for each in everybody if each not in firsts]
    able.sort(key=lambda each: each.grade.rank if each.grade else 0)
    third = len(able) // 3
    mentors = random.sample(able[:third], min(most, third))
    mentees = random.sample(able[-third:], min(most, third))
    sides = [*((Side.MENTOR, each) for each in mentors), *((Side.MENTEE, each) for each in mentees)]
    return [*((Side.MENTOR, each) for each in firsts), *sides]


@transaction.atomic
def _enroll(this: Round, member: Member, side: Side, fate: str) -> Participant | None:
    """One person's way through the pages; None when the cohort is not for this person."""
    today = today_of(member, this.now)
    steps = STEPS[side][:2] if fate == "draft" else STEPS[side]
    answers = _answers(this, side)
    participant: Participant | None = None
    with within(member.organization_id, member_id=member.pk):
        try:
            for step in steps:
                participant = enrollment.save_step(
                    member=member,
                    cohort=this.cohort,
                    side=side,
                    step=step,
                    answers=answers[step],
                    today=today,
                    now=this.now,
                )
        except EnrollmentClosed:
            return None
        if participant and fate != "draft":
            participant = enrollment.send(participant=participant, today=today, now=this.now)
        if participant and fate == "withdrawn":
            participant = enrollment.withdraw(participant=participant, now=this.now)
    return participant


def _decide(this: Round, ends: dict[str, list[Participant]]) -> None:
    """The admin's answers, and the breaks that some take after theirs."""
    decisions = {
        ParticipantState.APPROVED: [*ends.get("approved", []), *ends.get("paused", [])],
        ParticipantState.WAITLISTED: ends.get("waitlisted", []),
        ParticipantState.DECLINED: ends.get("declined", []),
    }
    for state, people in decisions.items():
        decide(participants=people, state=state, actor=this.admin, now=this.now)
    today = today_of(this.admin, this.now)
    for each in ends.get("paused", []):
        pause(participant=each, until=today + timedelta(days=14), today=today, now=this.now)


def _answers(this: Round, side: Side) -> dict[Step, dict[str, Any]]:
    random = this.random
    chosen = random.sample(list(this.topics), min(len(this.topics), random.randint(2, 4)))
    ratings = {each.key: random.randint(1, 4) for each in statements_of(side)}
    return {
        Step.TOPICS: {"picks": [(topic.pk, random.choice(NOTES)) for topic in chosen]},
        Step.WORDS: {"about": this.mark + random.choice(ABOUT)},
        Step.AIMS: {
            "aims": this.mark + random.choice(AIMS),
            "challenges": random.choice(CHALLENGES),
        },
        Step.WHEN: _when(side, random),
        Step.START: {"ratings": ratings},
        Step.SEND: {"done": [], "consented": True, "pledged": side == Side.MENTEE},
    }


def _when(side: Side, random: Random) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "languages": random.choice([["en"], ["de", "en"], ["de", "en"], ["en", "fr"]]),
        "availability": sorted(random.sample(Slot.values, random.randint(2, 5))),
        "meeting_form": random.choice(MeetingForm.values),
    }
    if side == Side.MENTOR:
        finding = random.choice(Finding.values)
        return {**answers, "capacity": random.choice([1, 1, 2]), "finding": finding}
    return {**answers, "is_findable": random.random() < 0.7}

"""Proposals, requests and pairs of demo cohorts, through the operations that people use."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Member
from mentoring.pairings.enums import Origin
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.answers import accept
from mentoring.pairings.operations.proposals import is_there, propose_all, too_close
from mentoring.pairings.operations.requests import NotNow, request
from mentoring.pairings.queries.places import has_free_place
from mentoring.pairings.queries.topics import focus_of
from mentoring.profiles.queries.discover import ASKING
from mentoring.tenancy.scope import within
from programs.enums import CohortState, ParticipantState, Side
from programs.models import Participant
from programs.operations.enrollment import save_answers

OFFER = "I would like to hear how it looks from where you stand. Shall we try?"
CAPACITY = 4
TOGETHER_FOR = timedelta(days=70)


def pair_people(mentors: Iterable[Member], *, mark: str, now: datetime) -> list[Pairing]:
    """A request to each of these mentors; in cohorts that run, a pair and a proposal, too.

    Call it inside the organization's scope and while no member is in scope.
    """
    own = [_open(each, now=now) for each in _enrolled(mentors)]
    at_work = [each for each in own if each.cohort.state == CohortState.RUNNING]
    began = now - TOGETHER_FOR
    made = [pairing for each in at_work for pairing in _paired(each, now=began)]
    made += [pairing for each in own for pairing in _requested(each, mark, now=now)]
    return made + [pairing for each in at_work for pairing in _agreed_by_mentee(each, now=now)]


def pair_once_more(mentors: Iterable[Member], *, now: datetime) -> list[Pairing]:
    """One pair more of each of these mentors in cohorts that run, if anybody is left for it."""
    at_work = [each for each in _enrolled(mentors) if each.cohort.state == CohortState.RUNNING]
    return [pairing for each in at_work for pairing in _paired(each, now=now)]


def pair_others(pairings: Iterable[Pairing], *, least: int, now: datetime) -> list[Pairing]:
    """More pairs in the cohorts of these, until that many mentees have one, if people are left."""
    made: list[Pairing] = []
    for cohort in {each.cohort for each in pairings}:
        began = Pairing.objects.filter(cohort=cohort).exclude(began_at=None)
        leaders = set(began.values_list("mentee__member", flat=True))
        mentors = Participant.objects.filter(
            cohort=cohort, side=Side.MENTOR, state=ParticipantState.APPROVED
        ).exclude(pk__in=began.values("mentor"))
        joined = mentors.select_related("cohort__program", "member__organization", "member__grade")
        for mentor in joined.order_by("member__email", "pk"):
            if len(leaders) < least:
                found = _paired(mentor, now=now - TOGETHER_FOR)
                leaders |= {each.mentee.member_id for each in found}
                made += found
    return made


def _enrolled(mentors: Iterable[Member]) -> list[Participant]:
    """As mentors, in cohorts in which people find each other."""
    mine = Participant.objects.filter(
        member__in=list(mentors),
        side=Side.MENTOR,
        state=ParticipantState.APPROVED,
        cohort__state__in=ASKING,
    )
    joined = mine.select_related("cohort__program", "member__organization", "member__grade")
    return list(joined.order_by("member__email", "pk"))


def _paired(mentor: Participant, *, now: datetime) -> list[Pairing]:
    """A proposal to which both say yes."""
    agreed = _agreed_by_mentee(mentor, now=now)
    return [accept(pairing=each, side=Side.MENTOR, now=now) for each in agreed]


def _agreed_by_mentee(mentor: Participant, *, now: datetime) -> list[Pairing]:
    """A proposal that waits for the mentor."""
    proposed = _proposed(mentor, now=now)
    return [accept(pairing=each, side=Side.MENTEE, now=now) for each in proposed]


def _open(mentor: Participant, *, now: datetime) -> Participant:
    """Has room for several, and can be found."""
    save_answers(participant=mentor, now=now, capacity=CAPACITY, is_findable=True)
    mentor.capacity, mentor.is_findable = CAPACITY, True
    return mentor


def _mentees_for(mentor: Participant, *, now: datetime) -> list[Participant]:
    """Who could be a partner and is not one yet; most topics in common first."""
    known = Pairing.objects.open().of([mentor.pk]).values("mentee")
    found = Participant.objects.filter(cohort=mentor.cohort_id, side=Side.MENTEE)
    rows = found.exclude(pk__in=known).exclude(member=mentor.member_id)
    joined = rows.select_related("cohort__program", "member__organization", "member__grade")
    organization = mentor.member.organization
    able = [
        Pairing(mentor=mentor, mentee=each)
        for each in joined.order_by("member__email", "pk")
        if is_there(each, now=now, organization=organization)
        and has_free_place(each)
        and not too_close([(mentor, each)])
    ]
    focus = focus_of(able)
    return [each.mentee for each in sorted(able, key=lambda each: -len(focus[each.pk]))]


def _proposed(mentor: Participant, *, now: datetime) -> list[Pairing]:
    """One proposal, if there is anybody left to propose."""
    pairs = [(mentor, each) for each in _mentees_for(mentor, now=now)[:1]]
    return propose_all(
        cohort=mentor.cohort, pairs=pairs, origin=Origin.MATCHING, actor=None, now=now
    )


def _requested(mentor: Participant, mark: str, *, now: datetime) -> list[Pairing]:
    """The first mentee who may ask this mentor does."""
    for each in _mentees_for(mentor, now=now):
        with within(each.organization_id, member_id=each.member_id):
            try:
                with transaction.atomic():
                    return [request(participant=each, partner=mentor, offer=mark + OFFER, now=now)]
            except NotNow:
                continue
    return []

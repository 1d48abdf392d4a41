"""A member's own proposals, requests and pairs, as far as the member knows of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import Member
from mentoring.pairings.enums import LIVE, PairingState, Phase
from mentoring.pairings.models import Offer, Pairing, PairingQuerySet
from mentoring.pairings.queries.finding import known_on
from mentoring.pairings.queries.topics import focus_of
from mentoring.pairings.sealed import unseal_offer
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Side
from programs.models import Cohort, Participant, Topic

SHOWN_AFTER_THE_END = timedelta(days=14)
LATELY = timedelta(days=270)
NEW = (PairingState.PROPOSED, PairingState.INTRODUCTORY)


@dataclass(frozen=True, slots=True)
class Card:
    """One pairing as one of the two people may see it."""

    pairing: Pairing
    side: Side
    phase: Phase
    topics: list[Topic]
    offer: str

    @property
    def me(self) -> Participant:
        return self.pairing.person(self.side)

    @property
    def partner(self) -> Participant:
        return self.pairing.person(OTHER_SIDE[self.side])

    @property
    def is_new(self) -> bool:
        """Whether the two have not met yet."""
        return self.pairing.state in NEW

    @property
    def partner_asked(self) -> bool:
        """Whether it is the partner who made the request."""
        return self.pairing.requested_by == OTHER_SIDE[self.side]

    @property
    def partner_agreed(self) -> bool:
        return self.pairing.agreed_at(OTHER_SIDE[self.side]) is not None

    @property
    def grade(self) -> str:
        """The partner's grade, where the program shows grades."""
        grade = self.partner.member.grade
        return str(grade) if grade and self.pairing.cohort.program.shows_grades else ""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the own page, what waits for the reader first."""

    answers: list[Card] = field(default_factory=list)
    set_aside: list[Card] = field(default_factory=list)
    waiting: list[Card] = field(default_factory=list)
    pairs: list[Card] = field(default_factory=list)
    over: list[Card] = field(default_factory=list)
    past: list[Card] = field(default_factory=list)

    def ended_lately(self, *, now: datetime) -> list[Card]:
        """Pairs of before about which there may be something left to say."""
        since = now - LATELY
        return [each for each in self.past if (each.pairing.ended_at or since) > since]

    @property
    def is_empty(self) -> bool:
        live = self.answers or self.set_aside or self.waiting or self.pairs
        return not (live or self.over or self.past)


def pairings_known_to(member: Member) -> PairingQuerySet:
    """The member's pairings, without proposals of which only the other side knows."""
    mine = Q(known_on(Side.MENTOR), mentor__member=member) | Q(
        known_on(Side.MENTEE), mentee__member=member
    )
    known = Pairing.objects.filter(mine).with_people()
    return known.select_related(*(f"{side}__member__organization" for side in Side))


def pairs_to_show(member: Member) -> PairingQuerySet:
    """The same with whom to turn to, for the page of one."""
    return pairings_known_to(member).select_related("cohort__program__concern_contact")


def phase_of(pairing: Pairing, side: Side, *, now: datetime) -> Phase:
    """What the pairing is to the person on that side.

    To somebody who has said yes, everything is waiting until it ends, whatever the other
    side has answered.
    """
    if pairing.state in LIVE:
        return Phase.PAIR
    if pairing.began_at:
        return Phase.PAST
    if pairing.state != PairingState.PROPOSED or has_run_out(pairing, now=now):
        return Phase.OVER
    if pairing.asked != side:
        return Phase.WAITING
    return Phase.SET_ASIDE if pairing.set_aside_at else Phase.ANSWER


def has_run_out(pairing: Pairing, *, now: datetime) -> bool:
    """Whether the time to answer is over, also before a worker has noticed."""
    return bool(pairing.expires_at and pairing.expires_at <= now)


def overview_of(member: Member, *, now: datetime) -> Overview:
    """The cards of the own page; what ended without a yes stays on it for two weeks.

    Who was a pair keeps the way to what the two have written.
    """
    since = now - SHOWN_AFTER_THE_END
    shown = ~Q(ended_at__lt=since) | Q(ended_at=None) | Q(began_at__isnull=False)
    rows = pairings_known_to(member).filter(shown).order_by("-proposed_at", "-pk")
    overview = Overview()
    lists = {
        Phase.ANSWER: overview.answers,
        Phase.SET_ASIDE: overview.set_aside,
        Phase.WAITING: overview.waiting,
        Phase.PAIR: overview.pairs,
        Phase.OVER: overview.over,
        Phase.PAST: overview.past,
    }
    for card in cards(rows, member, now=now):
        if card.phase == Phase.OVER and not card.pairing.agreed_at(card.side):
            continue
        if card.phase in lists:
            lists[card.phase].append(card)
    overview.answers.sort(key=lambda card: (card.pairing.expires_at, card.pairing.pk))
    return overview


def cards(rows: Iterable[Pairing], member: Member, *, now: datetime) -> list[Card]:
    """Each pairing as the member may see it; three queries, however many.

    The words of a request are for two who do not know each other yet.
    """
    pairings = list(rows)
    focus = focus_of(pairings)
    offers = _offers_in(each for each in pairings if each.state in NEW)
    found = []
    for each in pairings:
        side = each.side_of(member.pk)
        phase = phase_of(each, side, now=now)
        offer = offers.get(each.pk, "") if phase not in {Phase.OVER, Phase.PAST} else ""
        found.append(Card(each, side, phase, focus[each.pk], offer))
    return found


def card_of(pairing: Pairing, member: Member, *, now: datetime) -> Card:
    (card,) = cards([pairing], member, now=now)
    return card


def waiting_answers(member: Member, *, now: datetime) -> int:
    """How many proposals and requests wait for this member's answer."""
    asked = Q(asked=Side.MENTOR, mentor__member=member) | Q(
        asked=Side.MENTEE, mentee__member=member
    )
    rows = Pairing.objects.proposed().filter(asked, set_aside_at=None, expires_at__gt=now)
    return rows.count()


def open_between(participant: Participant, partner: Participant) -> Pairing | None:
    """The open pairing of the two, as far as ``participant`` knows of one."""
    side = Side(participant.side)
    rows = Pairing.objects.open().filter(known_on(side))
    return rows.filter(**{side: participant, OTHER_SIDE[side]: partner}).first()


def pairs_in(cohort: Cohort) -> PairingQuerySet:
    """Who is or was a pair, for those who run the cohort; proposals are nobody's business."""
    return Pairing.objects.filter(cohort=cohort, began_at__isnull=False).with_people()


def keys_in(cohort_id: UUID) -> QuerySet[Pairing, UUID]:
    """The keys of all pairings of a cohort, for what is planned about them."""
    return Pairing.objects.filter(cohort=cohort_id).order_by().values_list("pk", flat=True)


def pairs_run_by(member: Member, cohort: Cohort) -> PairingQuerySet:
    """Those of the cohort in which the member is not one of the two."""
    return pairs_in(cohort).exclude(Q(mentor__member=member) | Q(mentee__member=member))


def counts_of(cohort: Cohort) -> Mapping[PairingState, int]:
    """How many pairings of the cohort are in each state; all that admins are told.

    What was declined and what nobody answered is one number.
    """
    rows = Pairing.objects.filter(cohort=cohort).order_by().values("state")
    counted: Counter[str] = Counter(
        dict(rows.annotate(number=Count("pk")).values_list("state", "number"))
    )
    counted[PairingState.DECLINED] += counted.pop(PairingState.EXPIRED, 0)
    shown = (state for state in PairingState if state != PairingState.EXPIRED)
    return {state: counted[state] for state in shown}


def _offers_in(pairings: Iterable[Pairing]) -> dict[UUID, str]:
    """The offers that the member in scope wrote or was sent; the database shows no others."""
    keys = [each.pk for each in pairings]
    rows = Offer.objects.filter(pairing__in=keys).values_list("pairing", "text")
    return {key: unseal_offer(text) for key, text in rows}

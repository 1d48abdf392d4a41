"""Agreeing on how a pair works together: one proposes, the other confirms that very version."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Member, Organization
from accounts.mornings import Mornings
from mentoring.lib.clock import day_at, zone_named
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.deadlines import REMINDER_LASTS
from mentoring.pairings.models import Agreement, AgreementText, Pairing
from mentoring.pairings.operations.countdown import count_down
from mentoring.pairings.operations.drift import watch
from mentoring.pairings.operations.patience import offer_to_end_alone
from mentoring.pairings.queries.agreements import Standing, Terms, Version, standing_of
from mentoring.pairings.sealed import seal_agreed
from programs.enums import Side
from programs.post import address_of

PROPOSED = "pairings.agreement_proposed"
WAITING = "pairings.agreement_waiting"
IN_FORCE = "pairings.agreement_in_force"
REMINDER_DAYS = 3


class NotLive(Exception):
    """The pair has ended, so there is nothing to agree on any more."""


class NotTicked(Exception):
    """Both have to say that they understand the aims, and what stays between them."""


class AlreadyOpen(Exception):
    """The other side has a proposal open that whoever proposes has not seen."""


class Changed(Exception):
    """What was to be confirmed is not what is proposed now."""


class OwnProposal(Exception):
    """Nobody confirms in the name of the other side."""


class TooLate(Exception):
    """The day until which it was to hold is over."""


@transaction.atomic
def propose(
    *,
    pairing: Pairing,
    side: Side,
    terms: Terms,
    understood: bool,
    read: bool,
    seen: int = 0,
    now: datetime,
) -> Agreement:
    """Propose an agreement; it counts as confirmed by whoever proposes. Twice is once.

    It replaces an own proposal, and one of the other side if that is the version that was
    ``seen``; else raises AlreadyOpen. To propose what the other side proposes is to confirm
    it, and what is in force already stays. ``understood`` says that both understand each
    other's aims, ``read`` that confidentiality and its limits have been read. Raises NotLive,
    NotTicked or TooLate. Call it as the member who proposes, who alone can read the words.
    """
    _check_ticks(understood, read)
    pairing = _locked(pairing.pk)
    standing, today = standing_of(pairing), _today(now)
    if terms.ends_on <= today:
        raise TooLate
    if same := _same(standing, side, terms):
        return same
    if proposal := standing.proposal:
        if proposal.agreement.proposed_by != side:
            if proposal.agreement.version != seen:
                raise AlreadyOpen
            if proposal.terms == terms:
                return _confirm(pairing, standing, proposal.agreement, side, now=now)
        _replace(proposal, now=now)
    agreement = _create(pairing, standing, side, terms, today=today, now=now)
    _tell(pairing, agreement, now=now)
    return agreement


@transaction.atomic
def confirm(
    *, pairing: Pairing, side: Side, version: int, understood: bool, read: bool, now: datetime
) -> Agreement:
    """Say yes to the version that the person has seen; it is in force now. Twice is once.

    Raises Changed when that version is not open any more, OwnProposal, NotLive, NotTicked, or
    TooLate.
    """
    _check_ticks(understood, read)
    pairing = _locked(pairing.pk)
    standing = standing_of(pairing)
    agreement = _version_numbered(standing, version)
    if not agreement or agreement.withdrawn_at or agreement.replaced_at:
        raise Changed
    if agreement.proposed_by == side:
        raise OwnProposal
    if agreement.in_force_at:
        return agreement
    if agreement.ends_on <= _today(now):
        raise TooLate
    return _confirm(pairing, standing, agreement, side, now=now)


@transaction.atomic
def withdraw(*, pairing: Pairing, side: Side, version: int, now: datetime) -> bool:
    """Take back the own proposal while the other side has not confirmed it.

    Returns whether it was open. Raises NotLive.
    """
    pairing = _locked(pairing.pk)
    rows = Agreement.objects.open().filter(pairing=pairing, version=version, proposed_by=side)
    return bool(rows.update(withdrawn_at=now))


def _check_ticks(*ticks: bool) -> None:
    if not all(tick is True for tick in ticks):
        raise NotTicked


def _locked(key: UUID) -> Pairing:
    """The pairing, locked: whoever else agrees, ends or changes it waits."""
    if found := Pairing.objects.live().filter(pk=key).with_people().locked().first():
        return found
    raise NotLive


def _today(now: datetime) -> date:
    """The day it is for the organization."""
    return day_at(now, zone_named(Organization.objects.get().time_zone))


def _same(standing: Standing, side: Side, terms: Terms) -> Agreement | None:
    """The version that says this already: the own proposal, or what is in force."""
    if proposal := standing.proposal:
        is_own = proposal.agreement.proposed_by == side
        return proposal.agreement if is_own and proposal.terms == terms else None
    current = standing.current
    return current.agreement if current and current.terms == terms else None


def _version_numbered(standing: Standing, version: int) -> Agreement | None:
    found = (each.agreement for each in standing.history if each.agreement.version == version)
    return next(found, None)


def _create(
    pairing: Pairing,
    standing: Standing,
    side: Side,
    terms: Terms,
    *,
    today: date,
    now: datetime,
) -> Agreement:
    latest = max((each.agreement.version for each in standing.history), default=0)
    agreement = Agreement(
        pairing=pairing,
        version=latest + 1,
        cadence=terms.cadence,
        minutes=terms.minutes,
        ends_on=terms.ends_on,
        proposed_by=side,
        proposed_on=today,
        proposed_at=now,
    )
    agreement.confirm(side, now)
    agreement.save(force_insert=True)
    AgreementText.objects.create(
        agreement=agreement,
        mentor_member_id=pairing.mentor.member_id,
        mentee_member_id=pairing.mentee.member_id,
        **seal_agreed(terms.offers, terms.seeks),
    )
    return agreement


def _confirm(
    pairing: Pairing, standing: Standing, agreement: Agreement, side: Side, *, now: datetime
) -> Agreement:
    if standing.current:
        _replace(standing.current, now=now)
    agreement.confirm(side, now)
    agreement.save(update_fields=[f"{side}_confirmed_at", "in_force_at"])
    proposer = pairing.person(agreement.proposed_by).member
    enqueue_all(kind=IN_FORCE, wanted=[_message(pairing, agreement, proposer)], due_at=now)
    watch([pairing], now=now)
    count_down([pairing], now=now)
    offer_to_end_alone(pairing, now=now)
    return agreement


def _replace(version: Version, *, now: datetime) -> None:
    version.agreement.replaced_at = now
    version.agreement.save(update_fields=["replaced_at"])


def _tell(pairing: Pairing, agreement: Agreement, *, now: datetime) -> None:
    """Tell the other side now, and remind the person some working days later."""
    member = pairing.person(agreement.awaited).member
    wanted = [_message(pairing, agreement, member)]
    mornings = Mornings.here()
    today = day_at(now, mornings.zone_of(member))
    again = mornings.on(mornings.hours.working.days_after(today, REMINDER_DAYS), member)
    enqueue_all(kind=PROPOSED, wanted=wanted, due_at=now)
    ends_at = again.at + REMINDER_LASTS
    enqueue_all(kind=WAITING, wanted=wanted, due_at=again, expires_at=ends_at, now=now)


def _message(pairing: Pairing, agreement: Agreement, member: Member) -> tuple[str, UUID, str]:
    return address_of(member), pairing.pk, str(agreement.version)

"""What admins want of single pairs: keep together, keep apart, and exceptions from rules."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Member
from accounts.operations.audit import record
from mentoring.matching.checking import CANNOT_BE_BROKEN, broken_rules
from mentoring.matching.enums import Action, Wanted
from mentoring.matching.models import PairWish
from programs.enums import CohortState
from programs.models import Cohort, Participant


class NotOpen(Exception):
    """The cohort is not being matched, so nobody has wishes."""


class Impossible(Exception):
    """The pair cannot be, with or without a second yes; ``rules`` say why."""

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__()
        self.rules = rules


class NeedsReason(Exception):
    """The pair breaks rules, and nobody has written down why it should be all the same."""

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__()
        self.rules = rules


class SamePerson(Exception):
    """Whoever asked for an exception cannot be the one who approves it."""


class HasChanged(Exception):
    """The exception is another than the one that the second person has read."""


class NotWaiting(Exception):
    """The exception was approved, rejected or taken back meanwhile."""


def version_of(wish: PairWish) -> str:
    """Tells two states of a wish apart; asking for the pair anew makes another."""
    return wish.wanted_at.isoformat()


@transaction.atomic
def keep_together(
    *, mentor: Participant, mentee: Participant, reason: str, actor: Member, now: datetime
) -> PairWish:
    """The next runs have this pair, whatever its score.

    A pair that breaks a rule waits for a second person, who reads the reason. Raises NotOpen,
    Impossible or NeedsReason.
    """
    _check_open(mentor.cohort)
    broken = broken_rules(mentor, mentee, now=now)
    if CANNOT_BE_BROKEN & set(broken):
        raise Impossible([each for each in broken if each in CANNOT_BE_BROKEN])
    if broken and not reason:
        raise NeedsReason(broken)
    reason = reason if broken else ""
    wish = _put(mentor, mentee, Wanted.LOCK, actor, now, broken=broken, reason=reason)
    action = Action.OVERRIDE_ASKED if broken else Action.PAIR_LOCKED
    _record(wish, action, actor, rules=broken)
    return wish


@transaction.atomic
def keep_apart(
    *, mentor: Participant, mentee: Participant, actor: Member, now: datetime
) -> PairWish:
    """No run puts these two together. Raises NotOpen."""
    _check_open(mentor.cohort)
    wish = _put(mentor, mentee, Wanted.FORBID, actor, now)
    _record(wish, Action.PAIR_FORBIDDEN, actor)
    return wish


@transaction.atomic
def clear(*, mentor: Participant, mentee: Participant, actor: Member) -> None:
    """Leave the pair to the scores again; nothing happens where there was no wish."""
    for wish in _wishes(mentor.cohort).filter(mentor=mentor, mentee=mentee):
        _record(wish, Action.PAIR_CLEARED, actor)
        wish.delete()


@transaction.atomic
def approve(*, wish: PairWish, seen: str, actor: Member, now: datetime) -> PairWish:
    """Say the second yes to an exception.

    ``seen`` is the `version_of` what the person has read. Raises SamePerson, HasChanged or
    NotWaiting.
    """
    found = _waiting(wish)
    if found.wanted_by_id == actor.pk:
        raise SamePerson
    if version_of(found) != seen:
        raise HasChanged
    found.approved_by, found.approved_at = actor, now
    found.save(update_fields=["approved_by", "approved_at"])
    _record(found, Action.OVERRIDE_APPROVED, actor, rules=found.broken)
    return found


@transaction.atomic
def reject(*, wish: PairWish, actor: Member) -> None:
    """Let the exception go. Whoever asked for it may take it back like this too.

    Raises NotWaiting.
    """
    found = _waiting(wish)
    _record(found, Action.OVERRIDE_REJECTED, actor, rules=found.broken)
    found.delete()


def _check_open(cohort: Cohort) -> None:
    if cohort.state not in {CohortState.MATCHING, CohortState.RUNNING}:
        raise NotOpen


def _wishes(cohort: Cohort) -> Any:
    people = ("mentor__member", "mentee__member", "cohort")
    wishes = PairWish.objects.filter(cohort=cohort).select_related(*people)
    return wishes.select_for_update(of=("self",))


def _waiting(wish: PairWish) -> PairWish:
    found: PairWish | None = _wishes(wish.cohort).filter(pk=wish.pk).first()
    if found is None or found.wanted != Wanted.LOCK or not found.broken or found.approved_by_id:
        raise NotWaiting
    return found


def _put(
    mentor: Participant,
    mentee: Participant,
    wanted: Wanted,
    actor: Member,
    now: datetime,
    **more: Any,
) -> PairWish:
    """The newest word on a pair replaces the earlier one, and any approval of it."""
    values = {"broken": [], "reason": "", "approved_by": None, "approved_at": None, **more}
    wish: PairWish
    wish, _is_new = PairWish.objects.update_or_create(
        organization_id=mentor.organization_id,
        mentor=mentor,
        mentee=mentee,
        defaults={
            "cohort": mentor.cohort,
            "wanted": wanted,
            "wanted_by": actor,
            "wanted_at": now,
            **values,
        },
    )
    return wish


def _record(wish: PairWish, action: Action, actor: Member, *, rules: Sequence[str] = ()) -> None:
    """Who and which rules; the written reason stays with the wish."""
    details = {"cohort": str(wish.cohort)}
    if rules:
        details["rules"] = ", ".join(rules)
    record(
        actor=actor,
        action=action,
        subject_id=wish.pk,
        subject_name=f"{wish.mentor.member} & {wish.mentee.member}",
        details=details,
    )

"""Writing down what the leader does, and agreeing on the very words that the cohort reads."""

from datetime import datetime, timedelta

from django.db import transaction

from mentoring.meetings.enums import CommitmentState, Standing
from mentoring.meetings.models import Commitment, PublishedCommitment
from mentoring.meetings.operations.planning import NotLive, locked_pair
from mentoring.meetings.operations.publishing import let_out, month_of
from mentoring.meetings.queries.commitments import LOOSE, MOST, commitments_in, text_of
from mentoring.meetings.sealed import COMMITMENT
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.models import Pairing
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.profiles.sealed import seal
from programs.enums import Side
from programs.post import address_of

PROPOSED = "meetings.commitment_proposed"
NOTICE_AFTER = timedelta(minutes=2)
# What the two may still do with when their pair has ended.
LASTING = (CommitmentState.AGREED, CommitmentState.PUBLISHED)


class Changed(Exception):
    """The wording is another one by now; ``commitment`` is how it stands."""

    def __init__(self, commitment: Commitment) -> None:
        super().__init__(commitment.pk)
        self.commitment = commitment


class IsPublished(Exception):
    """The cohort reads these words; they are withdrawn before they change."""


class OwnWording(Exception):
    """Nobody says yes in the name of the other side."""


class TooMany(Exception):
    """The pair has written so much that nobody could follow."""


@transaction.atomic
def write(*, pairing: Pairing, side: Side, text: str, now: datetime) -> Commitment:
    """Keep a draft for the two alone. One that has the same words stays as it is.

    Call it as that one of the two. Raises NotLive or TooMany.
    """
    pairing = locked_pair(pairing)
    known = list(commitments_in(pairing))
    if found := next((each for each in known if text_of(each) == text), None):
        return found
    if len(known) >= MOST:
        raise TooMany
    made: Commitment = Commitment.objects.create(
        organization_id=pairing.organization_id,
        pairing=pairing,
        mentor_member_id=pairing.mentor.member_id,
        mentee_member_id=pairing.mentee.member_id,
        text=seal(text, purpose=COMMITMENT),
        written_by=side,
        written_at=now,
    )
    return made


@transaction.atomic
def reword(*, commitment: Commitment, seen: int, text: str) -> Commitment:
    """Other words are another version, which needs the yes of both anew.

    ``seen`` is the version that was on the page. Raises NotLive, Changed, or IsPublished.
    """
    commitment = _latest(locked_pair(commitment.pairing), commitment)
    if text_of(commitment) == text:
        return commitment
    if commitment.version != seen:
        raise Changed(commitment)
    if _is_shown(commitment):
        raise IsPublished
    commitment.text = seal(text, purpose=COMMITMENT)
    commitment.version += 1
    _set(commitment, CommitmentState.DRAFT)
    return commitment


@transaction.atomic
def propose(*, commitment: Commitment, seen: int, side: Side, now: datetime) -> Commitment:
    """Say yes to publishing these words, and ask the other side. Twice is once.

    When the other side has proposed them, that makes two. Raises NotLive or Changed.
    """
    commitment = _latest(locked_pair(commitment.pairing), commitment)
    if commitment.version != seen:
        raise Changed(commitment)
    if commitment.state in LOOSE:
        _set(commitment, CommitmentState.PROPOSED, by=side)
        _tell(commitment, OTHER_SIDE[side], now=now)
    elif commitment.state == CommitmentState.PROPOSED and commitment.proposed_by != side:
        _agree(commitment, now=now)
    return commitment


@transaction.atomic
def agree(*, commitment: Commitment, seen: int, side: Side, now: datetime) -> Commitment:
    """Say the second yes to these very words; the cohort reads them, or will. Twice is once.

    Raises NotLive, Changed when they are not proposed any more, or OwnWording.
    """
    commitment = _latest(locked_pair(commitment.pairing), commitment)
    if commitment.version != seen or commitment.state in LOOSE:
        raise Changed(commitment)
    if commitment.state == CommitmentState.PROPOSED:
        if commitment.proposed_by == side:
            raise OwnWording
        _agree(commitment, now=now)
    return commitment


@transaction.atomic
def withdraw(*, commitment: Commitment) -> Commitment:
    """Take the own yes, or the published words, back: either may, at any time. Twice is once.

    Raises NotLive when the pair has ended and nothing of it was to be public.
    """
    commitment = _even_after_the_end(commitment)
    if commitment.state == CommitmentState.PUBLISHED:
        PublishedCommitment.objects.filter(pk=commitment.published_key).delete()
        _set(commitment, CommitmentState.WITHDRAWN)
    elif commitment.state not in LOOSE:
        _set(commitment, CommitmentState.DRAFT)
    return commitment


@transaction.atomic
def set_done(*, commitment: Commitment, is_done: bool, now: datetime) -> Commitment:
    """Say that it is done, or not yet after all; what is published says so too. Twice is once.

    Raises NotLive when the pair has ended and nothing of it was to be public.
    """
    commitment = _even_after_the_end(commitment)
    if is_done == (commitment.done_at is not None):
        return commitment
    commitment.done_at = now if is_done else None
    commitment.save(update_fields=["done_at"])
    PublishedCommitment.objects.filter(pk=commitment.published_key).update(
        state=Standing.DONE if is_done else Standing.OPEN,
        done_month=month_of(now) if is_done else None,
    )
    return commitment


@transaction.atomic
def discard(*, commitment: Commitment) -> bool:
    """Delete what nobody else reads or is asked about; whether it was so. Raises NotLive."""
    commitment = _latest(locked_pair(commitment.pairing), commitment)
    if commitment.state in LOOSE or (not _is_shown(commitment) and commitment.published_key):
        commitment.delete()
        return True
    return False


def occurrence_of(commitment: Commitment, side: Side) -> str:
    """Names one notice: to whom, and about which words."""
    return f"{side.value}:{commitment.pk}:{commitment.version}"


def _latest(pairing: Pairing, commitment: Commitment) -> Commitment:
    """The commitment as it is now, with its locked pairing."""
    found = commitments_in(pairing).get(pk=commitment.pk)
    found.pairing = pairing
    return found


def _even_after_the_end(commitment: Commitment) -> Commitment:
    pairs = Pairing.objects.filter(pk=commitment.pairing_id).with_people().locked()
    (pairing,) = pairs
    found = _latest(pairing, commitment)
    if pairing.ended_at and found.state not in LASTING:
        raise NotLive
    return found


def _is_shown(commitment: Commitment) -> bool:
    return bool(getattr(commitment, "is_shown", False))


def _agree(commitment: Commitment, *, now: datetime) -> None:
    _set(commitment, CommitmentState.AGREED)
    let_out(commitment.pairing, now=now)
    commitment.refresh_from_db(fields=["state", "published_key"])


def _set(commitment: Commitment, state: CommitmentState, *, by: Side | None = None) -> None:
    commitment.state, commitment.proposed_by = state, by or ""
    commitment.published_key = None
    commitment.save(update_fields=["state", "proposed_by", "published_key", "text", "version"])


def _tell(commitment: Commitment, side: Side, *, now: datetime) -> None:
    """Tell the other side that there is something to look at, and nothing of what it says."""
    member = commitment.pairing.person(side).member
    wanted = [(address_of(member), commitment.pairing_id, occurrence_of(commitment, side))]
    enqueue_all(kind=PROPOSED, wanted=wanted, due_at=now + NOTICE_AFTER, now=now)

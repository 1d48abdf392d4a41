"""What pairs of the demo write to each other, and a concern that reached the owner."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import Member
from mentoring.lib.ids import uuid7
from mentoring.pairings.enums import LIVE, ConcernKind
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.concerns import raise_concern
from mentoring.pairings.operations.messages import mark_read, write
from mentoring.pairings.queries.concerns import recipient_for
from mentoring.tenancy.scope import within
from programs.enums import Side
from programs.models import Program
from programs.operations import programs
from programs.sections import Section

TALK = (
    (Side.MENTEE, "Hello! I am glad that we found each other. Would Tuesday morning suit you?"),
    (Side.MENTOR, "Hello! Tuesday is fine, from ten on. I will bring two things to try out."),
    (
        Side.MENTEE,
        (
            "Wonderful. I booked us the small room and 45 minutes.\n\nOne question beforehand: "
            "where do you read about new tools? Somebody sent me https://example.org/tools."
        ),
    ),
)
CONCERN = "We agreed on AI tools, and I am asked to prepare slides for others. How do I say no?"


def talk(pairs: Iterable[Pairing], *, mark: str, now: datetime) -> None:
    """A short conversation in each live pair; what was written last is unread.

    Call it inside the organization's scope and while no member is in scope.
    """
    for pairing in _live(pairs):
        for number, (side, text) in enumerate(TALK):
            at = now + timedelta(microseconds=number)
            with within(pairing.organization_id, member_id=_member_id(pairing, side)):
                reader = pairing.person(side).member
                mark_read(pairing=pairing, reader=reader, now=at)
                write(pairing=pairing, side=side, text=mark + text, nonce=uuid7(), now=at)


def raise_one(pairs: Iterable[Pairing], owner: Member, *, mark: str, now: datetime) -> bool:
    """A concern of somebody else, from when the owner was the contact of that program.

    Whether there was a pair for which the owner is outside both reporting lines.
    """
    for pairing in _live(pairs):
        program = pairing.cohort.program
        contact = program.concern_contact
        _appoint(program, owner, actor=owner)
        is_outside = recipient_for(pairing) == owner
        if is_outside:
            with within(pairing.organization_id, member_id=pairing.mentor.member_id):
                raise_concern(
                    pairing=pairing,
                    side=Side.MENTOR,
                    kind=ConcernKind.OFF_TOPIC,
                    text=mark + CONCERN,
                    nonce=uuid7(),
                    now=now,
                )
        _appoint(program, contact, actor=owner)
        if is_outside:
            return True
    return False


def _live(pairs: Iterable[Pairing]) -> list[Pairing]:
    keys = [each.pk for each in pairs if each.state in LIVE]
    return list(Pairing.objects.filter(pk__in=keys).with_people().order_by("pk"))


def _member_id(pairing: Pairing, side: Side) -> UUID:
    return pairing.person(side).member_id


def _appoint(program: Program, contact: Member | None, *, actor: Member) -> None:
    programs.change_program(
        program=program,
        section=Section.SPONSOR,
        values={"concern_contact": contact},
        version=programs.version_of(program, Section.SPONSOR),
        actor=actor,
    )
    program.concern_contact = contact

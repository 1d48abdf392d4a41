"""Whom the two of a pair can turn to when something troubles one of them, and what was told."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from accounts.enums import Role
from accounts.models import Member
from accounts.queries.chart import chain_conflicts
from mentoring.pairings.models import Concern, ConcernNote, Pairing
from mentoring.pairings.sealed import CONCERN, CONCERN_MESSAGE, CONCERN_NOTE
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.profiles.sealed import unseal
from programs.enums import Side

ON_A_PAGE = 20
_THERE = Q(recipient__deactivated_at=None, recipient__on_leave=False, recipient__user__isnull=False)


def can_read(recipient: Member) -> bool:
    """Whether the person can open the page of a concern and is there to do so."""
    return bool(recipient.user_id and not (recipient.deactivated_at or recipient.on_leave))


def contact_for(pairing: Pairing) -> Member | None:
    """The program's contact for concerns, unless close to one of the two in the hierarchy.

    Somebody has to be able to speak with a person who is neither above nor below, nor the
    partner; who is not with the organization any more cannot help either. Two queries.
    """
    contact = pairing.cohort.program.concern_contact
    members = [pairing.mentor.member_id, pairing.mentee.member_id]
    if not contact or contact.deactivated_at or contact.pk in members:
        return None
    return None if chain_conflicts((contact.pk, each) for each in members) else contact


def recipient_for(pairing: Pairing) -> Member | None:
    """Who reads a concern about this pair: the contact, else the first owner who is not close.

    It has to be somebody who can open the page and is there to do so.
    """
    contact = contact_for(pairing)
    if contact and can_read(contact):
        return contact
    members = [pairing.mentor.member_id, pairing.mentee.member_id]
    able = Member.objects.joined().with_role(Role.OWNER).filter(on_leave=False)
    owners = list(able.exclude(pk__in=members).select_related("user").order_by("joined_at", "pk"))
    close = {one for one, _ in chain_conflicts((o.pk, each) for o in owners for each in members)}
    return next((owner for owner in owners if owner.pk not in close), None)


@dataclass(frozen=True, slots=True)
class Told:
    """A concern with its texts, as its recipient reads it."""

    concern: Concern
    text: str
    message: str
    note: str

    @property
    def partner(self) -> Member:
        return partner_in(self.concern)


def partner_in(concern: Concern) -> Member:
    """The other of the pair, who does not know."""
    pairing = concern.pairing
    side = pairing.side_of(concern.reporter_id)
    return pairing.person(OTHER_SIDE[side]).member


def concerns_for(member: Member) -> QuerySet[Concern]:
    """What was addressed to the member: what is open first, the oldest on top."""
    people = (f"pairing__{side}__member" for side in Side.values)
    rows = Concern.objects.filter(recipient=member)
    joined = rows.select_related("reporter", "pairing__cohort__program", *people)
    return joined.order_by(F("looked_at").desc(nulls_first=True), "raised_at", "pk")


@dataclass(frozen=True, slots=True)
class Addressed:
    """How many concerns were addressed to somebody, and how many of them are open."""

    total: int
    open: int


def addressed_to(member: Member) -> Addressed:
    """Counted in one query."""
    rows = Concern.objects.filter(recipient=member).order_by()
    is_open = Q(looked_at=None)
    return Addressed(**rows.aggregate(total=Count("pk"), open=Count("pk", filter=is_open)))


def told(concern: Concern, member: Member) -> Told:
    """Everything that the recipient may read; one query."""
    note = ConcernNote.objects.filter(concern=concern, writer=member).first()
    return Told(
        concern,
        unseal(concern.text, purpose=CONCERN),
        unseal(concern.message_text, purpose=CONCERN_MESSAGE),
        unseal(note.text, purpose=CONCERN_NOTE) if note else "",
    )


def stranded_of(member: Member) -> list[Concern]:
    """What the member has raised and nobody is there to read. One query."""
    rows = concerns_by(member).filter(looked_at=None).exclude(_THERE)
    return list(rows.order_by("raised_at", "pk"))


def concerns_by(member: Member) -> QuerySet[Concern]:
    """What the member has raised."""
    return Concern.objects.filter(reporter=member).select_related("recipient")


@dataclass(frozen=True, slots=True)
class Raised:
    """A concern as the one who raised it sees it; ``another`` could read it instead."""

    concern: Concern
    is_stranded: bool = False
    another: Member | None = None


def raised_by(member: Member, pairing: Pairing) -> list[Raised]:
    """What the member raised about the pair, latest first. One query unless one is stranded."""
    found = list(concerns_by(member).filter(pairing=pairing).order_by("-raised_at", "-pk"))
    stranded = [each for each in found if not (each.looked_at or can_read(each.recipient))]
    another = recipient_for(pairing) if stranded else None
    return [Raised(each, True, another) if each in stranded else Raised(each) for each in found]


def concern_with_key(key: UUID) -> Concern | None:
    """A concern of the member in scope."""
    return Concern.objects.filter(pk=key).select_related("recipient__user").first()

"""Assistants and calendars."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Member
from mentoring.meetings.models import Assistant, Feed, Meeting
from mentoring.pairings.models import Pairing
from programs.enums import Side


@dataclass(frozen=True, slots=True)
class Time:
    """A meeting as an assistant may see it: pages show whose it is, when and how.

    ``side`` is on which the person stands for whom the assistant acts.
    """

    meeting: Meeting
    side: Side
    chief: str


def assistant_of(member: Member) -> Assistant | None:
    """Whom the member has named, with the person."""
    return Assistant.objects.filter(member=member).select_related("assistant__user").first()


def may_assist(assistant: Member, member: Member) -> bool:
    """Whether the person is there, and neither the member nor a partner of a live pair."""
    if assistant.deactivated_at or assistant.pk == member.pk:
        return False
    pairs = Pairing.objects.live().filter(
        Q(mentor__member=member, mentee__member=assistant)
        | Q(mentor__member=assistant, mentee__member=member)
    )
    return not pairs.exists()


def times_looked_after_by(assistant: Member, *, now: datetime) -> list[Time]:
    """Planned meetings ahead whose times the assistant may change, the soonest first."""
    chiefs = {each.member_id: each.member for each in chiefs_of(assistant)}
    live = Pairing.objects.live().filter(
        Q(mentor__member__in=chiefs) | Q(mentee__member__in=chiefs)
    )
    rows = Meeting.objects.planned().filter(pairing__in=live.values("pk"), ends_at__gt=now)
    found = []
    for meeting in rows.with_pairing().order_by("starts_at", "pk"):
        people = {meeting.pairing.person(side).member_id: side for side in Side}
        key = next(key for key in people if key in chiefs)
        found.append(Time(meeting, people[key], str(chiefs[key])))
    return found


def chiefs_of(assistant: Member) -> QuerySet[Assistant]:
    """Who has named this person, with the people."""
    rows = Assistant.objects.filter(assistant=assistant, member__deactivated_at=None)
    return rows.select_related("member").order_by("named_at", "pk")


def feed_of(member: Member) -> Feed | None:
    return Feed.objects.filter(member=member).first()


def member_of_feed(token_digest: str) -> Member | None:
    """Whose calendar the address is, while the person is with the organization."""
    rows = Feed.objects.filter(token_digest=token_digest, member__deactivated_at=None)
    feed = rows.select_related("member__user", "member__location", "member__organization").first()
    return feed.member if feed else None


def colleague_at(email: str) -> Member | None:
    """Who has this address here and has not left."""
    rows = Member.objects.active().select_related("user")
    return rows.filter(Q(email__iexact=email) | Q(user__email__iexact=email)).first()

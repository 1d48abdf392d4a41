"""Naming an assistant, and the private address of the own calendar."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import Member
from accounts.tokens import digest
from mentoring.meetings.models import Assistant, Feed
from mentoring.meetings.queries.people import colleague_at, feed_of, may_assist
from mentoring.meetings.tokens import feed_token


class CannotAssist(Exception):
    """Nobody is there at the address, or it is the member's or a partner's (``is_known``)."""

    def __init__(self, *, is_known: bool) -> None:
        super().__init__(is_known)
        self.is_known = is_known


@transaction.atomic
def name_assistant(*, member: Member, email: str, now: datetime) -> Assistant:
    """Let who has this address move the member's meetings, instead of whoever did before.

    Raises CannotAssist.
    """
    assistant = colleague_at(email)
    if assistant is None or not may_assist(assistant, member):
        raise CannotAssist(is_known=assistant is not None)
    named: Assistant
    named, _ = Assistant.objects.update_or_create(
        member=member,
        defaults={"assistant": assistant, "named_at": now},
        create_defaults={
            "organization_id": member.organization_id,
            "assistant": assistant,
            "named_at": now,
        },
    )
    return named


@transaction.atomic
def dismiss_assistant(*, member: Member) -> bool:
    """Let nobody move the member's meetings any more; whether somebody could."""
    count, _ = Assistant.objects.filter(member=member).delete()
    return bool(count)


@transaction.atomic
def open_feed(*, member: Member, now: datetime) -> Feed:
    """Make the address of the member's calendar. An address that is there stays."""
    if found := feed_of(member):
        return found
    feed = Feed(organization_id=member.organization_id, member=member, made_at=now)
    feed.token_digest = digest(feed_token(feed))
    try:
        with transaction.atomic():
            feed.save(force_insert=True)
    except IntegrityError:
        return _locked_feed(member)
    return feed


@transaction.atomic
def renew_feed(*, member: Member, now: datetime) -> Feed:
    """Another address; the old one reads nothing any more. Raises Feed.DoesNotExist."""
    feed = _locked_feed(member)
    feed.generation += 1
    feed.token_digest, feed.made_at = digest(feed_token(feed)), now
    feed.save()
    return feed


@transaction.atomic
def close_feed(*, member: Member) -> bool:
    """Take the address away; whether there was one."""
    count, _ = Feed.objects.filter(member=member).delete()
    return bool(count)


def _locked_feed(member: Member) -> Feed:
    found: Feed = Feed.objects.select_for_update().get(member=member)
    return found

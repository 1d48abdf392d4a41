"""Secret links: the calendar of a member, and noting a meeting from a mail.

Both are signatures that need SECRET_KEY, so the database alone opens no door.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from accounts.tokens import signature
from mentoring.meetings.models import Feed, Meeting
from programs.enums import Side
from programs.post import absolute

FEED = "mentoring.meetings.feed"
LOG = "mentoring.meetings.log"
LASTS = timedelta(days=60)


class BadLink(Exception):
    """The link was not made here, is for another organization, or has grown too old."""


@dataclass(frozen=True, slots=True)
class LogLink:
    """What a link in a mail lets its holder do: note this meeting as this side."""

    meeting_id: UUID
    side: Side


def feed_token(feed: Feed) -> str:
    """The secret of the feed's address."""
    return signature(FEED, feed.organization_id, feed.member_id, feed.pk, feed.generation)


def feed_url(feed: Feed) -> str:
    """The absolute address of the feed."""
    return absolute(reverse("calendar_feed", args=[feed.organization_id, feed_token(feed)]))


def log_url(meeting: Meeting, side: Side) -> str:
    """The absolute address at which the meeting can be noted without signing in."""
    words = [str(meeting.organization_id), str(meeting.pk), side.value]
    token = signing.dumps(words, salt=LOG, compress=False)
    return absolute(reverse("meeting_log_link", args=[meeting.organization_id, token]))


def read_log_link(organization_id: UUID, token: str) -> LogLink:
    """What the link allows. Raises BadLink."""
    try:
        organization, meeting, side = signing.loads(token, salt=LOG, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadLink from error
    if organization != str(organization_id):
        raise BadLink
    return LogLink(UUID(meeting), Side(side))

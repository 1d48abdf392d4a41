"""Secret links: the calendar of a member, and noting a meeting from a mail.

Both are signatures that need SECRET_KEY, so the database alone opens no door.
"""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from accounts.tokens import signature
from mentoring.lib.signed_links import sign, signed_words
from mentoring.meetings.models import Feed, Meeting
from programs.enums import Side
from programs.post import absolute

FEED = "mentoring.meetings.feed"
LOG = "mentoring.meetings.log"


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
    token = sign(meeting.organization_id, meeting.pk, side.value, salt=LOG)
    return absolute(reverse("meeting_log_link", args=[meeting.organization_id, token]))


def read_log_link(organization_id: UUID, token: str) -> LogLink:
    """What the link allows. Raises BadLink."""
    meeting, side = signed_words(organization_id, token, salt=LOG)
    return LogLink(UUID(meeting), Side(side))

"""The text behind the private address of a member's calendar."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.tokens import digest
from mentoring.meetings import calendars
from mentoring.meetings.queries.meetings import calendar_of, places_of
from mentoring.meetings.queries.people import member_of_feed
from mentoring.tenancy.scope import within
from programs.post import reading_as

LOOKS_BACK = timedelta(days=180)


def text_of(organization_id: UUID, token: str, *, now: datetime) -> str | None:
    """The meetings of the member whose address it is; None when it is nobody's.

    Opens the scope itself, first of the organization, then of the member, who alone may read
    where the meetings are.
    """
    with within(organization_id):
        member = member_of_feed(digest(token))
    if member is None:
        return None
    organization = member.organization
    with within(organization_id, member_id=member.pk), reading_as(member, organization):
        meetings = calendar_of(member, since=now - LOOKS_BACK)
        places = places_of(each.pk for each in meetings)
        sided = [(each, each.pairing.side_of(member.pk)) for each in meetings]
        return calendars.feed_of(sided, calendars.Reader(organization, now), places=places)

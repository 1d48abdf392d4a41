"""Links for invited people who have never signed in."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import Member, Organization
from accounts.operations.doors import open_doors
from mentoring.lib.clock import end_of, zone_named
from programs.models import Cohort, CohortInvitation
from programs.post import enroll_path


def let_in(
    *,
    cohort: Cohort,
    invitations: Iterable[CohortInvitation],
    organization: Organization,
    now: datetime,
) -> None:
    """See to it that invited people have a link into the organization that works to the end."""
    closes = cohort.enrollment_closes_on
    until = end_of(closes, zone_named(organization.time_zone)) if closes else None
    outside: dict[tuple[Member, str], list[str]] = {}
    for each in invitations:
        if each.member.user_id is None:
            outside.setdefault((each.invited_by, each.side), []).append(each.member.email)
    for (actor, side), emails in outside.items():
        open_doors(
            emails=emails,
            next_path=enroll_path(organization.slug, cohort.pk, side),
            valid_until=until,
            actor=actor,
            now=now,
        )

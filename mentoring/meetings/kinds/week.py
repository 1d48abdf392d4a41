"""The weekly mail to those who run cohorts: who and how many, never about what."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import Member
from mentoring.meetings.advice import advice_on
from mentoring.meetings.kinds.wording import THE_WEEK
from mentoring.meetings.operations.week import WEEK, week_in
from mentoring.meetings.queries.week import CohortWeek, week_of, who_reads
from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.recurring import RecurringKind, register_recurring
from mentoring.outbox.registry import Letter, MailKind, register
from programs.enums import CohortState, Side
from programs.models import Cohort
from programs.post import absolute, address_of, language_of, letter_to

if TYPE_CHECKING:
    from mentoring.outbox.models import Schedule

# On Thursday a mail about last week is no help any more.
LASTS = timedelta(days=3)


def _recipients(schedules: Sequence["Schedule"], now: datetime) -> Mapping[UUID, str]:
    """Those who run a cohort this week; whoever has a schedule and runs nothing waits."""
    readers = who_reads()
    return {
        each.pk: address_of(reader) for each in schedules if (reader := readers.get(each.person))
    }


def _unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted by whoever still runs a cohort about which there is something to tell."""
    return {each.pk: Reason.WITHDRAWN for each in messages if not _has_news(each, now)}


def _has_news(message: Message, now: datetime) -> bool:
    return any(each.has_news for each in _weeks(message, now))


def _weeks(message: Message, now: datetime) -> list[CohortWeek]:
    return week_of(message.subject_id, begins=week_in(message.occurrence), now=now)


def _write(message: Message, now: datetime) -> Letter:
    rows = Member.objects.select_related("user", "location", "organization")
    member = rows.get(pk=message.subject_id)
    weeks = _weeks(message, now)
    slug = member.organization.slug
    with override(language_of(member, member.organization)):
        told = [_told(each, slug) for each in weeks]
    context = {
        "weeks": told,
        "needing": sum(each.needing for each in weeks),
        "url": told[0]["url"] if len(told) == 1 else absolute(reverse("cohorts", args=[slug])),
    }
    return letter_to(member, member.organization, context)


def _told(week: CohortWeek, slug: str) -> dict[str, Any]:
    """What the mail says of one cohort, the advice in the reader's language."""
    return {
        "week": week,
        "state": week.cohort.get_state_display(),
        "named": [
            {
                "mentor": str(pair.mentor.member),
                "mentee": str(pair.mentee.member),
                "advice": advice_on(pair),
            }
            for pair in week.named
        ],
        "more": week.needing - len(week.named),
        "mentors": week.standings[Side.MENTOR] if week.standings else None,
        "mentees": week.standings[Side.MENTEE] if week.standings else None,
        "url": absolute(_page(week.cohort, slug)),
    }


def _page(cohort: Cohort, slug: str) -> str:
    """How the pairs fare, once there may be some."""
    is_before = cohort.state in (CohortState.ENROLLING, CohortState.MATCHING)
    return reverse("cohort" if is_before else "cohort_health", args=[slug, cohort.pk])


register(
    MailKind(
        name=WEEK,
        label=_("The week of your cohorts"),
        template="mail/cohorts_week",
        wording=THE_WEEK,
        group=Group.RUNNING,
        unwanted=_unwanted,
        write=_write,
        is_repeatable=True,
    )
)
register_recurring(RecurringKind(name=WEEK, lasts=LASTS, recipients=_recipients))

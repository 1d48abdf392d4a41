"""Where meetings appear on lower floors: the page of a pair, and the home of who takes part."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts import actions, homepage
from accounts.models import Member
from mentoring.lib.contributions import Section
from mentoring.meetings.agenda_home import agenda_news
from mentoring.meetings.enums import Action
from mentoring.meetings.goals import commitment_news, goals_section
from mentoring.meetings.home import (
    assisted_section,
    meeting_news,
)
from mentoring.meetings.models import Meeting
from mentoring.meetings.operations import telling
from mentoring.meetings.operations.week import WEEK
from mentoring.meetings.queries.meetings import count_held, overview_of
from mentoring.meetings.queries.week import who_reads_of
from mentoring.meetings.timeline import tell_of_meetings, tell_of_reached
from mentoring.pairings import held, home, timeline
from mentoring.pairings.enums import Phase
from mentoring.pairings.queries.pairs import Card
from mentoring.pairings.sections import composers
from programs.foretold import Foretold, register_foretold


def meetings_section(card: Card, now: datetime) -> Section:
    """The next meeting, those that are unclear, and the latest."""
    meetings = overview_of(card.pairing, now=now)
    context = {"meetings": meetings, "is_live": card.phase == Phase.PAIR}
    return Section("meetings/_section.html", 20, context)


def _meetings(cohort_id: UUID) -> QuerySet[Meeting, UUID]:
    rows = Meeting.objects.filter(pairing__cohort=cohort_id)
    return rows.order_by().values_list("pk", flat=True)


def _readers_of_weeks(cohort_id: UUID) -> QuerySet[Member, UUID]:
    keys = who_reads_of(cohort_id)
    return Member.objects.filter(pk__in=keys).order_by().values_list("pk", flat=True)


# When two people meet is known to those who run the cohort, and the weekly mail is their own.
register_foretold(
    Foretold(
        kinds=(
            telling.INVITATION,
            telling.CANCELLATION,
            telling.AHEAD,
            telling.DID_IT_HAPPEN,
        ),
        subjects=_meetings,
    ),
    Foretold(kinds=(WEEK,), subjects=_readers_of_weeks, is_open=True),
)
composers.register(meetings_section)
homepage.composers.register(assisted_section)
timeline.tellers.register(tell_of_meetings)
timeline.tellers.register(tell_of_reached)
composers.register(goals_section)
actions.register(Action, {})
held.counters.register(count_held)
home.lookers.register(meeting_news)
home.lookers.register(agenda_news)
home.lookers.register(commitment_news)

"""Whom the schedules of a cohort's pairs will ask: for those who run it, who know the rhythms."""

from datetime import datetime

from mentoring.checkins.rhythm import PROMPT
from mentoring.outbox.outlook import Planned, scheduled_of
from mentoring.outbox.recurring import RecurringKind
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.pairs import keys_in
from programs.enums import Side
from programs.models import Cohort
from programs.post import address_of


def foretell(kind: RecurringKind, cohort: Cohort, now: datetime, until: datetime) -> list[Planned]:
    """The mails that occurrences become, at the moment at which each comes. Four queries."""
    made = scheduled_of(kind, keys_in(cohort.pk), now=now, until=until)
    keys = {each.subject_id for each in made}
    found = {each.pk: each for each in Pairing.objects.filter(pk__in=keys).with_people()}
    planned = []
    for each in made:
        side, _colon, on = each.occurrence.partition(":")
        member = found[each.subject_id].person(Side(side)).member
        planned.append(
            Planned(
                kind=PROMPT,
                recipient=address_of(member),
                subject_id=each.subject_id,
                occurrence=f"{side}@{on}",
                due_at=each.due_at,
                expires_at=each.expires_at,
            )
        )
    return planned

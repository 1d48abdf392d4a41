"""Who waits for a partner."""

from datetime import date

from django.db.models import Exists, OuterRef

from mentoring.pairings.models import Pairing
from programs.models import Cohort, Participant
from programs.queries.funnel import ready


def unmatched_people(cohort: Cohort, *, today: date) -> int:
    """How many are ready and in no proposal or pair of the cohort; one query."""
    people = ready(Participant.objects.filter(cohort=cohort), today=today)
    open_ones = Pairing.objects.open().filter(cohort=cohort)
    taken = Exists(open_ones.filter(mentor=OuterRef("pk"))) | Exists(
        open_ones.filter(mentee=OuterRef("pk"))
    )
    present = people.filter(member__deactivated_at=None, member__on_leave=False)
    return present.exclude(taken).count()

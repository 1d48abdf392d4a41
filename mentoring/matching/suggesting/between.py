"""“Why you two” for two who have been put together already."""

from datetime import date

from mentoring.matching.assembling.people import load
from mentoring.matching.suggesting.reasons import reasons_of
from mentoring.profiles.queries.discover import Found
from programs.models import Participant


def reasons_between(participant: Participant, found: Found, today: date) -> list[str]:
    """What the participant and the person found have in common, as in suggestions."""
    keys = [participant.pk, found.participant.pk]
    people = {
        each.id: each
        for each in load(Participant.objects.filter(pk__in=keys), participant.member.organization)
    }
    return reasons_of(people[keys[0]], people[keys[1]], found, day=today)

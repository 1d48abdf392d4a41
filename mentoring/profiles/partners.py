"""Who is not to be found although willing, because of pairs that exist.

Higher floors, which know about pairs, register a rule when they are ready.
"""

from collections.abc import Callable, Sequence

from mentoring.lib.contributions import Contributions
from programs.models import Participant
from programs.models.participant import ParticipantQuerySet

type Rule = Callable[[ParticipantQuerySet, Sequence[Participant]], ParticipantQuerySet]

# Each narrows the people whom somebody with these participations may find.
rules = Contributions[Rule]()


def still_free(found: ParticipantQuerySet, mine: Sequence[Participant]) -> ParticipantQuerySet:
    """Those of the people whom no rule leaves out."""
    for rule in rules:
        found = rule(found, mine)
    return found

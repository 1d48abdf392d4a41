"""Who is not to be found although willing, because of pairs that exist.

Higher floors, which know about pairs, register a rule when they are ready.
"""

from collections.abc import Callable, Sequence

from programs.models import Participant
from programs.models.participant import ParticipantQuerySet

type Rule = Callable[[ParticipantQuerySet, Sequence[Participant]], ParticipantQuerySet]

_rules: list[Rule] = []


def register(rule: Rule) -> None:
    """Add a rule that narrows the people whom somebody with these participations may find."""
    if rule not in _rules:
        _rules.append(rule)


def still_free(found: ParticipantQuerySet, mine: Sequence[Participant]) -> ParticipantQuerySet:
    """Those of the people whom no rule leaves out."""
    for rule in _rules:
        found = rule(found, mine)
    return found

"""“Why you two”, in words that both may read.

Pairings know the topics of the two. A higher floor, which knows how people are compared,
registers more when ready.
"""

from collections.abc import Callable
from datetime import date

from mentoring.profiles.queries.discover import Found
from programs.models import Participant

type Explain = Callable[[Participant, Found, date], list[str]]

_explains: list[Explain] = []


def register(explain: Explain) -> None:
    """Add reasons for a participant to look at somebody; each costs few queries."""
    if explain not in _explains:
        _explains.append(explain)


def reasons_for(participant: Participant, found: Found, *, today: date) -> list[str]:
    """Why the participant and the person who was found fit, the strongest first."""
    return [reason for explain in _explains for reason in explain(participant, found, today)]

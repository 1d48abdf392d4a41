"""“Why you two”, in words that both may read.

Pairings know the topics of the two. A higher floor, which knows how people are compared,
registers more when ready.
"""

from collections.abc import Callable
from datetime import date

from mentoring.lib.contributions import Contributions
from mentoring.profiles.queries.discover import Found
from programs.models import Participant

type Explain = Callable[[Participant, Found, date], list[str]]

# Each gives reasons for a participant to look at somebody, and costs few queries.
explains = Contributions[Explain]()


def reasons_for(participant: Participant, found: Found, *, today: date) -> list[str]:
    """Why the participant and the person who was found fit, the strongest first."""
    return [reason for explain in explains for reason in explain(participant, found, today)]

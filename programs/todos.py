"""What waits for a cohort's admin. Higher floors, which know more, register theirs when ready."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Member
from mentoring.lib.contributions import Contributions
from programs.models import Cohort


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for the admin; ``url`` is empty until there is a page for it."""

    text: str
    url: str
    tone: str = "info"


type Find = Callable[[Cohort, Member, date], Iterable[Todo]]

# Asked about every cohort that somebody runs; each costs few queries.
finds = Contributions[Find]()


def more_todos(cohort: Cohort, member: Member, today: date) -> list[Todo]:
    """What higher floors found, in the order in which they registered."""
    return [todo for find in finds for todo in find(cohort, member, today)]

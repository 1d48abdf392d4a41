"""What the first page of an organization shows of higher floors, above everything else."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import Member
from mentoring.lib.contributions import Contributions, Section, in_order

type Compose = Callable[[Member, datetime], Section | None]

# Asked about the member who looks; each costs few queries.
composers = Contributions[Compose]()


def sections_for(member: Member, *, now: datetime) -> list[Section]:
    """The parts of the page, from top to bottom."""
    return in_order(compose(member, now) for compose in composers)

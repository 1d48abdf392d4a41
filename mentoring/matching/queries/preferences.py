"""The own list of people whom a participant would like to work with."""

from mentoring.matching.models import Preference
from programs.models import Participant


def preferred_by(participant: Participant) -> list[Participant]:
    """In the participant's order. Show it to nobody else."""
    rows = Preference.objects.filter(chooser=participant).order_by("rank")
    people = [f"chosen__member__{part}" for part in ("user", "department")]
    return [each.chosen for each in rows.select_related(*people)]

"""What a mentee wants to reach, as the two of a pair read it."""

from mentoring.pairings.models import Pairing, SharedAims
from mentoring.pairings.sealed import unseal_aims


def shared_aims_of(pairing: Pairing) -> dict[str, str] | None:
    """The aims and challenges, to one of the two; None when nothing was shared."""
    row = SharedAims.objects.filter(pairing=pairing).first()
    return unseal_aims(row.aims, row.challenges) if row else None

"""Whom the two of a pair can turn to when something troubles one of them."""

from accounts.models import Member
from accounts.queries.chart import chain_conflicts
from mentoring.pairings.models import Pairing


def contact_for(pairing: Pairing) -> Member | None:
    """The program's contact for concerns, unless close to one of the two in the hierarchy.

    Somebody has to be able to speak with a person who is neither above nor below, nor the
    partner; who is not with the organization any more cannot help either. Two queries.
    """
    contact = pairing.cohort.program.concern_contact
    members = [pairing.mentor.member_id, pairing.mentee.member_id]
    if not contact or contact.deactivated_at or contact.pk in members:
        return None
    return None if chain_conflicts((contact.pk, each) for each in members) else contact

"""Where an admin mends what keeps somebody out of a run."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from mentoring.matching.enums import LeftOut


@dataclass(frozen=True, slots=True)
class Mend:
    """What to do, and where; ``url`` is empty when only time or the person can help."""

    text: Promise
    url: str = ""


IN_COHORT = {
    LeftOut.PENDING: _("Decide"),
    LeftOut.WAITLISTED: _("Give a place"),
    LeftOut.UNREADY: _("Look at the preparation"),
    LeftOut.NO_TOPIC: _("Ask for topics"),
    LeftOut.GONE: _("Withdraw from the cohort"),
}
OF_PERSON = {
    LeftOut.NO_GRADE: _("Give a grade"),
    LeftOut.ON_LEAVE: _("Look at the record"),
}
ELSE = {
    LeftOut.PAUSED: _("The pause ends by itself"),
    LeftOut.FULL: _("Nothing to mend"),
}


def mended_by(participant: Any, member: Member) -> Mend:
    """For a participant with ``why``."""
    why, slug = LeftOut(participant.why), member.organization.slug
    if why in IN_COHORT:
        url = reverse("cohort_person", args=[slug, participant.cohort_id, participant.pk])
        return Mend(IN_COHORT[why], url)
    if why in OF_PERSON:
        may = member.may(Permission.CHART_EDIT)
        view = "person_edit" if may else "person"
        return Mend(OF_PERSON[why], reverse(view, args=[slug, participant.member_id]))
    return Mend(ELSE[why])

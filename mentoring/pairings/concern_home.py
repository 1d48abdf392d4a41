"""What concerns say on the home of the person who raised one."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from mentoring.pairings.home import News, Step
from mentoring.pairings.models import Concern
from mentoring.pairings.queries.concerns import stranded_of
from mentoring.pairings.queries.pairs import Card


def concern_news(member: Member, cards: Sequence[Card], now: datetime) -> News:
    """Whoever was to read a concern is away: the reporter says who reads it. One query.

    No mail says so, for the log of messages would tell others who has a concern.
    """
    return News([_step(member, each) for each in stranded_of(member)])


def _step(member: Member, concern: Concern) -> Step:
    title = _("%(name)s is away and has not looked into your concern") % {"name": concern.recipient}
    text = _("Decide whether somebody else may read it.")
    url = reverse("pair", args=[member.organization.slug, concern.pairing_id])
    return Step(5, title, text, f"{url}#concerns", _("Decide"))

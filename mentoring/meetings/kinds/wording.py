"""What organizations may say in their own words in the mails of meetings."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mentoring.outbox.wording import NAME, ORGANIZATION, Case, Values, Wording, variable
from mentoring.pairings.kinds import wording as pairs
from programs.wording import DAY, HOUR, WHEN


def _example(now: datetime) -> dict[str, Any]:
    """A letter as `mentoring.meetings.kinds.meetings` makes it."""
    return {
        **pairs.example(now),
        "starts_at": now + timedelta(days=3),
        "minutes": 45,
        "means": "–",
        "place": "",
        "is_moved": False,
        "move_url": settings.BASE_URL,
        "log_url": settings.BASE_URL,
        "agenda_url": settings.BASE_URL,
        "reason": "–",
        "cancelled_by_me": False,
        "cancelled_by_partner": True,
    }


def _caller_off(values: Values) -> str:
    if values["cancelled_by_me"]:
        return "reader"
    return "partner" if values["cancelled_by_partner"] else "nobody"


def _of_meeting(**options: Any) -> Wording:
    return pairs.of_pair(WHEN, DAY, HOUR, example=_example, **options)


AHEAD = _of_meeting()
DID_IT_HAPPEN = _of_meeting()
INVITATION = _of_meeting(
    cases=(
        Case("planned", _("planned"), {"is_moved": False}),
        Case("moved", _("moved"), {"is_moved": True}),
    ),
    case_of=lambda values: "moved" if values["is_moved"] else "planned",
)
CANCELLATION = _of_meeting(
    cases=(
        Case("partner", _("by the partner"), {"cancelled_by_partner": True}),
        Case(
            "reader",
            _("by the reader"),
            {"cancelled_by_me": True, "cancelled_by_partner": False},
        ),
        Case("nobody", _("by neither of the two"), {"cancelled_by_partner": False}),
    ),
    case_of=_caller_off,
)


def _week(now: datetime) -> Values:
    return {"weeks": [], "needing": 0, "url": settings.BASE_URL}


# Only a week in which pairs need somebody has a number of them.
THE_WEEK = Wording(
    variables=(NAME, ORGANIZATION),
    example=_week,
    cases=(
        Case(
            "needing",
            _("when pairs need a hand"),
            {"needing": 3},
            variables=(variable("count", _("How many pairs need a hand"), "needing"),),
        ),
        Case("quiet", _("when no pair needs a hand")),
    ),
    case_of=lambda values: "needing" if values["needing"] else "quiet",
    has_button=False,
)

"""What organizations may say in their own words in the mails of programs."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mentoring.outbox.wording import NAME, ORGANIZATION, Case, Values, Wording, variable
from programs.enums import ParticipantState, Side

PROGRAM = variable("program", _("Name of the program"))
COHORT = variable("cohort", _("Name of the cohort"))
MENTOR = variable("mentor", _("Your word for a mentor"), "mentor_one")
MENTEE = variable("mentee", _("Your word for a mentee"), "mentee_one")
ABOUT = (NAME, ORGANIZATION, PROGRAM, COHORT, MENTOR, MENTEE)
INVITED_BY = variable("invited_by", _("Who invites"))
TITLE = variable("title", _("Title of the circle"))
WHEN = variable("when", _("Day and hour"), "starts_at", form="DATETIME_FORMAT")
DAY = variable("day", _("Day"), "starts_at", form="DATE_FORMAT")
HOUR = variable("hour", _("Hour"), "starts_at", form="TIME_FORMAT")

SIDES = (
    Case(Side.MENTOR, _("to mentors"), {"is_mentor": True}),
    Case(Side.MENTEE, _("to mentees"), {"is_mentor": False}),
)
DECISIONS = {
    ParticipantState.APPROVED: _("takes part"),
    ParticipantState.WAITLISTED: _("on the waiting list"),
    ParticipantState.DECLINED: _("not this time"),
}
OUT = "out"


def example(now: datetime) -> dict[str, Any]:
    """A letter to somebody who is asked, as `programs.kinds` makes it."""
    return {
        "cohort": "Aurora",
        "program": "Open Doors",
        "purpose": "",
        "is_mentor": True,
        "closes": None,
        "starts": None,
        "ends": None,
        "minutes": 60,
        "months": 6,
        "url": settings.BASE_URL,
        "no_url": settings.BASE_URL,
        "may_decline": True,
        "invited_by": "Robin Falk",
        "is_personal": False,
        "note": "",
    }


def side_of(values: Values) -> str:
    return Side.MENTOR if values["is_mentor"] else Side.MENTEE


def _decision_in(values: Values) -> str:
    return values["state"] if values["state"] in DECISIONS else OUT


def _circle(now: datetime) -> Values:
    return {
        "cohort": "Aurora",
        "program": "Open Doors",
        "title": "Questions over coffee",
        "starts_at": now + timedelta(days=9),
        "minutes": 60,
        "place": "",
        "is_canceled": False,
        "url": settings.BASE_URL,
    }


INVITATION = Wording(variables=(*ABOUT, INVITED_BY), example=example, cases=SIDES, case_of=side_of)
DRAFT = Wording(variables=ABOUT, example=example)
DECISION = Wording(
    variables=ABOUT,
    example=example,
    cases=(
        *(Case(state, label, {"state": state}) for state, label in DECISIONS.items()),
        Case(OUT, _("takes part no longer"), {"state": ParticipantState.WITHDRAWN}),
    ),
    case_of=_decision_in,
    hint=_("Nobody is told a reason, and words that sound like one hurt."),
)
CIRCLE = Wording(
    variables=(NAME, ORGANIZATION, PROGRAM, COHORT, TITLE, WHEN, DAY, HOUR, MENTOR, MENTEE),
    example=_circle,
    cases=(
        Case("planned", _("planned or changed"), {"is_canceled": False}),
        Case("off", _("called off"), {"is_canceled": True}),
    ),
    case_of=lambda values: "off" if values["is_canceled"] else "planned",
)


def _closing(now: datetime) -> Values:
    standing = {
        "invited": 40,
        "answered": 31,
        "sent": 24,
        "approved": 22,
        "pending": 2,
        "ready": 20,
        "not_ready": 2,
        "room": 26,
    }
    return {
        "cohort": "Aurora",
        "program": "Open Doors",
        "closes": (now + timedelta(days=7)).date(),
        "mentors": standing,
        "mentees": standing,
        "without_mentor": 0,
        "without_mentee": 0,
        "url": settings.BASE_URL,
    }


CLOSING = Wording(
    variables=(
        *ABOUT,
        variable("closes", _("Last day to enroll"), form="DATE_FORMAT", is_required=True),
    ),
    example=_closing,
    cases=(
        Case("soon", _("some days before"), {"is_last": False}),
        Case("last", _("right before the end"), {"is_last": True}),
    ),
    case_of=lambda values: "last" if values["is_last"] else "soon",
)

"""What organizations may say in their own words in the mails of pairs.

Who the mentor is, what the focus is, whose turn it is and what stays between the two is no part
of it. No variable tells a reason, or a word that somebody wrote for the other.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mentoring.outbox.wording import (
    NAME,
    ORGANIZATION,
    USUAL,
    Case,
    Values,
    Variable,
    Wording,
    variable,
)
from programs.wording import COHORT, MENTEE, MENTOR, PROGRAM

PARTNER = variable("partner", _("Name of the partner"))
PAIR = (NAME, ORGANIZATION, PROGRAM, COHORT, PARTNER, MENTOR, MENTEE)
BOTH = (
    variable("mentor_name", _("Name of the mentor")),
    variable("mentee_name", _("Name of the mentee")),
)
RUNNING = (NAME, ORGANIZATION, PROGRAM, COHORT, *BOTH, MENTOR, MENTEE)
WHO = variable("who", _("Whom of the two it is about"), is_required=True)
UNTIL = variable(
    "until", _("Last day of the break"), "paused_until", form="DATE_FORMAT", is_required=True
)
ANSWER_BY = variable("answer_by", _("Last day for an answer"), "answer_by", form="DATE_FORMAT")
MINUTES = variable("minutes", _("Minutes of a first meeting"), "introduction_minutes")
LAST_MET = variable("last_met", _("Day of the last meeting"), "last_met_at", form="DATE_FORMAT")

NO_REASON = _(
    "The words are the same whatever has happened, so that nobody learns a reason."
    " Please write none, and nothing that sounds like one."
)


def example(now: datetime) -> dict[str, Any]:
    """A letter to a mentor, as `mentoring.pairings.kinds.letters.context_of` makes it."""
    return {
        "cohort": "Aurora",
        "program": "Open Doors",
        "is_mentor": True,
        "partner": "Robin Falk",
        "mentor_name": "Noor Hansen",
        "mentee_name": "Robin Falk",
        "topics": [],
        "answer_by": now + timedelta(days=7),
        "introduction_due_on": (now + timedelta(days=14)).date(),
        "introduction_minutes": 30,
        "is_request": False,
        "owes_contact": False,
        "url": settings.BASE_URL,
        "discover_url": settings.BASE_URL,
        "plan_url": settings.BASE_URL,
        "last_met_at": now - timedelta(days=45),
        "paused_until": (now + timedelta(days=20)).date(),
    }


def example_of_running(now: datetime) -> dict[str, Any]:
    """A letter to somebody who runs the cohort."""
    return {
        "cohort": "Aurora",
        "program": "Open Doors",
        "mentor_name": "Noor Hansen",
        "mentee_name": "Robin Falk",
        "who": "Robin Falk",
        "who_email": "robin.falk@example.org",
        "last_met_at": now - timedelta(days=90),
        "url": settings.BASE_URL,
    }


def of_pair(*more: Variable, **options: Any) -> Wording:
    """What may be said to one of a pair."""
    return Wording(variables=(*PAIR, *more), example=options.pop("example", example), **options)


def of_running(*more: Variable, **options: Any) -> Wording:
    """What may be said to those who run a cohort."""
    return Wording(variables=(*RUNNING, *more), example=example_of_running, **options)


def _has_met(values: Values) -> str:
    return "met" if values["last_met_at"] else "not_met"


# Only those who have met have a day to name.
MEETING = (
    Case("met", _("they have met before"), variables=(LAST_MET,)),
    Case("not_met", _("they have never met"), {"last_met_at": None}),
)
DRIFT = of_pair(cases=MEETING, case_of=_has_met)
DRIFT_ACT = of_running(cases=MEETING, case_of=_has_met)


def _lasting(values: Values) -> str:
    return USUAL if values["paused_until"] else "open"


# Of a leave nobody knows the last day.
AWAY = of_pair(
    cases=(
        Case(USUAL, _("until a day"), variables=(UNTIL,)),
        Case("open", _("without a day"), {"paused_until": None}),
    ),
    case_of=_lasting,
)


def _owing(values: Values) -> str:
    return "writes" if values["owes_contact"] else "waits"


def _asking(values: Values) -> str:
    return "request" if values["is_request"] else "proposal"


PROPOSAL = of_pair(ANSWER_BY)
REQUEST = of_pair(ANSWER_BY, cases=(Case(USUAL, example={"is_request": True}),))
REMINDER = of_pair(
    ANSWER_BY,
    cases=(
        Case("proposal", _("of a proposal")),
        Case("request", _("of a request"), {"is_request": True}),
    ),
    case_of=_asking,
)
INTRODUCTION = of_pair(
    MINUTES,
    cases=(
        Case("writes", _("to whoever proposes the day"), {"owes_contact": True}),
        Case("waits", _("to the other one"), {"owes_contact": False}),
    ),
    case_of=_owing,
)


def _example_of_end(now: datetime) -> dict[str, Any]:
    end = {"ends_on": (now + timedelta(days=27)).date(), "extend_url": settings.BASE_URL}
    return {**example(now), **end, "held": 5}


def _whose_end(values: Values) -> str:
    return "agreed" if values["is_agreed"] else "planned"


THE_END = of_pair(
    variable("end", _("Day on which it ends"), "ends_on", form="DATE_FORMAT", is_required=True),
    example=_example_of_end,
    cases=(
        Case("agreed", _("when the two agreed on the end"), {"is_agreed": True}),
        Case("planned", _("when the program plans the end"), {"is_agreed": False}),
    ),
    case_of=_whose_end,
)

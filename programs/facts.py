"""What the audit log calls a program's settings, and their values."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import actions
from programs.enums import Audience, Cadence, Moment, Side, Template

LONGEST = 300


def _yes_or_no(value: Any) -> str:
    return gettext("yes") if value else gettext("no")


def _lines(values: Sequence[Any]) -> str:
    return " · ".join(map(str, values))


def _moments(values: Sequence[str]) -> str:
    return _lines([actions.label_in(Moment, each) for each in values])


def _shortened(text: str) -> str:
    """The whole text is in the log; people are shown its beginning."""
    return Truncator(text).chars(LONGEST)


FACTS = {
    "template": _("Started from"),
    "copied_from": _("Copied from"),
    "sponsor": _("Sponsor"),
    "outcome_measures": _("Outcome measures"),
    "concern_contact": _("Contact for concerns"),
    "grade_gap": _("Seniority gap"),
    "other_department": _("Different departments only"),
    "prefers_other_location": _("Prefer different locations"),
    "common_language": _("A common language is needed"),
    "shows_grades": _("Show grades when people look for each other"),
    "criteria": _("Criteria to take part"),
    "cadence": _("How often they meet"),
    "meeting_minutes": _("Length of a meeting"),
    "introduction_minutes": _("Length of the introductory meeting"),
    "introduction_days": _("Days until the introductory meeting"),
    "length_months": _("Months that a pair works together"),
    "proposal_days": _("Days to answer a proposal"),
    "proposal_reminder_days": _("Days until the reminder of a proposal"),
    "scheduling_owed_by": _("Who owes scheduling"),
    "agreement": _("Agreement"),
    "item": _("Preparation item"),
    "title": _("Title"),
    "text": _("Description"),
    "url": _("Link"),
    "audience": _("For"),
    "is_required": _("Required"),
    "position": _("Place in the order"),
    "feedback_days": _("Days until feedback is read"),
    "waves": _("When the program asks"),
    "moment": _("Asked"),
    "answered_by": _("Answered by"),
    "version": _("Version"),
    "questions": _("Questions"),
}
WORDS: dict[str, actions.InWords] = {
    "template": partial(actions.label_in, Template),
    "outcome_measures": _lines,
    "other_department": _yes_or_no,
    "prefers_other_location": _yes_or_no,
    "common_language": _yes_or_no,
    "shows_grades": _yes_or_no,
    "is_required": _yes_or_no,
    "cadence": partial(actions.label_in, Cadence),
    "scheduling_owed_by": partial(actions.label_in, Side),
    "answered_by": partial(actions.label_in, Side),
    "moment": partial(actions.label_in, Moment),
    "waves": _moments,
    "audience": partial(actions.label_in, Audience),
    "agreement": _shortened,
    "questions": _lines,
}

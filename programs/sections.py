"""The parts that a program's settings are edited in, in the order of the wizard."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


class Section(StrEnum):
    """A group of settings that one page edits and one save changes."""

    START = "start"
    SPONSOR = "sponsor"
    PAIRS = "pairs"
    RHYTHM = "rhythm"
    AGREEMENT = "agreement"


FIELDS: dict[Section, tuple[str, ...]] = {
    Section.START: ("name", "kind", "purpose"),
    Section.SPONSOR: ("sponsor", "outcome_measures", "concern_contact"),
    Section.PAIRS: (
        "grade_gap",
        "other_department",
        "prefers_other_location",
        "common_language",
        "shows_grades",
        "criteria",
    ),
    Section.RHYTHM: (
        "cadence",
        "meeting_minutes",
        "introduction_minutes",
        "introduction_days",
        "length_months",
        "proposal_days",
        "proposal_reminder_days",
        "scheduling_owed_by",
    ),
    Section.AGREEMENT: ("agreement",),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the wizard, which is an edit page later."""

    view: str
    title: "Text"


STEPS = (
    Step("program_edit", _("Name and purpose")),
    Step("program_sponsor", _("Sponsor and measures")),
    Step("program_pairs", _("Pairs")),
    Step("program_rhythm", _("Rhythm")),
    Step("program_agreement", _("Agreement")),
    Step("program_preparation", _("Preparation")),
    Step("program_questions", _("Feedback questions")),
)


def neighbours(view: str) -> tuple[str, str]:
    """The steps before and after a step; empty at the ends."""
    views = [step.view for step in STEPS]
    at = views.index(view)
    return (views[at - 1] if at else "", views[at + 1] if at + 1 < len(views) else "")

"""What the columns of exported tables mean, as far as their headings do not say it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mentoring.lib.sheets.columns import Kind

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

KINDS: "Mapping[Kind, Text]" = {
    Kind.TEXT: _("text"),
    Kind.INTEGER: _("whole number"),
    Kind.DECIMAL: _("number"),
    Kind.DATE: _("day, in the organization’s time zone"),
    Kind.MOMENT: _("date and time, in the organization’s time zone"),
    Kind.YES_NO: _("yes or no"),
    Kind.SHARE: _("share, from 0 to 1"),
}
PROGRAM = _("What the program is called now.")
COHORT = _("What the cohort is called now.")
PAIR = _(
    "Stands for the pair in every export of the organization and leads to nobody outside of it."
)
DEPARTMENT = _("As people’s records said when the figures of the day were taken.")
SIDE = _("On which side of the cohort the person is.")
PLANNED = _("As planned or noted by the end of the day.")
SHOWN = _("As it was known when the export was made.")

# By table, then by column.
MEANINGS: "Mapping[str, Mapping[str, Text]]" = {
    "pairs": {
        "reference": PAIR,
        "program": PROGRAM,
        "cohort": COHORT,
        **dict.fromkeys(("mentor_name", "mentee_name", "mentor_email", "mentee_email"), SHOWN),
        **dict.fromkeys(("mentor_department", "mentee_department"), DEPARTMENT),
        **dict.fromkeys(("mentor_grade", "mentee_grade"), DEPARTMENT),
        "grade_gap": _(
            "By how many grades the second of the two stands above the first. Empty when the"
            " order of a grade is not known."
        ),
        "conflict_check": _(
            "Whether one of the two reports to the other or has a say in the other’s career, as"
            " found by the end of the day; or that two people allowed it."
        ),
        "match_method": _("Whether one asked the other, or a plan or the program chose the two."),
        "matched_on": _("The day on which both had said yes."),
        "agreed_on": _("The day from which on both had agreed how they work together."),
        "cadence": _("How often the two mean to meet: as agreed, or else as the program proposes."),
        "ends_on": _("The end that counts: as agreed, or else after the program’s length."),
        "ended_on": _("The day on which the pair ended, however it did."),
        "state": _("Where the pair stood at the end of the day."),
        "end_reason": _("In neutral words, if those who run the program were told."),
        "meetings": _("Meetings noted as held by the end of the day."),
        "last_met_on": _("The day of the last meeting that was held."),
        "next_on": _("The day of the next meeting that was planned at the end of the day."),
        "hours": _("All meetings that were held, together."),
        **dict.fromkeys(
            ("moved_by_mentor", "moved_by_mentee"),
            _("How often this side moved a planned meeting or called it off."),
        ),
        "days_since_contact": _(
            "From the last meeting, or from the match when there was none, to the end of the day."
            " Empty once the pair has ended."
        ),
    },
    "participants": {
        "reference": _(
            "Stands for the person in every export of the organization and leads to nobody"
            " outside of it."
        ),
        "name": SHOWN,
        "email": SHOWN,
        "side": SIDE,
        "program": PROGRAM,
        "cohort": COHORT,
        **dict.fromkeys(("department", "location", "grade"), DEPARTMENT),
        "invited_on": _("The day of the first invitation to this side of the cohort."),
        "enrolled_on": _("The day on which the person enrolled."),
        "withdrawn_on": _("The day on which the person left the cohort, or was taken out of it."),
        "is_enrolled": _("Whether the person was in the cohort at the end of the day."),
        "is_ready": _(
            "Whether the person could be matched: enrolled, approved and done with what is required"
            " before, or in a pair already."
        ),
        "was_matched": _("Whether the person was ever in a pair of this cohort."),
        "capacity": _("How many partners the person would take."),
        "partners": _("Pairs of the person in this cohort that had not ended."),
    },
    "meetings": {
        "pair": PAIR,
        "program": PROGRAM,
        "cohort": COHORT,
        "state": _("Planned, held or called off, as noted by the end of the day."),
        "date": _("The day on which the meeting was, or is to be."),
        "starts_at": PLANNED,
        "ends_at": _("The start and the length together."),
        "minutes": PLANNED,
        "means": SHOWN,
        "planned_by": _("Which side noted the meeting first."),
        "planned_at": _("When it was noted first."),
        "held_noted_by": _("Which side noted that it took place."),
        "held_noted_at": _("When that was noted."),
        "cancelled_by": _("Which side called it off. Why is known to the two alone."),
        "cancelled_at": _("When it was called off."),
    },
    "surveys": {
        "program": PROGRAM,
        "cohort": COHORT,
        "moment": _("When in the life of a pair people were asked."),
        "side": _("Which side answered."),
        "version": _("Questions that change become a new version; answers are never mixed."),
        "question": _("As the version asks it."),
        "kind": _("A score from 1 to 5, or one of several answers."),
        "released_on": _("The day of the last weekly batch that is counted."),
        "n": _("How many answers the mean is of, in batches from at least five people each."),
        "mean": _("Of the scores, from 1 to 5."),
        "answer": _("One of the possible answers, from batches of at least eight people each."),
        "count": _("How often it was given."),
        "share": _("Of all answers to the question that are counted here."),
    },
    "groups": {
        "as_of": _("The end of the day of which the figure is."),
        "what": _("Which figure it is."),
        "whom": _("Of which group."),
        "people": _("How many people the figure is of. Empty when it was not told."),
        "figure": _("The figure in words."),
        "reason": _("Why it was not told. That follows from who is in the group alone."),
    },
    "audit": {
        "at": _("When it happened."),
        "actor": _("Who did it, as they were called then."),
        "action": _("What was done."),
        "subject": _("To whom or to what."),
        "details": _("What was before, and what came after."),
        "address": _("The network address from which it was done."),
    },
}

"""What is compared, in words: how the metric dictionary would say it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

# From the first pair of a cohort until its clock starts, and from then until it is read.
TO_FIND_PARTNERS = timedelta(days=30)
TO_SEE_ANYTHING = timedelta(days=180)


class Measure(StrEnum):
    """What is asked of everybody in both groups; also its name for the ledger."""

    RETENTION = "retention"
    PROMOTION = "promotion"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One entry of the dictionary. ``least`` is how many people each group must have."""

    key: str
    name: "Text"
    definition: "Text"
    source: "Text"
    least: int


LEAST = 10
SOURCE = _("Departments, grades and comings and goings, as people’s records had them at the time")
CAVEAT = _(
    "This is a comparison, not an effect: people who look for a partner differ from others in"
    " ways that no record holds."
)
CLOCK = _(
    "The clock of a cohort starts thirty days after its first pair began, and is read from 180"
    " days later on; cohorts that are younger are left out."
)
GROUPS = _(
    "Participants are people who had a partner when the clock started, each counted once. Beside"
    " them stand people who were with the organization on the same day, in the same department"
    " and grade, and never enrolled in any cohort; where there is nobody of the same grade, those"
    " of the same department and band of grades. They are weighted so that departments and"
    " grades count as much as among participants. Participants with nobody to stand beside them"
    " are left out."
)
INTERVALS = _(
    "The interval is Wilson’s, 95 %, for the weighted group with no more people than its weights"
    " are worth (Kish); there it is approximate."
)
SIZES = _(
    "Shown only when both groups have at least ten people, by their weights, too, and when in each"
    " those who did, those who did not, and those who cannot be asked any more, are at least five,"
    " or nobody."
)

MEANINGS = {
    Measure.RETENTION: Meaning(
        Measure.RETENTION,
        _("Still here"),
        _(
            "Of the people who were with the organization when the clock started, those who are"
            " with it at the end of the day that is asked about."
        ),
        SOURCE,
        LEAST,
    ),
    Measure.PROMOTION: Meaning(
        Measure.PROMOTION,
        _("Moved up a grade"),
        _(
            "Of the people who were with the organization when the clock started, are with it at"
            " the end of the day that is asked about, and have a known grade on both days: those"
            " whose grade is higher by then. New names, or another order, of grades promote"
            " nobody."
        ),
        SOURCE,
        LEAST,
    ),
}
NOTES = (CLOCK, GROUPS, INTERVALS, SIZES)

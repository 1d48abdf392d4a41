"""How pairs see each other's part, as far as it was released: whole batches, added up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Avg, Count
from django.utils.translation import gettext_lazy as _

from mentoring.feedback.disclosure import AVERAGE
from mentoring.feedback.models import ReleasedAnswer
from programs.enums import Moment, QuestionKind, Side

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, slots=True)
class Quality:
    """One side's scores of the other: what is asked, and from how many people it is told."""

    key: str
    name: "Text"
    definition: "Text"
    writer: Side
    least: int = AVERAGE


@dataclass(frozen=True, slots=True)
class Scores:
    """The mean of all scores from 1 to 5 that were released, and how many they are."""

    quality: Quality
    mean: float | None = None
    answers: int = 0


QUALITIES = (
    Quality(
        "quality_of_mentors",
        _("Mentors, as mentees see them"),
        _(
            "The mean of all scores from 1 to 5 that mentees gave their mentors when they ended,"
            " over all questions. Released once a week in whole batches of at least five people;"
            " of how many scores it is stands beside it."
        ),
        Side.MENTEE,
    ),
    Quality(
        "quality_of_mentees",
        _("Mentees, as mentors see them"),
        _(
            "The mean of all scores from 1 to 5 that mentors gave their mentees when they ended,"
            " over all questions. Released once a week in whole batches of at least five people;"
            " of how many scores it is stands beside it."
        ),
        Side.MENTOR,
    ),
)


def scores_of(cohorts: Collection[UUID], *, until: date) -> list[Scores]:
    """Both sides' scores in these cohorts that were released by that day; one query."""
    rows = ReleasedAnswer.objects.filter(
        release__cohort__in=cohorts,
        release__released_on__lte=until,
        release__respondents__gte=AVERAGE,
        release__question__form__moment=Moment.PARTNER,
        release__question__kind=QuestionKind.RATED,
        value__isnull=False,
    )
    told = rows.order_by().values("release__question__form__writer")
    found = {
        row["release__question__form__writer"]: (row["mean"], row["answers"])
        for row in told.annotate(mean=Avg("value"), answers=Count("pk"))
    }
    return [Scores(each, *found.get(each.writer, ())) for each in QUALITIES]

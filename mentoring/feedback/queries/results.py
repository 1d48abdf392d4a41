"""What a cohort answered, as far as it was released: scores, choices and comments of nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mentoring.feedback.disclosure import Batch, average, distribution
from mentoring.feedback.models import Release, ReleasedAnswer
from mentoring.feedback.sealed import unseal_comment
from mentoring.profiles.ratings import SCORES
from programs.enums import Moment, QuestionKind, Side
from programs.models import Cohort, FeedbackForm
from programs.queries.questions import Asked, asked_in


@dataclass(frozen=True, slots=True)
class Share:
    """How many gave one answer, and how much of all that is, from 0 to 100."""

    label: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Result:
    """What is told of one question; all of it empty while too few people have answered."""

    asked: Asked
    number: int = 0
    mean: float | None = None
    shares: list[Share] | None = None
    comments: tuple[str, ...] = ()
    released_on: date | None = None

    @property
    def is_told(self) -> bool:
        return bool(self.mean is not None or self.shares or self.comments)


@dataclass(frozen=True, slots=True)
class SideResults:
    """One version of what one side was asked."""

    side: Side
    version: int
    results: list[Result]


def results_of(
    cohort: Cohort, moment: Moment, language: str, *, until: date | None = None
) -> list[SideResults]:
    """The versions that this cohort answered, the mentors' first, the newest first.

    With ``until`` what was released by then; two days differ by whole batches. Four queries,
    however many questions and answers.
    """
    releases = Release.objects.filter(cohort=cohort, question__form__moment=moment)
    if until:
        releases = releases.filter(released_on__lte=until)
    batches: dict[UUID, list[Release]] = {}
    for each in releases.select_related("question").order_by("until"):
        batches.setdefault(each.question_id, []).append(each)
    forms = FeedbackForm.objects.filter(
        pk__in={each.question.form_id for found in batches.values() for each in found}
    )
    answers = _answers_of(each.pk for found in batches.values() for each in found)
    return [
        SideResults(
            Side(form.writer),
            form.version,
            [
                _result(asked, batches.get(asked.key, []), answers)
                for asked in asked_in(form, language)
                if moment != Moment.PARTNER or asked.kind != QuestionKind.TEXT
            ],
        )
        for form in forms.prefetch_related("questions").order_by("-writer", "-version")
    ]


def _answers_of(releases: Iterable[UUID]) -> Mapping[UUID, list[ReleasedAnswer]]:
    found: dict[UUID, list[ReleasedAnswer]] = {}
    for each in ReleasedAnswer.objects.filter(release__in=list(releases)).order_by("pk"):
        found.setdefault(each.release_id, []).append(each)
    return found


def _result(
    asked: Asked, releases: list[Release], answers: Mapping[UUID, list[ReleasedAnswer]]
) -> Result:
    if not releases:
        return Result(asked)
    rows = [row for each in releases for row in answers.get(each.pk, [])]
    released_on = releases[-1].released_on
    if asked.kind == QuestionKind.TEXT:
        comments = sorted(unseal_comment(row.text) for row in rows)
        return Result(asked, len(rows), comments=tuple(comments), released_on=released_on)
    batches = [
        Batch(
            each.respondents,
            [row.value for row in answers.get(each.pk, []) if row.value is not None],
        )
        for each in releases
    ]
    mean, number = average(batches) or (None, 0)
    return Result(
        asked,
        number,
        mean if asked.kind == QuestionKind.RATED else None,
        _shares(asked, batches),
        released_on=released_on,
    )


def _shares(asked: Asked, batches: list[Batch]) -> list[Share] | None:
    is_rated = asked.kind == QuestionKind.RATED
    options = list(SCORES) if is_rated else list(range(len(asked.choices)))
    counts = distribution(batches, options)
    if counts is None:
        return None
    labels = [str(each) for each in SCORES] if is_rated else list(asked.choices)
    total = sum(counts) or 1
    return [
        Share(label, count, round(100 * count / total))
        for label, count in zip(labels, counts, strict=True)
    ]

"""What the two people of a pair are asked, about each other and by the program."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from programs.enums import Moment, QuestionKind, Side
from programs.models import FeedbackForm, FeedbackQuestion, Program


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in one reader's words; ``key`` is what an answer is kept under."""

    key: UUID
    text: str
    kind: QuestionKind
    choices: tuple[str, ...]
    is_required: bool


def asked_in(form: FeedbackForm, language: str) -> list[Asked]:
    """The form's questions in their order, in a language as far as it was written.

    Choices keep their order in every language, so an answer is kept by the number of the
    choice. What is not translated, or was before the question changed, is in the
    organization's own words.
    """
    questions = sorted(form.questions.all(), key=lambda each: each.position)
    return [_asked(each, each.translations.get(language, {})) for each in questions]


def texts_of(keys: Collection[UUID], language: str) -> dict[UUID, str]:
    """What these questions ask, like `asked_in`. One query, none without keys."""
    if not keys:
        return {}
    rows = FeedbackQuestion.objects.filter(pk__in=list(keys))
    return {each.pk: _asked(each, each.translations.get(language, {})).text for each in rows}


def _asked(question: FeedbackQuestion, words: dict[str, Any]) -> Asked:
    choices = words.get("choices", [])
    return Asked(
        key=question.pk,
        text=question.text if words.get("is_old") else words.get("text") or question.text,
        kind=QuestionKind(question.kind),
        choices=tuple(own or original for own, original in zip_longest(choices, question.choices))[
            : len(question.choices)
        ],
        is_required=question.is_required,
    )


def untranslated(forms: Iterable[FeedbackForm], language: str) -> int:
    """How many questions are not, or not wholly, in a language."""
    return sum(
        not is_translated(question, language) for form in forms for question in form.questions.all()
    )


def is_translated(question: FeedbackQuestion, language: str) -> bool:
    words = question.translations.get(language, {})
    choices = words.get("choices", [])
    has_choices = len(choices) == len(question.choices) and all(choices)
    return bool(words.get("text")) and not words.get("is_old") and has_choices


def versions_of(program: Program, moment: Moment = Moment.PARTNER) -> list[FeedbackForm]:
    """Every version of both forms with its questions, the mentors' first, newest first."""
    return list(_forms(program).filter(moment=moment))


def newest_forms(program: Program, moment: Moment = Moment.PARTNER) -> dict[Side, FeedbackForm]:
    """The version of each form that is in use now, the mentors' first."""
    return _newest(versions_of(program, moment))


def newest_of_all(program: Program) -> dict[Moment, dict[Side, FeedbackForm]]:
    """The forms in use at every moment that has been looked at so far."""
    by_moment: dict[Moment, list[FeedbackForm]] = {}
    for form in _forms(program):
        by_moment.setdefault(Moment(form.moment), []).append(form)
    return {moment: _newest(forms) for moment, forms in by_moment.items()}


def _forms(program: Program) -> QuerySet[FeedbackForm]:
    ordered = Prefetch("questions", FeedbackQuestion.objects.order_by("position"))
    forms = FeedbackForm.objects.filter(program=program).prefetch_related(ordered)
    return forms.order_by("-writer", "-version")


def _newest(forms: Iterable[FeedbackForm]) -> dict[Side, FeedbackForm]:
    """Of forms in the order of `_forms`."""
    found: dict[Side, FeedbackForm] = {}
    for form in forms:
        found.setdefault(Side(form.writer), form)
    return found

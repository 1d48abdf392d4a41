"""Changing what the two people of a pair are asked, about each other and by the program."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Member
from accounts.operations.audit import record
from mentoring.lib.ids import uuid7
from programs.blueprints import Question
from programs.default_questions import default_questions
from programs.enums import WAVES, Action, Moment, QuestionKind, Side
from programs.models import FeedbackForm, FeedbackQuestion, Program
from programs.queries.questions import newest_forms
from programs.question_words import Words, in_language, keep_words
from programs.signals import feedback_days_changed

type Questions = Mapping[Side, Sequence[Question]]
type Forms = Mapping[Side, FeedbackForm]


class QuestionsChanged(Exception):
    """Somebody else saved the questions since the person began to type."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version


def forms_in_use(*, program: Program, moment: Moment) -> dict[Side, FeedbackForm]:
    """The version of each form that somebody who begins now is asked.

    A program that was never asked to choose starts with the product's own questions, in the
    organization's language.
    """
    forms = newest_forms(program, moment)
    return forms if len(forms) == len(Side) else _completed(program, moment)


@transaction.atomic
def _completed(program: Program, moment: Moment) -> dict[Side, FeedbackForm]:
    """The forms with ours where there were none. Of several people at once only one adds them."""
    Program.objects.select_for_update().get(pk=program.pk)
    forms = newest_forms(program, moment)
    if missing := [side for side in Side if side not in forms]:
        ours = default_questions(moment, program.organization.language)
        add_forms(program=program, questions={moment: {side: ours[side] for side in missing}})
        forms = newest_forms(program, moment)
    return forms


def form_in_use(*, program: Program, moment: Moment, writer: Side) -> FeedbackForm:
    """The version that somebody on this side who begins now is asked."""
    return forms_in_use(program=program, moment=moment)[writer]


def add_forms(*, program: Program, questions: Mapping[Moment, Questions]) -> None:
    """Give a program the first version of these forms."""
    forms = [
        FeedbackForm(program=program, moment=moment, writer=writer)
        for moment, sides in questions.items()
        for writer in sides
    ]
    FeedbackForm.objects.bulk_create(forms)
    _ask([(form, questions[Moment(form.moment)][Side(form.writer)]) for form in forms])


def version_of(program: Program, moment: Moment, forms: Forms) -> str:
    """What tells two states of a moment's page apart: its setting and both forms."""
    is_partner = moment == Moment.PARTNER
    setting = program.feedback_days if is_partner else moment in program.waves
    values = [
        [form.writer, form.version, *(_values_of(each) for each in asked)]
        for form in forms.values()
        for asked in [form.questions.all()]
    ]
    return sha256(json.dumps([setting, *values], sort_keys=True).encode()).hexdigest()


@transaction.atomic
def change_questions(
    *,
    program: Program,
    questions: Questions,
    version: str,
    actor: Member,
    moment: Moment = Moment.PARTNER,
    feedback_days: int | None = None,
    is_asked: bool | None = None,
) -> list[FeedbackForm]:
    """Ask these questions from now on; return the forms that are new or different.

    A form that nobody has answered is changed in place. One that was used stays as it is,
    and its next version asks the new questions. Questions that were stored before keep their
    words in other languages. Raises QuestionsChanged.
    """
    program, newest = _held(program, moment, version)
    _change_setting(program, moment, actor, days=feedback_days, is_asked=is_asked)
    wanted = _with_kept_words(program, moment, questions)
    return _change(program, moment, newest, wanted, actor)


@transaction.atomic
def translate_questions(
    *,
    program: Program,
    moment: Moment,
    language: str,
    words: Mapping[Side, Sequence[Words]],
    version: str,
    actor: Member,
) -> list[FeedbackForm]:
    """Ask the same questions in another language; return the forms that are different.

    ``words`` are in the order of the questions; an empty one takes the translation back. A
    used form gets a next version, as with any other change. Raises QuestionsChanged.
    """
    program, newest = _held(program, moment, version)
    wanted = {
        writer: [
            in_language(each, language, own)
            for each, own in zip(questions_of(form), words[writer], strict=True)
        ]
        for writer, form in newest.items()
    }
    return _change(program, moment, newest, wanted, actor, language=language)


def mark_used(*, form: FeedbackForm, now: datetime) -> None:
    """From the first answer on the form stays as it is."""
    FeedbackForm.objects.filter(pk=form.pk, used_at=None).update(used_at=now)


def questions_of(form: FeedbackForm) -> list[Question]:
    """The form's questions as plain values, in their order."""
    return [_question(each) for each in form.questions.all()]


def _question(stored: FeedbackQuestion) -> Question:
    return Question(
        stored.text,
        QuestionKind(stored.kind),
        stored.is_required,
        tuple(stored.choices),
        stored.translations,
        stored.pk,
    )


def _with_kept_words(program: Program, moment: Moment, questions: Questions) -> Questions:
    """The questions, those that were stored before with their words in other languages."""
    keys = [each.key for asked in questions.values() for each in asked if each.key]
    stored = FeedbackQuestion.objects.filter(form__program=program, form__moment=moment)
    known = {key: _question(each) for key, each in stored.in_bulk(keys).items()}
    return {
        writer: [keep_words(each, known[each.key]) if each.key in known else each for each in asked]
        for writer, asked in questions.items()
    }


def _held(
    program: Program, moment: Moment, version: str
) -> tuple[Program, dict[Side, FeedbackForm]]:
    """The program and its forms, which nobody else changes now, if they are still the same."""
    program = Program.objects.select_for_update().get(pk=program.pk)
    list(FeedbackForm.objects.select_for_update().filter(program=program, moment=moment))
    newest = newest_forms(program, moment)
    now = version_of(program, moment, newest)
    if now != version:
        raise QuestionsChanged(now)
    return program, newest


def _change_setting(
    program: Program, moment: Moment, actor: Member, *, days: int | None, is_asked: bool | None
) -> None:
    """How long feedback waits for the other's, or whether the program asks at all."""
    before: dict[str, Any] = {"feedback_days": program.feedback_days, "waves": program.waves}
    if moment == Moment.PARTNER and days is not None:
        program.feedback_days = days
    if moment in WAVES and is_asked is not None:
        others = [each for each in program.waves if each != moment]
        asked = [*others, moment] if is_asked else others
        program.waves = [each.value for each in WAVES if each in asked]
    now = {name: getattr(program, name) for name in before}
    if changes := {name: [before[name], now[name]] for name in now if before[name] != now[name]}:
        program.save(update_fields=list(changes))
        _record(Action.PROGRAM_CHANGED, program, actor, changes)
    if "feedback_days" in changes:
        feedback_days_changed.send(sender=Program, program=program)


def _values_of(question: FeedbackQuestion) -> list[object]:
    words = question.text, question.choices, question.translations
    return [question.kind, question.is_required, *words]


def _change(
    program: Program,
    moment: Moment,
    newest: Forms,
    wanted: Questions,
    actor: Member,
    *,
    language: str = "",
) -> list[FeedbackForm]:
    changed = []
    for writer, questions in wanted.items():
        before = newest.get(writer)
        asked = questions_of(before) if before else []
        if asked == list(questions):
            continue
        old_version = before.version if before else None
        form, free = _open_version(program, moment, writer, before)
        _ask([(form, questions)], keys=free)
        changed.append(form)
        told: dict[str, Any] = {
            "moment": moment,
            "answered_by": writer,
            "version": [old_version, form.version],
        }
        texts = [[each.text for each in side] for side in (asked, questions)]
        told |= {"language": language} if language else {"questions": texts}
        _record(Action.QUESTIONS_CHANGED, program, actor, told)
    return changed


def _open_version(
    program: Program, moment: Moment, writer: Side, before: FeedbackForm | None
) -> tuple[FeedbackForm, set[UUID]]:
    """The version that may be written to, without questions, and the keys that are free.

    Questions keep their keys while nobody has answered, so that a page that was opened
    before still knows which they are.
    """
    if before and not before.used_at:
        old = FeedbackQuestion.objects.filter(form=before)
        keys = set(old.values_list("pk", flat=True))
        old.delete()
        return before, keys
    version = before.version + 1 if before else 1
    form: FeedbackForm = FeedbackForm.objects.create(
        program=program, moment=moment, writer=writer, version=version
    )
    return form, set()


def _ask(
    forms: Sequence[tuple[FeedbackForm, Sequence[Question]]], *, keys: Collection[UUID] = ()
) -> None:
    free = set(keys)
    rows = []
    for form, questions in forms:
        for position, question in enumerate(questions, start=1):
            key = question.key if question.key in free else uuid7()
            free.discard(key)
            rows.append(
                FeedbackQuestion(
                    pk=key,
                    form=form,
                    position=position,
                    kind=question.kind,
                    text=question.text,
                    is_required=question.is_required,
                    choices=list(question.choices),
                    translations=dict(question.translations),
                )
            )
    FeedbackQuestion.objects.bulk_create(rows)


def _record(action: Action, program: Program, actor: Member, details: dict[str, Any]) -> None:
    record(
        actor=actor,
        action=action,
        subject_id=program.pk,
        subject_name=program.name,
        details=details,
    )

"""Changing what the two people of a pair are asked about each other at the end."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from accounts.models import Member
from accounts.operations.audit import record
from programs.blueprints import Question
from programs.enums import Action, QuestionKind, Side
from programs.models import FeedbackForm, FeedbackQuestion, Program
from programs.queries.questions import newest_forms

type Questions = Mapping[Side, Sequence[Question]]


class QuestionsChanged(Exception):
    """Somebody else saved the questions since the person began to type."""

    def __init__(self, newest: Mapping[Side, FeedbackForm]) -> None:
        super().__init__(newest)
        self.newest = newest


def add_forms(*, program: Program, questions: Questions) -> None:
    """Give a new program the first version of both forms."""
    forms = [FeedbackForm(program=program, writer=writer) for writer in questions]
    FeedbackForm.objects.bulk_create(forms)
    _ask([(form, questions[Side(form.writer)]) for form in forms])


def version_of(forms: Mapping[Side, FeedbackForm]) -> str:
    """What tells two states of both forms apart."""
    values = [
        [form.writer, form.version, *([each.kind, each.text, each.is_required] for each in asked)]
        for form in forms.values()
        for asked in [form.questions.all()]
    ]
    return sha256(json.dumps(values).encode()).hexdigest()


@transaction.atomic
def change_questions(
    *, program: Program, questions: Questions, version: str, actor: Member
) -> list[FeedbackForm]:
    """Ask these questions from now on; return the forms that are new or different.

    A form that nobody has answered is changed in place. One that was used stays as it is,
    and its next version asks the new questions. Raises QuestionsChanged.
    """
    Program.objects.select_for_update().get(pk=program.pk)
    list(FeedbackForm.objects.select_for_update().filter(program=program))
    newest = newest_forms(program)
    if version_of(newest) != version:
        raise QuestionsChanged(newest)
    changed = []
    for writer, wanted in questions.items():
        before = newest.get(writer)
        asked = questions_of(before) if before else []
        if asked == list(wanted):
            continue
        form = _open_version(program, writer, before)
        _ask([(form, wanted)])
        changed.append(form)
        _record(program, actor, before, form, [asked, list(wanted)])
    return changed


@transaction.atomic
def mark_used(*, form: FeedbackForm, now: datetime) -> None:
    """From the first answer on the form stays as it is."""
    FeedbackForm.objects.filter(pk=form.pk, used_at=None).update(used_at=now)


def questions_of(form: FeedbackForm) -> list[Question]:
    """The form's questions as plain values, in their order."""
    return [
        Question(each.text, QuestionKind(each.kind), each.is_required)
        for each in form.questions.all()
    ]


def _open_version(program: Program, writer: Side, before: FeedbackForm | None) -> FeedbackForm:
    """The version that may be written to, without questions."""
    if before and not before.used_at:
        FeedbackQuestion.objects.filter(form=before).delete()
        return before
    version = before.version + 1 if before else 1
    form: FeedbackForm = FeedbackForm.objects.create(
        program=program, writer=writer, version=version
    )
    return form


def _ask(forms: Sequence[tuple[FeedbackForm, Sequence[Question]]]) -> None:
    FeedbackQuestion.objects.bulk_create(
        FeedbackQuestion(
            form=form,
            position=position,
            kind=question.kind,
            text=question.text,
            is_required=question.is_required,
        )
        for form, questions in forms
        for position, question in enumerate(questions, start=1)
    )


def _record(
    program: Program,
    actor: Member,
    before: FeedbackForm | None,
    form: FeedbackForm,
    sides: list[list[Question]],
) -> None:
    asked = [[question.text for question in questions] for questions in sides]
    versions = [before.version if before else None, form.version]
    record(
        actor=actor,
        action=Action.QUESTIONS_CHANGED,
        subject_id=program.pk,
        subject_name=program.name,
        details={"answered_by": form.writer, "version": versions, "questions": asked},
    )

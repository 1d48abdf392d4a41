"""Own questions of an organization, and built-in ones that it does not want."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Member, Organization
from accounts.operations.audit import record
from programs.enums import LibraryAction, Stage
from programs.library import BuiltIn
from programs.models import HiddenQuestion, LibraryQuestion, TopicFamily

# The newest come first, and a list stays in its own order.
STEP = timedelta(microseconds=1)


class QuestionTaken(Exception):
    """The organization has the same question in this stage, in use or archived."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a list: how many are new, and which were there before."""

    count: int
    known: list[str]


@transaction.atomic
def add_question(
    *, stage: Stage, family: TopicFamily | None, text: str, actor: Member, now: datetime
) -> LibraryQuestion:
    """Add an own question. Raises QuestionTaken."""
    question = LibraryQuestion(
        stage=stage, family=family, text=text, created_by=actor, created_at=now
    )
    _save(question)
    _record(LibraryAction.QUESTION_ADDED, question, actor, {"stage": stage})
    return question


@transaction.atomic
def add_questions(
    *,
    stage: Stage,
    family: TopicFamily | None,
    texts: Sequence[str],
    actor: Member,
    now: datetime,
) -> Added:
    """Add those of the texts that are new in this stage; all of them or, on an error, none.

    Lists come one after the other, so that two in another order do not wait for each other.
    """
    organization: Organization = Organization.objects.select_for_update().get()
    rows = [
        LibraryQuestion(
            organization=organization,
            stage=stage,
            family=family,
            text=text,
            created_by=actor,
            created_at=now - place * STEP,
        )
        for place, text in enumerate(texts)
    ]
    LibraryQuestion.objects.bulk_create(rows, ignore_conflicts=True)
    mine = LibraryQuestion.objects.filter(pk__in=[row.pk for row in rows])
    new = set(mine.values_list("pk", flat=True))
    if new:
        record(
            actor=actor,
            action=LibraryAction.QUESTIONS_ADDED,
            subject_id=organization.pk,
            subject_name=organization.name,
            details={"library_questions": len(new), "stage": stage},
        )
    return Added(len(new), [row.text for row in rows if row.pk not in new])


@transaction.atomic
def change_question(
    *,
    question: LibraryQuestion,
    stage: Stage,
    family: TopicFamily | None,
    text: str,
    actor: Member,
) -> LibraryQuestion:
    """Set what a question says and where it belongs. Raises QuestionTaken."""
    rows = LibraryQuestion.objects.select_for_update(of=("self",)).select_related("family")
    question = rows.get(pk=question.pk)
    changes: dict[str, Any] = {}
    if question.text != text:
        changes["text"] = [question.text, text]
    if question.stage != stage:
        changes["stage"] = [question.stage, stage]
    if question.family_id != (family.pk if family else None):
        changes["family"] = [_name(question.family), _name(family)]
    question.text, question.stage, question.family = text, stage, family
    if changes:
        _save(question)
        _record(LibraryAction.QUESTION_CHANGED, question, actor, changes)
    return question


@transaction.atomic
def archive_question(*, question: LibraryQuestion, actor: Member, now: datetime) -> None:
    """Show a question to nobody any more."""
    if LibraryQuestion.objects.in_use().filter(pk=question.pk).update(archived_at=now):
        _record(LibraryAction.QUESTION_ARCHIVED, question, actor)


@transaction.atomic
def restore_question(*, question: LibraryQuestion, actor: Member) -> None:
    """Show an archived question again."""
    gone = LibraryQuestion.objects.filter(pk=question.pk).exclude(archived_at=None)
    if gone.update(archived_at=None):
        _record(LibraryAction.QUESTION_RESTORED, question, actor)


@transaction.atomic
def hide(*, question: BuiltIn, actor: Member, now: datetime) -> None:
    """Leave a built-in question out; twice is the same as once."""
    _row, is_new = HiddenQuestion.objects.get_or_create(
        organization=actor.organization,
        key=question.key,
        defaults={"hidden_by": actor, "hidden_at": now},
    )
    if is_new:
        _record_built_in(LibraryAction.QUESTION_HIDDEN, question, actor)


@transaction.atomic
def show(*, question: BuiltIn, actor: Member) -> None:
    """Show a hidden question again."""
    number, _each = HiddenQuestion.objects.filter(key=question.key).delete()
    if number:
        _record_built_in(LibraryAction.QUESTION_SHOWN, question, actor)


def _name(family: TopicFamily | None) -> str:
    return family.name if family else ""


def _save(question: LibraryQuestion) -> None:
    try:
        with transaction.atomic():
            question.save()
    except IntegrityError as error:
        raise QuestionTaken from error


def _record(
    action: LibraryAction,
    question: LibraryQuestion,
    actor: Member,
    details: dict[str, Any] | None = None,
) -> None:
    _write(action, question.pk, question.text, actor, details)


def _record_built_in(action: LibraryAction, question: BuiltIn, actor: Member) -> None:
    _write(action, None, str(question.text), actor, {"stage": question.stage})


def _write(
    action: LibraryAction,
    key: UUID | None,
    text: str,
    actor: Member,
    details: dict[str, Any] | None,
) -> None:
    record(actor=actor, action=action, subject_id=key, subject_name=text, details=details)

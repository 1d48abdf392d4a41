"""Starting a program from one that exists."""

from contextlib import suppress
from itertools import count

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import Member
from accounts.operations.audit import record
from programs.enums import Action
from programs.models import PreparationItem, Program
from programs.operations.programs import NameTaken, save
from programs.operations.questions import add_forms, questions_of
from programs.queries.questions import newest_of_all
from programs.sections import FIELDS

NAME_LENGTH = 120


@transaction.atomic
def duplicate(*, program: Program, actor: Member) -> Program:
    """Copy settings, preparation items in use and every newest form, under a free name.

    Cohorts, and who is responsible for the program, stay with the original.
    """
    values = {name: getattr(program, name) for names in FIELDS.values() for name in names}
    values |= {"feedback_days": program.feedback_days, "waves": program.waves}
    copy = Program(**values, template=program.template)
    _save_under_free_name(copy, program.name)
    _copy_items(program, copy)
    _copy_questions(program, copy)
    record(
        actor=actor,
        action=Action.PROGRAM_CREATED,
        subject_id=copy.pk,
        subject_name=copy.name,
        details={"kind": copy.kind, "copied_from": program.name},
    )
    return copy


def _save_under_free_name(copy: Program, name: str) -> None:
    for number in count(1):
        ending = _(" (copy)") if number == 1 else _(" (copy %(number)d)") % {"number": number}
        copy.name = Truncator(name).chars(NAME_LENGTH - len(ending)) + ending
        with suppress(NameTaken):
            save(copy)
            break


def _copy_items(program: Program, copy: Program) -> None:
    items = PreparationItem.objects.filter(program=program, archived_at=None)
    PreparationItem.objects.bulk_create(
        PreparationItem(
            program=copy,
            title=item.title,
            text=item.text,
            url=item.url,
            audience=item.audience,
            is_required=item.is_required,
            position=position,
        )
        for position, item in enumerate(items.order_by("position", "pk"), start=1)
    )


def _copy_questions(program: Program, copy: Program) -> None:
    forms = newest_of_all(program)
    questions = {
        moment: {side: questions_of(form) for side, form in sides.items()}
        for moment, sides in forms.items()
    }
    add_forms(program=copy, questions=questions)

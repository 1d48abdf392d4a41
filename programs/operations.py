"""Changing programs and who is responsible for them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import Member
from accounts.operations.audit import record
from programs.enums import Action, Kind
from programs.models import Program, ProgramReach


class NameTaken(Exception):
    """The organization has another program with this name."""


@transaction.atomic
def create_program(*, name: str, kind: Kind, purpose: str, actor: Member) -> Program:
    """Add a program. Raises NameTaken, which also catches a form sent twice."""
    program = Program(name=name, kind=kind, purpose=purpose)
    _save(program)
    _record(Action.PROGRAM_CREATED, program, actor, {"kind": kind})
    return program


@transaction.atomic
def change_program(
    *, program: Program, name: str, kind: Kind, purpose: str, actor: Member
) -> Program:
    """Set a program's name, kind and purpose. Raises NameTaken."""
    program = Program.objects.select_for_update().get(pk=program.pk)
    changes: dict[str, object] = {}
    for field, value in {"name": name, "kind": kind, "purpose": purpose}.items():
        if getattr(program, field) != value:
            changes[field] = [getattr(program, field), value]
            setattr(program, field, value)
    if changes:
        _save(program)
        _record(Action.PROGRAM_CHANGED, program, actor, changes)
    return program


@transaction.atomic
def archive(*, program: Program, actor: Member, now: datetime) -> Program:
    """Take a program out of use; everything in it stays readable."""
    program = Program.objects.select_for_update().get(pk=program.pk)
    if not program.archived_at:
        program.archived_at = now
        program.save(update_fields=["archived_at"])
        _record(Action.PROGRAM_ARCHIVED, program, actor)
    return program


@transaction.atomic
def restore(*, program: Program, actor: Member) -> Program:
    """Take an archived program into use again."""
    program = Program.objects.select_for_update().get(pk=program.pk)
    if program.archived_at:
        program.archived_at = None
        program.save(update_fields=["archived_at"])
        _record(Action.PROGRAM_RESTORED, program, actor)
    return program


@transaction.atomic
def set_reach(*, member: Member, programs: Iterable[Program], actor: Member) -> None:
    """Make a narrowed program admin responsible for these programs and no others."""
    member = Member.objects.select_for_update(of=("self",)).select_related("user").get(pk=member.pk)
    wanted = {program.pk: program for program in programs}
    reaches = ProgramReach.objects.filter(member=member).select_related("program")
    before = {reach.program_id: reach.program for reach in reaches}
    if before.keys() == wanted.keys():
        return
    reaches.exclude(program__in=wanted).delete()
    ProgramReach.objects.bulk_create(
        ProgramReach(member=member, program=program)
        for key, program in wanted.items()
        if key not in before
    )
    record(
        actor=actor,
        action=Action.REACH_CHANGED,
        subject_id=member.pk,
        subject_name=str(member.user),
        details={"programs": [_names(before.values()), _names(wanted.values())]},
    )


def _names(programs: Iterable[Program]) -> str:
    return ", ".join(sorted(program.name for program in programs))


def _save(program: Program) -> None:
    try:
        with transaction.atomic():
            program.save()
    except IntegrityError as error:
        raise NameTaken from error


def _record(
    action: Action, program: Program, actor: Member, details: dict[str, object] | None = None
) -> None:
    record(
        actor=actor,
        action=action,
        subject_id=program.pk,
        subject_name=program.name,
        details=details,
    )

"""Changing programs and who is responsible for them."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts.models import Member
from accounts.operations.audit import record
from programs.blueprints import BLUEPRINTS, texts_for
from programs.enums import Action, CohortState, Kind, Moment, Template
from programs.models import Cohort, PreparationItem, Program, ProgramReach
from programs.operations.questions import forms_in_use
from programs.sections import FIELDS, Section

AT_REST = (CohortState.DRAFT, CohortState.CLOSED)


class NameTaken(Exception):
    """The organization has another program with this name."""


class ChangedMeanwhile(Exception):
    """Somebody else saved the same settings since the person began to type."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.program = program


class StillRunning(Exception):
    """Cohorts of the program are on their way; ``names`` says which."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(names)
        self.names = names


@transaction.atomic
def create_program(
    *, name: str, kind: Kind, purpose: str, actor: Member, template: Template = Template.BLANK
) -> Program:
    """Add a program with everything that the template brings along.

    Raises NameTaken, which also catches a form sent twice.
    """
    organization = actor.organization
    with override(organization.language):
        texts = texts_for(template, kind=kind, terms=organization.terms)
    program = Program(
        name=name,
        kind=kind,
        purpose=purpose,
        template=template,
        agreement=texts.agreement,
        **BLUEPRINTS[template].fields,
    )
    save(program)
    PreparationItem.objects.bulk_create(
        PreparationItem(
            program=program,
            title=item.title,
            text=item.text,
            audience=item.audience,
            position=position,
        )
        for position, item in enumerate(texts.items, start=1)
    )
    forms_in_use(program=program, moment=Moment.PARTNER)
    _record(Action.PROGRAM_CREATED, program, actor, {"kind": kind, "template": template})
    return program


def version_of(program: Program, section: Section) -> str:
    """What tells two states of one section apart; saving another section is no conflict."""
    columns = {field.name: field.attname for field in Program._meta.concrete_fields}
    values = [str(getattr(program, columns[name])) for name in FIELDS[section]]
    return sha256(json.dumps(values).encode()).hexdigest()


@transaction.atomic
def change_program(
    *,
    program: Program,
    section: Section,
    values: Mapping[str, Any],
    version: str,
    actor: Member,
) -> Program:
    """Set fields of one section; those not given stay. Raises ChangedMeanwhile and NameTaken."""
    program = Program.objects.with_people().select_for_update(of=("self",)).get(pk=program.pk)
    if version_of(program, section) != version:
        raise ChangedMeanwhile(program)
    changes: dict[str, object] = {}
    for field in FIELDS[section]:
        before = getattr(program, field)
        value = values.get(field, before)
        if before != value:
            changes[field] = [_told(before), _told(value)]
            setattr(program, field, value)
    if changes:
        save(program)
        _record(Action.PROGRAM_CHANGED, program, actor, changes)
    return program


@transaction.atomic
def archive(*, program: Program, actor: Member, now: datetime) -> Program:
    """Take a program out of use; everything in it stays readable.

    Raises StillRunning while a cohort is between draft and closed.
    """
    program = Program.objects.select_for_update().get(pk=program.pk)
    running = Cohort.objects.filter(program=program).exclude(state__in=AT_REST).order_by("name")
    if names := list(running.values_list("name", flat=True)):
        raise StillRunning(names)
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
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
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
        subject_name=str(member),
        details={"programs": [_names(before.values()), _names(wanted.values())]},
    )


def save(program: Program) -> None:
    """Write the program. Raises NameTaken; the transaction around it stays usable."""
    try:
        with transaction.atomic():
            program.save()
    except IntegrityError as error:
        if "programs_program_name_once" not in str(error):
            raise
        raise NameTaken from error


def _names(programs: Iterable[Program]) -> str:
    return ", ".join(sorted(program.name for program in programs))


def _told(value: Any) -> Any:
    """A value as the audit log keeps it: people by name."""
    return str(value) if isinstance(value, Member) else value


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

"""Two organizations that both have rows in every tenant table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, connections, models, transaction

from accounts.enums import Action, Role
from accounts.models import AuditEvent, Logo, Member, Organization
from mentoring.outbox.operations import enqueue
from mentoring.tenancy.backend.schema import is_tenant
from programs.enums import Kind
from programs.models import Participant, ProgramReach, Topic
from programs.operations.programs import create_program
from tests import factories
from tests.accounts.pictures import picture
from tests.factories import inside
from tests.tenancy.furniture import (
    furnish_chart,
    furnish_goals,
    furnish_meetings,
    furnish_pair,
    furnish_plan,
    furnish_profile,
    furnish_program,
    furnish_talk,
)
from tests.tenancy.furniture_of_check_ins import furnish_check_ins
from tests.tenancy.furniture_of_exports import furnish_exports
from tests.tenancy.furniture_of_feedback import furnish_feedback
from tests.tenancy.furniture_of_ledger import furnish_ledger
from tests.tenancy.furniture_of_notices import furnish_notices
from tests.tenancy.furniture_of_reports import furnish_reports


def tenant_models() -> list[type[models.Model]]:
    """Every model whose rows belong to an organization."""
    return [model for model in apps.get_models() if is_tenant(model)]


def ask(sql: str, *params: Any) -> list[tuple[object, ...]]:
    """The answer of raw SQL through the app role."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@dataclass(frozen=True)
class House:
    """An organization and some of its people."""

    organization: Organization
    owner: Member
    member: Member
    ids: dict[str, UUID]


def furnish(name: str) -> House:
    """An organization with a row in every tenant table, each carrying the name."""
    organization = factories.create_organization(name, slug=name.lower())
    owner = factories.create_member(organization, name=f"{name} Owner", roles=[Role.OWNER])
    member = factories.create_member(organization, name=f"{name} Member")
    invitation = factories.create_invitation(owner, email=f"{name.lower()}@example.org")
    with inside(organization, member_id=member.pk):
        program = create_program(
            name=f"{name} Program", kind=Kind.REVERSE, purpose=name, actor=owner
        )
        ProgramReach.objects.create(member=member, program=program)
        message = enqueue(
            kind="accounts.invitation",
            recipient=invitation.email,
            subject_id=invitation.pk,
            occurrence="1",
            due_at=owner.joined_at,
            expires_at=invitation.expires_at,
        )
        Logo.objects.create(png=picture() + name.encode(), digest=name)
        AuditEvent.objects.create(
            at=owner.joined_at, actor=owner, action=Action.MEMBER_JOINED, subject_name=name
        )
        chart = furnish_chart(name, member, at=owner.joined_at)
        parts = furnish_program(name, program, member, at=owner.joined_at)
        participant = Participant.objects.get(pk=parts["participant_id"])
        furnish_profile(name, participant, Topic.objects.get(pk=parts["topic_id"]))
        pairing_id = furnish_pair(name, participant, owner, at=owner.joined_at)
        talk = furnish_talk(name, pairing_id, participant, owner, at=owner.joined_at)
        plan = furnish_plan(name, participant, owner, at=owner.joined_at)
        meetings = furnish_meetings(name, pairing_id, at=owner.joined_at)
        goals = furnish_goals(name, pairing_id, at=owner.joined_at)
        notices = furnish_notices(name, member, message, at=owner.joined_at)
        furnish_check_ins(pairing_id, at=owner.joined_at)
        furnish_feedback(name, pairing_id, at=owner.joined_at)
        furnish_ledger(name, at=owner.joined_at)
        furnish_reports(name, pairing_id, at=owner.joined_at)
        exports = furnish_exports(name, member, at=owner.joined_at)
    ids = {
        **chart,
        **parts,
        **plan,
        **meetings,
        **goals,
        **notices,
        **talk,
        **exports,
        "pairing_id": pairing_id,
        "member_id": member.pk,
        "invitation_id": invitation.pk,
        "program_id": program.pk,
        "message_id": message.pk,
    }
    return House(organization, owner, member, ids)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> None:
    """Rolled back, unless the module asks for real commits."""
    if "committed_db" not in request.fixturenames:
        request.getfixturevalue("db")


@pytest.fixture
def ours(database: None) -> House:
    return furnish("Ours")


@pytest.fixture
def theirs(database: None) -> House:
    return furnish("Theirs")


@pytest.fixture
def without_policies(ours: House, theirs: House) -> Iterator[str]:
    """The alias of a connection for which no policy exists; undone afterwards."""
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            for table in ["accounts_organization", *(m._meta.db_table for m in tenant_models())]:
                cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        yield "owner"
        transaction.set_rollback(True, using="owner")

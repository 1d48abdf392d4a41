"""What two people share reaches nobody else of their own organization: every role, every page.

The words of a pair carry a canary. Everybody else visits every address of the organization
with the very keys of the pair, and asks the database itself, as the application's role.
"""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from accounts.enums import Reach, Role
from accounts.models import Member
from mentoring.meetings.models import PublishedCommitment
from mentoring.notices.models import Notice
from mentoring.outbox.operations import enqueue
from mentoring.profiles.models import Aims
from mentoring.profiles.sealed import AIMS, seal
from programs.models import Participant, Program
from tests.accounts.routes import routes_inside
from tests.accounts.test_isolation import WORDS, body
from tests.factories import create_member, create_organization, create_owner, inside, login
from tests.tenancy.conftest import tenant_models
from tests.tenancy.furniture import (
    furnish_goals,
    furnish_meetings,
    furnish_pair,
    furnish_program,
    furnish_talk,
)
from tests.tenancy.furniture_of_check_ins import furnish_check_ins
from tests.tenancy.furniture_of_exports import furnish_exports
from tests.tenancy.furniture_of_feedback import furnish_feedback
from tests.tenancy.furniture_of_notices import furnish_notices
from tests.tenancy.furniture_of_reports import furnish_reports

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
CANARY = "kingfisher"
ROUTES = routes_inside()
ROLES = ["owner", "program_admin", "narrowed_admin", "analyst", "colleague", "manager", "nobody"]


class House:
    """An organization with one pair whose words carry the canary."""

    def __init__(self) -> None:
        here = create_organization("Halden")
        self.organization = here
        self.roles: dict[str, Member | None] = {
            "owner": create_owner(here),
            "program_admin": create_member(here, roles=[Role.PROGRAM_ADMIN]),
            "narrowed_admin": create_member(here, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS),
            "analyst": create_member(here, roles=[Role.HR_ANALYST]),
            "colleague": create_member(here),
            "manager": create_member(here),
            "nobody": None,
        }
        manager, owner = self.roles["manager"], self.roles["owner"]
        self.mentor = create_member(here, name="Ada", manager=manager)
        self.mentee = create_member(here, name="Carl", manager=manager)
        assert owner is not None
        at = owner.joined_at
        with inside(here, member_id=self.mentee.pk):
            program = Program.objects.create(name="Upward")
            parts = furnish_program("plain", program, self.mentee, at=at)
            mentee = Participant.objects.get(pk=parts["participant_id"])
            aims = seal(CANARY, purpose=AIMS)
            Aims.objects.create(participant=mentee, member=self.mentee, aims=aims)
            pairing_id = furnish_pair(CANARY, mentee, self.mentor, at=at)
            talk = furnish_talk(CANARY, pairing_id, mentee, self.mentor, at=at)
            meetings = furnish_meetings(CANARY, pairing_id, at=at)
            goals = furnish_goals(CANARY, pairing_id, at=at)
            message = enqueue(
                kind="accounts.invitation",
                recipient=self.mentee.email,
                subject_id=pairing_id,
                occurrence="1",
                due_at=at,
            )
            notices = furnish_notices("plain", self.mentee, message, at=at)
            furnish_check_ins(pairing_id, at=at)
            furnish_feedback(CANARY, pairing_id, at=at)
            furnish_reports("plain", pairing_id, at=at)
            exports = furnish_exports("plain", self.mentee, at=at)
            Notice.objects.update(text=CANARY)
            # What a cohort reads is meant for everybody in it.
            PublishedCommitment.objects.update(text="plain")
        self.keys: dict[str, Any] = {
            **parts,
            **talk,
            **meetings,
            **goals,
            **notices,
            **exports,
            **WORDS,
            "pairing_id": pairing_id,
            "program_id": program.pk,
            "member_id": self.mentee.pk,
        }

    def member_id(self, role: str) -> UUID | None:
        member = self.roles[role]
        return member.pk if member else None


@pytest.fixture
def house() -> House:
    return House()


def addresses(house: House) -> list[str]:
    """Every address whose parts the house can fill, with the keys of the pair."""
    return [
        route.fill(house.organization.slug, {name: house.keys[name] for name in route.arguments})
        for route in ROUTES
        if set(route.arguments) <= house.keys.keys()
    ]


@pytest.mark.parametrize("role", ROLES)
def test_no_page_shows_their_words_to_anybody_else(client, house, role):
    if member := house.roles[role]:
        login(client, member)
    shown = [
        address
        for address in addresses(house)
        if CANARY.encode() in body(client.get(address)).lower()
    ]
    assert shown == []


def test_their_own_pages_do_show_them(client, house):
    """So that the test above does not pass on empty pages."""
    for member in (house.mentor, house.mentee):
        login(client, member)
        seen = [each for each in addresses(house) if CANARY.encode() in body(client.get(each))]
        assert len(seen) >= 3


@pytest.mark.parametrize("role", ROLES)
def test_the_database_shows_no_private_row_to_anybody_else(house, role):
    private = [model for model in tenant_models() if getattr(model, "private_to", ())]
    with inside(house.organization, member_id=house.member_id(role)), connection.cursor() as cursor:
        found = {}
        for model in private:
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            found[model.__name__] = cursor.fetchone()
    assert {name: count for name, (count,) in found.items() if count} == {}
    assert len(private) >= 14


@pytest.mark.parametrize("role", [*ROLES, "mentor", "mentee"])
def test_no_row_of_any_table_holds_their_words_in_plain_text(house, role):
    own = {"mentor": house.mentor.pk, "mentee": house.mentee.pk}
    member_id = own.get(role) or house.member_id(role)
    with inside(house.organization, member_id=member_id), connection.cursor() as cursor:
        found = []
        for model in tenant_models():
            table = model._meta.db_table
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS row WHERE to_jsonb(row)::text ILIKE %s',
                [f"%{CANARY}%"],
            )
            if cursor.fetchone() != (0,):
                found.append(table)
    # What stands for the secret of an address in the furniture is not their word. What the bell
    # says has left the house by mail, unsealed; it is still for one person alone.
    assert set(found) <= {"meetings_feed", "notices_notice"}

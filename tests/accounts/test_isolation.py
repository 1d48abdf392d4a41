"""Two organizations with data: no page of one shows anything of the other."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from accounts.enums import Action, Reach, Role
from accounts.models import Member
from accounts.operations.audit import record
from accounts.operations.settings import change_appearance, version_of
from mentoring.lib.ids import uuid7
from mentoring.outbox.models import Message
from mentoring.outbox.operations import enqueue
from programs.models import Participant, Program, ProgramReach
from tests.accounts.pictures import picture
from tests.accounts.routes import Route, routes_inside
from tests.factories import (
    create_invitation,
    create_member,
    create_organization,
    create_owner,
    create_user,
    inside,
    login,
)
from tests.tenancy.furniture import (
    furnish_chart,
    furnish_goals,
    furnish_meetings,
    furnish_pair,
    furnish_plan,
    furnish_program,
    furnish_talk,
)
from tests.tenancy.furniture_of_check_ins import furnish_check_ins
from tests.tenancy.furniture_of_exports import furnish_exports
from tests.tenancy.furniture_of_feedback import furnish_feedback
from tests.tenancy.furniture_of_ledger import furnish_ledger
from tests.tenancy.furniture_of_notices import furnish_notices
from tests.tenancy.furniture_of_reports import furnish_reports

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
ROUTES = routes_inside()
# Parts of addresses that are the same in every organization.
WORDS = {"side": "mentee", "step": "aims", "direction": "sought", "what": "archive", "said": "well"}
# The words of one mail in one language.
WORDS |= {"kind": "pairings.began", "case": "usual", "language": "en"}
# What is asked of a pair in one wave.
WORDS |= {"moment": "introduction"}
OF_AN_OBJECT = [route for route in ROUTES if {*route.arguments} - {"color", *WORDS}]
APPEARANCE = ("accent", "logo_digest")


@dataclass(frozen=True)
class House:
    """An organization with a row in every table that its pages show."""

    owner: Member
    keys: dict[str, Any]

    def url(self, route: Route, keys: dict[str, Any]) -> str:
        arguments = {name: keys[name] for name in route.arguments}
        return route.fill(self.owner.organization.slug, arguments)


def build(canary: str, owner: Member) -> House:
    here = owner.organization
    admin = create_member(
        here,
        name=f"{canary} Admin",
        email=f"{canary}-admin@example.org".lower(),
        roles=[Role.PROGRAM_ADMIN],
        reach=Reach.PROGRAMS,
    )
    invitation = create_invitation(owner, email=f"{canary}-guest@example.org".lower())
    with inside(here):
        program = Program.objects.create(name=f"{canary} program", purpose=f"{canary} purpose")
        ProgramReach.objects.create(member=admin, program=program)
        record(actor=admin, action=Action.MEMBER_JOINED, subject_name=f"{canary} event")
        message = enqueue(
            kind="accounts.invitation",
            recipient=invitation.email,
            subject_id=invitation.pk,
            occurrence="1",
            due_at=invitation.invited_at,
        )
        changed = change_appearance(
            organization=here,
            accent="#aa3366",
            logo=picture(size=(len(canary) * 9, 40)),
            remove_logo=False,
            version=version_of(here, APPEARANCE),
            actor=owner,
        )
    with inside(here):
        chart = furnish_chart(canary, admin, at=invitation.invited_at)
        parts = furnish_program(canary, program, owner, at=invitation.invited_at)
    with inside(here, member_id=owner.pk):
        mentee = Participant.objects.get(pk=parts["participant_id"])
        pairing_id = furnish_pair(canary, mentee, admin, at=invitation.invited_at)
        talk = furnish_talk(canary, pairing_id, mentee, admin, at=invitation.invited_at)
        plan = furnish_plan(canary, mentee, admin, at=invitation.invited_at)
        meetings = furnish_meetings(canary, pairing_id, at=invitation.invited_at)
        goals = furnish_goals(canary, pairing_id, at=invitation.invited_at)
        notices = furnish_notices(canary, owner, message, at=invitation.invited_at)
        furnish_check_ins(pairing_id, at=invitation.invited_at)
        furnish_feedback(canary, pairing_id, at=invitation.invited_at)
        furnish_ledger(canary, at=invitation.invited_at)
        furnish_reports(canary, pairing_id, at=invitation.invited_at)
        exports = furnish_exports(canary, owner, at=invitation.invited_at)
    return House(
        owner,
        {
            **chart,
            **parts,
            "pairing_id": pairing_id,
            **plan,
            **meetings,
            **goals,
            **notices,
            **talk,
            **exports,
            **WORDS,
            "member_id": admin.pk,
            "invitation_id": invitation.pk,
            "program_id": program.pk,
            "message_id": message.pk,
            "digest": changed.logo_digest,
            "color": "aa3366",
        },
    )


def body(response) -> bytes:
    """What was sent, also when it was streamed."""
    return b"".join(response) if response.streaming else response.content


@pytest.fixture
def houses() -> tuple[House, House]:
    """Ours, and the other one, which is full of canaries; one user owns both."""
    user = create_user("Both Owner")
    ours = create_owner(create_organization("Ours"), user=user)
    other = create_owner(create_organization("Other name"), user=user)
    return build("mockingbird", ours), build("ZEBRAFINCH", other)


def test_no_page_shows_anything_of_another_organization(client, houses, subtests):
    ours, _other = houses
    login(client, ours.owner)

    for route in ROUTES:
        with subtests.test(route=route.name), transaction.atomic():
            response = client.get(ours.url(route, ours.keys))

            assert response.status_code in {200, 302, 405}
            assert b"zebrafinch" not in body(response).lower()


def test_a_foreign_object_is_the_same_as_none(client, houses, subtests):
    ours, other = houses
    login(client, ours.owner)
    missing = {
        name: uuid7() if isinstance(key, UUID) else WORDS.get(name, "0" * len(key))
        for name, key in other.keys.items()
    }

    for route in OF_AN_OBJECT:
        with subtests.test(route=route.name), transaction.atomic():
            answers = [answer_to(client, ours.url(route, keys)) for keys in (other.keys, missing)]

            assert [answer.status_code for answer in answers] == [404, 404]
            assert answers[0].content == answers[1].content


def answer_to(client, address: str) -> Any:
    """Opened, or sent where nothing can be opened."""
    response = client.get(address)
    return client.post(address) if response.status_code == 405 else response


def test_the_pages_do_show_their_own(client, houses):
    """So that the tests above do not pass on empty pages."""
    ours, _other = houses
    login(client, ours.owner)
    everything = b"".join(body(client.get(ours.url(route, ours.keys))) for route in ROUTES).lower()

    for own in ("admin", "program", "purpose", "event"):
        assert f"mockingbird {own}".encode() in everything
    assert b"mockingbird-guest@example.org" in everything


def test_the_houses_are_built_alike(houses):
    ours, other = houses

    for house in (ours, other):
        with inside(house.owner.organization_id):
            assert Message.objects.count() == 1
            assert Program.objects.count() == 1
    assert ours.keys.keys() == other.keys.keys()
    assert {name for route in ROUTES for name in route.arguments} <= ours.keys.keys()

"""What has not been sent follows people to another address, and their wishes hold there."""

import pytest
from django.urls import reverse

from accounts.models import Member
from accounts.operations.invitations import accept
from accounts.operations.people import change_record
from accounts.tokens import invitation_token
from mentoring.outbox.models import Message
from mentoring.outbox.operations import enqueue
from mentoring.outbox.readdressing import follow_addresses
from tests.accounts.identity.steps import prove_again
from tests.accounts.lists import applied, people_list
from tests.factories import (
    PASSWORD,
    add_address,
    create_invitation,
    create_listed,
    create_member,
    create_organization,
    create_owner,
    create_user,
    inside,
    login,
)
from tests.notices.conftest import NOON
from tests.notices.people import NOTE, choose, notices_of, state_of, tell, work

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
NEW = "ada@new.example.org"


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def make_main(client, member: Member, address: str = NEW) -> None:
    """As the person does it, who has proven the address before."""
    member.user.set_password(PASSWORD)
    member.user.save()
    add_address(member.user, address)
    login(client, member)
    page = reverse("account_email")
    client.post(page, {"email": address, "action_primary": "1"})
    prove_again(client)
    client.post(page, {"email": address, "action_primary": "1"})
    member.user.refresh_from_db()
    assert member.user.email == address


def remove(client, address: str) -> None:
    client.post(reverse("account_email"), {"email": address, "action_remove": "1"})


def goes_to(message: Message) -> tuple[str, str]:
    with inside(message.organization_id):
        found = Message.objects.get(pk=message.pk)
    return found.recipient, found.address


def test_what_waits_is_for_the_main_address_in_every_organization(client, ada):
    other = create_organization("Other")
    there = create_member(other, user=ada.user, email=ada.email)
    stranger = create_member(ada.organization)
    here, elsewhere, of_stranger = (tell(each, at=NOON) for each in (ada, there, stranger))

    make_main(client, ada)

    assert goes_to(here) == goes_to(elsewhere) == (NEW, NEW)
    assert goes_to(of_stranger) == (stranger.email, stranger.email)


def test_wishes_hold_and_the_bell_rings_after_the_old_address_is_gone(client, ada):
    turned_off = tell(ada, at=NOON)
    with inside(ada.organization_id):
        # What the list of people says is no address of the account.
        Member.objects.filter(pk=ada.pk).update(email="ada@list.example.org")
    make_main(client, ada)
    choose(client, ada, mail=[])

    remove(client, ada.email)
    work(ada, at=NOON)

    assert state_of(turned_off) == ("skipped", "turned_off")
    assert [each.kind for each in notices_of(ada)] == [f"{NOTE}.bell"]


def test_deciding_the_same_again_finds_what_waits(client, ada):
    waits = tell(ada, at=NOON)
    make_main(client, ada)

    with inside(ada.organization_id):
        again = {"subject_id": waits.subject_id, "occurrence": "1", "due_at": NOON}
        same = enqueue(kind=NOTE, recipient=NEW, **again)

    assert same.pk == waits.pk


def test_what_was_decided_for_both_addresses_comes_once(ada, mails):
    first = tell(ada, at=NOON)
    with inside(ada.organization_id):
        again = {"subject_id": first.subject_id, "occurrence": "1", "due_at": NOON}
        second = enqueue(kind=NOTE, recipient=NEW, **again)
        follow_addresses({ada.email: NEW}, now=NOON)

    work(ada, at=NOON)

    assert (state_of(first), state_of(second)) == (("skipped", "withdrawn"), ("sent", ""))
    assert len(mails()) == 1


def test_what_was_sent_stays_as_it_was(client, ada, mails):
    sent = tell(ada, at=NOON)
    work(ada, at=NOON)
    make_main(client, ada)
    assert goes_to(sent) == (ada.email, ada.email)


@pytest.mark.parametrize("by_list", [False, True])
def test_a_corrected_record_takes_along_what_waits_for_who_never_joined(ada, by_list):
    owner = create_owner(ada.organization)
    bo = create_listed(ada.organization, name="Bo O'Hara", email="bo@example.org")
    values = {"employee_number": "7"}
    with inside(ada.organization_id):
        Member.objects.filter(pk=bo.pk).update(**values)
        Member.objects.filter(pk=ada.pk).update(employee_number="8")
    of_bo, of_ada = tell(bo, at=NOON), tell(ada, at=NOON)

    if by_list:
        rows = [["Bo O'Hara", "Bo@new.example.org", "7"], ["Ada", NEW, "8"]]
        applied(owner, people_list(*rows, headings=("Name", "E-mail", "Employee number")))
    else:
        with inside(ada.organization_id):
            for each, address in ((bo, "Bo@new.example.org"), (ada, NEW)):
                change = {"values": {"email": address}, "actor": owner, "now": NOON}
                change_record(member=each, **change)

    assert goes_to(of_bo)[0] == "bo@new.example.org"
    # Who has an account is written to at its address.
    assert goes_to(of_ada) == ("ada@example.org", "ada@example.org")


def test_who_joins_with_another_main_address_gets_there_what_waits(ada):
    bo = create_listed(ada.organization, email="bo@example.org")
    user = create_user(email="bo@home.example.org")
    add_address(user, bo.email)
    invitation = create_invitation(create_owner(ada.organization), email=bo.email)
    waits = tell(bo, at=NOON)

    joined = accept(
        organization_id=ada.organization_id,
        token=invitation_token(invitation),
        user=user,
        now=NOON,
    )

    assert joined.pk == bo.pk
    assert goes_to(waits) == (user.email, user.email)


def test_moving_many_costs_the_same_as_moving_one(ada, django_assert_num_queries):
    people = [create_member(ada.organization) for _ in range(12)]
    for some in (people[:1], people[1:]):
        for each in some:
            tell(each, at=NOON)
        moves = {each.email: f"new.{each.email}" for each in some}
        # What waits, what is at the new addresses, one savepoint, and the writing.
        with inside(ada.organization_id), django_assert_num_queries(5):
            follow_addresses(moves, now=NOON)

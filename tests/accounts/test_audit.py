"""The audit log: append-only, for owners, readable."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from accounts.enums import Action, Role
from accounts.models import AuditEvent
from accounts.operations.audit import record
from accounts.origin import Origin, coming_from
from tests.factories import create_member, create_organization, create_owner, inside, login, url


def log(owner, action: Action = Action.MEMBER_JOINED, subject: str = "Bo Diaz", **details: object):
    with inside(owner.organization_id):
        return record(actor=owner, action=action, subject_name=subject, details=details)


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditevent SET subject_name = 'nobody'",
        "DELETE FROM accounts_auditevent",
        "TRUNCATE accounts_auditevent",
        "TRUNCATE accounts_auditevent CASCADE",
        "ALTER TABLE accounts_auditevent DISABLE TRIGGER append_only",
        "DROP TABLE accounts_auditevent",
    ],
)
def test_the_application_cannot_change_what_happened(statement: str):
    owner = create_owner()
    event = log(owner)

    with inside(owner.organization_id):
        with pytest.raises(DatabaseError, match="permission denied|never changed|must be owner"):
            execute(statement)
        assert AuditEvent.objects.get() == event


def test_the_log_refuses_even_a_role_that_was_given_the_right(committed_db):
    owner = create_owner()
    event = log(owner)
    with connections["owner"].cursor() as cursor:
        cursor.execute("GRANT UPDATE, DELETE ON accounts_auditevent TO PUBLIC")

    for statement in (
        "UPDATE accounts_auditevent SET subject_name = 'nobody'",
        "DELETE FROM accounts_auditevent",
    ):
        with inside(owner.organization_id):
            with pytest.raises(DatabaseError, match="never changed or removed"):
                execute(statement)
            assert AuditEvent.objects.get() == event


@pytest.mark.django_db
def test_an_event_says_who_what_when_and_from_where(client):
    owner = create_owner(name="Ada O'Neil")
    member = create_member(owner.organization, name="Bo Diaz")
    login(client, owner)

    client.post(
        url(owner, "person_roles", member.pk),
        {"roles": ["hr_analyst"], "reach": "organization"},
        REMOTE_ADDR="192.0.2.7",
    )

    with inside(owner.organization_id):
        event = AuditEvent.objects.get()
    assert (event.actor_id, event.actor_name) == (owner.pk, "Ada O'Neil")
    assert (event.subject_id, event.subject_name) == (member.pk, "Bo Diaz")
    assert event.address == "192.0.2.7"
    assert event.request_id
    assert timezone.now() - event.at < timedelta(minutes=1)


@pytest.mark.django_db
def test_background_work_comes_from_nowhere():
    event = log(create_owner())

    assert (event.address, event.request_id) == (None, "")


@pytest.mark.django_db
def test_names_stay_as_they_were():
    owner = create_owner(name="Ada Before")
    event = log(owner)
    owner.user.name = "Ada After"
    owner.user.save()

    with inside(owner.organization_id):
        assert AuditEvent.objects.get(pk=event.pk).actor_name == "Ada Before"


@pytest.mark.django_db
def test_a_name_longer_than_the_column_is_cut():
    event = log(create_owner(), subject="x" * 300)

    assert event.subject_name == "x" * 254


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.PROGRAM_ADMIN, Role.HR_ANALYST, None])
def test_only_owners_read_the_log(client, role: Role | None):
    member = create_member(roles=[role] if role else [])
    login(client, member)

    assert client.get(url(member, "audit_log")).status_code == 403


@pytest.mark.django_db
def test_facts_are_put_into_words(client):
    owner = create_owner()
    log(owner, Action.ROLES_CHANGED, roles=[[], ["owner", "hr_analyst"]])
    log(owner, Action.ORGANIZATION_CHANGED, name=["Nord", "Süd & <b>"], logo_digest=["", "f00"])
    log(owner, Action.ORGANIZATION_CHANGED, language=["en", "de"], accent=["", "#b4552d"])
    log(owner, Action.INVITATION_SENT, roles=["owner"], expires_at="2026-11-30T12:00:00+00:00")
    with inside(owner.organization_id):
        record(actor=None, action="stars.aligned", details={"moon": "full"})
    login(client, owner)

    page = " ".join(client.get(url(owner, "audit_log")).text.split())

    arrow = '<span aria-hidden="true">→</span>'
    for words in (
        f"Roles: <del>none</del> {arrow} <ins>Owner, HR analyst</ins>",
        f"Name: <del>Nord</del> {arrow} <ins>Süd &amp; &lt;b&gt;</ins>",
        f"Logo: <del>none</del> {arrow} <ins>a picture</ins>",
        f"Language: <del>English</del> {arrow} <ins>Deutsch</ins>",
        f"Accent color: <del>none</del> {arrow} <ins>#b4552d</ins>",
        "Roles: Owner</li>",
        "Invitation sent",
        "stars.aligned",
        "moon: full",
        "The product itself",
    ):
        assert words in page


@pytest.mark.django_db
def test_events_are_found_by_who_what_when_and_words(client):
    owner = create_owner(name="Ada Owner")
    other = create_owner(owner.organization, name="Bea Owner")
    log(owner, Action.MEMBER_JOINED, "first thing")
    log(other, Action.MEMBER_LEFT, "second thing")
    with inside(owner.organization_id):
        AuditEvent.objects.create(
            at=timezone.now() - timedelta(days=40),
            actor=other,
            actor_name="Bea Owner",
            action=Action.MEMBER_LEFT,
            subject_name="third thing",
        )
    login(client, owner)

    def shown(**filters: str) -> list[str]:
        page = client.get(url(owner, "audit_log"), filters).text
        return [name for name in ("first", "second", "third") if f"{name} thing" in page]

    assert shown() == ["first", "second", "third"]
    assert shown(who=str(other.pk)) == ["second", "third"]
    assert shown(what="member.left") == ["second", "third"]
    assert shown(period="month") == ["first", "second"]
    assert shown(q="BEA third") == ["third"]
    assert shown(who=str(owner.pk), what="member.left") == []
    assert shown(who="nonsense", what="nonsense", period="nonsense") == ["first", "second", "third"]


@pytest.mark.django_db
def test_times_are_the_readers_own(client):
    owner = create_owner(create_organization(time_zone="Asia/Tokyo"))
    with inside(owner.organization_id):
        AuditEvent.objects.create(
            at=datetime(2026, 11, 22, 20, 30, tzinfo=UTC), action=Action.MEMBER_JOINED
        )
    login(client, owner)

    assert "2026-11-23T05:30:00+09:00" in client.get(url(owner, "audit_log")).text

    owner.user.time_zone = "America/New_York"
    owner.user.save()

    assert "2026-11-22T15:30:00-05:00" in client.get(url(owner, "audit_log")).text


@pytest.mark.django_db
@pytest.mark.parametrize("count", [3, 300])
def test_the_log_costs_the_same_however_long(client, django_assert_num_queries, count):
    owner = create_owner()
    with inside(owner.organization_id), coming_from(Origin("192.0.2.7", "one")):
        for number in range(count):
            record(actor=owner, action=Action.MEMBER_JOINED, subject_name=f"person {number}")
    login(client, owner)
    client.get(url(owner, "audit_log"))

    with django_assert_num_queries(12):
        page = client.get(url(owner, "audit_log"))

    assert page.text.count('<th scope="row"') == min(count, 25)


@pytest.mark.django_db
def test_the_second_page_goes_on_where_the_first_ended(client):
    owner = create_owner()
    for number in range(30):
        log(owner, subject=f"person-{number:02}")
    login(client, owner)

    first = client.get(url(owner, "audit_log")).text
    second = client.get(url(owner, "audit_log"), {"page": "2"}).text

    newest, oldest = [f"person-{n:02}" for n in range(5, 30)], [f"person-{n:02}" for n in range(5)]
    assert all(name in first and name not in second for name in newest)
    assert all(name in second and name not in first for name in oldest)

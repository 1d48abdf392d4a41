"""With the manager passed by, the policies by themselves still keep organizations apart."""

import pytest
from django.db import ProgrammingError, connection, models, transaction

from accounts.models import Invitation, Member, Organization
from mentoring.tenancy.scope import acting_as, within
from tests.factories import inside
from tests.tenancy.conftest import House, ask, tenant_models

TABLES = ["accounts_organization", *(model._meta.db_table for model in tenant_models())]


def test_raw_sql_sees_no_row_of_another_organization(
    ours: House, theirs: House, subtests: pytest.Subtests
) -> None:
    for table in TABLES:
        column = "id" if table == "accounts_organization" else "organization_id"
        with subtests.test(table=table), inside(ours.organization, member_id=ours.member.pk):
            owners = ask(f"SELECT DISTINCT {column} FROM {table}")
            assert owners == [(ours.organization.pk,)]


def test_raw_sql_outside_every_organization_sees_nothing(
    ours: House, theirs: House, subtests: pytest.Subtests
) -> None:
    for table in TABLES:
        with subtests.test(table=table):
            with transaction.atomic():
                assert ask(f"SELECT count(*) FROM {table}") == [(0,)]
            assert ask(f"SELECT count(*) FROM {table}") == [(0,)]


def test_a_plain_queryset_sees_only_the_organization_in_scope(ours: House, theirs: House) -> None:
    with inside(ours.organization):
        assert set(models.QuerySet(Member)) == {ours.owner, ours.member}
        assert list(models.QuerySet(Organization)) == [ours.organization]


def test_raw_writes_do_not_touch_other_organizations(ours: House, theirs: House) -> None:
    with inside(ours.organization), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_member SET reach = 'programs'")
        assert cursor.rowcount == 2
        cursor.execute("DELETE FROM accounts_invitation")
        assert cursor.rowcount == 1
    with inside(theirs.organization):
        assert ask("SELECT count(*) FROM accounts_invitation") == [(1,)]
        assert ask("SELECT DISTINCT reach FROM accounts_member") == [("organization",)]


def test_a_row_cannot_be_written_into_another_organization(ours: House, theirs: House) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), inside(ours.organization):
        ask(
            "INSERT INTO accounts_logo (organization_id, png, digest)"
            " VALUES (%s, '', '') RETURNING 1",
            theirs.organization.pk,
        )


def test_a_row_cannot_be_moved_to_another_organization(ours: House, theirs: House) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), inside(ours.organization):
        ask("UPDATE accounts_member SET organization_id = %s RETURNING 1", theirs.organization.pk)


def test_deleting_here_cascades_to_nothing_there(ours: House, theirs: House) -> None:
    with inside(ours.organization):
        Invitation.objects.all().delete()
        models.QuerySet(Invitation).all().delete()
    with inside(theirs.organization):
        assert Invitation.objects.count() == 1


def test_a_unique_constraint_does_not_tell_what_others_have(ours: House, theirs: House) -> None:
    """The same open invitation may exist in two organizations."""
    with inside(ours.organization):
        invitation = Invitation.objects.get()
        ask("UPDATE accounts_invitation SET email = 'theirs@example.org' RETURNING 1")
        invitation.refresh_from_db()
        assert invitation.email == "theirs@example.org"


def test_people_see_their_memberships_only_before_an_organization_is_chosen(
    ours: House, theirs: House
) -> None:
    with inside(theirs.organization):
        also = Member.objects.create(
            user=ours.member.user, name=ours.member.name, email=ours.member.email
        )
    with acting_as(ours.member.user_id):
        with transaction.atomic():
            assert set(ask("SELECT id FROM accounts_member")) == {(ours.member.pk,), (also.pk,)}
            assert len(ask("SELECT id FROM accounts_organization")) == 2
        with within(ours.organization), transaction.atomic():
            assert also.pk not in {key for (key,) in ask("SELECT id FROM accounts_member")}
            assert ask("SELECT id FROM accounts_organization") == [(ours.organization.pk,)]


def test_own_memberships_are_for_reading_only(ours: House, theirs: House) -> None:
    with acting_as(ours.member.user_id), transaction.atomic():
        assert ask("UPDATE accounts_member SET roles = '{owner}' RETURNING id") == []

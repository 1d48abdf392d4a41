"""With every policy dropped, the manager by itself still keeps organizations apart."""

import pytest
from django.db import connections, models, transaction

from accounts.models import AuditEvent, Invitation, Member, Organization
from mentoring.tenancy.scope import OutsideOrganization, ScopeConflict, acting_as, within
from tests.tenancy.conftest import House, tenant_models

pytestmark = pytest.mark.usefixtures("committed_db")


def count_all(alias: str, model: type[models.Model]) -> int:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
        return int(cursor.fetchone()[0])


def test_it_shows_the_rows_in_scope_and_no_others(
    ours: House, theirs: House, without_policies: str, subtests: pytest.Subtests
) -> None:
    for model in tenant_models():
        with subtests.test(model=model._meta.label), transaction.atomic(using=without_policies):
            manager = model._default_manager.using(without_policies)
            with within(ours.organization):
                mine = set(manager.values_list("pk", flat=True))
            with within(theirs.organization):
                others = set(manager.values_list("pk", flat=True))
            assert mine
            assert others
            assert mine.isdisjoint(others)
            assert len(mine) + len(others) == count_all(without_policies, model)


def test_it_raises_outside_every_organization(
    without_policies: str, subtests: pytest.Subtests
) -> None:
    for model in tenant_models():
        with subtests.test(model=model._meta.label), pytest.raises(OutsideOrganization):
            model._default_manager.using(without_policies).count()


def test_a_queryset_built_for_one_organization_answers_for_the_one_that_runs_it(
    ours: House, theirs: House, without_policies: str
) -> None:
    with within(ours.organization):
        members = Member.objects.using(without_policies).order_by("user__name")
    with within(theirs.organization):
        assert [str(member) for member in members] == ["Theirs Member", "Theirs Owner"]


def test_joins_and_related_rows_stay_inside(
    ours: House, theirs: House, without_policies: str
) -> None:
    with within(ours.organization):
        invitation = Invitation.objects.using(without_policies).get()
        assert invitation.invited_by.pk == ours.owner.pk
        found = Invitation.objects.using(without_policies).filter(invited_by=theirs.owner)
        assert list(found) == []


def test_the_base_manager_is_the_same_manager(
    ours: House, theirs: House, without_policies: str
) -> None:
    with within(ours.organization):
        assert set(Member._base_manager.using(without_policies)) == {ours.owner, ours.member}


def test_updates_and_deletes_reach_only_rows_in_scope(
    ours: House, theirs: House, without_policies: str
) -> None:
    with within(ours.organization):
        assert Member.objects.using(without_policies).update(reach="programs") == 2
        assert Invitation.objects.using(without_policies).all().delete()[0] == 1
    with within(theirs.organization):
        assert Member.objects.using(without_policies).filter(reach="programs").count() == 0
        assert Invitation.objects.using(without_policies).count() == 1


def test_rows_cannot_be_moved_to_another_organization(
    ours: House, theirs: House, without_policies: str
) -> None:
    with within(ours.organization):
        members = Member.objects.using(without_policies)
        with pytest.raises(ScopeConflict):
            members.update(organization=theirs.organization)
        moving = members.first()
        assert moving is not None
        moving.organization_id = theirs.organization.pk
        with pytest.raises(ScopeConflict):
            moving.save(using=without_policies)
        with pytest.raises(ScopeConflict):
            members.bulk_update([moving], ["organization"])
        with pytest.raises(ScopeConflict):
            AuditEvent.objects.using(without_policies).bulk_create(
                [AuditEvent(organization=theirs.organization, at=ours.owner.joined_at)]
            )


def test_organizations_show_only_the_one_in_scope(
    ours: House, theirs: House, without_policies: str
) -> None:
    with within(ours.organization):
        assert list(Organization.objects.using(without_policies)) == [ours.organization]
    with pytest.raises(OutsideOrganization):
        Organization.objects.using(without_policies).count()


def test_people_list_their_own_memberships_only(
    ours: House, theirs: House, without_policies: str
) -> None:
    with acting_as(ours.member.user_id):
        assert list(Member.mine.using(without_policies)) == [ours.member]
    with pytest.raises(OutsideOrganization):
        Member.mine.using(without_policies).count()


def test_nothing_reaches_tenant_rows_backwards_from_a_global_model() -> None:
    """A filter such as ``User.objects.filter(member__…)`` would pass the manager by."""
    reachable = [
        f"{model._meta.label}.{field.name}"
        for model in tenant_models()
        for field in model._meta.local_fields
        if field.remote_field
        and field.remote_field.model not in tenant_models()
        and field.remote_field.related_name != "+"
    ]
    assert reachable == []

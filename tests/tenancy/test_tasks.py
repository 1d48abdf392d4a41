"""Tasks that work for one organization."""

import pytest
from celery import current_app
from django.db import transaction
from structlog.contextvars import get_contextvars

from accounts.models import Member, Organization
from mentoring.lib.ids import uuid7
from mentoring.tenancy.scope import NOBODY, OutsideOrganization, current_scope
from mentoring.tenancy.tasks import organization_task
from tests.factories import create_member


@pytest.fixture
def count_members():
    name = "tests.count_members"

    @organization_task(name)
    def count_members(*, organization_id, extra=0, **_):
        with transaction.atomic():
            names = list(Organization.objects.values_list("name", flat=True))
            return names, Member.objects.count() + extra, get_contextvars()

    yield current_app.tasks.get(name, count_members)
    current_app.tasks.pop(name, None)


@pytest.mark.django_db
def test_a_task_sees_its_organization_and_no_other(count_members):
    member, _stranger = create_member(), create_member()

    result = count_members.apply(kwargs={"organization_id": str(member.organization_id)})

    names, members, words = result.get()
    assert (names, members) == ([member.organization.name], 1)
    assert words["organization_id"] == str(member.organization_id)
    assert current_scope() == NOBODY
    assert "organization_id" not in get_contextvars()


@pytest.mark.django_db
def test_a_task_for_an_organization_that_does_not_exist_finds_nothing(count_members):
    create_member()

    names, members, _ = count_members.apply(kwargs={"organization_id": str(uuid7())}).get()

    assert (names, members) == ([], 0)


@pytest.mark.django_db
def test_a_task_without_an_organization_fails_and_says_so(count_members):
    create_member()

    with pytest.raises(OutsideOrganization, match="tests.count_members"):
        count_members.apply(kwargs={}).get()


def test_a_task_for_something_that_is_no_key_fails(count_members):
    with pytest.raises(ValueError, match="badly formed"):
        count_members.apply(kwargs={"organization_id": "acme"}).get()


@pytest.mark.django_db
def test_a_task_survives_arguments_of_the_next_release(count_members):
    member = create_member()
    key = str(member.organization_id)

    _, members, _ = count_members.apply(
        kwargs={"organization_id": key, "extra": 5, "unheard": {"of": 1}}
    ).get()

    assert members == 6


@pytest.mark.django_db
def test_the_scope_closes_when_the_task_fails(count_members):
    result = count_members.apply(kwargs={"organization_id": str(uuid7()), "extra": "no number"})

    assert result.failed()
    assert current_scope() == NOBODY

"""The migration that began to keep where people stand took what was known."""

from importlib import import_module

import pytest
from django.db import connections, transaction
from django.utils import timezone

from accounts.models import Department, Grade, Member
from tests.accounts.test_careers import GONE, HERE, at, steps_of
from tests.factories import create_member, create_organization, inside

pytestmark = pytest.mark.usefixtures("committed_db")
BEGIN = import_module("accounts.migrations.0009_known_careers").BEGIN_WITH_WHAT_IS_KNOWN


def test_everybody_who_was_there_before_is_known_from_then_on():
    before = timezone.now()
    ann, bob = create_member(create_organization()), create_member(deactivated_at=at(9))
    with inside(ann.organization):
        law = Department.objects.create(name="Law")
        Member.objects.filter(pk=ann.pk).update(department=law, created_at=at(1))
    with inside(bob.organization):
        head = Grade.objects.create(name="Head", rank=3)
        Member.objects.filter(pk=bob.pk).update(grade=head, created_at=at(2))

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(BEGIN)

    ((begun, *place),) = steps_of(ann)
    assert place == ["Law", "", None, HERE, False]
    assert begun >= before
    assert [step[1:] for step in steps_of(bob)] == [("", "Head", 3, GONE, False)]
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity"
        )
        assert cursor.fetchall() == []

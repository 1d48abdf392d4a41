"""Inviting a whole organization to a cohort in one go."""

import time

import pytest
from django.utils import timezone

from accounts.models import Member
from programs.enums import Side
from programs.operations.cohort_invitations import invite
from tests.factories import create_owner, inside
from tests.programs.people.steps import create_cohort

pytestmark = [pytest.mark.bench, pytest.mark.django_db]


def test_ten_thousand_people_who_never_joined():
    owner = create_owner()
    cohort = create_cohort(owner, enrollment_closes_on=None)
    with inside(owner.organization_id):
        people = Member.objects.bulk_create(
            [Member(name=f"P {n}", email=f"p{n}@example.org") for n in range(10_000)]
        )
        start = time.perf_counter()
        sent = invite(
            cohort=cohort, side=Side.MENTEE, members=people, actor=owner, now=timezone.now()
        )
        took = time.perf_counter() - start
    print(f"10,000 invitations decided in {took:.1f} s")
    assert len(sent) == 10_000

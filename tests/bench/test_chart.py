"""The org chart of 10,000 people, deep and flat, as its pages answer."""

import statistics
import time

import pytest
from django.urls import reverse

from accounts.models import Member
from mentoring.lib.ids import uuid7
from tests.factories import create_organization, create_owner, inside, login

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
PEOPLE = 10_000


@pytest.mark.parametrize("reports", [3, PEOPLE], ids=["deep", "flat"])
def test_the_org_chart_answers(client, reports: int) -> None:
    owner = create_owner(create_organization())
    with inside(owner.organization_id):
        people = [
            Member(id=uuid7(), name=f"Ännika Sørensen {n}", email=f"person.{n}@bench.example")
            for n in range(PEOPLE)
        ]
        for n, each in enumerate(people[1:], start=1):
            each.manager = people[(n - 1) // reports]
        Member.objects.bulk_create(people, batch_size=1000)
    pages = {
        "chart": reverse("chart", args=[owner.organization.slug]),
        "search": reverse("chart", args=[owner.organization.slug]) + "?q=sorensen+99",
        "top": reverse("chart_person", args=[owner.organization.slug, people[0].pk]),
        "leaf": reverse("chart_person", args=[owner.organization.slug, people[-1].pk]),
    }
    login(client, owner)
    for name, path in pages.items():
        taken = []
        for _ in range(10):
            began = time.perf_counter()
            assert client.get(path).status_code == 200
            taken.append((time.perf_counter() - began) * 1000)
        print(f"\n{name}, {reports} reports each: {statistics.median(taken):.0f} ms", end="")

"""Demo cohorts are in several states, each reached by the steps that people take."""

import pytest
from django.utils import timezone

from mentoring.console.demo.cohorts import go_on, open_cohorts
from programs.enums import Side
from programs.models import Cohort, Program
from tests.factories import create_listed, inside
from tests.programs.cohorts.making import create_house, create_program, enroll

pytestmark = pytest.mark.django_db


def states(owner) -> list[tuple[str, str]]:
    with inside(owner.organization_id):
        return list(Cohort.objects.order_by("name").values_list("name", "state"))


def test_a_whole_program_enrolls_and_one_with_gaps_has_a_draft():
    owner, people = create_house(people_each=3)
    outside = create_listed(owner.organization, manager=owner, grade=people[0].grade)
    create_program(owner, concern_contact=outside)
    create_program(owner, "With gaps", concern_contact=None)

    with inside(owner.organization_id):
        opened = open_cohorts(admin=owner, mark="", now=timezone.now())

    assert [cohort.name for cohort in opened] == ["Pilot", "This winter", "This spring"]
    assert states(owner) == [
        ("Next summer", "draft"),
        ("Next year", "draft"),
        ("Pilot", "enrolling"),
        ("This spring", "enrolling"),
        ("This winter", "enrolling"),
    ]

    for cohort in (opened[0], opened[2]):
        enroll(cohort, people[0], Side.MENTOR)
        enroll(cohort, people[-1], Side.MENTEE)
    with inside(owner.organization_id):
        assert Program.objects.count() == 2
        go_on(admin=owner, now=timezone.now())
    assert ("Pilot", "running") in states(owner)
    assert ("This spring", "matching") in states(owner)
    assert ("This winter", "enrolling") in states(owner)

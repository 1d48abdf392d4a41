"""Demo organizations have days off."""

import pytest
from django.utils import timezone

from accounts.models import Holiday
from mentoring.tenancy.scope import within
from tests.console.test_demo import load, organization_of

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


def test_days_off_of_two_years_are_there_and_marked(capsys) -> None:
    [first, *_] = load(capsys, "--organizations", "1", "--people", "8", "--canary", "KANARI")

    with within(organization_of(first["email"])):
        names = dict(Holiday.objects.values_list("date", "name"))

    year = timezone.now().year
    assert {day.year for day in names} == {year, year + 1}
    assert {name.partition(" ")[0] for name in names.values()} == {"KANARI0"}
    assert "KANARI0 Founder’s day" in names.values()

"""Cohorts as admins meet them."""

import pytest

from programs.enums import CohortState
from tests.factories import login, url
from tests.programs.cohorts.making import create_cohort, create_house, create_program, put_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", list(CohortState))
def test_every_page_opens_in_every_state(client, state):
    owner, _ = create_house()
    cohort = put_in(create_cohort(create_program(owner)), state)
    login(client, owner)
    for view in ("cohort", "cohort_edit", "cohort_eligibility", "cohort_preflight"):
        page = client.get(url(owner, view, cohort.pk))
        assert page.status_code == 200
        assert "Spring" in page.text
    assert client.get(url(owner, "cohorts")).status_code == 200
    assert client.get(url(owner, "cohort_new", cohort.program_id)).status_code == 200

"""Who invites and who changes the organization's days do not wait for each other in a circle."""

from threading import Thread

import pytest
from django.db import connections

from accounts.models import Holiday
from accounts.operations.holidays import add_holiday
from programs.models import Cohort
from tests.factories import create_owner, inside
from tests.programs.people.steps import CLOSES, NOON, create_cohort

pytestmark = pytest.mark.usefixtures("committed_db")


def test_a_holiday_is_added_while_somebody_holds_a_cohort():
    owner = create_owner()
    cohort = create_cohort(owner)

    def add() -> None:
        try:
            with inside(owner.organization_id):
                add_holiday(day=CLOSES, name="Off", actor=owner, now=NOON)
        finally:
            connections.close_all()

    adding = Thread(target=add)
    with inside(owner.organization_id):
        # Whoever invites holds the cohort, and waits for the organization only then.
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        adding.start()
        adding.join(timeout=15)
        is_done = not adding.is_alive()
    adding.join()

    assert is_done
    with inside(owner.organization_id):
        assert Holiday.objects.count() == 1

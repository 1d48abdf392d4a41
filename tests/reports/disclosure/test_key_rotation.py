"""SECRET_KEY changes: the ledger knows people again, or says that it cannot."""

import pytest
from django.core.management import call_command

from mentoring.lib.encryption import Unreadable
from mentoring.reports.enums import Refusal
from mentoring.reports.models import LedgerPerson
from tests.factories import create_organization, inside
from tests.profiles.test_key_rotation import rotation
from tests.reports.disclosure.people import cell, refusals, told
from tests.reports.disclosure.test_ledger import LATER

__all__ = ["rotation"]


def test_after_a_rotation_people_are_still_known(rotation):
    organization = create_organization()
    with inside(organization):
        told(cell("all", range(20)))
    rotation.begin()
    call_command("renew_secrets")
    rotation.forget_old_key()
    with inside(organization):
        assert refusals(cell("all", range(18)), as_of=LATER) == [Refusal.DIFFERENCE]
        assert LedgerPerson.objects.count() == 20


def test_without_renewal_nobody_is_taken_for_somebody_new(rotation):
    organization = create_organization()
    with inside(organization):
        told(cell("all", range(20)))
    rotation.begin()
    with inside(organization):
        assert refusals(cell("most", range(18))) == [Refusal.DIFFERENCE]
    rotation.forget_old_key()
    with inside(organization), pytest.raises(Unreadable):
        told(cell("most", range(17)), as_of=LATER)

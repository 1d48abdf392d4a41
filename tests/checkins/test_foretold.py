"""What those who run a cohort see ahead of check-ins."""

from datetime import timedelta

import pytest

from mentoring.outbox.models import Message
from tests.checkins.people import create_active, create_asked
from tests.factories import create_owner, inside, login, url
from tests.pairings.people import main_of

pytestmark = pytest.mark.django_db


def ahead(client, member, pairing) -> str:
    page = login(client, member).get(url(member, "cohort_outlook", pairing.cohort_id))
    return main_of(page)


def test_the_next_check_in_of_both_is_foretold_and_nothing_is_written(client):
    ada, _carl, pairing = create_active(since=timedelta(days=10))
    owner = create_owner(ada.cohort.organization)
    with inside(pairing.organization_id):
        before = Message.objects.count()
    # Once in the numbers of each kind, and once for each of the two.
    assert ahead(client, owner, pairing).count("How is it going?") == 3
    with inside(pairing.organization_id):
        assert Message.objects.count() == before


def test_who_is_asked_once_more_is_not_told_for_it_would_tell_who_said_nothing(client):
    ada, _carl, pairing = create_asked()
    owner = create_owner(ada.cohort.organization)
    with inside(pairing.organization_id):
        assert Message.objects.filter(kind="checkins.repeat", state="queued").count() == 2
    assert "Asked once more" not in ahead(client, owner, pairing)

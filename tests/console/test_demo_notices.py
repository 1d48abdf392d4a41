"""The bell of the demo rings before a worker has come, and no second time after that."""

import pytest
from django.utils import timezone

from mentoring.console.demo.notices import prefer_summaries, ring_bells
from mentoring.notices.models import Delivery
from tests.factories import create_member, inside
from tests.notices.people import notices_of
from tests.pairings.conftest import mails
from tests.pairings.people import ask, create_two, deliver

__all__ = ["mails"]
pytestmark = pytest.mark.django_db


def test_people_find_notices_of_which_the_oldest_is_read(mails):
    ada, carl = create_two()
    ask(ada, carl)
    now = timezone.now()
    for _ in range(2):
        with inside(ada.organization_id):
            ring_bells([ada.member, carl.member], now=now)
    deliver(ada.cohort)

    assert notices_of(ada.member) == []
    (notice,) = notices_of(carl.member)
    assert "Ada" in notice.text
    assert notice.url.startswith(f"/o/{ada.cohort.organization.slug}/pairs/")
    assert notice.read_at == now


def test_somebody_likes_one_mail_a_week_best():
    member = create_member()
    with inside(member.organization_id):
        for _ in range(2):
            prefer_summaries(member, now=timezone.now())
        assert Delivery.objects.get().digest == "weekly"

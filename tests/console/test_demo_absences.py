"""In the demo two people of pairs are away, and their partners hear of it."""

import pytest
from django.utils import timezone

from mentoring.console.demo.build import Recipe, build
from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.breaks import PARTNER_AWAY
from mentoring.tenancy.scope import within
from tests.console.test_demo import organization_of

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


def test_of_two_pairs_one_is_on_leave_or_has_a_break():
    now = timezone.now()
    [first, *_] = build(Recipe(organizations=1), now=now)
    with within(organization_of(first.email)):
        pairs = Pairing.objects.filter(state="active").with_people()
        left = [each for each in pairs if each.mentee.member.on_leave]
        rests = [each for each in pairs if each.mentor.paused_until]
        told = Message.objects.filter(kind=PARTNER_AWAY).values_list("recipient", flat=True)
        assert (len(left), len(rests)) == (1, 1)
        assert set(told) == {left[0].mentor.member.email, rests[0].mentee.member.email}

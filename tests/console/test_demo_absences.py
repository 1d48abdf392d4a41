"""In the demo two people of pairs are away, and one keeps silent about an end."""

import pytest
from django.utils import timezone

from mentoring.console.demo.build import Recipe, build
from mentoring.meetings.queries.health import CLOSES_WITHIN
from mentoring.outbox.models import Message
from mentoring.pairings.kinds.letters import sided
from mentoring.pairings.models import Closing, Pairing
from mentoring.pairings.operations.breaks import PARTNER_AWAY
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.tenancy.scope import within
from tests.console.test_demo import organization_of

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


def test_two_are_away_and_their_partners_hear_of_it_and_one_pair_waits_for_an_answer():
    now = timezone.now()
    [first, *_] = build(Recipe(organizations=1), now=now)
    with within(organization_of(first.email)):
        waiting = Closing.objects.open().filter(began_at__lt=now - CLOSES_WITHIN)
        assert waiting.count() == 1
        away = set()
        for message in Message.objects.filter(kind=PARTNER_AWAY):
            pairing = Pairing.objects.with_people().get(pk=message.subject_id)
            partner = pairing.person(OTHER_SIDE[sided(message)[0]])
            away.add((partner.member.on_leave, partner.paused_until is not None))
        assert away == {(False, True), (True, False)}

"""Demo pairs have an agenda, and notes where they have agreed."""

import pytest
from django.utils import timezone

from mentoring.console.demo.agendas import LAST, NEXT, PRIVATE, SHARED, write_agendas
from mentoring.meetings.models import AgendaItem
from tests.factories import inside
from tests.meetings.people import held, plan
from tests.meetings.test_logs import ago, create_old_pair, reload_with_people
from tests.meetings.writing import points, private, shared
from tests.pairings.agreeing import agree

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_agreed", [True, False])
def test_what_was_wanted_last_time_opens_the_next_agenda_and_one_point_waits(is_agreed):
    ada, carl, pairing = create_old_pair()
    last = held(pairing, by=carl, starts_at=ago(days=20))
    coming = plan(pairing, by=carl)
    if is_agreed:
        agree(pairing)
    with inside(pairing.organization_id):
        write_agendas([reload_with_people(pairing)], mark="KANARI ", now=timezone.now())

    before = [("since_last", f"KANARI {text}") for _, section, text in LAST[1:]]
    proposed = [(section.value, f"KANARI {text}") for _, section, text in NEXT]
    assert points(coming, ada) == before + proposed
    assert len(points(last, carl)) == len(LAST)
    with inside(ada.organization_id, member_id=carl.member_id):
        assert AgendaItem.objects.filter(is_declined=True).count() == 1
    expected = (f"KANARI {SHARED}", 1), (f"KANARI {PRIVATE}", 1)
    found = shared(last, ada), private(last, carl)
    assert found == (expected if is_agreed else (("", 0), ("", 0)))

"""Ending alone what nobody answers: not before its time, and who has begun it is told when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Member
from mentoring.outbox.mailbox import text_of
from tests.factories import inside
from tests.pairings.agreeing import agree
from tests.pairings.people import MONDAY, answer, by_day, deliver, sent, states_of
from tests.pairings.test_closings import begin, create_met, let_wait, page_of, press, yes

pytestmark = pytest.mark.django_db
ALONE = "pairings.closing_alone"


def test_who_began_it_cannot_end_it_alone_before_its_time(client):
    ada, carl, pairing = create_met()
    begin(client, ada, pairing)
    let_wait(pairing, 40)
    said = yes(client, ada, pairing)
    assert "Carl has not answered yet." in said.text
    assert states_of([pairing]) == ["closing"]
    assert carl.member.name in page_of(client, ada, pairing)


@pytest.mark.parametrize(("days", "state"), [(13, "closing"), (15, "completed")])
def test_one_silent_side_keeps_nobody_waiting_for_ever(client, days, state):
    ada, _carl, pairing = create_met(is_over=True)
    begin(client, ada, pairing)
    let_wait(pairing, days)
    assert ("End it now" in page_of(client, ada, pairing)) == (state == "completed")
    yes(client, ada, pairing)
    assert states_of([pairing]) == [state]


@pytest.mark.parametrize(
    ("ends", "on"),
    [
        # Two weeks to answer end at noon on Monday 7 December; it is the next morning.
        ([], 8),
        (["2026-12-16"], 16),
        # Another end counts instead of the first.
        (["2026-12-10", "2026-12-18"], 18),
    ],
)
def test_who_began_it_is_told_once_when_ending_alone_is_allowed(
    client, mails, time_machine, ends, on
):
    time_machine.move_to(MONDAY, tick=False)
    ada, _carl, pairing = create_met(is_over=not ends)
    days = [date.fromisoformat(each) for each in ends]
    for first in days[:1]:
        agree(pairing, ends_on=first)
    begin(client, ada, pairing)
    for later in days[1:]:
        agree(pairing, ends_on=later)
    allowed_at = datetime(2026, 12, on, 8, tzinfo=UTC)

    for day in range(1, on):
        deliver(pairing.cohort, at=datetime(2026, 12, day, 23, tzinfo=UTC))
    assert sent(pairing.cohort, ALONE) == []
    time_machine.move_to(allowed_at, tick=False)
    for day in range(30):
        deliver(pairing.cohort, at=allowed_at + timedelta(days=day))

    assert sent(pairing.cohort, ALONE) == [ada.member.email]
    (mail,) = [each for each in mails() if "also alone" in each["Subject"]]
    assert "From now on you may end it alone, talk to Carl once more" in text_of(mail, "plain")
    assert f"/pairs/{pairing.pk}/ending/" in text_of(mail, "plain")
    assert "End it now" in page_of(client, ada, pairing)
    assert states_of([pairing]) == ["closing"]


@pytest.mark.parametrize("why", ["yes", "back", "out", "leave"])
def test_nobody_is_told_about_ending_alone_what_is_settled_or_while_away(client, why):
    ada, carl, pairing = create_met(is_over=True)
    begin(client, ada, pairing)
    if why == "yes":
        yes(client, carl, pairing)
    if why == "back":
        press(client, ada, pairing, "pair_closing_take_back")
    if why == "out":
        answer(client, carl, pairing, "step_out")
    if why == "leave":
        with inside(pairing.organization_id):
            Member.objects.filter(pk=ada.member_id).update(on_leave=True)
    deliver(pairing.cohort, at=by_day(timezone.now() + timedelta(days=17)))
    assert sent(pairing.cohort, ALONE) == []

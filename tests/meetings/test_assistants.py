"""An assistant moves times and sees nothing else."""

import pytest
from django.utils import timezone

from accounts.models import Member
from mentoring.meetings.models import Assistant
from tests.factories import create_listed, create_member, inside, login, reload, url
from tests.meetings.people import PLACE, create_pair, deeds, look, plan, send, typed
from tests.meetings.test_logs import ago, create_old_pair, planned_for_yesterday
from tests.pairings.people import answer, main_of, own_page

pytestmark = pytest.mark.django_db


def create_assistant(client, chief, **fields) -> Member:
    """Vera, whom the chief has named on the page."""
    vera = create_member(chief.cohort.organization, name="Vera O'Hara", **fields)
    name_by_page(client, chief, vera.email)
    return vera


def name_by_page(client, chief, email: str):
    address = url(chief.member, "own_calendar")
    return login(client, chief.member).post(address, {"email": email}, follow=True)


def looked_after(client, vera) -> str:
    return main_of(login(client, vera).get(url(vera, "assisted_meetings")))


def move_for(client, vera, meeting, at, *, seen: int = 0):
    address = url(vera, "assisted_move", meeting.pk)
    data = {"starts_at": typed(at)["starts_at"], "seen": seen}
    return login(client, vera).post(address, data, follow=True)


def test_an_assistant_moves_a_meeting_in_the_leaders_name(client):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada)
    vera = create_assistant(client, carl)
    at = ago(days=-12)

    said = move_for(client, vera, meeting, at)

    assert "Moved. Both people get it for their calendars." in said.text
    moved = reload(meeting)
    assert (moved.starts_at, moved.minutes, moved.sequence) == (at, 45, 1)
    assert deeds(meeting) == [("planned", "mentor"), ("moved", "mentee")]
    listed = main_of(look(client, ada, "pair_meetings", pairing.pk))
    assert "Vera O&#x27;Hara," in listed


def test_an_assistant_sees_whose_when_and_how_and_nothing_else(client):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada, place=PLACE)
    vera = create_assistant(client, carl)
    login(client, vera)

    pages = [
        looked_after(client, vera),
        main_of(client.get(url(vera, "assisted_move", meeting.pk))),
    ]

    for page in pages:
        assert "Carl" in page
        assert "45 minutes" in page
        for hidden in ("Ada", "video.example", "AI tools", str(pairing.pk), "Spring"):
            assert hidden not in page
    for view, key in (
        ("pair", pairing.pk),
        ("pair_meetings", pairing.pk),
        ("meeting_move", meeting.pk),
        ("meeting_cancel", meeting.pk),
        ("meeting_correct", meeting.pk),
        ("meeting_plan", pairing.pk),
        ("meeting_log", pairing.pk),
    ):
        assert client.get(url(vera, view, key)).status_code == 404
    assert client.post(url(vera, "meeting_held", meeting.pk), {"seen": 0}).status_code == 404


def test_only_planned_meetings_ahead_can_be_moved(client):
    _ada, carl, pairing = create_old_pair()
    over = planned_for_yesterday(pairing, carl)
    vera = create_assistant(client, carl)
    assert "Nothing is planned" in looked_after(client, vera)
    assert move_for(client, vera, over, ago(days=-3)).status_code == 404


def test_bad_times_and_stale_tabs_are_told(client):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada)
    vera = create_assistant(client, carl)
    assert "Choose a time that is still ahead." in move_for(client, vera, meeting, ago(days=1)).text
    send(client, ada, "meeting_move", meeting.pk, typed(ago(days=-9), seen=0))
    said = move_for(client, vera, meeting, ago(days=-10))
    assert "Nothing was overwritten" in said.text
    assert reload(meeting).starts_at == ago(days=-9)


def test_whoever_was_not_named_finds_nothing(client):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada)
    create_assistant(client, carl)
    other = create_member(pairing.cohort.organization)
    assert "Nobody has named you" in looked_after(client, other)
    assert move_for(client, other, meeting, ago(days=-3)).status_code == 404


def test_the_leader_ends_it_and_naming_somebody_else_replaces(client):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada)
    vera = create_assistant(client, carl)
    other = create_member(pairing.cohort.organization, name="Olga")

    assert "Olga can move your meetings now." in name_by_page(client, carl, other.email).text
    assert move_for(client, vera, meeting, ago(days=-3)).status_code == 404
    login(client, carl.member).post(url(carl.member, "assistant_dismiss"))
    assert move_for(client, other, meeting, ago(days=-3)).status_code == 404
    with inside(carl.organization_id):
        assert Assistant.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("nobody@example.org", "Nobody of this organization has this address."),
        ("self", "This person cannot move your meetings"),
        ("partner", "This person cannot move your meetings"),
        ("gone", "Nobody of this organization has this address."),
        ("elsewhere", "Nobody of this organization has this address."),
        ("no address", "Enter a valid email address."),
    ],
)
def test_only_a_colleague_who_is_no_partner_can_be_named(client, who, error):
    ada, carl, _pairing = create_pair()
    gone = create_listed(
        carl.cohort.organization, email="gone@example.org", deactivated_at=timezone.now()
    )
    addresses = {
        "self": carl.member.email,
        "partner": ada.member.email,
        "gone": gone.email,
        "elsewhere": create_member().email,
    }
    said = name_by_page(client, carl, addresses.get(who, who))
    assert error in said.text
    with inside(carl.organization_id):
        assert Assistant.objects.count() == 0


def test_after_the_pair_has_ended_there_is_nothing_to_look_after(client):
    ada, carl, pairing = create_pair()
    plan(pairing, by=ada)
    vera = create_assistant(client, carl)
    answer(client, ada, pairing, "step_out")
    assert "Nothing is planned" in looked_after(client, vera)


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    ada, carl, pairing = create_pair()
    for number in range(count):
        plan(pairing, by=ada, starts_at=ago(days=-3 - number))
    vera = create_assistant(client, carl)
    looked_after(client, vera)
    with django_assert_num_queries(11):
        page = client.get(url(vera, "assisted_meetings"))
    assert main_of(page).count("Carl") == count


def test_the_home_of_an_assistant_leads_to_the_times(client):
    _ada, carl, _pairing = create_pair()
    vera = create_assistant(client, carl)
    page = main_of(login(client, vera).get(url(vera, "organization")))
    assert "You may move meetings of Carl." in page
    assert "Ada" not in page
    other = create_member(carl.cohort.organization)
    assert "You may move" not in login(client, other).get(url(other, "organization")).text


def test_the_own_page_leads_to_calendar_and_assistant(client):
    ada, _carl, _pairing = create_pair()
    assert url(ada.member, "own_calendar") in own_page(client, ada.member).text

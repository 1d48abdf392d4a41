"""The page on which people choose how they hear of things."""

import re
from datetime import date, time

import pytest

from accounts.enums import Role
from mentoring.notices.models import Delivery, TurnedOff
from tests.factories import create_member, create_owner, inside, login, url
from tests.notices.conftest import NOON
from tests.notices.people import ESSENTIAL, NOTE, URGENT, choose

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def off(member) -> set[tuple[str, str]]:
    with inside(member.organization_id):
        return set(TurnedOff.objects.filter(member=member).values_list("kind", "way"))


def delivery(member) -> list[tuple]:
    with inside(member.organization_id):
        names = ("quiet_from", "quiet_to", "spares_free_days", "digest", "paused_until")
        return list(Delivery.objects.filter(member=member).values_list(*names))


def switch(text: str, way: str, kind: str) -> str:
    (found,) = re.findall(rf'<input[^>]*name="{way}" value="{kind}"[^>]*>', text)
    return found


def test_all_is_on_until_somebody_turns_it_off(client, ada):
    shown = login(client, ada).get(url(ada, "notice_settings")).text
    for way in ("mail", "bell"):
        assert "checked" in switch(shown, way, "pairings.message")
    assert (off(ada), delivery(ada)) == (set(), [])
    assert "Europe/Berlin" in shown


def test_only_what_differs_is_kept(client, ada):
    answer = choose(client, ada, mail=[URGENT])
    assert answer.status_code == 302
    kept = off(ada)
    assert (NOTE, "mail") in kept
    assert {way for _kind, way in kept} == {"mail"}
    assert (URGENT, "mail") not in kept
    shown = client.get(url(ada, "notice_settings")).text
    assert "Saved. It holds from now on." in shown
    assert "checked" not in switch(shown, "mail", NOTE)
    assert "checked" in switch(shown, "bell", NOTE)
    choose(client, ada)
    assert off(ada) == set()


def test_everything_about_when_is_kept(client, ada):
    choose(
        client,
        ada,
        quiet_from="18:00",
        quiet_to="08:00",
        spares_free_days="on",
        digest="weekly",
        paused_until="2026-12-24",
    )
    assert delivery(ada) == [(time(18), time(8), True, "weekly", date(2026, 12, 24))]
    shown = client.get(url(ada, "notice_settings")).text
    assert 'value="18:00"' in shown
    assert "Your mails are paused" in shown
    choose(client, ada)
    assert delivery(ada) == [(None, None, False, "never", None)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"quiet_from": "18:00"}, "Give both times, or leave both empty."),
        ({"quiet_to": "18:00"}, "Give both times, or leave both empty."),
        ({"quiet_from": "18:00", "quiet_to": "18:00"}, "Choose another time than the one before."),
        ({"quiet_from": "late", "quiet_to": "08:00"}, "Enter a valid time."),
        ({"paused_until": "2026-11-24"}, "Choose a day that is still ahead."),
        ({"paused_until": "2028-01-01"}, "Choose a day within a year."),
        ({"digest": "hourly"}, "hourly is not one of the available choices."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(client, ada, typed, said):
    answer = choose(client, ada, mail=[URGENT], **typed)
    assert answer.status_code == 200
    assert said in answer.text
    for value in typed.values():
        assert f'value="{value}"' in answer.text or value == "hourly"
    assert "checked" not in switch(answer.text, "mail", NOTE)
    assert "checked" in switch(answer.text, "mail", URGENT)
    assert (off(ada), delivery(ada)) == (set(), [])


def test_what_always_comes_has_no_switch_and_cannot_be_turned_off_by_hand(client, ada):
    shown = login(client, ada).get(url(ada, "notice_settings")).text
    assert ESSENTIAL.title() in shown
    assert f'value="{ESSENTIAL}"' not in shown
    assert choose(client, ada, mail=[ESSENTIAL]).status_code == 200
    assert off(ada) == set()


def test_only_who_runs_programs_sees_what_only_they_get_and_nobodys_choice_is_lost(client, ada):
    owner = create_owner(ada.organization)
    for member, is_shown in ((ada, False), (owner, True)):
        shown = login(client, member).get(url(member, "notice_settings")).text
        assert ('value="pairings.drift_act"' in shown) == is_shown
    choose(client, owner, mail=[])
    assert ("pairings.drift_act", "mail") in off(owner)
    owner.roles = []
    with inside(owner.organization_id):
        owner.save(update_fields=["roles"])
    choose(client, owner)
    assert off(owner) == {
        (kind, "mail")
        for kind in (
            "meetings.put_off_again",
            "meetings.week",
            "pairings.conflict_found_in_cohort",
            "pairings.drift_act",
            "pairings.help_asked",
            "pairings.rematch_asked",
            "programs.enrollment_closing",
            "reports.monthly_export_ready",
        )
    }


def test_who_may_export_and_runs_no_program_turns_monthly_exports_off(client, ada):
    analyst = create_member(ada.organization, roles=[Role.HR_ANALYST])
    line = "Monthly export ready: by mail"
    assert line not in login(client, ada).get(url(ada, "notice_settings")).text
    shown = login(client, analyst).get(url(analyst, "notice_settings")).text
    assert line in shown
    assert "pairings.drift_act" not in shown
    choose(client, analyst, mail=["pairings.message"])
    assert ("reports.monthly_export_ready", "mail") in off(analyst)


def test_kinds_that_are_switched_together_are_one_line(client, ada):
    shown = login(client, ada).get(url(ada, "notice_settings")).text
    assert 'value="meetings.commitment_proposed"' not in shown
    assert shown.count("Somebody wrote in a pair: by mail") == 1


def test_the_page_is_in_the_menu_of_the_account(client, ada):
    login(client, ada)
    for page in (url(ada, "organization"), "/account/"):
        assert url(ada, "notice_settings") in client.get(page).text
    create_member(user=ada.user)
    assert url(ada, "notice_settings") not in client.get("/account/").text


def test_one_members_choice_is_not_anothers(client, ada):
    other = create_member(ada.organization)
    choose(client, ada, mail=[], digest="daily")
    assert (off(other), delivery(other)) == (set(), [])
    shown = login(client, other).get(url(other, "notice_settings")).text
    assert "checked" in switch(shown, "mail", NOTE)


def test_the_page_asks_equally_often(client, ada, django_assert_num_queries):
    login(client, ada)
    for turn in ([NOTE], []):
        choose(client, ada, mail=turn)
        client.get(url(ada, "notice_settings"))
        with django_assert_num_queries(11):
            client.get(url(ada, "notice_settings"))

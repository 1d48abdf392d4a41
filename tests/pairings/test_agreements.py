"""The agreement of a pair: one proposes, the other confirms that very version."""

from datetime import timedelta
from html import escape

import pytest
import time_machine
from django.utils import timezone

from mentoring.pairings.models import Pairing
from mentoring.pairings.operations import agreements
from mentoring.pairings.operations.endings import step_out
from programs.enums import Cadence, Side
from tests.factories import inside, login, url
from tests.pairings.agreeing import (
    OFFERS,
    SEEKS,
    TICKS,
    agree,
    confirm,
    create_pair,
    get,
    in_days,
    post,
    propose,
    sent_by_form,
    terms_of,
    versions_of,
)
from tests.pairings.people import ask, create_round, create_two, main_of, own_page
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db


def seen_on(response) -> str:
    return main_of(response)


def test_one_proposes_the_other_confirms_and_it_is_in_force(client):
    pairing = create_pair()
    ada, carl = pairing.mentor, pairing.mentee

    asked = post(client, ada, pairing, "propose", sent_by_form())
    assert "Carl is asked to look and confirm." in asked.text
    assert "Your proposal waits for Carl" in seen_on(asked)
    assert versions_of(pairing) == [(1, "mentor", "open")]

    page = seen_on(get(client, carl, pairing))
    assert "Ada proposes" in page
    assert "What is said here stays here." in page
    done = post(client, carl, pairing, "confirm", {"version": 1, **TICKS})
    assert "You have agreed. It is in force now." in done.text
    assert versions_of(pairing) == [(1, "mentor", "in force")]
    for who in (ada, carl):
        shown = seen_on(own_page(client, who.member, pairing))
        assert "Once a month, 45 minutes each time" in shown
        assert escape(OFFERS) in shown
        assert escape(SEEKS) in shown
        assert "Propose a change" in shown


def test_the_form_begins_with_the_program_and_the_topics(client):
    rhythm = {"cadence": Cadence.QUARTERLY, "meeting_minutes": 90, "length_months": 9}
    pairing = create_pair(program=rhythm)
    form = get(client, pairing.mentor, pairing, "propose").context["form"]
    first = {name: form[name].value() for name in ("cadence", "minutes", "offers", "seeks")}

    assert first == {"cadence": "quarterly", "minutes": 90, "offers": "AI tools", "seeks": ""}
    assert 268 <= (form["ends_on"].value() - timezone.now().date()).days <= 276


def test_names_are_never_markup(client):
    cohort = create_round()
    people = [take_part(cohort, side, name=f"<b>{side}</b> O'Hara") for side in Side]
    pairing = create_pair(*people)
    seen = []
    for who in people:
        seen.append(get(client, who, pairing, "propose").text)
        seen.append(post(client, who, pairing, "propose", sent_by_form(offers="", seeks="")).text)
    propose(pairing, Side.MENTOR)
    for who in people:
        seen += [get(client, who, pairing).text, own_page(client, who.member, pairing).text]

    assert ["<b>men" in page for page in seen] == [False] * 8
    assert ["O&#x27;Hara" in page for page in seen] == [True] * 8


def test_a_change_begins_with_what_is_in_force(client):
    pairing = create_pair()
    agree(pairing, minutes=60, cadence=Cadence.FORTNIGHTLY)
    form = get(client, pairing.mentee, pairing, "propose").context["form"]

    assert [form[name].value() for name in ("cadence", "minutes", "offers", "seeks")] == [
        "fortnightly",
        60,
        OFFERS,
        SEEKS,
    ]


def test_a_change_shows_what_is_different_and_counts_only_once_both_agree(client):
    pairing = create_pair()
    agree(pairing)
    propose(pairing, Side.MENTEE, minutes=90, seeks="Something <b>new</b>")

    page = seen_on(get(client, pairing.mentor, pairing))
    assert page.count(">Changed<") == 2
    assert "45 minutes" in page
    assert "90 minutes" in page
    assert "Something &lt;b&gt;new&lt;/b&gt;" in page
    assert "What you agreed" in page
    assert versions_of(pairing) == [(1, "mentor", "in force"), (2, "mentee", "open")]
    shown = seen_on(own_page(client, pairing.mentor.member, pairing))
    assert "Until it is confirmed, this counts:" in shown
    assert "Carl proposes a change." in shown
    assert "Something" not in shown

    confirm(pairing, Side.MENTOR, 2)
    assert versions_of(pairing) == [(1, "mentor", "was in force"), (2, "mentee", "in force")]


def test_a_counter_proposal_replaces_what_it_has_seen(client):
    pairing = create_pair()
    propose(pairing, Side.MENTOR)
    form = get(client, pairing.mentee, pairing, "propose")
    assert "What you send takes the place of what Ada proposed." in form.text
    assert 'name="seen" value="1"' in form.text

    post(client, pairing.mentee, pairing, "propose", sent_by_form(minutes=60, seen=1))

    assert versions_of(pairing) == [(1, "mentor", "replaced"), (2, "mentee", "open")]


def test_a_counter_proposal_does_not_replace_what_it_has_not_seen(client):
    pairing = create_pair()
    propose(pairing, Side.MENTOR, offers="Only this once")
    again = post(client, pairing.mentee, pairing, "propose", sent_by_form(minutes=60))

    assert "Ada has proposed something meanwhile" in again.text
    assert "Only this once" in seen_on(again)
    assert escape(SEEKS) in seen_on(again)
    assert 'name="seen" value="1"' in again.text
    assert versions_of(pairing) == [(1, "mentor", "open")]


def test_to_propose_what_the_other_proposes_is_to_confirm_it():
    pairing = create_pair()
    propose(pairing, Side.MENTOR)
    propose(pairing, Side.MENTEE, seen=1)
    assert versions_of(pairing) == [(1, "mentor", "in force")]


def test_the_same_again_is_the_same_and_another_own_one_replaces_it():
    pairing = create_pair()
    for _ in range(2):
        propose(pairing, Side.MENTOR)
    assert versions_of(pairing) == [(1, "mentor", "open")]
    propose(pairing, Side.MENTOR, minutes=30)
    assert versions_of(pairing) == [(1, "mentor", "replaced"), (2, "mentor", "open")]
    for _ in range(2):
        confirm(pairing, Side.MENTEE, 2)
    propose(pairing, Side.MENTEE, minutes=30)
    assert versions_of(pairing) == [(1, "mentor", "replaced"), (2, "mentor", "in force")]


def test_a_stale_tab_confirms_nothing(client):
    pairing = create_pair()
    propose(pairing, Side.MENTOR)
    propose(pairing, Side.MENTOR, minutes=120)
    for version in (1, 3, "", "1.5", "٢", "99999999999999999999"):
        said = post(client, pairing.mentee, pairing, "confirm", {"version": version, **TICKS})
        assert "This is not what is proposed any more." in said.text
    assert versions_of(pairing) == [(1, "mentor", "replaced"), (2, "mentor", "open")]


def test_nobody_confirms_the_own_proposal(client):
    pairing = create_pair()
    agree(pairing)
    propose(pairing, Side.MENTOR, minutes=60)
    assert "I confirm this" not in seen_on(get(client, pairing.mentor, pairing))
    said = post(client, pairing.mentor, pairing, "confirm", {"version": 2, **TICKS})
    assert "You have agreed." not in said.text
    with pytest.raises(agreements.OwnProposal):
        confirm(pairing, Side.MENTOR, 2)
    assert versions_of(pairing) == [(1, "mentor", "in force"), (2, "mentor", "open")]


@pytest.mark.parametrize("missing", ["understood", "read"])
def test_without_both_ticks_nothing_is_confirmed_or_proposed(client, missing):
    pairing = create_pair()
    words = {"understood": "Please tick this once", "read": "Please read the text above"}
    refused = post(client, pairing.mentor, pairing, "propose", sent_by_form(**{missing: None}))
    assert words[missing] in refused.text
    assert escape(OFFERS) in refused.text
    assert versions_of(pairing) == []

    propose(pairing, Side.MENTOR)
    ticks = {name: "on" for name in TICKS if name != missing}
    refused = post(client, pairing.mentee, pairing, "confirm", {"version": 1, **ticks})
    assert words[missing] in refused.text
    assert refused.text.count(" checked") == 1
    assert versions_of(pairing) == [(1, "mentor", "open")]


def test_the_operations_want_the_ticks_as_well():
    pairing = create_pair()
    with inside(pairing.organization_id, member_id=pairing.mentor.member_id):
        ticks = {"understood": True, "read": False}
        with pytest.raises(agreements.NotTicked):
            agreements.propose(
                pairing=pairing,
                side=Side.MENTOR,
                terms=terms_of(),
                now=timezone.now(),
                **ticks,
            )
        with pytest.raises(agreements.NotTicked):
            agreements.confirm(
                pairing=pairing, side=Side.MENTOR, version=1, now=timezone.now(), **ticks
            )


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("offers", "é" * 1001, "1,001 characters, and 1,000 fit."),
        ("seeks", "x\r\n" * 501, "1,001 characters, and 1,000 fit."),
        ("offers", " \n ", "One sentence about what you can offer is enough."),
        ("seeks", "", "One sentence about what Carl is looking for is enough."),
        ("ends_on", lambda: in_days(0).isoformat(), "Choose a day that is still ahead."),
        ("ends_on", lambda: in_days(3 * 366 + 2).isoformat(), "Choose a day within three years."),
        ("ends_on", "soon", "Enter a valid date."),
        ("minutes", 14, "greater than or equal to 15"),
        ("minutes", 241, "less than or equal to 240"),
        ("minutes", "many", "Enter a whole number."),
        ("cadence", "daily", "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(client, field, value, error):
    pairing = create_pair()
    value = value() if callable(value) else value
    refused = post(client, pairing.mentor, pairing, "propose", sent_by_form(**{field: value}))
    page = seen_on(refused)

    assert error in page
    assert refused.context["form"][field].value() == str(value)
    assert escape(OFFERS if field == "seeks" else SEEKS) in page
    assert versions_of(pairing) == []


def test_a_thousand_characters_with_line_breaks_fit(client):
    pairing = create_pair()
    text = "x\r\n" * 499 + "yz"
    post(client, pairing.mentor, pairing, "propose", sent_by_form(offers=text))
    assert versions_of(pairing) == [(1, "mentor", "open")]


@pytest.mark.parametrize(("minutes", "is_hinted"), [(44, True), (45, False)])
def test_short_meetings_get_a_hint_and_no_refusal(client, minutes, is_hinted):
    pairing = create_pair()
    propose(pairing, Side.MENTOR, minutes=minutes)
    for who in (pairing.mentor, pairing.mentee):
        page = seen_on(get(client, who, pairing))
        assert (f"{minutes} minutes are short." in page) == is_hinted
    confirm(pairing, Side.MENTEE, 1)
    page = seen_on(get(client, pairing.mentor, pairing))
    assert (f"{minutes} minutes are short." in page) == is_hinted


def test_an_own_proposal_can_be_withdrawn_until_it_is_confirmed(client):
    pairing = create_pair()
    propose(pairing, Side.MENTOR)
    post(client, pairing.mentee, pairing, "withdraw", {"version": 1})
    assert versions_of(pairing) == [(1, "mentor", "open")]
    said = [
        post(client, pairing.mentor, pairing, "withdraw", {"version": 1}).text for _ in range(2)
    ]
    assert "Your proposal is withdrawn." in said[0]
    assert "This is not open any more. Nothing is lost." in said[1]
    assert versions_of(pairing) == [(1, "mentor", "withdrawn")]

    agree(pairing)
    post(client, pairing.mentor, pairing, "withdraw", {"version": 2})
    assert versions_of(pairing) == [(1, "mentor", "withdrawn"), (2, "mentor", "in force")]


def test_the_history_has_every_version_with_its_dates(client):
    pairing = create_pair()
    agree(pairing, offers="The first words")
    propose(pairing, Side.MENTEE, minutes=60)
    with inside(pairing.organization_id, member_id=pairing.mentee.member_id):
        agreements.withdraw(pairing=pairing, side=Side.MENTEE, version=2, now=timezone.now())
    page = seen_on(get(client, pairing.mentee, pairing))

    assert "How it came to be</summary>" in page.replace(" (2)", "")
    assert [f"Version {number}" in page for number in (1, 2, 3)] == [True, True, False]
    assert "Proposed by Ada." in page
    assert "Proposed by you." in page
    assert "Confirmed by both:" in page
    assert "Withdrawn:" in page
    assert page.count("The first words") == 1
    assert page.count(escape(OFFERS)) == 1


def test_who_is_the_mentor_stands_on_both_pages(client):
    pairing = create_pair()
    for view in ("", "propose"):
        assert "You are the mentor." in seen_on(get(client, pairing.mentor, pairing, view))
        page = seen_on(get(client, pairing.mentee, pairing, view))
        assert "Ada is the mentor." in page
        assert "Who can see this" in page


def test_the_agreement_of_a_pair_that_ended_can_be_read_and_not_changed(client):
    pairing = create_pair()
    agree(pairing)
    propose(pairing, Side.MENTEE, minutes=60)
    with inside(pairing.organization_id):
        step_out(pairing=pairing, side=Side.MENTEE, now=timezone.now())
    for who in (pairing.mentor, pairing.mentee):
        assert escape(OFFERS) in seen_on(own_page(client, who.member, pairing))
        page = seen_on(get(client, who, pairing))
        assert escape(OFFERS) in page
        assert "Not confirmed by both." in page
        assert "waits for" not in page
        assert [word in page for word in ("I confirm this", "Propose a change", "Withdraw<")] == [
            False
        ] * 3
    refused = post(client, pairing.mentor, pairing, "confirm", {"version": 2, **TICKS})
    assert "This is not open any more. Nothing is lost." in refused.text
    post(client, pairing.mentee, pairing, "withdraw", {"version": 2})
    kept = post(client, pairing.mentor, pairing, "propose", sent_by_form(offers="Kept words"))
    assert "The pair has ended meanwhile" in kept.text
    assert "Kept words" in kept.text
    assert "Propose it to" not in kept.text
    assert get(client, pairing.mentor, pairing, "propose").status_code == 302
    assert versions_of(pairing) == [(1, "mentor", "in force"), (2, "mentee", "open")]
    with pytest.raises(agreements.NotLive):
        propose(pairing, Side.MENTOR, minutes=30)
    with pytest.raises(agreements.NotLive):
        confirm(pairing, Side.MENTOR, 2)


def test_a_pair_that_pauses_can_agree():
    pairing = create_pair()
    with inside(pairing.organization_id):
        Pairing.objects.update(state="paused")
    agree(pairing)
    assert versions_of(pairing) == [(1, "mentor", "in force")]


def test_an_agreement_does_not_move_the_pair_on():
    pairing = create_pair()
    agree(pairing)
    with inside(pairing.organization_id):
        assert Pairing.objects.get().state == "introductory"


def test_what_was_to_last_until_a_day_that_has_passed_is_not_confirmed(client):
    pairing = create_pair()
    propose(pairing, Side.MENTOR, ends_on=in_days(3))
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        said = post(client, pairing.mentee, pairing, "confirm", {"version": 1, **TICKS})
    assert "has passed" in said.text
    assert versions_of(pairing) == [(1, "mentor", "open")]


def test_before_both_have_said_yes_there_is_nothing_to_agree_on(client):
    ada, carl = create_two()
    pairing = ask(ada, carl)
    for view in ("", "propose"):
        assert get(client, carl, pairing, view).status_code == 302
    said = post(client, carl, pairing, "propose", sent_by_form(), follow=False)
    assert said.status_code == 302
    post(client, carl, pairing, "confirm", {"version": 1, **TICKS})
    assert versions_of(pairing) == []


def test_confirming_and_withdrawing_is_by_post_only(client):
    pairing = create_pair()
    for view in ("confirm", "withdraw"):
        assert get(client, pairing.mentor, pairing, view).status_code == 405


def test_pages_cost_the_same_however_long_the_history(client, django_assert_num_queries):
    pairing = create_pair()
    login(client, pairing.mentor.member)
    for rounds in (1, 3):
        for number in range(rounds):
            agree(pairing, minutes=60 + number)
        client.get(url(pairing.mentor.member, "pair_agreement", pairing.pk))
        with django_assert_num_queries(13):
            client.get(url(pairing.mentor.member, "pair_agreement", pairing.pk))
        with django_assert_num_queries(26):
            client.get(url(pairing.mentor.member, "pair", pairing.pk))

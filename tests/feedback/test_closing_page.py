"""The closing page: what was covered, where both stand, and what each shares."""

import pytest
from django.utils import timezone

from accounts.operations.members import deactivate
from mentoring.feedback.parts import OwnPart
from mentoring.feedback.sealed import unseal_reflection
from mentoring.pairings.operations.closings import go_on
from programs.enums import Side
from tests.factories import create_member, create_owner, inside, login, reload, url
from tests.feedback.looking_back import (
    LINE,
    NOTHING,
    create_ended,
    keepsake,
    look,
    part_of,
    rate_at_start,
    reflect,
    rows_of,
    save,
    scores_of,
    wind_up,
    words_of,
)
from tests.meetings.people import create_pair, held
from tests.meetings.reaching import set_goal, write
from tests.meetings.test_logs import ago, create_old_pair
from tests.pairings.people import main_of, own_page

pytestmark = pytest.mark.django_db
BOTH = (OwnPart.STANDING, OwnPart.LINE)


def create_busy():
    """A pair with a goal, and a commitment, that winds up."""
    ada, carl, pairing = create_ended(is_closing=True)
    set_goal(pairing, "Speak <up> & ask", by=ada)
    write(pairing, "Meetings end on time", by=carl)
    return ada, carl, pairing


@pytest.mark.parametrize("who", [0, 1])
def test_both_read_what_they_covered(client, who):
    *two, pairing = create_busy()
    page = look(client, two[who], pairing)
    text = words_of(main_of(page))

    assert "Meetings 2 Hours together 1.5 First meeting" in text
    assert "Usual rhythm Once a month" in text
    assert "Your goals Speak &lt;up&gt; &amp; ask Open" in text
    assert "Meetings end on time Still open" in text
    assert NOTHING in part_of(page, "theirs")


def test_who_has_nothing_to_show_reads_kind_words(client):
    ada, carl, pairing = create_ended()
    with inside(pairing.organization_id):
        for meeting in pairing.meetings.all():
            meeting.delete()
    for who in (ada, carl):
        text = words_of(main_of(look(client, who, pairing)))
        assert "No meeting is noted any more." in text
        assert "You set no goals. Many good pairs do without." in text
        assert "Nothing was written down." in text
        assert "There is no answer of yours from the start" in text
        assert NOTHING in text


def test_somebody_rates_themselves_again_beside_the_start_and_nobody_else_reads_it(client):
    ada, carl, pairing = create_ended()
    rate_at_start(ada, 1, 2, 3, 4, 5)

    said = save(client, ada, pairing, 5, 4, 3, 2, 1, line=LINE)

    own = part_of(said, "own")
    assert "Saved. You can come back and change it at any time." in said.text
    starts = [f"At the start: <strong>{score}</strong>" for score in (1, 2, 3, 4, 5)]
    assert [start in own for start in starts] == [True] * 5
    assert own.count(" checked") == 5
    assert "Ask &quot;why&quot; &lt;first&gt; &amp; listen: that&#x27;s it" in own
    theirs = part_of(look(client, carl, pairing), "theirs")
    assert NOTHING in theirs
    assert {each.reader_id for each in rows_of(ada, pairing).values()} == {None}


def test_what_is_shared_is_read_with_the_scores_of_the_start_until_it_is_taken_back(client):
    ada, carl, pairing = create_ended()
    rate_at_start(ada, 1, 2, 3, 4, 5)
    ticks = {"shares_standing": "on", "shares_line": "on"}
    save(client, ada, pairing, 5, 4, 3, 2, 2, line=LINE, **ticks)

    theirs = words_of(part_of(look(client, carl, pairing), "theirs"))
    assert "Ask &quot;why&quot; &lt;first&gt; &amp; listen: that&#x27;s it" in theirs
    assert "Sentence At the start Today" in theirs
    assert "I tell leaders openly what I see, also when it is awkward. 1 5" in theirs
    assert "I know people beyond my own team whom I can turn to. 5 2" in theirs

    save(client, ada, pairing, 5, 4, 3, 2, 2, line=LINE, seen=1, shares_line="on")
    theirs = words_of(part_of(look(client, carl, pairing), "theirs"))
    assert "At the start" not in theirs
    assert "listen: that" in theirs
    save(client, ada, pairing, 5, 4, 3, 2, 2, line=LINE, seen=2)
    assert NOTHING in part_of(look(client, carl, pairing), "theirs")
    stored = rows_of(ada, pairing)[OwnPart.STANDING]
    assert unseal_reflection(stored.text) == {"now": scores_of("mentor", 5, 4, 3, 2, 2)}


def test_who_skipped_the_start_shares_today_alone(client):
    ada, carl, pairing = create_ended()
    save(client, carl, pairing, 4, 4, 4, 4, 5, shares_standing="on")

    theirs = words_of(part_of(look(client, ada, pairing), "theirs"))
    assert "Sentence Today" in theirs
    assert "At the start" not in theirs
    assert "I can say openly that I do not know something. 4" in theirs


def test_some_sentences_may_stay_empty(client):
    ada, carl, pairing = create_ended()
    rate_at_start(ada, 3)
    save(client, ada, pairing, 4, shares_standing="on")
    theirs = words_of(part_of(look(client, carl, pairing), "theirs"))
    assert "also when it is awkward. 3 4" in theirs
    assert "somebody who is new to it. – –" in theirs


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"line": "x" * 201}, "That is a little long: 201 characters, and 200 fit."),
        ({"line": "turned \u202e round"}, "This contains a character that cannot be seen"),
        ({"rate_asks": "9"}, "Select a valid choice"),
        ({"seen": ""}, "This field is required"),
        ({"line": "", "shares_line": "on"}, "Write your line, then share it."),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_typed_is_lost(client, data, why):
    ada, _carl, pairing = create_ended()
    sent = {"line": "A good line", "shares_standing": "on", **data}
    said = save(client, ada, pairing, 5, 4, **sent)

    own = part_of(said, "own")
    assert said.status_code == 200
    assert why in words_of(said.text)
    assert sent["line"] in own
    assert own.count(" checked") == 3 if "shares_line" not in data else 4
    assert rows_of(ada, pairing) == {}


def test_nothing_to_share_is_said_too(client):
    ada, _carl, pairing = create_ended()
    said = save(client, ada, pairing, line="A line", shares_standing="on")
    assert "Rate at least one sentence, then share it." in part_of(said, "own")
    assert rows_of(ada, pairing) == {}


def test_an_older_tab_overwrites_nothing_and_loses_nothing(client):
    ada, _carl, pairing = create_ended()
    save(client, ada, pairing, 1, line="From the first tab")
    said = save(client, ada, pairing, 2, line="From the second tab")

    own = part_of(said, "own")
    assert "You have saved something else here meanwhile" in own
    assert "From the second tab" in own
    assert 'name="seen" value="1"' in own
    assert rows_of(ada, pairing)[OwnPart.LINE].version == 1
    save(client, ada, pairing, 2, line="From the second tab", seen=1)
    assert "From the second tab" in part_of(look(client, ada, pairing), "own")


def test_sending_the_same_twice_is_saying_it_once(client):
    ada, _carl, pairing = create_ended()
    for _ in range(2):
        said = save(client, ada, pairing, 3, line=LINE, shares_line="on")
        assert "Saved." in said.text
    assert {each.version for each in rows_of(ada, pairing).values()} == {1}


def test_control_characters_go_silently(client):
    ada, _carl, pairing = create_ended()
    save(client, ada, pairing, line="One\x00 line\x07\r\n of two")
    assert "One line of two" in part_of(look(client, ada, pairing), "own")


def test_the_page_opens_when_a_pair_that_has_met_winds_up(client):
    ada, _carl, pairing = create_pair()
    said = login(client, ada.member).get(
        url(ada.member, "pair_reflection", pairing.pk), follow=True
    )
    assert said.redirect_chain == [(url(ada.member, "pair", pairing.pk), 302)]
    assert "This page opens when the two of you end your time as a pair." in said.text
    ada, _carl, pairing = create_ended(is_closing=True)
    assert look(client, ada, pairing).status_code == 200


def test_who_stepped_out_is_not_asked_to_look_back(client):
    ada, carl, pairing = create_old_pair()
    held(pairing, by=ada, starts_at=ago(days=10))
    assert look(client, ada, pairing).status_code == 302
    login(client, carl.member).post(url(carl.member, "pair_step_out", pairing.pk))

    assert reload(pairing).state == "withdrawn"
    assert [look(client, who, pairing).status_code for who in (ada, carl)] == [302, 302]
    assert keepsake(client, ada, pairing).status_code == 302


def test_a_pair_that_goes_on_after_all_loses_no_words(client):
    ada, _carl, pairing = create_ended(is_closing=True)
    with inside(pairing.organization_id, member_id=ada.member_id):
        assert go_on(pairing=pairing, side=Side.MENTOR, now=timezone.now())
    said = save(client, ada, pairing, 5, line="Typed before that")
    assert said.status_code == 200
    assert "The two of you go on as a pair" in part_of(said, "own")
    assert "Typed before that" in part_of(said, "own")
    assert rows_of(ada, pairing) == {}


def test_a_foreign_and_a_missing_pair_give_the_same_bytes(client):
    ada, _carl, pairing = create_ended()
    strangers = [create_owner(ada.cohort.organization), create_member(ada.cohort.organization)]
    for stranger in strangers:
        login(client, stranger)
        for view in ("pair_reflection", "pair_keepsake_choose", "pair_keepsake"):
            answers = []
            for key in (pairing.pk, ada.pk):
                address = url(stranger, view, key)
                answers.append(client.post(address) if "choose" in view else client.get(address))
            assert [each.status_code for each in answers] == [404, 404]
            assert answers[0].content == answers[1].content


def test_when_the_partner_is_gone_one_still_looks_back(client):
    ada, carl, pairing = create_ended()
    reflect(carl, pairing, 5, 5, line="Carl’s line", shared=BOTH)
    owner = create_owner(ada.cohort.organization)
    with inside(pairing.organization_id):
        deactivate(member=reload(carl.member), actor=owner, now=timezone.now())
    assert reload(pairing).state == "completed"

    page = look(client, ada, pairing)
    assert "Carl is not here any more." in main_of(page)
    assert "Carl’s line" in part_of(page, "theirs")
    assert "Saved." in save(client, ada, pairing, 4, line="Mine").text


def test_the_page_is_reached_from_the_pair_its_ending_and_the_list_of_pairs(client):
    ada, _carl, pairing = create_ended()
    address = url(ada.member, "pair_reflection", pairing.pk)
    ending = login(client, ada.member).get(url(ada.member, "pair_ending", pairing.pk))
    for page in (own_page(client, ada.member, pairing), own_page(client, ada.member), ending):
        assert f'href="{address}"' in main_of(page)
    ada, _carl, pairing = create_ended(is_closing=True)
    ending = login(client, ada.member).get(url(ada.member, "pair_ending", pairing.pk))
    address = url(ada.member, "pair_reflection", pairing.pk)
    for page in (own_page(client, ada.member, pairing), ending):
        assert f'href="{address}"' in main_of(page)
    ada, _carl, pairing = create_pair()
    assert "Look back" not in main_of(own_page(client, ada.member, pairing))


@pytest.mark.parametrize("size", [1, 8])
def test_the_page_costs_the_same_however_much_there_is(client, django_assert_num_queries, size):
    ada, carl, pairing = create_old_pair()
    for number in range(size):
        held(pairing, by=ada, starts_at=ago(days=40 - number))
        set_goal(pairing, f"Goal {number}", by=ada)
        write(pairing, f"Commitment {number}", by=carl)
    wind_up(ada, carl, pairing)
    rate_at_start(ada, *range(1, min(size, 5) + 1))
    reflect(ada, pairing, 1, line=LINE)
    reflect(carl, pairing, 1, line=LINE, shared=BOTH)
    look(client, ada, pairing)
    with django_assert_num_queries(18):
        page = client.get(url(ada.member, "pair_reflection", pairing.pk))
    assert page.text.count("Still open") == size

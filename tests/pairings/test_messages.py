"""Messages of a pair: written once, read, taken back, and nothing typed is lost."""

from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.messages import PER_HOUR
from programs.enums import Side
from tests.factories import inside, login, url
from tests.pairings.people import MONDAY, answer, days, main_of, own_page, propose
from tests.pairings.talking import conversation, say, send, texts_of
from tests.pairings.test_stepping_out import create_pair
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db
SIDES = [(0, 1), (1, 0)]
MINUTE = days(1 / 24 / 60)


@pytest.mark.parametrize(("who", "other"), SIDES)
def test_what_one_writes_the_other_reads(client, who, other):
    *two, pairing = create_pair()

    sent = send(client, two[who].member, pairing, "Shall we meet on Tuesday?")
    page = main_of(conversation(client, two[other].member, pairing))

    assert sent.redirect_chain[0][0].endswith("#newest")
    assert "Shall we meet on Tuesday?" in main_of(sent)
    assert "Shall we meet on Tuesday?" in page
    assert f'<span class="talk-who">{two[who].member}</span>' in page
    assert "Who can see this" in page


def test_it_is_new_until_the_conversation_is_opened_and_the_writer_sees_that_it_was_read(client):
    ada, carl, pairing = create_pair()
    say(ada, pairing, "One.")
    say(ada, pairing, "Two.")

    before = main_of(conversation(client, ada.member, pairing))
    assert "2 new messages" in main_of(own_page(client, carl.member))
    assert "2 new messages" in main_of(own_page(client, carl.member, pairing))
    head = login(client, carl.member).head(url(carl.member, "pair_messages", pairing.pk))
    assert "2 new messages" in main_of(own_page(client, carl.member))
    first = main_of(conversation(client, carl.member, pairing))
    second = main_of(conversation(client, carl.member, pairing))

    assert head.status_code == 200
    assert (first.count(">New</span>"), second.count(">New</span>")) == (2, 0)
    assert "new message" not in main_of(own_page(client, carl.member))
    assert "talk-seen" not in before
    assert main_of(conversation(client, ada.member, pairing)).count("talk-seen") == 1


def test_nobody_is_told_of_own_messages_as_new(client):
    ada, _carl, pairing = create_pair()
    say(ada, pairing, "One.")

    assert "new message" not in main_of(own_page(client, ada.member))


def test_the_page_of_the_pair_shows_the_last_three_and_takes_a_message(client):
    ada, carl, pairing = create_pair()
    for number in range(5):
        say(ada, pairing, f"Number {number}.", now=MONDAY + number * MINUTE)

    page = main_of(own_page(client, carl.member, pairing))

    assert [n for n in range(5) if f"Number {n}." in page] == [2, 3, 4]
    assert f'action="{url(carl.member, "pair_messages", pairing.pk)}"' in page
    assert "All messages" in page


def test_the_conversation_comes_in_reading_order_thirty_at_a_time(client):
    ada, carl, pairing = create_pair()
    for number in range(33):
        say(ada, pairing, f"Number {number}.", now=MONDAY + number * days(1))

    page = main_of(conversation(client, carl.member, pairing))
    earlier = page.split("?before=")[1].split('"')[0]
    older = main_of(conversation(client, carl.member, pairing, before=earlier))
    part = client.get(
        url(carl.member, "pair_messages", pairing.pk),
        {"before": earlier},
        headers={"HX-Request": "true"},
    ).text

    numbers = [n for n in range(33) if f"Number {n}." in page]
    assert numbers == list(range(3, 33))
    places = [page.index(f"Number {n}.") for n in numbers]
    assert places == sorted(places)
    for text in (older, part):
        assert [n for n in range(33) if f"Number {n}." in text] == [0, 1, 2]
        assert "?before=" not in text
    assert "Newest messages" in older
    assert "<main" not in part
    assert "<form" not in part


@pytest.mark.parametrize("before", ["x", "0", "018f0000-0000-7000-8000-000000000000"])
def test_a_strange_place_in_the_conversation_is_ignored(client, before):
    ada, carl, pairing = create_pair()
    say(ada, pairing, "Hello.")

    assert "Hello." in main_of(conversation(client, carl.member, pairing, before=before))


def test_days_are_those_of_the_reader(client):
    ada, carl, pairing = create_pair()
    for person, zone in ((ada, "Pacific/Auckland"), (carl, "America/New_York")):
        person.member.user.time_zone = zone
        person.member.user.save()
    say(ada, pairing, "Late?", now=MONDAY)

    pages = [main_of(conversation(client, each.member, pairing)) for each in (ada, carl)]

    assert "24 Nov 2026</time></li>" in pages[0]
    assert "23 Nov 2026</time></li>" in pages[1]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Hello.\r\n\r\nAda  ", "Hello.\n\nAda"),
        ("a\x00b\x07c\td\x1b[0m", "abc\td[0m"),
        ("O'Neil says “hi” 👩🏽‍💻🎉", "O'Neil says “hi” 👩🏽‍💻🎉"),
        ("x" * 4000, "x" * 4000),
        (" " + "🎉" * 4000 + "\n", "🎉" * 4000),
    ],
    ids=["lines", "control characters", "emoji", "long", "long emoji"],
)
def test_a_text_arrives_as_it_was_meant(client, typed, stored):
    ada, carl, pairing = create_pair()
    send(client, ada.member, pairing, typed)

    assert texts_of(pairing, carl.member) == [stored]


@pytest.mark.parametrize("typed", ["", "   \r\n\t ", "\x00\x07"])
def test_nothing_is_not_a_message(client, typed):
    ada, _carl, pairing = create_pair()

    assert "Write a word or two first." in send(client, ada.member, pairing, typed).text
    assert texts_of(pairing, ada.member) == []


def test_what_is_too_long_is_not_sent_and_not_lost(client):
    ada, _carl, pairing = create_pair()
    long = "It's " + "y" * 3996

    page = send(client, ada.member, pairing, long)

    assert "4,001 characters, and 4,000 fit" in page.text
    assert "It&#x27;s " + "y" * 3996 + "</textarea>" in page.text
    assert "maxlength" not in main_of(page)
    assert texts_of(pairing, ada.member) == []


def test_markup_is_text_and_only_written_out_addresses_are_links(client):
    ada, carl, pairing = create_pair()
    say(
        ada,
        pairing,
        '<script>alert(1)</script> <img src=x onerror=a()> "quoted" javascript:alert(1) www.a.org '
        'See https://a.org/x?a=1&b="2" and (http://b.org/y). HTTPS://C.ORG, a@d.org',
    )

    page = main_of(conversation(client, carl.member, pairing))
    text = page.split('<div class="talk-text">')[1].split("</div>")[0]

    assert text == (
        "&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=a()&gt; &quot;quoted&quot; "
        "javascript:alert(1) www.a.org See "
        '<a href="https://a.org/x?a=1&amp;b=" rel="noopener noreferrer nofollow">'
        "https://a.org/x?a=1&amp;b=</a>&quot;2&quot; and "
        '(<a href="http://b.org/y" rel="noopener noreferrer nofollow">http://b.org/y</a>). '
        '<a href="HTTPS://C.ORG" rel="noopener noreferrer nofollow">HTTPS://C.ORG</a>, a@d.org'
    )


def test_the_same_form_sent_twice_is_one_message(client):
    ada, carl, pairing = create_pair()
    nonce = str(uuid4())
    pages = [send(client, ada.member, pairing, "Hello.", nonce=nonce) for _ in range(2)]

    assert texts_of(pairing, carl.member) == ["Hello."]
    assert ["Hello." in main_of(page) for page in pages] == [True, True]


def test_another_text_in_a_form_that_came_back_is_another_message(client):
    ada, carl, pairing = create_pair()
    nonce = str(uuid4())
    for text in ("Hello.", "And one more."):
        send(client, ada.member, pairing, text, nonce=nonce)

    assert texts_of(pairing, carl.member) == ["Hello.", "And one more."]


def test_a_form_without_its_number_is_asked_again_and_keeps_the_text(client):
    ada, carl, pairing = create_pair()

    page = send(client, ada.member, pairing, "Hello there.", nonce="")

    assert "Hello there.</textarea>" in main_of(page)
    assert texts_of(pairing, carl.member) == []


def test_whoever_writes_very_much_is_asked_to_wait_and_keeps_the_text(client):
    ada, carl, pairing = create_pair()
    now = timezone.now()
    for number in range(PER_HOUR):
        say(ada, pairing, f"Number {number}.", now=now - 50 * MINUTE)

    refused = send(client, ada.member, pairing, "One more.")
    send(client, carl.member, pairing, "I may.")
    with time_machine.travel(now + 11 * MINUTE):
        send(client, ada.member, pairing, "Later.")

    assert "You have written a lot in the last hour." in refused.text
    assert "One more.</textarea>" in main_of(refused)
    assert texts_of(pairing, carl.member)[PER_HOUR:] == ["I may.", "Later."]


@pytest.mark.parametrize("state", [PairingState.ACTIVE, PairingState.PAUSED])
def test_a_pair_writes_also_while_it_is_paused(client, state):
    ada, carl, pairing = create_pair()
    with inside(ada.organization_id):
        for each in {PairingState.ACTIVE, state}:
            Pairing.objects.filter(pk=pairing.pk).exclude(state=each).update(state=each)
    send(client, ada.member, pairing, "How are you?")

    assert texts_of(pairing, carl.member) == ["How are you?"]


def test_after_the_end_both_read_and_nobody_writes_and_the_text_can_be_kept(client):
    ada, carl, pairing = create_pair()
    message = say(ada, pairing, "It was a pleasure.")
    answer(client, carl, pairing, "step_out")

    for each in (ada, carl):
        page = main_of(conversation(client, each.member, pairing))
        assert "It was a pleasure." in page
        assert "talk-write" not in page
        assert "Take back" not in page
        assert "It was a pleasure." in main_of(own_page(client, each.member, pairing))
    refused = send(client, ada.member, pairing, "Too <late>.")
    late = login(client, ada.member).post(
        url(ada.member, "pair_message_take_back", pairing.pk, message.pk), follow=True
    )

    assert "Your message was not sent" in refused.text
    assert ">Too &lt;late&gt;.</textarea>" in refused.text
    assert "It is too late to take this back." in late.text
    assert texts_of(pairing, carl.member) == ["It was a pleasure."]


@pytest.mark.parametrize(("minutes", "is_gone"), [(14, True), (16, False)])
def test_a_message_is_taken_back_within_a_quarter_of_an_hour(client, minutes, is_gone):
    ada, carl, pairing = create_pair()
    now = timezone.now()
    message = say(ada, pairing, "Oh no.", now=now)
    address = url(ada.member, "pair_message_take_back", pairing.pk, message.pk)
    with time_machine.travel(now + minutes * MINUTE):
        offered = "Take this message back?" in main_of(conversation(client, ada.member, pairing))
        said = client.post(address, follow=True)

    assert offered == is_gone
    assert ("Taken back. Its text is gone." in said.text) == is_gone
    page = main_of(conversation(client, carl.member, pairing))
    assert ("Taken back" in page, "Oh no." in page) == (is_gone, not is_gone)
    assert texts_of(pairing, carl.member) == ["" if is_gone else "Oh no."]


def test_only_the_writer_takes_a_message_back(client):
    ada, carl, pairing = create_pair()
    message = say(ada, pairing, "Mine.")

    address = url(carl.member, "pair_message_take_back", pairing.pk, message.pk)

    assert login(client, carl.member).post(address).status_code == 404
    assert texts_of(pairing, carl.member) == ["Mine."]


def test_a_request_off_the_topic_has_a_kind_answer_ready_for_the_mentor_only(client):
    ada, carl, pairing = create_pair()
    say(carl, pairing, "Could you fix my printer?")
    say(ada, pairing, "Hm.")
    link = f"{url(ada.member, 'pair_messages', pairing.pk)}?reply=off-topic#write"

    offered = main_of(conversation(client, ada.member, pairing))
    ready = main_of(conversation(client, ada.member, pairing, reply="off-topic"))
    mentee = main_of(conversation(client, carl.member, pairing, reply="off-topic"))

    assert offered.count(f'href="{link}"') == 1
    assert "What I can offer you: AI tools. Shall we start there?</textarea>" in ready
    assert "Not my topic" not in mentee
    assert "What I can offer you" not in mentee
    assert texts_of(pairing, carl.member) == ["Could you fix my printer?", "Hm."]


def test_a_proposal_has_no_messages(client):
    _ada, carl, _pairing = create_pair()
    dora = take_part(carl.cohort, Side.MENTEE, name="Dora")
    (proposal,) = propose((take_part(carl.cohort, Side.MENTOR, name="Ben"), dora))

    assert conversation(client, dora.member, proposal).status_code == 404
    assert send(client, dora.member, proposal, "Hello?").status_code == 404


@pytest.mark.parametrize("count", [2, 30])
def test_the_conversation_costs_the_same_however_long(client, django_assert_num_queries, count):
    ada, carl, pairing = create_pair()
    for number in range(count):
        say((ada, carl)[number % 2], pairing, f"Number {number}.")
    conversation(client, carl.member, pairing)

    with django_assert_num_queries(16):
        page = client.get(url(carl.member, "pair_messages", pairing.pk))

    assert main_of(page).count('class="talk-text"') == count


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_the_pair_costs_the_same_however_much_was_written(
    client, django_assert_num_queries, count
):
    ada, carl, pairing = create_pair()
    for number in range(count):
        say(ada, pairing, f"Number {number}.")
    own_page(client, carl.member, pairing)

    with django_assert_num_queries(25):
        client.get(url(carl.member, "pair", pairing.pk))

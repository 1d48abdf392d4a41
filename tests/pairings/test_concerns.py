"""A concern reaches one person outside both reporting lines, and never the partner."""

from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Member
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.pairings.enums import ConcernKind
from mentoring.pairings.models import Concern, ConcernNote
from mentoring.pairings.operations.concerns import CONCERN, raise_concern
from mentoring.pairings.operations.messages import take_back
from mentoring.pairings.queries.concerns import recipient_for, told
from programs.enums import Side
from tests.factories import create_listed, create_member, create_owner, inside, login, url
from tests.pairings.people import answer, days, deliver, main_of, own_page, sent
from tests.pairings.talking import conversation, say, steady
from tests.pairings.test_message_secrecy import raised
from tests.pairings.test_races import at_once
from tests.pairings.test_stepping_out import create_pair

WORDS = "It's <b>unkind</b> & loud."


def create_trouble():
    """Ada and Carl, and Nora, who is there for concerns."""
    ada, carl, pairing = create_pair()
    nora = create_member(pairing.cohort.organization, name="Nora O'Neil")
    with inside(pairing.organization_id):
        pairing.cohort.program.concern_contact = nora
        pairing.cohort.program.save()
    return ada, carl, nora, pairing


def turn_to(client, person, pairing, **answers):
    values = {"kind": "unkind", "text": WORDS, "nonce": str(uuid4()), **answers}
    address = url(person.member, "pair_concern", pairing.pk)
    return login(client, person.member).post(address, values, follow=True)


def texts_for(concern, member) -> tuple[str, str, str]:
    with inside(concern.organization_id, member_id=member.pk):
        found = told(Concern.objects.select_related("pairing").get(pk=concern.pk), member)
        return found.text, found.message, found.note


def concerns_of(pairing, member_id) -> list[Concern]:
    with inside(pairing.organization_id, member_id=member_id):
        return list(Concern.objects.filter(pairing=pairing).order_by("raised_at"))


@pytest.mark.django_db
def test_it_reaches_the_contact_by_a_mail_that_tells_nothing_and_a_page_that_tells_all(
    client, mails
):
    ada, carl, nora, pairing = create_trouble()

    said = turn_to(client, ada, pairing)
    deliver(pairing.cohort)

    assert "Nora O&#x27;Neil gets a mail now" in said.text
    assert sent(pairing.cohort, CONCERN) == [nora.email]
    (mail,) = [each for each in mails() if nora.email in str(each["To"])]
    text = text_of(mail, "plain")
    (concern,) = concerns_of(pairing, nora.pk)
    assert url(nora, "concern", concern.pk) in text
    for secret in ("Ada", "Carl", "unkind", "loud", str(pairing.pk)):
        assert secret not in mail.as_string().replace("\n", "")
    page = main_of(login(client, nora).get(url(nora, "concern", concern.pk)))
    assert "It&#x27;s &lt;b&gt;unkind&lt;/b&gt; &amp; loud." in page
    assert "A concern of Ada" in page
    assert "Carl does not know of this." in page
    assert carl.member.email not in page


@pytest.mark.django_db
@pytest.mark.parametrize("is_ticked", [True, False])
def test_a_message_goes_along_only_if_the_reporter_ticks_it(client, is_ticked):
    ada, carl, nora, pairing = create_trouble()
    message = say(carl, pairing, "You are <slow>.")
    about = {"about": str(message.pk)}
    address = url(ada.member, "pair_concern", pairing.pk)

    form = main_of(login(client, ada.member).get(address, about))
    turn_to(client, ada, pairing, **about, **({"attaches": "on"} if is_ticked else {}))

    assert "You are &lt;slow&gt;." in form
    assert "checked" not in form
    (concern,) = concerns_of(pairing, nora.pk)
    assert texts_for(concern, nora) == (WORDS, "You are <slow>." if is_ticked else "", "")
    page = main_of(login(client, nora).get(url(nora, "concern", concern.pk)))
    assert ("You are &lt;slow&gt;." in page) == is_ticked


@pytest.mark.django_db
def test_a_message_taken_back_meanwhile_is_not_attached_and_the_concern_is_raised(client):
    ada, carl, nora, pairing = create_trouble()
    message = say(carl, pairing, "You are slow.")
    with inside(pairing.organization_id, member_id=carl.member_id):
        take_back(message=message, now=timezone.now())

    said = turn_to(client, ada, pairing, about=str(message.pk), attaches="on")

    assert "was taken back meanwhile and is not attached" in said.text
    (concern,) = concerns_of(pairing, nora.pk)
    assert texts_for(concern, nora) == (WORDS, "", "")


@pytest.mark.django_db
def test_a_copy_stays_when_the_message_is_taken_back_afterwards(client):
    ada, carl, nora, pairing = create_trouble()
    message = say(carl, pairing, "You are slow.")
    concern = raised(ada, pairing, message=message)
    with inside(pairing.organization_id, member_id=carl.member_id):
        assert take_back(message=message, now=timezone.now())

    assert texts_for(concern, nora)[1] == "You are slow."


@pytest.mark.django_db
def test_an_own_message_or_a_strange_one_cannot_be_reported(client):
    ada, _carl, nora, pairing = create_trouble()
    message = say(ada, pairing, "I am mine.")
    for about in (str(message.pk), "x", str(uuid4())):
        page = login(client, ada.member).get(
            url(ada.member, "pair_concern", pairing.pk), {"about": about}
        )
        assert "Attach this message" not in page.text
        turn_to(client, ada, pairing, about=about, attaches="on")

    assert {each.message_text for each in concerns_of(pairing, nora.pk)} == {""}


@pytest.mark.django_db
def test_the_partner_never_learns_of_it(client, mails):
    ada, carl, nora, pairing = create_trouble()
    message = say(carl, pairing, "You are slow.")
    conversation(client, ada.member, pairing)
    deliver(pairing.cohort)

    def seen_by_carl() -> list[str]:
        pages = [
            own_page(client, carl.member),
            own_page(client, carl.member, pairing),
            conversation(client, carl.member, pairing),
            login(client, carl.member).get(url(carl.member, "concerns")),
            login(client, carl.member).get(url(carl.member, "pair_concern", pairing.pk)),
        ]
        return [steady(each) for each in pages] + [
            each.as_string() for each in mails() if carl.member.email in str(each["To"])
        ]

    before = seen_by_carl()
    turn_to(client, ada, pairing, about=str(message.pk), attaches="on")
    (concern,) = concerns_of(pairing, nora.pk)
    address = url(nora, "concern", concern.pk)
    login(client, nora).post(address, {"note": "I will speak with Ada."}, follow=True)
    deliver(pairing.cohort)

    assert seen_by_carl() == before


@pytest.mark.django_db
def test_the_reporter_sees_that_it_went_out_and_when_it_was_looked_into(client):
    ada, _carl, nora, pairing = create_trouble()
    before = main_of(own_page(client, ada.member, pairing))
    turn_to(client, ada, pairing)
    (concern,) = concerns_of(pairing, nora.pk)

    waiting = main_of(own_page(client, ada.member, pairing))
    said = login(client, nora).post(
        url(nora, "concern", concern.pk), {"note": "Called her."}, follow=True
    )
    looked = main_of(own_page(client, ada.member, pairing))

    assert "Your concern went" not in before
    assert "Your concern went to Nora O&#x27;Neil:" in waiting
    assert "has not noted yet" in waiting
    assert "you have looked into it" in said.text
    assert "Nora O&#x27;Neil has looked into it:" in looked
    assert "Called her." not in looked


@pytest.mark.django_db
def test_the_note_is_the_recipients_own_and_can_be_changed_and_emptied(client):
    ada, _carl, nora, pairing = create_trouble()
    concern = raised(ada, pairing)
    address = url(nora, "concern", concern.pk)
    notes = []
    times = set()
    for note in ("First.", "Second.", ""):
        login(client, nora).post(address, {"note": note})
        notes.append(texts_for(concern, nora)[2])
        times |= {each.looked_at for each in concerns_of(pairing, nora.pk)}

    assert notes == ["First.", "Second.", ""]
    assert len(times) == 1
    with inside(pairing.organization_id, member_id=nora.pk):
        assert ConcernNote.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("outside", "Nora"),
        ("nobody", "Olga"),
        ("partner", "Olga"),
        ("gone", "Olga"),
        ("on leave", "Olga"),
        ("never joined", "Olga"),
        ("above the mentee", "Olga"),
        ("far above the mentor", "Olga"),
        ("below the mentee", "Olga"),
        ("same manager", "Olga"),
    ],
)
def test_it_goes_to_the_contact_else_to_the_first_owner_outside_of_both_lines(contact, expected):
    ada, carl, pairing = create_pair()
    here = pairing.cohort.organization
    olga = create_owner(here, name="Olga", joined_at=timezone.now() - days(9))
    create_owner(here, name="Oscar")
    nora = create_member(here, name="Nora", on_leave=contact == "on leave")
    boss, between = create_member(here), create_member(here, manager=nora)
    with inside(here):
        people = Member.objects.filter
        if contact == "gone":
            people(pk=nora.pk).update(deactivated_at=timezone.now())
        if contact == "above the mentee":
            people(pk=carl.member_id).update(manager=nora)
        if contact == "far above the mentor":
            people(pk=ada.member_id).update(manager=between)
        if contact == "below the mentee":
            people(pk=nora.pk).update(manager=carl.member)
        if contact == "same manager":
            people(pk__in=[nora.pk, ada.member_id]).update(manager=boss)
        chosen = {
            "nobody": lambda: None,
            "partner": lambda: carl.member,
            "never joined": lambda: create_listed(here, name="Listed"),
        }.get(contact, lambda: people(pk=nora.pk).get())()
        pairing.cohort.program.concern_contact = chosen
        found = recipient_for(pairing)

    assert found.name == expected
    assert found == olga or expected == "Nora"


@pytest.mark.django_db
def test_owners_who_are_close_or_away_are_passed_over(client):
    ada, carl, pairing = create_pair()
    here = pairing.cohort.organization
    above = create_owner(here, name="Above")
    create_owner(here, name="Away", on_leave=True)
    create_owner(here, name="Gone", deactivated_at=timezone.now())
    with inside(here):
        Member.objects.filter(pk=carl.member_id).update(manager=above, roles=["owner"])
        assert recipient_for(pairing) is None
    far = create_owner(here, name="Far")
    with inside(here):
        assert recipient_for(pairing) == far
    page = turn_to(client, ada, pairing)
    assert "Far gets a mail now" in page.text


@pytest.mark.django_db
def test_with_nobody_outside_the_page_says_whom_to_speak_with_and_keeps_the_words(client):
    ada, _carl, pairing = create_pair()

    page = login(client, ada.member).get(url(ada.member, "pair_concern", pairing.pk))
    posted = turn_to(client, ada, pairing)

    for each in (page, posted):
        assert f"Turn to the people who run {pairing.cohort.program.name}" in main_of(each)
    assert "It&#x27;s &lt;b&gt;unkind&lt;/b&gt; &amp; loud.</textarea>" in main_of(posted)
    assert concerns_of(pairing, ada.member_id) == []


@pytest.mark.django_db
def test_a_choice_is_needed_and_what_was_typed_stays(client):
    ada, _carl, _nora, pairing = create_trouble()

    nothing = turn_to(client, ada, pairing, kind="")
    long = turn_to(client, ada, pairing, text="z" * 4001)
    wordless = turn_to(client, ada, pairing, text="")

    assert "Choose what comes closest." in nothing.text
    assert "It&#x27;s &lt;b&gt;unkind" in main_of(nothing)
    assert "4,001 characters" in long.text
    assert "z" * 4001 in long.text
    assert "gets a mail now" in wordless.text
    assert len(concerns_of(pairing, ada.member_id)) == 1


@pytest.mark.django_db
def test_a_form_sent_twice_is_one_concern(client):
    ada, _carl, _nora, pairing = create_trouble()
    nonce = str(uuid4())
    for _ in range(2):
        turn_to(client, ada, pairing, nonce=nonce)
    turn_to(client, ada, pairing, nonce=nonce, text="Something else happened, too.")

    assert len(concerns_of(pairing, ada.member_id)) == 2


@pytest.mark.django_db
def test_a_concern_can_be_raised_after_the_end(client):
    ada, carl, nora, pairing = create_trouble()
    answer(client, carl, pairing, "step_out")

    link = url(ada.member, "pair_concern", pairing.pk)
    assert link in main_of(conversation(client, ada.member, pairing))
    assert "gets a mail now" in turn_to(client, ada, pairing).text
    assert len(concerns_of(pairing, nora.pk)) == 1


@pytest.mark.django_db
def test_the_mail_is_not_sent_when_it_was_looked_into_or_the_recipient_has_gone(client):
    ada, carl, nora, pairing = create_trouble()
    concern = raised(ada, pairing)
    login(client, nora).post(url(nora, "concern", concern.pk), {"note": ""})
    raised(carl, pairing)
    with inside(pairing.organization_id):
        Member.objects.filter(pk=nora.pk).update(deactivated_at=timezone.now())
    deliver(pairing.cohort)

    assert sent(pairing.cohort, CONCERN) == []


@pytest.mark.django_db
def test_the_list_is_empty_long_and_open_first_with_a_way_to_it(client):
    ada, carl, nora, pairing = create_trouble()
    assert "No concerns" in main_of(login(client, nora).get(url(nora, "concerns")))
    assert "Concerns addressed" not in main_of(own_page(client, nora))
    done = raised(ada, pairing)
    login(client, nora).post(url(nora, "concern", done.pk), {"note": ""})
    for number in range(21):
        raised((ada, carl)[number % 2], pairing, text=f"{number}", days_ago=21 - number)

    first = main_of(login(client, nora).get(url(nora, "concerns")))
    second = main_of(client.get(url(nora, "concerns"), {"page": 2}))
    part = client.get(url(nora, "concerns"), {"page": 2}, headers={"HX-Request": "true"}).text

    assert "Concerns addressed to you (21 open)" in main_of(own_page(client, nora))
    assert (first.count(">Still open<"), first.count("Looked into")) == (20, 0)
    for text in (second, part):
        assert (text.count(">Still open<"), text.count("Looked into")) == (1, 1)
        assert "Page 2 of 2" in text
    assert "<main" not in part
    oldest = min(concerns_of(pairing, nora.pk), key=lambda each: each.raised_at)
    assert first.index(str(oldest.pk)) == min(
        first.index(str(each.pk)) for each in concerns_of(pairing, nora.pk) if str(each.pk) in first
    )


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 25])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    ada, carl, nora, pairing = create_trouble()
    for number in range(count):
        raised((ada, carl)[number % 2], pairing, days_ago=number)
    login(client, nora).get(url(nora, "concerns"))

    with django_assert_num_queries(11):
        page = client.get(url(nora, "concerns"))

    assert main_of(page).count(">Still open<") == min(count, 20)


def test_a_form_sent_twice_at_once_is_one_concern_and_one_mail(committed_db):
    ada, _carl, nora, pairing = create_trouble()
    nonce = uuid4()

    def raising():
        concern = raise_concern(
            pairing=pairing,
            side=Side.MENTOR,
            kind=ConcernKind.OTHER,
            text=WORDS,
            nonce=nonce,
            now=timezone.now(),
        )
        return str(concern.pk)

    assert len(set(at_once(ada.organization_id, *[(ada.member_id, raising)] * 4))) == 1
    assert len(concerns_of(pairing, nora.pk)) == 1
    with inside(pairing.organization_id):
        assert Message.objects.filter(kind=CONCERN).count() == 1

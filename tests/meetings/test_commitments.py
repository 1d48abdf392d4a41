"""What the leader does: from a draft for two to words that the cohort reads, without names."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from mentoring.meetings.models import PublishedCommitment
from mentoring.meetings.operations.publishing import RELEASE
from mentoring.outbox.models import Message
from tests.factories import inside, reload, url
from tests.meetings.reaching import (
    LEADERS,
    OTHER,
    WORDS,
    agree,
    ask,
    create_large_cohort,
    create_more_pairs,
    look,
    move,
    post,
    publish,
    published,
    wordings,
    write,
)
from tests.meetings.test_said import said
from tests.pairings.people import MONDAY, answer, deliver, main_of, own_page, sent
from tests.pairings.test_stepping_out import create_pair
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db


def test_a_draft_is_proposed_agreed_and_read_by_the_cohort_without_names(client):
    ada, carl, pairing = create_large_cohort()

    noted = post(client, carl, "commitment_new", pairing.pk, text=WORDS)
    assert "Noted, for the two of you. Nothing is published yet." in noted.text
    assert wordings(pairing) == [(WORDS, "draft", 1)]
    commitment = write(pairing, by=carl)
    asked = move(client, carl, commitment, "propose")
    waiting = look(client, ada, "pair_goals", pairing.pk)
    told = move(client, ada, commitment, "agree")

    assert "The other of you gets a mail" in asked.text
    assert "Waiting for your yes" in main_of(waiting)
    assert "Published. The cohort reads the words, and no names." in told.text
    page = main_of(said(client, ada.member, pairing.cohort))
    assert "the &lt;youngest&gt; voice" in page
    assert "Ada" not in page
    assert "Carl" not in page
    with inside(pairing.organization_id):
        (row,) = PublishedCommitment.objects.all()
    assert (row.text, row.month.day, row.state, row.pk.version) == (WORDS, 1, "open", 4)


def test_each_step_twice_is_once(client):
    ada, carl, pairing = create_large_cohort()
    for _ in range(2):
        post(client, carl, "commitment_new", pairing.pk, text=f"  {WORDS} \r\n")
    commitment = write(pairing, by=carl)
    for who, deed in [(carl, "propose"), (carl, "propose"), (ada, "agree"), (ada, "agree")]:
        move(client, who, commitment, deed)
    for _ in range(2):
        move(client, ada, commitment, "done")
    assert wordings(pairing) == [(WORDS, "published", 1)]
    assert published(pairing) == [WORDS]
    with inside(pairing.organization_id):
        notices = Message.objects.filter(kind="meetings.commitment_proposed")
        assert [each.recipient for each in notices] == [ada.member.email]


def test_to_propose_what_the_other_proposes_is_to_agree(client):
    ada, carl, pairing = create_large_cohort()
    commitment = write(pairing, by=ada)
    ask(commitment, by=ada)
    move(client, carl, commitment, "propose")
    assert published(pairing) == [WORDS]


def test_nobody_says_yes_for_the_other(client):
    _ada, carl, pairing = create_large_cohort()
    commitment = ask(write(pairing, by=carl), by=carl)
    page = move(client, carl, commitment, "agree")
    assert "You have said yes already." in page.text
    assert published(pairing) == []


def test_other_words_need_the_yes_of_both_anew(client):
    ada, carl, pairing = create_large_cohort()
    commitment = ask(write(pairing, by=carl), by=carl)
    post(client, carl, "commitment_edit", commitment.pk, text=OTHER, seen=1)

    late = move(client, ada, commitment, "agree")

    assert "The wording has changed since you opened the page." in late.text
    assert wordings(pairing) == [(OTHER, "draft", 2)]
    assert published(pairing) == []
    commitment = reload_as(ada, commitment)
    agree(ask(commitment, by=ada), by=carl)
    assert published(pairing) == [OTHER]


def reload_as(who, commitment):
    with inside(who.organization_id, member_id=who.member_id):
        return type(commitment).objects.get(pk=commitment.pk)


def test_a_yes_counts_for_the_words_that_were_on_the_page(client):
    ada, carl, pairing = create_large_cohort()
    seen = ask(write(pairing, by=carl), by=carl)
    post(client, carl, "commitment_edit", seen.pk, text=OTHER, seen=1)
    ask(reload_as(carl, seen), by=carl)

    late = move(client, ada, seen, "agree")

    assert "The wording has changed since you opened the page." in late.text
    assert wordings(pairing) == [(OTHER, "proposed", 2)]
    assert published(pairing) == []


def test_a_stale_wording_overwrites_nothing_and_nothing_typed_is_lost(client):
    ada, carl, pairing = create_large_cohort()
    commitment = write(pairing, by=carl)
    post(client, ada, "commitment_edit", commitment.pk, text=OTHER, seen=1)

    page = post(client, carl, "commitment_edit", commitment.pk, text="A third one", seen=1)
    again = post(client, carl, "commitment_edit", commitment.pk, text="A third one", seen=2)

    assert "Nothing was overwritten" in page.text
    for text in (OTHER, "A third one", 'name="seen" value="2"'):
        assert text in main_of(page)
    assert "The new wording is noted." in again.text
    assert wordings(pairing) == [("A third one", "draft", 3)]


def test_what_is_published_is_withdrawn_before_it_changes(client):
    ada, carl, pairing = create_large_cohort()
    commitment = publish(pairing, ada=ada, carl=carl)

    refused = post(client, carl, "commitment_edit", commitment.pk, text=OTHER, seen=1)
    assert "Take them back first" in refused.text
    assert published(pairing) == [WORDS]

    back = move(client, ada, commitment, "withdraw")
    assert "Taken back. Only the two of you can read it." in back.text
    assert wordings(pairing) == [(WORDS, "withdrawn", 1)]
    assert published(pairing) == []
    post(client, carl, "commitment_edit", commitment.pk, text=OTHER, seen=1)
    assert wordings(pairing) == [(OTHER, "draft", 2)]


def test_not_yet_makes_it_a_draft_again(client):
    ada, carl, pairing = create_large_cohort()
    commitment = ask(write(pairing, by=carl), by=carl)
    move(client, ada, commitment, "withdraw")
    assert wordings(pairing) == [(WORDS, "draft", 1)]
    assert "Delete" in main_of(look(client, carl, "pair_goals", pairing.pk))
    move(client, carl, commitment, "discard")
    assert wordings(pairing) == []


def test_done_is_said_with_the_month_and_may_be_put_right(client):
    ada, carl, pairing = create_large_cohort()
    commitment = publish(
        pairing, ada=ada, carl=carl, now=datetime(2026, 8, 31, 23, tzinfo=MONDAY.tzinfo)
    )
    with inside(pairing.organization_id):
        assert PublishedCommitment.objects.get().month == date(2026, 9, 1)

    move(client, carl, commitment, "done")
    with inside(pairing.organization_id):
        row = PublishedCommitment.objects.get()
    assert (row.state, row.done_month.day) == ("done", 1)
    assert "said-done" in said(client, ada.member, pairing.cohort).text

    move(client, ada, commitment, "reopen")
    with inside(pairing.organization_id):
        row = PublishedCommitment.objects.get()
    assert (row.state, row.done_month) == ("open", None)


def test_below_five_leaders_it_waits_and_says_why(client):
    ada, carl, pairing = create_pair()
    create_more_pairs(pairing, LEADERS - 2)
    publish(pairing, ada=ada, carl=carl)
    page = main_of(look(client, carl, "pair_goals", pairing.pk))
    assert wordings(pairing) == [(WORDS, "agreed", 1)]
    assert published(pairing) == []
    assert f"once {LEADERS} mentees here have, or had, a pair" in page
    empty = main_of(said(client, carl.member, pairing.cohort))
    assert f"once {LEADERS} mentees of this cohort have a pair" in empty


def test_one_leader_with_five_mentors_is_one_leader():
    ada, carl, pairing = create_pair()
    with inside(pairing.organization_id):
        type(carl).objects.filter(pk=carl.pk).update(capacity=9)
    carl.capacity = 9
    create_pairs_with(carl, LEADERS - 1)
    publish(pairing, ada=ada, carl=carl)
    assert published(pairing) == []


def create_pairs_with(carl, count):
    from_many = [take_part(carl.cohort, "mentor") for _ in range(count)]
    for each in from_many:
        create_pair((each, carl))


def test_what_waits_is_let_out_together_once_there_are_five(client):
    ada, carl, pairing = create_pair()
    (other,) = create_more_pairs(pairing, 1)
    publish(pairing, ada=ada, carl=carl)
    publish(other, OTHER, ada=other.mentor, carl=other.mentee)
    now = timezone.now()
    deliver(pairing.cohort, at=now + timedelta(days=1, minutes=1))
    assert published(pairing) == []

    create_more_pairs(pairing, LEADERS - 2)
    for _ in range(2):
        deliver(pairing.cohort, at=now + timedelta(days=2, minutes=2))

    assert published(pairing) == sorted([WORDS, OTHER])
    assert wordings(pairing) == [(WORDS, "published", 1)]
    with inside(pairing.organization_id):
        looks = Message.objects.filter(kind=RELEASE)
        assert {each.subject_id for each in looks} == {pairing.cohort_id}
        assert looks.exclude(finished_at=None).count() == 2
        assert looks.filter(finished_at=None).count() == 0


def test_what_was_taken_back_meanwhile_is_not_let_out(client):
    ada, carl, pairing = create_pair()
    commitment = publish(pairing, ada=ada, carl=carl)
    move(client, carl, commitment, "withdraw")
    create_more_pairs(pairing)
    deliver(pairing.cohort, at=timezone.now() + timedelta(days=2))
    assert published(pairing) == []
    assert wordings(pairing) == [(WORDS, "draft", 1)]


def test_an_ended_pair_only_reads_but_marks_and_withdraws_what_is_public(client):
    ada, carl, pairing = create_large_cohort()
    shown = publish(pairing, ada=ada, carl=carl)
    draft = write(pairing, OTHER, by=carl)
    answer(client, ada, pairing, "step_out")

    page = main_of(look(client, carl, "pair_goals", pairing.pk))
    refused = move(client, carl, draft, "propose")
    new = post(client, carl, "commitment_new", pairing.pk, text="Something new")
    done = move(client, carl, shown, "done")

    assert OTHER in page
    assert "You were a pair. This is over." in page
    assert "Write down a commitment" not in page
    assert "This pair has ended, so this stays as it is." in refused.text
    assert "What you wrote was not saved" in new.text
    assert "Something new" in new.text
    assert "Done. Well done." in done.text
    assert "said-done" in said(client, ada.member, pairing.cohort).text
    move(client, ada, shown, "withdraw")
    assert published(pairing) == []
    refused = move(client, ada, draft, "done")
    assert "This pair has ended, so this stays as it is." in refused.text


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_of_the_pair_costs_the_same_however_long(client, django_assert_num_queries, count):
    ada, carl, pairing = create_large_cohort()
    for number in range(count):
        publish(pairing, f"Deed {number}", ada=ada, carl=carl)
        write(pairing, f"Draft {number}", by=ada)
    look(client, carl, "pair_goals", pairing.pk)
    with django_assert_num_queries(16):
        page = client.get(url(carl.member, "pair_goals", pairing.pk))
    assert main_of(page).count('value="propose"') == count


def test_the_page_of_a_pair_shows_what_waits_for_a_yes(client):
    ada, carl, pairing = create_large_cohort()
    ask(write(pairing, by=carl), by=carl)
    assert "Look at the wording" in main_of(own_page(client, ada.member, pairing))
    assert "Look at the wording" not in main_of(own_page(client, carl.member, pairing))
    assert "has taken on:" in main_of(own_page(client, carl.member, pairing))


@pytest.mark.parametrize("text", ["", "   ", "\n\t \r\n", "\u200b\u200b", "\x00"])
def test_nothing_is_written_without_words(client, text):
    _ada, carl, pairing = create_large_cohort()
    page = post(client, carl, "commitment_new", pairing.pk, text=text)
    assert "Write a word or two first." in page.text
    assert wordings(pairing) == []


def test_what_is_too_long_or_hides_something_comes_back_as_it_was_typed(client):
    _ada, carl, pairing = create_large_cohort()
    long = "word " * 61
    page = post(client, carl, "commitment_new", pairing.pk, text=long)
    turned = post(client, carl, "commitment_new", pairing.pk, text="Left \u202eright")
    assert "That is a little long: 304 characters, and 300 fit." in page.text
    assert long.strip() in page.text
    assert "a character that cannot be seen (U+202E)" in turned.text
    assert wordings(pairing) == []


def test_lines_become_one(client):
    _ada, carl, pairing = create_large_cohort()
    post(client, carl, "commitment_new", pairing.pk, text="One\r\n\r\n  two\x07\tthree ")
    assert wordings(pairing) == [("One two three", "draft", 1)]


@pytest.mark.parametrize("how", ["on leave", "withdrawn", "reworded"])
def test_no_mail_goes_out_when_it_is_not_wanted(client, mails, how):
    ada, carl, pairing = create_large_cohort()
    commitment = ask(write(pairing, by=carl), by=carl)
    if how == "on leave":
        with inside(pairing.organization_id):
            type(ada.member).objects.filter(pk=ada.member_id).update(on_leave=True)
    if how == "withdrawn":
        move(client, carl, commitment, "withdraw")
    if how == "reworded":
        post(client, carl, "commitment_edit", commitment.pk, text=OTHER, seen=1)
    deliver(pairing.cohort, at=timezone.now() + timedelta(minutes=3))
    assert sent(pairing.cohort, "meetings.commitment_proposed") == []


def test_the_mail_says_no_word_of_it_and_leads_to_the_page(client, mails):
    ada, carl, pairing = create_large_cohort()
    ask(write(pairing, by=carl), by=carl)
    deliver(pairing.cohort, at=timezone.now() + timedelta(minutes=3))
    (mail,) = [each for each in mails() if "asks for your yes" in str(each["Subject"])]
    whole = mail.as_string()
    assert ada.member.email in str(mail["To"])
    assert f"/pairs/{pairing.pk}/goals/#commitments" in whole.replace("=\n", "")
    assert "youngest" not in whole
    assert "commitment" not in str(mail["Subject"])
    assert reload(pairing).state == "introductory"

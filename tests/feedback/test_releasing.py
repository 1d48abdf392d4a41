"""What those who run a cohort are told, and when."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from accounts.enums import Reach, Role
from mentoring.feedback.models import Release, ReleasedAnswer, Response
from mentoring.feedback.operations.answering import Voice, send
from mentoring.feedback.operations.releasing import release_due
from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from mentoring.reports.disclosure import scopes
from mentoring.reports.models import LedgerCell
from programs.enums import Moment, Side
from tests.factories import create_member, inside, login, url
from tests.feedback.people import questions
from tests.meetings.people import create_pair
from tests.meetings.test_logs import ago, reload_with_people
from tests.pairings.people import create_round, main_of
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db

WORDS = "It could have begun earlier, number"


def create_many(count, *, mentors=None):
    """So many pairs of one cohort that have ended well; so many mentors take turns if told so."""
    cohort = create_round()
    people = [
        take_part(cohort, Side.MENTOR, name=f"Mentor {number}", capacity=count)
        for number in range(mentors or count)
    ]
    pairs = []
    for number in range(count):
        mentor = people[number % len(people)]
        mentee = take_part(cohort, Side.MENTEE, name=f"Mentee {number}")
        *_two, pairing = create_pair((mentor, mentee))
        with inside(cohort.organization_id):
            found = Pairing.objects.filter(pk=pairing.pk)
            found.update(state="active", introduced_at=ago(days=40))
            found.update(state="closing")
            found.update(
                state="completed", mentor_place=None, mentee_place=None, ended_at=ago(days=1)
            )
        pairs.append(reload_with_people(pairing))
    return cohort, pairs


def answer(pairing, side, *, score=4, moment=Moment.END, words="", days=0.1):
    """Everything, so long ago."""
    asked = questions(pairing, side, moment)
    said = {each.key: (words or "Fine.") if each.kind == "text" else score for each in asked}
    voice = Voice(pairing, Side(side), moment)
    with inside(pairing.organization_id, member_id=voice.member.pk):
        send(voice, said, now=ago(days=days))
    with inside(pairing.organization_id):
        Response.objects.filter(pairing=pairing, side=side).update(sent_at=ago(days=days))


def release(cohort, *, at=None):
    with inside(cohort.organization_id):
        release_due([cohort.pk], now=at or timezone.now())


def results(client, cohort, moment="end", *, role=Role.HR_ANALYST):
    member = create_member(cohort.organization, roles=[role], reach=Reach.ORGANIZATION)
    return main_of(login(client, member).get(url(member, "cohort_results", cohort.pk, moment)))


def counted(cohort):
    """Respondents and answers of each release, by the kind of question."""
    with inside(cohort.organization_id):
        found = {}
        for each in Release.objects.select_related("question").order_by("until", "pk"):
            number = ReleasedAnswer.objects.filter(release=each).count()
            found.setdefault(each.question.kind, []).append((each.respondents, number))
        return found


def refusals(cohort):
    with inside(cohort.organization_id):
        refused = LedgerCell.objects.exclude(refusal="")
        return set(refused.values_list("refusal", flat=True))


def test_nothing_is_told_of_seven_and_scores_of_eight(client):
    cohort, pairs = create_many(8)
    for pairing in pairs[:7]:
        answer(pairing, "mentor")
    release(cohort)
    assert counted(cohort) == {}
    assert "Nothing to show yet" in results(client, cohort)

    answer(pairs[7], "mentor", score=1)
    release(cohort)
    told = counted(cohort)
    assert set(told) == {"rated"}
    assert set(told["rated"]) == {(8, 8)}
    page = results(client, cohort)
    assert "3.6" in page
    assert "of 5, from 8 answers" in page
    assert "Not enough people have answered yet." in page


def test_five_are_told_as_an_average_once_they_have_waited_long_enough(client):
    cohort, pairs = create_many(5)
    for pairing in pairs:
        answer(pairing, "mentor", days=27)
    release(cohort)
    assert counted(cohort) == {}
    with inside(cohort.organization_id):
        assert Message.objects.filter(kind="feedback.release", due_at__gt=timezone.now()).exists()

    release(cohort, at=timezone.now() + timedelta(days=2))
    assert set(counted(cohort)["rated"]) == {(5, 5)}
    page = results(client, cohort)
    assert "of 5, from 5 answers" in page
    assert "<table" not in page


def test_four_are_never_told(client):
    cohort, pairs = create_many(4)
    for pairing in pairs:
        answer(pairing, "mentor", days=200)
    release(cohort)
    assert counted(cohort) == {}


def test_one_person_with_many_partners_is_one_person(client):
    cohort, pairs = create_many(10, mentors=1)
    for pairing in pairs:
        answer(pairing, "mentor", days=60)
    release(cohort)
    assert counted(cohort) == {}
    for pairing in pairs:
        answer(pairing, "mentee", days=60)
    release(cohort)
    assert set(counted(cohort)["rated"]) == {(10, 10)}


def test_comments_come_from_ten_in_an_order_that_says_nothing(client):
    cohort, pairs = create_many(10)
    for number, pairing in enumerate(pairs):
        answer(pairing, "mentor", words=f"{WORDS} {number} <b>")
    release(cohort)
    assert set(counted(cohort)["text"]) == {(10, 10)}
    page = results(client, cohort)
    found = [page.index(f"{WORDS} {number} &lt;b&gt;") for number in range(10)]
    assert len(found) == 10
    for pairing in pairs:
        assert str(pairing.mentor.member) not in page
    with inside(cohort.organization_id):
        stored = list(ReleasedAnswer.objects.exclude(text="").values_list("text", flat=True))
    assert [each for each in stored if WORDS in each] == []


def test_each_answer_is_told_once_and_newcomers_wait_for_their_own_batch(client):
    cohort, pairs = create_many(17)
    for pairing in pairs[:8]:
        answer(pairing, "mentor", days=10)
    for _time in range(2):
        release(cohort, at=ago(days=9))
    for pairing in pairs[8:15]:
        answer(pairing, "mentor", days=5)
    release(cohort, at=ago(days=4))
    assert set(counted(cohort)["rated"]) == {(8, 8)}
    for pairing in pairs[15:]:
        answer(pairing, "mentor", days=2)
    release(cohort)
    told = counted(cohort)
    assert set(told["rated"]) == {(8, 8), (9, 9)}
    # Comments waited until there were ten, and the last two wait for more.
    assert told["text"] == [(15, 15)]


def test_who_would_stand_out_between_two_batches_waits_for_more_people():
    cohort, pairs = create_many(20, mentors=13)
    for pairing in pairs[:8]:
        answer(pairing, "mentor", days=60)
    release(cohort, at=ago(days=50))
    # Seven of the eight once more, about other mentees: the eighth is the difference.
    for pairing in pairs[13:20]:
        answer(pairing, "mentor", days=40)
    release(cohort, at=ago(days=2))
    assert set(counted(cohort)["rated"]) == {(8, 8)}
    assert refusals(cohort) == {"difference"}

    for pairing in pairs[8:13]:
        answer(pairing, "mentor", days=1.5)
    release(cohort)
    assert set(counted(cohort)["rated"]) == {(8, 8), (12, 12)}


def test_every_batch_is_in_the_ledger_of_its_question_with_its_people():
    cohort, pairs = create_many(8)
    for pairing in pairs:
        answer(pairing, "mentor")
        answer(pairing, "mentee")
    release(cohort)
    with inside(cohort.organization_id):
        released = list(Release.objects.select_related("question__form").order_by("pk"))
        cells = {each.measure: each for each in LedgerCell.objects.all()}
    assert {f"answers:{each.question_id}" for each in released} == set(cells)
    for each in released:
        cell = cells[f"answers:{each.question_id}"]
        scope = scopes.Scope(scopes.Reach.COHORT, cohort.pk).within(
            (scopes.Dimension.SIDE, each.question.form.writer), (scopes.Dimension.BATCH, "1")
        )
        assert (cell.scope, cell.people, cell.value) == (str(scope), 8, {"answers": 8})


def test_the_page_of_all_that_was_told_names_the_question_and_the_batch(client):
    cohort, pairs = create_many(8)
    for pairing in pairs:
        answer(pairing, "mentor")
    release(cohort)
    owner = create_member(cohort.organization, roles=[Role.OWNER])
    login(client, owner)
    address = url(owner, "reports_told")
    asked = questions(pairs[0], "mentor", Moment.END)
    scores = [escape(each.text) for each in asked if each.kind != "text"]
    for measure, told in (("answers:", scores), ("mentor_growth", [])):
        page = main_of(client.get(address, {"measure": measure}))
        assert page.count("8 answers, on the page of the surveys") == len(told)
        assert [each for each in scores if each in page] == told
    rows = client.get(address).text
    assert f"Cohort: {cohort.program.name}, {cohort.name}" in rows
    assert "Batch: 1" in rows


def test_without_a_ledger_nothing_is_told(monkeypatch):
    monkeypatch.setattr("mentoring.feedback.ledger._Kept.by", None)
    cohort, pairs = create_many(8)
    for pairing in pairs:
        answer(pairing, "mentor")
    with pytest.raises(LookupError):
        release(cohort)
    assert counted(cohort) == {}


def test_what_the_two_write_to_each_other_is_counted_and_not_shown(client):
    cohort, pairs = create_many(10)
    for pairing in pairs:
        answer(pairing, "mentor", moment=Moment.PARTNER, words=f"{WORDS} x")
        with inside(cohort.organization_id):
            Response.objects.filter(pairing=pairing).update(opened_at=ago(days=0.1))
    release(cohort)
    told = counted(cohort)
    assert set(told) == {"rated"}
    page = results(client, cohort, "partner")
    assert "of 5, from 10 answers" in page
    assert WORDS not in page


def test_what_may_still_be_taken_back_is_not_told():
    cohort, pairs = create_many(8)
    for pairing in pairs:
        answer(pairing, "mentor", moment=Moment.PARTNER)
    release(cohort)
    assert counted(cohort) == {}


def test_what_was_sent_just_now_waits_for_the_next_time():
    cohort, pairs = create_many(8)
    for pairing in pairs:
        answer(pairing, "mentor", days=0)
    release(cohort)
    assert counted(cohort) == {}


@pytest.mark.parametrize(
    ("role", "status"), [(Role.HR_ANALYST, 200), (Role.OWNER, 200), (None, 403)]
)
def test_who_takes_part_only_does_not_see_results(client, role, status):
    cohort, _pairs = create_many(1)
    member = create_member(cohort.organization, roles=[role] if role else [])
    page = login(client, member).get(url(member, "cohort_results", cohort.pk, "end"))
    assert page.status_code == status


def test_a_moment_that_does_not_exist_is_not_there(client):
    cohort, _pairs = create_many(1)
    member = create_member(cohort.organization, roles=[Role.OWNER])
    page = login(client, member).get(url(member, "cohort_results", cohort.pk, "midnight"))
    assert page.status_code == 404


@pytest.mark.parametrize("count", [8, 12])
def test_the_page_costs_the_same_however_many_answered(client, django_assert_num_queries, count):
    cohort, pairs = create_many(count)
    for pairing in pairs:
        answer(pairing, "mentor")
        answer(pairing, "mentee")
    release(cohort)
    member = create_member(cohort.organization, roles=[Role.OWNER])
    client = login(client, member)
    address = url(member, "cohort_results", cohort.pk, "end")
    client.get(address)
    with django_assert_num_queries(15):
        client.get(address)

"""The next thirty days of a cohort: who would get what, and what stays between two people."""

import re
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Reach, Role
from accounts.models import Member
from mentoring.lib.ids import uuid7
from mentoring.meetings.operations import telling
from mentoring.meetings.operations.week import WEEK
from mentoring.notices.enums import Frequency, Way
from mentoring.notices.models import DigestEntry
from mentoring.notices.operations.settings import change_settings
from mentoring.outbox.models import Message, Schedule
from mentoring.pairings.operations import drift
from mentoring.pairings.operations.agreements import WAITING
from mentoring.pairings.wishes import SOMEBODY_ELSE
from programs import ahead
from programs.enums import Side
from programs.models import ProgramReach
from tests.factories import create_member, create_owner, inside, login, url
from tests.meetings.people import PLACE, create_pair, plan
from tests.meetings.weeks import at_noon, create_runner, create_running
from tests.pairings.people import create_round, create_two, today
from tests.profiles.people import create_cohort, take_part

pytestmark = pytest.mark.django_db
__all__ = ["at_noon"]
ROW = re.compile(
    r'outlook-who"><strong class="text-break">([^<]+)</strong> <span class="soft">([^<]+)</span>'
)
NEAR, ASKED = "A meeting is near", "Did the meeting take place?"
DUE, BEGINS = "A first meeting is overdue", "A pair begins"
PLANNED = "Meeting planned or moved"
WEEKLY = "The week of your cohorts"


def create_meeting(**fields):
    """Two who meet in ten days, and an owner."""
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=carl, starts_at=timezone.now() + timedelta(days=10), **fields)
    return ada, carl, pairing, meeting, create_owner(ada.cohort.organization)


def look(client, member, cohort):
    return login(client, member).get(url(member, "cohort_outlook", cohort.pk))


def rows_of(client, member, cohort) -> list[tuple[str, str]]:
    """Who gets what, in the order of the page."""
    response = look(client, member, cohort)
    assert response.status_code == 200
    return ROW.findall(response.text)


def wish(member: Member, **delivery) -> None:
    turned_off = delivery.pop("turned_off", [])
    shown = [kind for kind, _way in turned_off]
    with inside(member.organization_id, member_id=member.pk):
        change_settings(
            member=member,
            shown=shown,
            turned_off=turned_off,
            delivery={"digest": Frequency.NEVER, **delivery},
            now=timezone.now(),
        )


def test_it_tells_by_day_who_gets_what(client):
    ada, _carl, _pairing, _meeting, owner = create_meeting(place=PLACE)

    response = look(client, owner, ada.cohort)

    assert sorted(ROW.findall(response.text)) == sorted(
        (name, label) for name in ("Ada", "Carl") for label in (NEAR, ASKED, DUE, BEGINS, PLANNED)
    )
    assert response.text.count('class="outlook-day"') >= 3
    assert "video.example" not in response.text


def test_what_is_due_later_than_in_thirty_days_is_not_there(client):
    ada, carl, pairing = create_pair()
    plan(pairing, by=carl, starts_at=timezone.now() + timedelta(days=40))
    owner = create_owner(ada.cohort.organization)

    found = {label for _name, label in rows_of(client, owner, ada.cohort)}

    assert {NEAR, ASKED} & found == set()


def test_what_is_between_two_people_or_told_in_confidence_is_left_out(client):
    ada, _carl, pairing, _meeting, owner = create_meeting()
    secret = {drift.PROMPT: "", drift.ACT: "", SOMEBODY_ELSE.kind: "", WAITING: ""}
    with inside(ada.organization_id):
        for number, kind in enumerate(
            [*secret, "pairings.message", "pairings.concern", "pairings.reminder"]
        ):
            Message.objects.create(
                kind=kind, recipient="carl@example.org", address="carl@example.org",
                subject_id=pairing.pk, occurrence=f"x{number}", created_at=timezone.now(),
                due_at=timezone.now() + timedelta(days=3),
                look_at=timezone.now() + timedelta(days=3),
            )  # fmt: skip
        labels = {
            str(each.kind_label) for each in Message.objects.filter(occurrence__startswith="x")
        }
        assert Message.objects.filter(kind=drift.PROMPT).count() > 1

    page = look(client, owner, ada.cohort)

    assert len(labels) == 7
    assert [label for label in labels if label in page.text] == []
    assert {label for _name, label in ROW.findall(page.text)} & labels == set()


def test_who_was_asked_and_has_not_answered_is_not_told(client):
    ada, carl = create_two()
    from_page = login(client, ada.member).post(
        url(ada.member, "pair_request", carl.pk), {"offer": "I could show you our tools."}
    )
    assert from_page.status_code == 302
    owner = create_owner(ada.cohort.organization)

    page = look(client, owner, ada.cohort)

    assert ROW.findall(page.text) == []
    assert "Nothing is planned for the next 30 days" in page.text


@pytest.mark.parametrize(
    "wishes",
    [
        {"turned_off": [(telling.AHEAD, Way.MAIL)]},
        {"paused_until": today() + timedelta(days=25)},
        {"digest": Frequency.DAILY},
        {"digest": Frequency.WEEKLY, "spares_free_days": True},
    ],
)
def test_every_wish_reads_the_same(client, wishes):
    ada, carl, _pairing, _meeting, owner = create_meeting()
    wish(carl.member, **wishes)

    text = look(client, owner, ada.cohort).text

    rows = text.split("<li>")
    own = [row for row in rows if ">Carl</strong>" in row and NEAR in row]
    partner = [row for row in rows if ">Ada</strong>" in row and NEAR in row]
    assert [re.findall(r"#(mail|bell)", row) for row in own] == [["mail", "bell"]]
    assert "No e-mail then, by their own wish" in own[0]
    assert "by their own wish" not in partner[0]
    for word in ("paused", "summary of", "Weekly", "turned off", "quiet"):
        assert word not in text.split("<main")[1].split('class="visibility"')[0]


def test_a_bell_that_is_off_and_one_that_is_not_there_are_told(client):
    ada, carl, _pairing, _meeting, owner = create_meeting()
    wish(carl.member, turned_off=[(telling.AHEAD, Way.BELL)])

    text = look(client, owner, ada.cohort).text

    assert text.count("No bell, by their own wish") == 1


def test_what_nobody_needs_any_more_is_counted_and_not_named(client):
    ada, _carl, _pairing, _meeting, owner = create_meeting()
    with inside(ada.organization_id):
        Member.objects.filter(pk=ada.member_id).update(on_leave=True)

    page = look(client, owner, ada.cohort)

    assert [who for who, what in ROW.findall(page.text) if what == NEAR] == []
    # Neither the meeting nor a first one is brought to mind while one of the two is away.
    assert "6 messages that wait are not needed any more" in page.text


def test_another_cohort_shows_nothing_of_it(client):
    ada, _carl, _pairing, _meeting, owner = create_meeting()
    other = create_two(create_round())[0].cohort
    with inside(other.organization_id):
        stranger = other.organization
    assert look(client, owner, other).status_code == 404
    assert rows_of(client, create_owner(stranger), other) == []
    assert rows_of(client, owner, ada.cohort) != []


@pytest.mark.parametrize(
    ("roles", "is_named", "status"),
    [
        ([Role.OWNER], False, 200),
        ([Role.PROGRAM_ADMIN], True, 200),
        ([Role.PROGRAM_ADMIN], False, 404),
        ([Role.HR_ANALYST], False, 403),
        ([], False, 403),
    ],
)
def test_only_those_who_run_the_cohort_look_ahead(client, roles, is_named, status):
    ada, _carl, _pairing, _meeting, _owner = create_meeting()
    reach = Reach.PROGRAMS if roles == [Role.PROGRAM_ADMIN] else Reach.ORGANIZATION
    member = create_member(ada.cohort.organization, roles=roles, reach=reach)
    if is_named:
        with inside(ada.organization_id):
            ProgramReach.objects.create(member=member, program=ada.cohort.program)

    assert look(client, member, ada.cohort).status_code == status


def test_a_missing_cohort_and_a_strangers_one_give_the_same_bytes(client):
    ada, _carl, _pairing, _meeting, _owner = create_meeting()
    stranger = create_owner()
    answers = [
        login(client, stranger).get(url(stranger, "cohort_outlook", key))
        for key in (ada.cohort.pk, uuid7())
    ]
    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def everything_in(organization_id) -> list[list[tuple]]:
    with inside(organization_id):
        tables = (Message, Schedule, DigestEntry)
        return [list(each.objects.order_by("pk").values_list()) for each in tables]


def test_looking_changes_nothing_locks_nobody_and_sends_nothing(client, mailoutbox):
    ada, carl, _pairing, _meeting, owner = create_meeting()
    wish(carl.member, digest=Frequency.DAILY, quiet_from=time(18),
         quiet_to=time(8))  # fmt: skip
    before = everything_in(ada.organization_id)
    login(client, owner)
    address = url(owner, "cohort_outlook", ada.cohort.pk)
    client.get(address)

    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)

    assert len(ROW.findall(response.text)) > 0
    assert everything_in(ada.organization_id) == before
    changing = re.compile(r"^(INSERT|UPDATE|DELETE)|FOR (NO KEY )?UPDATE|advisory", re.IGNORECASE)
    assert [each["sql"] for each in asked if changing.search(each["sql"])] == []
    assert mailoutbox == []


@pytest.mark.usefixtures("at_noon")
def test_the_weekly_mail_is_foretold_to_those_who_run_the_cohort_with_news_or_without(client):
    cohort = create_running()
    olga, bert = create_runner(cohort, name="Olga"), create_runner(cohort, name="Bert")
    elsewhere = create_runner(cohort, name="Else", reach=Reach.PROGRAMS)
    with inside(cohort.organization):
        ProgramReach.objects.create(
            member=elsewhere, program=create_cohort(cohort.organization).program
        )
    wish(bert, turned_off=[(WEEK, Way.MAIL)])

    page = look(client, olga, cohort)

    # Four Mondays.
    assert sorted(ROW.findall(page.text)) == sorted([("Bert", WEEKLY), ("Olga", WEEKLY)] * 4)
    assert page.text.count("No e-mail then, by their own wish") == 4
    assert "comes only if there is something to tell" in page.text


def test_the_page_says_what_is_not_on_it_and_why(client):
    ada, _carl, _pairing, _meeting, owner = create_meeting()
    text = look(client, owner, ada.cohort).text
    absent = text.split("What is not here")[1].split("</section>")[0]
    for words in ("surveys", "Proposals", "agreed end", "Private prompts", "concerns", "exports"):
        assert words in absent


@pytest.mark.parametrize("pairs", [1, 4])
def test_it_costs_the_same_however_many_pairs_there_are(client, django_assert_num_queries, pairs):
    """And however many run the cohort: their weekly mails cost some queries together."""
    cohort = create_round()
    now = timezone.now()
    for number in range(pairs):
        two = [take_part(cohort, side, name=f"{side} {number}") for side in Side]
        _mentor, carl, pairing = create_pair(tuple(two))
        plan(pairing, by=carl, starts_at=now.replace(hour=12) + timedelta(days=10), now=now)
    owner = create_owner(cohort.organization)
    runners = [create_runner(cohort, name=f"Runner {number}") for number in range(pairs)]
    look(client, owner, cohort)

    with django_assert_num_queries(46):
        response = client.get(url(owner, "cohort_outlook", cohort.pk))

    found = ROW.findall(response.text)
    assert len([name for name, label in found if label != WEEKLY]) == 10 * pairs
    assert {name for name, label in found if label == WEEKLY} == {each.name for each in runners}


def test_all_are_counted_and_the_first_are_listed_by_name(client, monkeypatch):
    ada, _carl, _pairing, _meeting, owner = create_meeting()
    whole = look(client, owner, ada.cohort).text
    totals = '<ul class="outlook-rows outlook-totals">'
    assert (whole.count(totals), "The first" in whole) == (1, False)
    monkeypatch.setattr(ahead, "LISTED", 5)

    text = look(client, owner, ada.cohort).text

    assert "All are counted. The first 5 are listed by name" in text
    assert len(ROW.findall(text)) == 5
    assert set(ROW.findall(text)) <= set(ROW.findall(whole))
    days, counted = re.compile(r"<summary>.*?</summary>", re.DOTALL), text.split(totals)
    assert days.findall(text) == days.findall(whole)
    assert counted[1].split("</ul>")[0] == whole.split(totals)[1].split("</ul>")[0]
    # What is not listed is counted on its day: half of one day, and the days after it.
    assert re.findall(r"<strong>([^<]+)</strong>", counted[-1])[0] in {NEAR, ASKED, DUE}
    assert len(counted) > 2


def test_more_than_anybody_reads_is_cut_and_that_is_said(client, monkeypatch):
    ada, _carl, _pairing, _meeting, owner = create_meeting()
    assert "This is not all" not in look(client, owner, ada.cohort).text
    monkeypatch.setattr(ahead, "MOST", 7)

    page = look(client, owner, ada.cohort)

    assert "Only the first 7 e-mails and bells were looked at" in page.text
    # The soonest ones: that the pair began, and the entry for calendars, with their bells.
    assert {label for _name, label in ROW.findall(page.text)} <= {BEGINS, PLANNED}

"""The weekly mail to everybody who runs cohorts: once, on the first working morning."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.enums import Reach, Role
from accounts.models import Holiday, Invitation, Member, Organization
from accounts.operations.invitations import accept
from accounts.operations.members import change_roles, deactivate, leave, reactivate
from accounts.operations.organizations import create_organization as found_organization
from accounts.tokens import invitation_token
from mentoring.meetings.operations.week import WEEK
from mentoring.meetings.queries.week import week_of, who_reads
from mentoring.outbox.foresight import foresee
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message, Schedule
from mentoring.outbox.unrolling import unroll_until
from mentoring.tenancy.scope import within
from programs.enums import CohortState, ParticipantState, Side
from programs.operations.cohorts import advance
from tests.factories import (
    create_invitation,
    create_member,
    create_owner,
    create_user,
    inside,
)
from tests.meetings.people import PLACE, create_pair, plan
from tests.meetings.weeks import (
    ago,
    at,
    at_noon,
    change,
    create_runner,
    create_running,
    going_on,
    keep,
    made,
    meet,
    sent,
    work,
)
from tests.pairings.agreeing import OFFERS, SEEKS, agree
from tests.pairings.people import HELLO, MONDAY, ask
from tests.profiles.people import create_cohort, create_topics, take_part
from tests.programs.people.steps import narrowed_admin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NEXT = "week:2026-11-30"
__all__ = ["at_noon"]


def text(mails) -> str:
    (mail,) = [each for each in mails() if "Your cohorts" in str(each["Subject"])]
    return " ".join(text_of(mail, "plain").split())


def test_it_comes_on_monday_at_the_organizations_hour_where_the_reader_is():
    cohort = create_running()
    with inside(cohort.organization):
        Organization.objects.update(reminder_hour=time(7, 30))
    people = {
        zone: create_member(cohort.organization, roles=[Role.PROGRAM_ADMIN], email=f"{name}@e.org")
        for name, zone in (("a", "Asia/Tokyo"), ("b", "Europe/Berlin"), ("c", "America/New_York"))
    }
    with inside(cohort.organization):
        for zone, member in people.items():
            member.user.time_zone = zone
            member.user.save()
    keep(cohort)
    meet(cohort, day=at(25))

    for moment in (at(29, 22, 30), at(30, 6, 30), at(30, 12, 30)):
        work(cohort, moment)

    assert made(cohort) == [
        ("a@e.org", NEXT, at(29, 22, 30), "sent"),
        ("b@e.org", NEXT, at(30, 6, 30), "sent"),
        ("c@e.org", NEXT, at(30, 12, 30), "sent"),
    ]


def test_the_hour_stays_when_the_clocks_change():
    cohort = create_running()
    create_runner(cohort)
    meet(cohort)
    for day in ("2027-03-22T08:00Z", "2027-03-29T07:00Z"):
        work(cohort, datetime.fromisoformat(day))
    moments = [(occurrence, due) for _, occurrence, due, _ in made(cohort)]
    assert moments[-2:] == [
        ("week:2027-03-22", datetime(2027, 3, 22, 8, tzinfo=UTC)),
        ("week:2027-03-29", datetime(2027, 3, 29, 7, tzinfo=UTC)),
    ]


def test_after_days_off_it_comes_on_the_first_working_morning_and_a_week_off_has_none():
    cohort = create_running()
    with inside(cohort.organization):
        for day in (date(2026, 11, 30), *(date(2026, 12, number) for number in range(7, 12))):
            Holiday.objects.create(date=day, name="Off")
    create_runner(cohort)
    meet(cohort)
    for moment in (at(30), at(1, month=12), at(14, month=12)):
        work(cohort, moment)
    assert [(occurrence, due) for _, occurrence, due, _ in made(cohort)] == [
        (NEXT, at(1, month=12)),
        ("week:2026-12-14", at(14, month=12)),
    ]


def test_one_mail_a_week_and_person_however_often_workers_look():
    cohort = create_running()
    runner = create_runner(cohort)
    for number in range(3):
        other = create_cohort(cohort.organization, state=CohortState.RUNNING, name=f"More {number}")
        meet(other, (f"M{number}", f"L{number}"), day=at(25))
        keep(cohort)
    for moment in (at(30), at(30, 9), at(30, 18), at(1, month=12)):
        work(cohort, moment)
    assert sent(cohort) == [(runner.email, NEXT)]


def test_it_tells_of_each_cohort_how_many_and_when(mails):
    cohort = create_running(name="Autumn")
    create_runner(cohort, name="Olga")
    meet(cohort, day=at(25))
    meet(cohort, ("Ben", "Dora"), day=at(20))
    fresh = create_pair(
        (take_part(cohort, Side.MENTOR, name="Eve"), take_part(cohort, Side.MENTEE, name="Finn"))
    )[2]
    change(fresh, introduction_due_on=date(2026, 11, 20))
    ask(take_part(cohort, Side.MENTOR, name="Gil"), take_part(cohort, Side.MENTEE, name="Hal"))
    spring = create_cohort(
        cohort.organization,
        name="Spring",
        enrollment_opens_on=date(2026, 11, 1),
        enrollment_closes_on=date(2026, 12, 11),
        starts_on=date(2027, 1, 11),
        ends_on=date(2027, 7, 1),
    )
    take_part(spring, Side.MENTEE, state=ParticipantState.PENDING)

    work(cohort, at(30))

    found = text(mails)
    assert "Autumn (Running) - Pairs: 2 active, 1 getting to know each other" in found
    assert "- Meetings last week: 1 - Proposals waiting for an answer: 1" in found
    assert "- First meetings overdue: 1 - Cohort ends: 1 Jun 2027 1 pair needs a hand:" in found
    assert "- Eve & Finn: Ask Finn to propose a first date." in found
    assert "Spring (Enrolling) - Enrollment: Mentors: 0 enrolled, 0 invited" in found
    assert "Mentees: 1 enrolled, 0 invited" in found
    assert "- Enrollment closes: 11 Dec 2026 - Pairs begin: 11 Jan 2027" in found
    assert f"/cohorts/{cohort.pk}/health/" in found
    assert f"/cohorts/{spring.pk}/" in found
    assert mails()[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_most_pressing_pairs_are_named_as_the_board_names_them_and_the_rest_counted(mails):
    cohort = create_running()
    create_runner(cohort)
    for number in range(5):
        pairing = meet(cohort, (f"Mentor {number}", f"Leader {number}"))
        conflict = "above" if number == 4 else ""
        change(pairing, began_at=ago(99), last_met_at=ago(60 + number), conflict=conflict)
    work(cohort, at(30))
    found = text(mails)
    assert "5 pairs need a hand: - Mentor 4 & Leader 4: Too close in the hierarchy now" in found
    assert found.count("A friendly word to both") == 2
    assert "- and 2 more" in found


def test_nothing_of_what_two_people_say_is_in_it(mails):
    cohort = create_running()
    create_runner(cohort)
    topics = create_topics(cohort.organization, "AI tools")
    mentor = take_part(cohort, Side.MENTOR, name="Ada", topics=topics)
    mentee = take_part(cohort, Side.MENTEE, name="Carl", topics=topics)
    *_, pairing = create_pair((mentor, mentee))
    agree(pairing)
    plan(pairing, by=mentee, starts_at=MONDAY + timedelta(days=9), place=PLACE)
    change(pairing, introduction_due_on=date(2026, 11, 20), conflict="above")
    ask(take_part(cohort, Side.MENTOR, topics=topics), take_part(cohort, Side.MENTEE))

    work(cohort, at(30))

    (mail,) = [each for each in mails() if "Your cohorts" in str(each["Subject"])]
    assert "Ada" in text_of(mail, "plain")
    with inside(cohort.organization):
        lines = " ".join(Message.objects.values_list("detail", flat=True))
    for hidden in (OFFERS, SEEKS, "juniors don", "video.example", "AI tools", HELLO[:20]):
        for shown in (text_of(mail, "plain"), text_of(mail, "html"), str(mail["Subject"]), lines):
            assert hidden not in shown


def test_whoever_is_one_of_the_two_reads_nothing_of_what_the_pair_needs(mails):
    cohort = create_running()
    pairing = meet(cohort)
    meet(cohort, ("Ben", "Dora"), day=at(25))
    change(pairing, rematch_asked_by_mentor_at=MONDAY)
    with inside(cohort.organization):
        Member.objects.filter(pk=pairing.mentee.member_id).update(roles=[Role.PROGRAM_ADMIN])
    keep(cohort)
    other = create_runner(cohort)
    work(cohort, at(30))
    found = {
        str(mail["To"]): text_of(mail, "plain")
        for mail in mails()
        if "Your cohorts" in str(mail["Subject"])
    }
    (to_carl,) = [told for to, told in found.items() if "Carl" in to]
    (to_other,) = [told for to, told in found.items() if other.email in to]
    assert "Ada asks for somebody else, in confidence" in to_other
    assert "2 active" in to_carl
    for hidden in ("Ada", "asks for somebody else", "needs a hand", "need a hand"):
        assert hidden not in to_carl


def test_a_proposal_that_the_reader_must_not_know_of_is_not_counted():
    cohort = create_running()
    mentor = take_part(cohort, Side.MENTOR)
    mentee = take_part(cohort, Side.MENTEE)
    ask(mentor, mentee)
    with inside(cohort.organization):
        Member.objects.filter(pk=mentee.member_id).update(roles=[Role.PROGRAM_ADMIN])
        assert counted(mentee.member_id) == [0]
    other = create_runner(cohort)
    with inside(cohort.organization):
        assert counted(other.pk) == [1]


def counted(member_id) -> list[int]:
    return [each.waiting for each in week_of(member_id, begins=date(2026, 11, 30), now=MONDAY)]


def test_with_nothing_to_tell_there_is_no_mail_that_week():
    cohort = create_running()
    runner = create_runner(cohort)
    pairing = meet(cohort, day=at(25))
    plan(pairing, by=pairing.mentor, starts_at=at(20, month=12))
    work(cohort, at(30))
    work(cohort, at(7, month=12))
    assert [(occurrence, state) for _, occurrence, _, state in made(cohort)] == [
        (NEXT, "sent"),
        ("week:2026-12-07", "skipped"),
    ]
    assert sent(cohort) == [(runner.email, NEXT)]


@pytest.mark.parametrize("state", [CohortState.DRAFT, CohortState.CLOSED])
def test_whoever_runs_no_cohort_that_is_on_its_way_gets_nothing(state):
    cohort = create_running(state=state)
    create_runner(cohort)
    work(cohort, at(30))
    assert made(cohort) == []
    later = create_cohort(cohort.organization, state=CohortState.RUNNING)
    meet(later, day=at(25))
    work(cohort, at(7, month=12))
    assert [occurrence for _, occurrence, *_ in made(cohort)] == ["week:2026-12-07"]


@pytest.mark.parametrize("why", ["leave", "gone", "roles", "narrowed"])
@pytest.mark.parametrize("moment", ["before", "between"])
def test_a_schedule_that_was_left_over_does_no_harm(mails, why, moment):
    """As if nobody had told: the rows are changed behind the operations' back."""
    cohort = create_running()
    runner = create_runner(cohort)
    create_runner(cohort)
    meet(cohort, day=at(25))
    fields = {
        "leave": {"on_leave": True},
        "gone": {"deactivated_at": MONDAY},
        "roles": {"roles": []},
        "narrowed": {"reach": Reach.PROGRAMS},
    }[why]
    if moment == "between":
        with within(cohort.organization_id):
            unroll_until(at(30), clock=lambda: at(30))
    with inside(cohort.organization):
        Member.objects.filter(pk=runner.pk).update(**fields)
    work(cohort, at(30))
    assert len(sent(cohort)) == 1
    assert [each for each in mails() if runner.email in str(each["To"])] == []


def test_who_is_responsible_for_a_program_reads_of_it_alone(mails):
    cohort = create_running(name="Autumn")
    other = create_cohort(cohort.organization, state=CohortState.RUNNING, name="Winter")
    meet(cohort, day=at(25))
    meet(other, ("Ben", "Dora"), day=at(25))
    named = narrowed_admin(cohort, reaches=True)
    keep(cohort)
    work(cohort, at(30))
    assert sent(cohort) == [(named.email, NEXT)]
    assert ("Autumn" in text(mails), "Winter" in text(mails)) == (True, False)


def test_owners_read_it_where_nobody_else_runs_the_program_or_all_who_do_are_on_leave():
    cohort = create_running()
    owner = create_runner(cohort, role=Role.OWNER)
    create_runner(cohort, role=Role.HR_ANALYST)
    create_runner(cohort, on_leave=True)
    meet(cohort, day=at(25))
    work(cohort, at(30))
    assert sent(cohort) == [(owner.email, NEXT)]


def test_roles_that_change_begin_and_end_it():
    owner = create_owner()
    here = owner.organization
    ada, ben = create_member(here), create_member(here)
    with inside(here):
        admin = {"roles": [Role.PROGRAM_ADMIN], "reach": Reach.ORGANIZATION, "actor": owner}
        change_roles(member=ada, now=MONDAY, **admin)
        change_roles(member=ben, now=MONDAY, **admin)
    assert going_on(here) == {owner.pk, ada.pk, ben.pk}
    with inside(here):
        change_roles(member=ada, now=MONDAY, **{**admin, "roles": [Role.HR_ANALYST]})
        deactivate(member=ben, actor=owner, now=MONDAY)
    assert going_on(here) == {owner.pk}
    with inside(here):
        reactivate(member=ben, actor=owner, now=MONDAY)
    assert going_on(here) == {owner.pk, ben.pk}
    with inside(here):
        leave(member=ben, now=MONDAY)
    assert going_on(here) == {owner.pk}
    with inside(here):
        assert Schedule.objects.filter(kind=WEEK).count() == 3


def test_founders_and_invited_admins_have_it_from_the_beginning():
    founder = create_user("Olga")
    here = found_organization(
        user=founder, name="New", slug="new-here", time_zone="Europe/Berlin", language="en"
    )
    with inside(here):
        owner = Member.objects.get()
    assert going_on(here) == {owner.pk}
    guest = create_user("Gil", email="gil@example.org")
    invitation = create_invitation(owner, email=guest.email, roles=[Role.PROGRAM_ADMIN])
    member = accept(
        organization_id=here.pk, token=invitation_token(invitation), user=guest, now=MONDAY
    )
    assert going_on(here) == {owner.pk, member.pk}
    assert isinstance(invitation, Invitation)


def test_a_cohort_that_goes_on_mends_what_was_missed():
    cohort = create_running()
    owner = create_owner(cohort.organization)
    assert going_on(cohort.organization) == set()
    with inside(cohort.organization):
        advance(cohort=cohort, to=CohortState.CLOSING, actor=owner, now=MONDAY)
    assert going_on(cohort.organization) == {owner.pk}


def test_another_organization_reads_and_counts_nothing_of_it():
    cohort, other = create_running(), create_running()
    mine, theirs = create_runner(cohort), create_runner(other)
    meet(cohort, day=at(25))
    work(cohort, at(30))
    assert (sent(cohort), made(other)) == ([(mine.email, NEXT)], [])
    with inside(other.organization):
        (week,) = week_of(theirs.pk, begins=date(2026, 11, 30), now=at(30))
        assert (week.cohort, week.held, week.has_news) == (other, 0, False)
        assert week_of(mine.pk, begins=date(2026, 11, 30), now=at(30)) == []


def test_a_sweep_by_hand_tells_of_it_before():
    cohort = create_running()
    create_runner(cohort)
    meet(cohort, day=at(25))
    work(cohort, at(29, 12))
    with within(cohort.organization_id):
        told = [each for each in foresee(now=at(29, 12), at=at(30)) if each[0].startswith(WEEK)]
    assert sorted(told) == [(WEEK, "sent", ""), (f"{WEEK}.bell", "sent", "")]
    assert made(cohort) == []


@pytest.mark.parametrize("count", [1, 4])
def test_it_costs_the_same_however_many_cohorts_and_pairs(django_assert_num_queries, count):
    first = create_running()
    runner = create_runner(first)
    cohorts = [first]
    for number in range(1, count):
        fields = {"state": CohortState.RUNNING, "name": f"Cohort {number}"}
        cohorts.append(create_cohort(first.organization, **fields))
    for number, cohort in enumerate(cohorts):
        for pair in range(count):
            pairing = meet(cohort, (f"M{number} {pair}", f"L{number} {pair}"))
            change(pairing, conflict="above")
    with inside(first.organization):
        Organization.objects.update(time_zone="Europe/Berlin")
        with django_assert_num_queries(8):
            found = week_of(runner.pk, begins=date(2026, 11, 30), now=MONDAY)
            names = [str(pair.mentor.member) for week in found for pair in week.named]
        with django_assert_num_queries(3):
            assert list(who_reads()) == [runner.pk]
    assert len(found) == count
    assert len(names) == count * min(count, 3)

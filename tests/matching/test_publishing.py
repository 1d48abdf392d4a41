"""What goes out of a plan: to whom, once, and only what still fits."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, Department
from mentoring.matching.enums import PublicationState, Purpose, RunState, Wanted
from mentoring.matching.models import PairWish, Publication, Run, RunPair
from mentoring.matching.operations import publishing
from mentoring.matching.running import current
from mentoring.pairings.enums import Origin, PairingState
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations import answers, requests
from programs.enums import CohortState, ParticipantState
from programs.models import Program
from tests.factories import create_owner, inside, login, reload, url
from tests.matching.people import MENTEE, MENTOR, Place, send, start, work
from tests.pairings.people import ask

pytestmark = pytest.mark.django_db(databases=["default", "cache", "system"])
SIZE = 4


@dataclass
class Published:
    """What became of the pairs that were sent out: proposals, and who was passed over and why."""

    proposed: list[Pairing]
    skipped: list[tuple[RunPair, str]]


class Plan:
    """A finished plan of mentors and mentees of whom each has one partner only."""

    def __init__(self, size: int = SIZE) -> None:
        self.place = Place()
        self.admin = create_owner(self.place.organization)
        self.mentors, self.mentees = [], []
        for number in range(size):
            topic = f"Topic {number}"
            self.mentors.append(self.place.person(MENTOR, topic, department="Lab"))
            self.mentees.append(self.place.person(MENTEE, topic, department="Board"))
        self.run = work(start(self.place.cohort))

    def publish(self, pairs=None, *, run=None) -> Published:
        publication = send(self.ask(pairs, run=run))
        with inside(self.place.organization):
            pairs = list(publication.pairs.select_related("pairing").order_by("pk"))
        assert publication.state == PublicationState.DONE
        return Published(
            [each.pairing for each in pairs if each.pairing],
            [(each, each.passed_over) for each in pairs if not each.pairing],
        )

    def ask(self, pairs=None, *, run=None) -> Publication:
        with inside(self.place.organization):
            return publishing.publish(
                run=run or self.run, pairs=pairs, actor=self.admin, now=timezone.now()
            )

    def pair(self, number: int) -> RunPair:
        with inside(self.place.organization):
            return RunPair.objects.get(run=self.run, mentor=self.mentors[number])

    def proposals(self) -> int:
        with inside(self.place.organization):
            return Pairing.objects.count()


@pytest.fixture
def plan():
    return Plan()


def test_a_plan_becomes_proposals_that_it_remembers(plan):
    published = plan.publish()

    run = reload(plan.run)
    with inside(run.organization_id):
        pairings = list(Pairing.objects.order_by("pk"))
        kept = RunPair.objects.filter(run=run).values_list("mentor", "mentee", "pairing")
        assert set(kept) == {(each.mentor_id, each.mentee_id, each.pk) for each in pairings}
        event = AuditEvent.objects.get(action="plan.published")
    assert {(each.state, each.origin) for each in pairings} == {
        (PairingState.PROPOSED, Origin.MATCHING)
    }
    assert (len(published.proposed), published.skipped) == (SIZE, [])
    assert (run.state, run.published_by_id) == (RunState.PUBLISHED, plan.admin.pk)
    assert (event.actor_id, event.details) == (plan.admin.pk, {"proposals": SIZE, "skipped": 0})


def test_pairs_go_out_one_by_one_and_the_rest_later(plan):
    first = plan.pair(0)

    assert len(plan.publish([first.pk]).proposed) == 1
    with pytest.raises(publishing.NothingToPublish):
        plan.publish([first.pk])
    assert len(plan.publish().proposed) == SIZE - 1
    with pytest.raises(publishing.NothingToPublish):
        plan.publish()
    assert plan.proposals() == SIZE


def forbid(plan: Plan) -> None:
    plan.place.wish(plan.mentors[0], plan.mentees[0], Wanted.FORBID)


def leave(plan: Plan) -> None:
    type(plan.mentors[0].member).objects.filter(pk=plan.mentors[0].member_id).update(on_leave=True)


def withdraw(plan: Plan) -> None:
    type(plan.mentees[0]).objects.filter(pk=plan.mentees[0].pk).update(
        state=ParticipantState.WITHDRAWN
    )


def pause(plan: Plan) -> None:
    until = timezone.now().date() + timedelta(days=9)
    type(plan.mentees[0]).objects.filter(pk=plan.mentees[0].pk).update(paused_until=until)


def report(plan: Plan) -> None:
    type(plan.mentors[0].member).objects.filter(pk=plan.mentors[0].member_id).update(
        manager=plan.mentees[0].member
    )


def share_a_manager(plan: Plan) -> None:
    people = [plan.mentors[0].member_id, plan.mentees[0].member_id]
    type(plan.admin).objects.filter(pk__in=people).update(manager=plan.admin)


def move(plan: Plan) -> None:
    board = Department.objects.get(name="Board")
    type(plan.mentors[0].member).objects.filter(pk=plan.mentors[0].member_id).update(
        department=board
    )


def find_somebody(plan: Plan) -> None:
    other = plan.place.person(MENTEE)
    plan.place.pairing(plan.mentors[0], other, PairingState.PROPOSED)


def ask_somebody(plan: Plan) -> None:
    ask(plan.mentors[0], plan.place.person(MENTEE))


def be_asked(plan: Plan) -> None:
    ask(plan.place.person(MENTEE), plan.mentors[0])


def be_asked_and_say_not_now(plan: Plan) -> None:
    request = ask(plan.place.person(MENTOR), plan.mentees[0])
    answers.decline(pairing=request, side=MENTEE, now=timezone.now())
    assert reload(request).state == PairingState.PROPOSED


def ask_each_other(plan: Plan) -> None:
    ask(plan.mentors[0], plan.mentees[0])


def decline(plan: Plan) -> None:
    plan.place.pairing(plan.mentors[0], plan.mentees[0], PairingState.DECLINED)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (forbid, "blocked"),
        (decline, "blocked"),
        (leave, "away"),
        (withdraw, "away"),
        (pause, "away"),
        (report, "chain"),
        (share_a_manager, "same manager"),
        (move, "department"),
        (find_somebody, "full"),
        (ask_somebody, "full"),
        (be_asked, "full"),
        (be_asked_and_say_not_now, "full"),
        (ask_each_other, "full"),
    ],
)
def test_a_pair_that_does_not_fit_any_more_stays_and_the_others_go_out(plan, change, reason):
    with inside(plan.place.organization):
        change(plan)
    before = plan.proposals()

    published = plan.publish()

    assert published.skipped == [(plan.pair(0), reason)]
    assert plan.proposals() - before == len(published.proposed) == SIZE - 1


def test_a_request_that_ended_frees_the_place_for_the_plan(plan):
    request = ask(plan.mentors[0], plan.place.person(MENTEE))
    assert [why for _, why in plan.publish().skipped] == ["full"]

    with inside(plan.place.organization):
        requests.take_back(pairing=request, side=MENTOR, now=timezone.now())

    assert [each.mentor_id for each in plan.publish().proposed] == [plan.mentors[0].pk]


def test_a_request_takes_one_place_and_the_others_are_proposed(plan):
    mentor, mentee = plan.place.person(MENTOR, "Go", capacity=2), plan.place.person(MENTEE, "Go")
    newer = work(start(plan.place.cohort))
    ask(mentor, plan.place.person(MENTEE, "Go"))

    published = plan.publish(run=newer)

    assert (len(published.proposed), published.skipped) == (SIZE + 1, [])
    with inside(plan.place.organization):
        assert Pairing.objects.proposed().filter(mentor=mentor, mentee=mentee).count() == 1
        assert Pairing.objects.proposed().filter(mentor=mentor).count() == 2


def test_the_audit_log_says_in_words_what_went_out(client, plan):
    plan.place.pairing(plan.mentors[0], plan.place.person(MENTEE), PairingState.PROPOSED)
    plan.publish()

    log = login(client, plan.admin).get(url(plan.admin, "audit_log")).text

    for words in ("Plan of a cohort published", f"Proposals: {SIZE - 1}", "Passed over: 1"):
        assert words in log


def test_two_pairs_of_a_plan_do_not_share_a_place_that_was_given_away(plan):
    place = Place()
    mentor = place.person(MENTOR, "AI", "Law", capacity=2)
    better, worse = place.person(MENTEE, "AI"), place.person(MENTEE, "Law")
    plan.place, plan.run = place, work(start(place.cohort))
    plan.admin = create_owner(place.organization)
    with inside(place.organization):
        type(mentor).objects.filter(pk=mentor.pk).update(capacity=1)

    published = plan.publish()

    assert [each.mentee_id for each in published.proposed] == [better.pk]
    assert [why for _, why in published.skipped] == ["full"]
    assert worse.pk not in {each.mentee_id for each in published.proposed}


def test_a_second_persons_yes_lets_a_pair_break_a_rule(plan):
    one, two = plan.mentors[0], plan.mentees[1]
    with inside(plan.place.organization):
        type(one.member).objects.filter(pk=one.member_id).update(manager=two.member)
    plan.place.wish(
        one,
        two,
        Wanted.LOCK,
        broken=["chain", "topic"],
        reason="Both asked for it.",
        approved_by=plan.admin,
    )
    newer = work(start(plan.place.cohort))

    plan.publish(run=newer)
    with inside(plan.place.organization):
        assert Pairing.objects.filter(mentor=one, mentee=two).count() == 1
        assert RunPair.objects.get(run=newer, mentor=one).is_locked


def say_no(plan: Plan) -> None:
    plan.place.pairing(plan.mentors[0], plan.mentees[1], PairingState.DECLINED)


@pytest.mark.parametrize(("change", "reason"), [(move, "department"), (say_no, "topic")])
def test_a_second_persons_yes_does_not_cover_what_came_since(plan, change, reason):
    one, two = plan.mentors[0], plan.mentees[1]
    plan.place.wish(
        one,
        two,
        Wanted.LOCK,
        broken=["topic"],
        reason="Both asked for it.",
        approved_by=plan.admin,
    )
    newer = work(start(plan.place.cohort))
    with inside(plan.place.organization):
        change(plan)

    published = plan.publish(run=newer)

    with inside(plan.place.organization):
        pair = RunPair.objects.get(run=newer, mentor=one, mentee=two)
        assert Pairing.objects.proposed().filter(mentor=one).count() == 0
    assert pair.is_locked
    assert published.skipped == [(pair, reason)]


def test_only_the_newest_finished_plan_is_published(plan):
    newer = work(start(plan.place.cohort))
    with pytest.raises(current.StalePlan):
        plan.publish()

    assert plan.proposals() == 0
    assert len(plan.publish(run=newer).proposed) == SIZE


def test_a_plan_under_rules_that_the_program_no_longer_has_is_stale(plan):
    with inside(plan.place.organization):
        Program.objects.update(grade_gap=3)

    with pytest.raises(current.StalePlan):
        plan.publish()


def test_trials_and_unfinished_plans_are_not_published(plan):
    for run in (work(start(plan.place.cohort, Purpose.TRIAL)), start(plan.place.cohort)):
        with pytest.raises(current.NotFinished):
            plan.publish(run=run)


def test_nothing_goes_out_of_a_cohort_that_is_over(plan):
    with inside(plan.place.organization):
        for state in (CohortState.RUNNING, CohortState.CLOSING):
            type(plan.place.cohort).objects.update(state=state)

    with pytest.raises(current.NotYet):
        plan.publish()


def test_wishes_about_people_of_other_cohorts_change_nothing(plan):
    other = Plan(size=1)
    other.place.wish(other.mentors[0], other.mentees[0], Wanted.FORBID)

    assert len(plan.publish().proposed) == SIZE
    with inside(plan.place.organization):
        assert (PairWish.objects.count(), Run.objects.count()) == (0, 1)

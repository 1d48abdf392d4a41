"""A run from the click to the kept answer, as workers make it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Member
from mentoring.matching import jobs
from mentoring.matching.enums import Purpose, RunState, Wanted
from mentoring.matching.models import Recipe, Run, RunData, RunPair, RunRest
from mentoring.matching.operations import runs
from mentoring.matching.queries.runs import Progress, progress_of
from mentoring.matching.running.claims import claim
from mentoring.matching.running.current import NotYet
from mentoring.matching.running.keeping import asked
from mentoring.matching.running.pulse import Pulse
from mentoring.matching.running.work import RUNS
from mentoring.outbox.leases import LEASE, MOST_ATTEMPTS, LostClaim
from mentoring.tenancy.scope import within
from programs.enums import CohortState, Side
from tests.factories import create_owner, inside, reload
from tests.matching.people import MENTEE, MENTOR, Place, start, work

pytestmark = pytest.mark.django_db(databases=["default", "cache", "system"])
DAY = timedelta(days=1)


@pytest.fixture
def place():
    """Two mentees want to learn about AI, which one mentor knows; a third wants law."""
    found = Place()
    found.person(MENTOR, "AI", name="Ada", department="Lab")
    found.person(MENTEE, "AI", name="Ben", department="Board")
    found.person(MENTEE, "Law", "AI", name="Cid", department="Board")
    found.person(MENTEE, "Law", name="Dot", department="Board")
    return found


def pairs(run: Run) -> list[tuple[str, str]]:
    with inside(run.organization_id):
        rows = RunPair.objects.filter(run=run).order_by("mentee__member__name")
        return list(rows.values_list("mentor__member__name", "mentee__member__name"))


def rest(run: Run) -> dict[str, tuple[str, dict]]:
    with inside(run.organization_id):
        rows = RunRest.objects.filter(run=run).select_related("participant__member")
        return {each.participant.member.name: (each.reason, each.facts) for each in rows}


def count(run: Run) -> list[int]:
    with inside(run.organization_id):
        return [model.objects.count() for model in (Run, RunData, RunPair, RunRest)]


def test_a_run_goes_from_the_click_to_pairs_with_a_proof(place):
    run = start(place.cohort)
    assert (run.state, pairs(run)) == (RunState.QUEUED, [])

    run = work(run)

    assert (run.state, run.matched, run.mentors, run.mentees) == (RunState.DONE, 1, 1, 3)
    assert pairs(run) == [("Ada", "Ben")]
    with inside(place.organization):
        pair = RunPair.objects.get()
    assert pair.score == run.total_score == run.worst_score == sum(pair.parts.values())
    found = rest(run)
    assert {name: why for name, (why, _) in found.items()} == {"Cid": "outbid", "Dot": "nobody"}
    assert found["Cid"][1] == {"partners": 1}
    assert found["Dot"][1]["broken"]["topic"] == 1
    facts = {each["topic"]: each for each in run.facts["topics"]}
    assert facts[str(place.topics["AI"].pk)] == {
        "topic": str(place.topics["AI"].pk),
        "sought": 2,
        "offered": 1,
        "places": 1,
    }
    assert run.facts["reasons"]["mentee"] == {"nobody": 1, "outbid": 1}


def test_who_share_too_few_places_are_told_how_many(place):
    with inside(place.organization):
        Recipe.objects.create(program=place.cohort.program, raises_worst=False)

    run = work(start(place.cohort))

    assert rest(run)["Cid"][0] == "shortage"
    assert run.facts["shortages"] == [{"people": 2, "places": 1, "left": 1}]


def test_progress_is_told_while_the_run_is_on_its_way(place):
    run = start(place.cohort)
    assert progress_of(run) == Progress("", 0)
    with within(place.organization):
        claim(run.pk, now=timezone.now())
    RUNS.note(run.pk, 0.42, "scoring")

    assert progress_of(reload(run)) == Progress("scoring", 42)


def test_a_second_plan_waits_until_the_first_has_ended(place):
    run = start(place.cohort)
    with pytest.raises(runs.AlreadyRunning):
        start(place.cohort)
    work(run)

    assert start(place.cohort).state == RunState.QUEUED


@pytest.mark.parametrize(
    ("state", "plan", "trial"),
    [
        (CohortState.DRAFT, False, False),
        (CohortState.ENROLLING, False, True),
        (CohortState.MATCHING, True, True),
        (CohortState.RUNNING, True, True),
        (CohortState.CLOSED, False, False),
    ],
)
def test_runs_start_when_there_is_something_to_match(state, plan, trial):
    place = Place(state=state)
    for purpose, may in ((Purpose.PLAN, plan), (Purpose.TRIAL, trial)):
        if may:
            assert start(place.cohort, purpose).purpose == purpose
        else:
            with pytest.raises(NotYet):
                start(place.cohort, purpose)


def test_a_new_trial_takes_the_place_of_the_same_persons_earlier_one(place):
    me, other = create_owner(place.organization), create_owner(place.organization)
    earlier = start(place.cohort, Purpose.TRIAL, actor=me)
    others = start(place.cohort, Purpose.TRIAL, actor=other)
    plan = start(place.cohort, actor=me)

    newer = start(place.cohort, Purpose.TRIAL, actor=me)

    states = [reload(each).state for each in (earlier, others, plan, newer)]
    assert states == [RunState.CANCELED, RunState.QUEUED, RunState.QUEUED, RunState.QUEUED]


def test_trials_are_forgotten_after_a_day_and_plans_stay(place):
    plan, trial = work(start(place.cohort)), work(start(place.cohort, Purpose.TRIAL))
    assert (count(plan), pairs(trial)) == ([2, 2, 2, 4], [("Ada", "Ben")])
    almost, over = trial.look_at - timedelta(seconds=1), trial.look_at

    for moment in (almost, over):
        with within(place.organization):
            forgotten = jobs.look(run_id=trial.pk, clock=lambda moment=moment: moment)
            jobs.look(run_id=plan.pk, clock=lambda moment=moment: moment + DAY)
        assert forgotten == (moment == over)

    assert (count(plan), pairs(plan)) == ([1, 1, 1, 2], [("Ada", "Ben")])


def test_a_run_that_was_canceled_while_it_waited_is_never_made(place):
    run = start(place.cohort)
    cancel(run)

    run = work(run)

    assert (run.state, count(run)) == (RunState.CANCELED, [1, 0, 0, 0])
    assert start(place.cohort).state == RunState.QUEUED


def test_a_worker_notices_that_its_run_was_canceled_and_keeps_nothing(place):
    run = start(place.cohort)

    run = work(run, clock=asked_times(3, lambda: cancel(run)))

    assert (run.state, run.attempts, count(run)) == (RunState.CANCELED, 1, [1, 0, 0, 0])


def test_what_ended_cannot_be_canceled(place):
    run = work(start(place.cohort))

    cancel(run)

    assert reload(run).state == RunState.DONE


def cancel(run: Run) -> None:
    with inside(run.organization_id):
        actor = Member.objects.order_by("pk")[0]
        runs.cancel(run=run, actor=actor, now=timezone.now())


def asked_times(times: int, then) -> object:
    """A clock that does something else when it is asked for the so manieth time."""
    left = iter(range(times, -1000, -1))

    def clock():
        if next(left) == 1:
            then()
        return timezone.now()

    return clock


def test_a_worker_whose_run_was_taken_over_keeps_nothing(place):
    run = start(place.cohort)
    later = timezone.now() + LEASE + timedelta(seconds=1)

    def take_over():
        with within(place.organization):
            jobs.look(run_id=run.pk, clock=lambda: later)

    run = work(run, clock=asked_times(3, take_over))

    assert (run.state, run.attempts, count(run)) == (RunState.DONE, 2, [1, 1, 1, 2])


def test_a_worker_whose_run_another_is_at_may_not_go_on(place):
    run = start(place.cohort)
    now = timezone.now()
    with within(place.organization):
        slow, other = claim(run.pk, now=now), claim(run.pk, now=now + LEASE)
        with pytest.raises(LostClaim):
            asked(slow, now=now)
        assert Pulse(slow, lambda: now).cancelled()

        question, _ = asked(other, now=now)
    assert (reload(run).state, len(question.mentees)) == (RunState.RUNNING, 3)


def test_a_worker_that_lives_holds_its_run_for_longer_than_one_lease(place):
    run = start(place.cohort)
    now = timezone.now()
    with within(place.organization):
        first = claim(run.pk, now=now)
        assert not Pulse(first, lambda: now + LEASE / 2).cancelled()
        assert not jobs.look(run_id=run.pk, clock=lambda: now + LEASE)
        assert jobs.look(run_id=run.pk, clock=lambda: now + LEASE * 1.5)

    assert reload(run).attempts == 2


def test_who_takes_a_run_over_answers_what_the_first_worker_was_asked(place):
    run = start(place.cohort)
    now = timezone.now()
    with within(place.organization):
        first = claim(run.pk, now=now)
        asked(first, now=now)
    place.person(MENTOR, "AI", "Law", name="Eve", department="Lab")

    run = work(run, clock=lambda: now + LEASE)

    assert (run.attempts, run.mentors, pairs(run)) == (2, 1, [("Ada", "Ben")])


def test_nobody_takes_a_run_whose_worker_lives(place):
    run = start(place.cohort)
    now = timezone.now()
    with within(place.organization):
        first = claim(run.pk, now=now)
        asked(first, now=now)
        assert not jobs.look(run_id=run.pk, clock=lambda: now + LEASE - timedelta(seconds=1))

    assert reload(run).attempts == 1


def test_a_run_that_takes_its_worker_along_every_time_is_given_up(place):
    run = start(place.cohort)
    now = timezone.now()
    for attempt in range(MOST_ATTEMPTS):
        with within(place.organization):
            assert claim(run.pk, now=now + attempt * LEASE)

    run = work(run, clock=lambda: now + MOST_ATTEMPTS * LEASE)

    assert (run.state, run.trouble) == (RunState.FAILED, "gave_up")


@pytest.mark.parametrize("side", [MENTOR, MENTEE])
def test_an_empty_side_is_said_in_words(side):
    place = Place()
    place.person(side, "AI")

    run = work(start(place.cohort))

    assert (run.state, run.trouble) == (RunState.FAILED, "empty_side")
    assert count(run) == [1, 0, 0, 0]


def test_a_lock_that_breaks_a_rule_by_now_is_said_and_not_applied(place):
    with inside(place.organization):
        mentor = place.cohort.participants.get(side=Side.MENTOR)
        dot = place.cohort.participants.get(member__name="Dot")
    wish = place.wish(mentor, dot, Wanted.LOCK)

    assert work(start(place.cohort)).trouble == "lock_breaks_rule"

    with inside(place.organization):
        wish.broken, wish.reason, wish.approved_by = ["topic"], "They know.", dot.member
        wish.save()
    assert pairs(work(start(place.cohort))) == [("Ada", "Dot")]


def test_a_circle_of_managers_is_said_in_words(place):
    with inside(place.organization):
        one, two = (each.member for each in place.cohort.participants.order_by("pk")[:2])
        one.manager, two.manager = two, one
        one.save()
        two.save()

    assert work(start(place.cohort)).trouble == "circle"


def test_the_same_people_give_the_same_pairs_and_the_same_proof(place):
    one, two = work(start(place.cohort)), work(start(place.cohort))

    with inside(place.organization):
        certificates = RunData.objects.order_by("run__queued_at").values_list("certificate")
        first, second = (bytes(each) for (each,) in certificates)
    assert (pairs(one), one.total_score, first) == (pairs(two), two.total_score, second)

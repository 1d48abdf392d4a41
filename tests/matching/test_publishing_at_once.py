"""Several admins, workers and killed workers at one publication: on real commits."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import AuditEvent
from mentoring.matching.enums import Action, PublicationState, RunState
from mentoring.matching.models import Publication, RunPair
from mentoring.matching.operations import publishing
from mentoring.matching.running import publishing as job
from mentoring.matching.running.work import PUBLICATIONS
from mentoring.outbox.leases import LEASE, MOST_ATTEMPTS
from mentoring.tenancy.scope import within
from tests.factories import create_owner, inside, reload
from tests.matching.people import MENTOR, send, start, work
from tests.matching.test_publishing import SIZE, Plan
from tests.pairings.test_races import at_once

LATER = LEASE + timedelta(seconds=1)


def test_two_admins_at_once_publish_one_set(committed_db):
    plan = Plan()

    def asking(admin):
        def deed():
            try:
                publishing.publish(run=plan.run, pairs=None, actor=admin, now=timezone.now())
            except publishing.AlreadyPublishing:
                return "already"
            return "mine"

        return deed

    admins = [plan.admin, create_owner(plan.place.organization)]
    asked = at_once(plan.place.organization.pk, *map(asking, admins))
    with inside(plan.place.organization):
        (publication,) = Publication.objects.all()
    send(publication)

    assert (asked, plan.proposals()) == (["already", "mine"], SIZE)


def test_two_workers_at_one_publication_send_one_set(committed_db, monkeypatch):
    monkeypatch.setattr(job, "PORTION", 1)
    plan = Plan()
    publication, barrier, told = plan.ask(), Barrier(2), []

    def worker():
        barrier.wait()
        with within(plan.place.organization):
            told.append(job.look(publication_id=publication.pk, clock=timezone.now))
        connections.close_all()

    threads = [Thread(target=worker) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    publication = reload(publication)
    assert (sorted(told), plan.proposals()) == ([False, True], SIZE)
    assert (publication.proposed, publication.state) == (SIZE, PublicationState.DONE)


class Killed(BaseException):
    """What no worker survives."""


def dying_clock(looks: int) -> Callable:
    """Tells the time so often, and then the worker is gone."""
    left = iter([timezone.now()] * looks)

    def clock():
        try:
            return next(left)
        except StopIteration:
            raise Killed from None

    return clock


def test_another_worker_goes_on_where_one_was_killed(committed_db, monkeypatch):
    monkeypatch.setattr(job, "PORTION", 1)
    plan = Plan()
    publication = plan.ask()
    with pytest.raises(Killed):
        send(publication, clock=dying_clock(3))
    assert plan.proposals() == 2

    send(publication)
    assert plan.proposals() == 2
    assert PUBLICATIONS.sweep(now=timezone.now()) == 0
    assert PUBLICATIONS.sweep(now=timezone.now() + LATER) == 1
    publication = send(publication, clock=lambda: timezone.now() + LATER)

    assert (publication.proposed, publication.passed_over, plan.proposals()) == (SIZE, 0, SIZE)
    with inside(plan.place.organization):
        assert RunPair.objects.filter(pairing=None).count() == 0


def test_a_worker_that_was_taken_for_dead_sends_nothing_more(committed_db, monkeypatch):
    monkeypatch.setattr(job, "PORTION", 1)
    plan = Plan()
    publication, looks = plan.ask(), iter(range(9))

    def clock_of_a_worker_that_sleeps():
        if next(looks) == 2:
            send(publication, clock=lambda: timezone.now() + LATER)
        return timezone.now()

    send(publication, clock=clock_of_a_worker_that_sleeps)

    publication = reload(publication)
    assert (publication.proposed, publication.state) == (SIZE, PublicationState.DONE)
    assert (next(looks), plan.proposals()) == (3, SIZE)
    with inside(plan.place.organization):
        assert AuditEvent.objects.filter(action=Action.PLAN_PUBLISHED).count() == 1


def test_a_publication_that_kills_its_workers_is_given_up_and_may_be_tried_again(committed_db):
    plan = Plan()
    publication = plan.ask()
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(Killed):
            send(publication, clock=dying_clock(1))
        with inside(plan.place.organization):
            Publication.objects.update(look_at=timezone.now())

    publication = send(publication)

    assert (publication.state, publication.trouble) == (PublicationState.STOPPED, "gave_up")
    assert plan.proposals() == 0
    assert len(plan.publish().proposed) == SIZE


def test_what_is_left_stays_when_the_rules_change_on_the_way(committed_db, monkeypatch):
    monkeypatch.setattr(job, "PORTION", 3)
    plan = Plan()
    publication = plan.ask()
    with pytest.raises(Killed):
        send(publication, clock=dying_clock(2))
    with inside(plan.place.organization):
        type(plan.place.cohort.program).objects.update(grade_gap=3)

    publication = send(publication, clock=lambda: timezone.now() + LATER)

    assert (publication.state, publication.trouble) == (PublicationState.STOPPED, "stale")
    assert (publication.proposed, publication.passed_over, plan.proposals()) == (3, 0, 3)
    assert reload(plan.run).state == RunState.PUBLISHED
    with inside(plan.place.organization):
        assert RunPair.objects.filter(publication=None).count() == 1


def test_the_best_pairs_get_the_places_even_across_portions(committed_db, monkeypatch):
    monkeypatch.setattr(job, "PORTION", 1)
    plan = Plan(size=1)
    mentor = plan.place.person(MENTOR, "AI", "Law", capacity=2)
    better, worse = (plan.place.person("mentee", topic) for topic in ("AI", "Law"))
    plan.run = work(start(plan.place.cohort))
    with inside(plan.place.organization):
        type(mentor).objects.filter(pk=mentor.pk).update(capacity=1)

    published = plan.publish()

    assert better.pk in {each.mentee_id for each in published.proposed}
    assert [(pair.mentee_id, why) for pair, why in published.skipped] == [(worse.pk, "full")]

"""Several workers, killed workers and the sweep: on real commits."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from threading import Barrier, Thread

from django.db import connections
from django.utils import timezone

from mentoring.matching import jobs
from mentoring.matching.enums import RunState
from mentoring.matching.models import RunPair
from mentoring.matching.outlooks import Key, remembered
from mentoring.matching.running.work import RUNS
from mentoring.matching.tasks import look_at_pair
from mentoring.outbox.leases import LEASE
from mentoring.tenancy.scope import within
from tests.factories import inside, reload
from tests.matching.people import MENTEE, MENTOR, Place, start, work
from tests.plugins.databases import ROOT, close_connections

DAY = timedelta(days=1)
WORKER = """
import django
django.setup()
import sys
from uuid import UUID
from django.db import connections
from django.utils import timezone
from mentoring.matching import jobs
from mentoring.tenancy.scope import within
def stop(*arguments, **options):
    print("the pairs are found", flush=True)
    sys.stdin.read()
jobs.store = stop
with within(UUID(sys.argv[1])):
    jobs.look(run_id=UUID(sys.argv[2]), clock=timezone.now)
"""


def plenty() -> Place:
    """Four mentors whom four mentees could have in any order."""
    found = Place()
    for number in range(4):
        found.person(MENTOR, "AI", "Law", name=f"Mentor {number}")
        found.person(MENTEE, "AI", name=f"Mentee {number}")
    return found


def count_pairs(run) -> int:
    with inside(run.organization_id):
        return RunPair.objects.filter(run=run).count()


def test_two_workers_on_one_run_make_it_once(committed_db):
    place = Place()
    place.person(MENTOR, "AI", name="Ada")
    place.person(MENTEE, "AI", name="Ben")
    run, barrier, told = start(place.cohort), Barrier(2), []

    def worker():
        barrier.wait()
        with within(place.organization):
            told.append(jobs.look(run_id=run.pk, clock=timezone.now))
        connections.close_all()

    threads = [Thread(target=worker) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    run = reload(run)
    assert sorted(told) == [False, True]
    assert (run.state, run.attempts, count_pairs(run)) == (RunState.DONE, 1, 1)


def test_a_worker_looks_at_a_pair_with_what_is_kept_of_the_plan(committed_db):
    place = plenty()
    run = work(start(place.cohort))
    with inside(place.organization):
        pair = RunPair.objects.filter(run=run).order_by("pk")[0]

    look_at_pair(
        organization_id=str(place.organization.pk),
        run_id=str(run.pk),
        mentor_id=str(pair.mentor_id),
        mentee_id=str(pair.mentee_id),
    )

    found = remembered(Key(run.pk, pair.mentor_id, pair.mentee_id))
    assert found["mentee"] == {"rank": 1, "partners": 4}
    assert found["score"] == pair.score


def test_the_sweep_asks_for_a_look_at_what_waits_in_all_organizations(committed_db, valkey_url):
    one, other = Place(), Place()
    for place in (one, other):
        place.person(MENTOR, "AI")
        place.person(MENTEE, "AI")
    now = timezone.now()
    waiting, done = start(one.cohort, now=now), start(other.cohort, now=now)
    work(done)

    assert RUNS.sweep(now=now) == 1
    assert work(waiting).state == RunState.DONE
    assert RUNS.sweep(now=now + DAY) == 0


def test_a_killed_worker_leaves_nothing_behind_and_the_next_answers_the_same(committed_db):
    place = plenty()
    twin = work(start(place.cohort))
    waiting = start(place.cohort)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "mentoring.settings"}
    close_connections()
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(place.organization.pk), str(waiting.pk)],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    while "the pairs are found" not in worker.stdout.readline():
        assert worker.poll() is None
    worker.send_signal(signal.SIGKILL)
    worker.communicate()

    left = reload(waiting)
    assert (left.state, left.matched) == (RunState.RUNNING, 0)
    with within(place.organization):
        assert not jobs.look(run_id=waiting.pk, clock=timezone.now)
        later = timezone.now() + LEASE + timedelta(seconds=1)
        assert jobs.look(run_id=waiting.pk, clock=lambda: later)
    with inside(place.organization):
        answers = [
            list(
                RunPair.objects.filter(run=each).order_by("mentor").values_list("mentor", "mentee")
            )
            for each in (twin, waiting)
        ]
    assert answers[0] == answers[1]
    assert (reload(waiting).state, reload(waiting).attempts) == (RunState.DONE, 2)

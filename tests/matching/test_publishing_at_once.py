"""Two admins who publish at the same moment: on real commits."""

from threading import Barrier, Thread

from django.utils import timezone

from mentoring.matching.operations import runs
from mentoring.tenancy.scope import within
from tests.factories import create_owner
from tests.matching.test_publishing import SIZE, Plan
from tests.plugins.databases import close_connections


def test_two_admins_at_once_publish_one_set(committed_db):
    plan = Plan()
    admins, barrier = [plan.admin, create_owner(plan.place.organization)], Barrier(2)
    sent: list[tuple[int, int]] = []

    def publish(admin):
        barrier.wait()
        with within(plan.place.organization):
            found = runs.publish(run=plan.run, pairs=None, actor=admin, now=timezone.now())
        sent.append((len(found.proposed), len(found.skipped)))
        close_connections()

    threads = [Thread(target=publish, args=[admin]) for admin in admins]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert (sorted(sent), plan.proposals()) == ([(0, 0), (SIZE, 0)], SIZE)

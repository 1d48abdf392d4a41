"""Two people who make each other the manager at once: one of them is refused."""

from threading import Barrier, Thread

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import Member
from accounts.operations.people import Circle, change_record
from tests.accounts.chart.people import create_tree
from tests.factories import create_owner, inside

pytestmark = pytest.mark.usefixtures("committed_db")


def test_of_two_managers_at_once_one_is_refused():
    owner = create_owner()
    people = create_tree(owner.organization, {"Ada": None, "Ben": None})
    barrier, outcomes = Barrier(2), []

    def manage(member: Member, manager: Member) -> None:
        try:
            with inside(owner.organization):
                barrier.wait(timeout=10)
                change_record(
                    member=member, values={"manager": manager}, actor=owner, now=timezone.now()
                )
            outcomes.append("saved")
        except Circle:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [
        Thread(target=manage, args=(people["Ada"], people["Ben"])),
        Thread(target=manage, args=(people["Ben"], people["Ada"])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(outcomes) == ["refused", "saved"]
    with inside(owner.organization):
        assert (
            Member.objects.filter(pk__in=[each.pk for each in people.values()])
            .exclude(manager=None)
            .count()
            == 1
        )

"""Somebody enrolls anew while a worker deletes the old answers: the new ones stay."""

from threading import Thread

import pytest
from django.db import connections
from django.utils import timezone

from mentoring.profiles.enums import Step
from mentoring.profiles.operations.enrollment import save_step
from mentoring.profiles.operations.forgetting import forget
from mentoring.profiles.ratings import STATEMENTS
from programs.enums import Side
from tests.factories import inside
from tests.profiles.people import TODAY
from tests.profiles.test_enrollment import participant_of
from tests.profiles.test_forgetting import RATINGS, enrolled, withdraw, written

pytestmark = pytest.mark.usefixtures("committed_db")
NEW = {
    Step.AIMS: {"aims": "Something new.", "challenges": ""},
    Step.START: {"ratings": {each.key: 3 for each in STATEMENTS[Side.MENTEE]}},
}


def test_a_worker_waits_for_whoever_is_beginning_anew_and_then_leaves_the_new_answers():
    admin, cohort, leader, _ = enrolled()
    withdraw(admin, leader)
    key = participant_of(leader).pk

    def work() -> None:
        with inside(admin.organization_id):
            forget(participant_ids=[key])
        connections.close_all()

    worker = Thread(target=work)
    with inside(leader.organization_id, member_id=leader.pk):
        for step, answers in NEW.items():
            save_step(
                member=leader, cohort=cohort, side=Side.MENTEE, step=step, answers=answers,
                today=TODAY, now=timezone.now(),
            )  # fmt: skip
        worker.start()
        worker.join(timeout=1)
        is_waiting = worker.is_alive()
    worker.join(timeout=30)

    assert is_waiting
    assert written(leader) == (1, RATINGS, 0)

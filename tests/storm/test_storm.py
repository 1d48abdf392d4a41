"""Storms of a few seconds, and that each notices the fault that it is there for."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.storm import scenarios
from tests.storm.ground import open_ground

LEASE = 4.0


@pytest.fixture(scope="module")
def ground():
    folder = Path(tempfile.mkdtemp(prefix="storm-"))
    with open_ground(folder, STORM_PERIOD="2", STORM_LEASE=str(LEASE)) as ground:
        yield ground
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def plant(ground):
    """Put a fault into the processes that start from now on."""

    def plant(name: str) -> None:
        ground.environment["STORM_FAULT"] = name

    yield plant
    ground.environment.pop("STORM_FAULT", None)


EFFECTS = {"messages": 4000, "organizations": 8, "kills": 6}
MAILS = {"messages": 400, "organizations": 4, "kills": 5}


def test_effects_survive_everything_and_happen_once(ground):
    found = scenarios.effects(ground, **EFFECTS, restarts=1, flushes=1, patience=180)
    counted = {name: found[name] for name in ("done", "lost", "repeated", "foreign", "leaks")}
    assert counted == {"done": True, "lost": 0, "repeated": 0, "foreign": 0, "leaks": 0}


def test_mails_survive_kills_and_are_repeated_once_per_kill_at_most(ground):
    found = scenarios.mails(ground, **MAILS, patience=120)
    assert found["repeated"] <= found["kills"]
    counted = {name: found[name] for name in ("done", "lost", "other_ids", "unmarked")}
    assert counted == {"done": True, "lost": 0, "other_ids": 0, "unmarked": 0}


def test_a_large_organization_does_not_hold_up_a_small_one(ground):
    # So many that they are not done before the small one has its turn, however quick mails are.
    found = scenarios.fairness(ground, messages=20_000, large="mails", patience=180)
    assert found["done"]
    assert found["large_left"] > 0


def test_poison_ends_in_quarantine_and_stops_nobody(ground):
    before = dict(ground.environment)
    # One attempt; the product's own lease, because who loses a short one fails for good then.
    ground.environment.update(OUTBOX_ATTEMPTS="1", STORM_LEASE="0")
    try:
        found = scenarios.mails(ground, messages=200, organizations=2, poison=2, patience=120)
    finally:
        ground.environment.update(before)
    assert (found["done"], found["lost"], found["quarantined"]) == (True, 0, 2)


def test_what_was_withdrawn_is_not_sent_by_a_worker_that_stood_still(ground):
    found = scenarios.frozen(ground, messages=150, lease=LEASE)
    assert (found["done"], found["after"]) == (True, 0)
    assert 0 < found["before"] < 150


@pytest.mark.storm
def test_a_storm_for_fairness_notices_slices_without_an_end(ground, plant):
    plant("greedy")
    found = scenarios.fairness(ground, messages=9000, large="mails", patience=180)
    assert (found["done"], found["large_left"]) == (True, 0)


@pytest.mark.storm
def test_a_storm_for_withdrawn_mails_notices_who_does_not_ask_again(ground, plant):
    plant("trusting")
    found = scenarios.frozen(ground, messages=150, lease=LEASE)
    assert found["after"] > 0


@pytest.mark.storm
@pytest.mark.parametrize(
    ("fault", "seen"),
    [("mark_first", "lost"), ("mark_later", "repeated"), ("session", "leaks")],
)
def test_a_storm_of_effects_notices_the_fault(ground, plant, fault, seen):
    plant(fault)
    assert scenarios.effects(ground, **{**EFFECTS, "kills": 12}, patience=120)[seen] > 0


@pytest.mark.storm
def test_a_storm_of_effects_notices_that_there_is_no_unique_key(ground):
    ground.do(f"ALTER TABLE outbox_message DROP CONSTRAINT {scenarios.CONSTRAINT}")
    try:
        found = scenarios.effects(ground, messages=100, organizations=1, patience=60)
    finally:
        ground.do("DELETE FROM outbox_message")
        ground.do(
            f"ALTER TABLE outbox_message ADD CONSTRAINT {scenarios.CONSTRAINT}"
            " UNIQUE (organization_id, kind, recipient, subject_id, occurrence)"
        )
    assert found["repeated"] == scenarios.DECIDED


@pytest.mark.storm
def test_a_storm_of_mails_notices_marks_before_mails(ground, plant):
    plant("mark_first")
    assert scenarios.mails(ground, **{**MAILS, "kills": 8}, patience=15)["lost"] > 0


@pytest.mark.storm
def test_a_storm_of_poison_notices_what_is_tried_again_without_a_pause(ground, plant):
    plant("impatient")
    before = dict(ground.environment)
    # As in the storm that goes well: one attempt, after which all are in quarantine.
    ground.environment.update(OUTBOX_ATTEMPTS="1", STORM_LEASE="0")
    try:
        found = scenarios.poison(ground, messages=1000, rounds=1, patience=20)
    finally:
        ground.environment.update(before)
        ground.do("DELETE FROM outbox_message")
    assert (found["done"], found["quarantined"]) == (False, 0)

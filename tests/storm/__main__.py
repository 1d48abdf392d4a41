"""``make storm``: the scenarios in full size, one JSON object each.

Sizes come from the environment (STORM_MESSAGES, STORM_KILLS, …); arguments pick scenarios.
"""

import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from environs import Env

from tests.storm import scenarios
from tests.storm.ground import Ground, open_ground

env = Env()
SEED = env.int("STORM_SEED", 1)
KILLS = env.int("STORM_KILLS", 100)


def size(usual: int) -> int:
    """How many messages, unless the environment says otherwise."""
    return env.int("STORM_MESSAGES", usual)


def effects(ground: Ground) -> Any:
    return scenarios.effects(
        ground,
        messages=size(1_000_000),
        organizations=env.int("STORM_ORGANIZATIONS", 500),
        kills=KILLS,
        restarts=env.int("STORM_RESTARTS", 3),
        flushes=env.int("STORM_FLUSHES", 5),
        seed=SEED,
    )


def mails(ground: Ground) -> Any:
    return scenarios.mails(ground, messages=size(100_000), kills=KILLS, seed=SEED)


def speed(ground: Ground) -> Any:
    return scenarios.mails(ground, messages=size(100_000))


def fairness(ground: Ground) -> Any:
    return scenarios.fairness(ground, messages=size(1_000_000))


def poison(ground: Ground) -> Any:
    """With one attempt, because nobody waits for the eighth."""
    ground.environment["OUTBOX_ATTEMPTS"] = "1"
    return scenarios.poison(
        ground,
        messages=size(20_000),
        rounds=env.int("STORM_ROUNDS", 2),
        patience=env.float("STORM_PATIENCE", 900),
    )


def frozen(ground: Ground) -> Any:
    """With the product's own lease of three minutes."""
    return scenarios.frozen(ground, messages=size(1_000), lease=180)


SCENARIOS: dict[str, Callable[[Ground], Any]] = {
    each.__name__: each for each in (effects, mails, speed, fairness, poison, frozen)
}


def main(names: list[str]) -> None:
    """Run the named scenarios, or all, each on a ground of its own."""
    for name in names or list(SCENARIOS):
        before = os.getloadavg()[0]
        folder = Path(tempfile.mkdtemp(prefix="storm-"))
        try:
            with open_ground(folder) as ground:
                found = SCENARIOS[name](ground)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        machine = {
            "cores": os.cpu_count(),
            "system": platform.platform(),
            "load_before": round(before, 1),
            "load_after": round(os.getloadavg()[0], 1),
        }
        print(json.dumps({"scenario": name, **found, "machine": machine}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

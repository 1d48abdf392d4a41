"""What a storm does, and what is counted afterwards. Each scenario returns its figures."""

import os
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

from tests.storm.ground import Ground, until

type Figures = dict[str, Any]

DECIDED = 200
MARKS = "SELECT last_value FROM storm_mark_id_seq"
OCCASIONS = (
    "SELECT count(*) FROM (SELECT DISTINCT organization_id, subject_id, occurrence FROM storm_mark)"
)
SETTLED = "SELECT count(*) FROM outbox_message WHERE state = 'sent'"
GIVEN_UP = "SELECT count(*) FROM outbox_message WHERE state = 'quarantined'"
CONSTRAINT = "outbox_message_occasion_once"


def effects(
    ground: Ground,
    *,
    messages: int,
    organizations: int,
    kills: int = 0,
    restarts: int = 0,
    flushes: int = 0,
    seed: int = 1,
    patience: float = 900,
) -> Figures:
    """Due effects, while processes and servers are killed: none lost, none repeated."""
    rng = Random(seed)
    ground.do("TRUNCATE storm_mark, storm_leak RESTART IDENTITY")
    first, *_ = ground.hand("effects", organizations, messages // organizations)
    begin = time.monotonic()
    _start_product(ground)
    with ThreadPoolExecutor(2) as deciders:
        # Two that decide the same at once, as two beats or two requests may.
        list(deciders.map(lambda _: ground.hand("decide", first, DECIDED), range(2)))
    disasters = ["kill"] * kills + ["postgres"] * restarts + ["flush", "valkey"] * flushes
    rng.shuffle(disasters)
    for number, disaster in enumerate(disasters, 1):
        share = messages * number / (len(disasters) + 1)
        until(lambda share=share: ground.ask(MARKS) >= share, seconds=patience, every=0.05)
        time.sleep(rng.uniform(0, 0.2))
        _strike(ground, disaster, rng)
    is_done = until(lambda: not ground.waiting(), seconds=patience, every=0.5)
    seconds = time.monotonic() - begin
    ground.stop_product()
    wanted = messages // organizations * organizations + DECIDED
    done, occasions = ground.ask("SELECT count(*) FROM storm_mark"), ground.ask(OCCASIONS)
    return {
        "done": is_done,
        "seconds": round(seconds, 1),
        "per_second": round(wanted / seconds),
        "lost": wanted - occasions,
        "repeated": done - occasions,
        "foreign": ground.ask(
            "SELECT count(*) FROM storm_mark WHERE told IS DISTINCT FROM organization_id::text"
        ),
        "leaks": ground.ask("SELECT count(*) FROM storm_leak"),
        "disasters": dict(Counter(disasters)),
    }


def _start_product(ground: Ground, *, beats: int = 2, workers: int = 2) -> None:
    for _ in range(workers):
        ground.start_worker()
    for _ in range(beats):
        ground.start_beat()


def _strike(ground: Ground, disaster: str, rng: Random) -> None:
    match disaster:
        case "kill":
            ground.kill_a_process(rng)
        case "flush":
            ground.flush()
        case server:
            ground.kill_server(server)


def mails(
    ground: Ground,
    *,
    messages: int,
    organizations: int = 10,
    kills: int = 0,
    poison: int = 0,
    seed: int = 1,
    patience: float = 900,
) -> Figures:
    """Due invitations, while processes are killed: none lost, one repetition per kill at most."""
    rng = Random(seed)
    each = messages // organizations
    ground.hand("mails", organizations, each, poison // organizations)
    sink = ground.start_sink()
    wanted = (each - poison // organizations) * organizations
    before, given_up = ground.ask(SETTLED), ground.ask(GIVEN_UP)
    _start_product(ground)
    until(lambda: bool(sink.stat().st_size), seconds=patience, every=0.02)
    begin, already = time.monotonic(), _count(sink)
    for number in range(1, kills + 1):
        share = wanted * number / (kills + 1)
        until(lambda share=share: _count(sink) >= share, seconds=patience, every=0.02)
        time.sleep(rng.uniform(0, 0.1))
        ground.kill_a_process(rng)
    until(lambda: _arrived(sink, wanted), seconds=patience, every=0.2)
    seconds = time.monotonic() - begin
    is_done = until(lambda: not ground.waiting(), seconds=patience, every=0.5)
    ground.stop_product()
    taken = _taken(sink)
    return {
        "done": is_done,
        "seconds": round(seconds, 1),
        "per_second": round((wanted - already) / seconds),
        "lost": wanted - len(taken),
        "repeated": sum(len(ids) - 1 for ids in taken.values()),
        "other_ids": sum(len(set(ids)) > 1 for ids in taken.values()),
        "unmarked": wanted - (ground.ask(SETTLED) - before),
        "quarantined": ground.ask(GIVEN_UP) - given_up,
        "kills": kills,
    }


def _count(sink: Path) -> int:
    return sink.read_bytes().count(b"\n")


def _taken(sink: Path) -> dict[str, list[str]]:
    """Message-IDs of all mails to each recipient."""
    found: dict[str, list[str]] = {}
    for line in sink.read_text(encoding="utf-8").splitlines():
        recipient, key = line.split()
        found.setdefault(recipient, []).append(key)
    return found


def _arrived(sink: Path, wanted: int) -> bool:
    """Reading all of it often would slow down what is measured."""
    return _count(sink) >= wanted and len(_taken(sink)) >= wanted


def poison(ground: Ground, *, messages: int, rounds: int = 2, patience: float = 900) -> Figures:
    """The same mails without and with one in a hundred that cannot be written, by turns.

    On a machine that does other work as well, only figures of the same minutes can be compared.
    """
    runs: dict[int, list[Figures]] = {0: [], messages // 100: []}
    for number in range(rounds):
        for bad in sorted(runs, reverse=number % 2 == 1):
            found = mails(ground, messages=messages, poison=bad, patience=patience)
            runs[bad].append(found)
    clean, poisoned = runs.values()
    speed, slower = (sum(each["per_second"] for each in some) for some in (clean, poisoned))
    both = [*clean, *poisoned]
    return {
        "done": all(each["done"] for each in both),
        "lost": sum(each["lost"] for each in both),
        "quarantined": sum(each["quarantined"] for each in both),
        "ratio": round(slower / speed, 3),
        "clean": [each["per_second"] for each in clean],
        "poison": [each["per_second"] for each in poisoned],
    }


def fairness(
    ground: Ground, *, messages: int, large: str = "effects", patience: float = 900
) -> Figures:
    """One organization with very much due, another with a hundred: how long these take."""
    # What another storm has left there would stand before both.
    ground.flush()
    ground.hand(large, 1, messages)
    ground.start_sink()
    (small,) = ground.hand("effects", 1, 0)
    before = ground.waiting()
    # Beats of a storm sweep so often that slices would pile up as they never do in earnest.
    _start_product(ground, beats=0)
    ground.hand("sweep")
    until(lambda: ground.waiting() < 0.99 * before, seconds=patience, every=0.02)
    begin = time.monotonic()
    ground.add_and_nudge(small, 100)
    query = "SELECT count(*) FROM storm_mark WHERE organization_id = %s"
    is_done = until(lambda: ground.ask(query, small) == 100, seconds=patience)
    seconds, left = time.monotonic() - begin, ground.waiting()
    ground.stop_product()
    ground.do("DELETE FROM outbox_message")
    return {"done": is_done, "seconds": round(seconds, 1), "large_left": left}


def frozen(ground: Ground, *, messages: int, lease: float) -> Figures:
    """A worker stands still after its claim; meanwhile all is withdrawn; then it goes on."""
    (organization,) = ground.hand("mails", 1, messages)
    sink = ground.start_sink()
    worker = ground.start_worker()
    ground.start_beat()
    until(lambda: _count(sink) > 0, seconds=60, every=0.005)
    os.killpg(worker.process.pid, signal.SIGSTOP)
    ground.hand("withdraw", organization)
    time.sleep(lease + 1)
    sent = _count(sink)
    os.killpg(worker.process.pid, signal.SIGCONT)
    is_done = until(lambda: not ground.waiting(), seconds=120)
    ground.stop_product()
    return {"done": is_done, "before": sent, "after": _count(sink) - sent}

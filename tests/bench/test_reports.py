"""How long a dashboard over a million meetings takes, and the night that adds them up."""

import resource
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from mentoring import gunicorn
from mentoring.reports.models import PairFigures, Snapshot
from mentoring.reports.snapshots.proving import prove
from mentoring.reports.snapshots.taking import take_due
from mentoring.tenancy.scope import within
from tests.bench.a_million import a_million_meetings
from tests.factories import inside, login, url

pytestmark = pytest.mark.bench
REQUESTS = 100
QUESTIONS = {
    "organization": {},
    "24 months": {"months": "24"},
    "department": {"department": "D3"},
    "department and grades": {"department": "D3", "band": "G0 – G1"},
    "department, location and grades": {"department": "D3", "location": "L2", "band": "G0 – G1"},
    "location, 24 months": {"location": "L2", "months": "24"},
}


def tell(name: str, value: str) -> None:
    print(f"\n{name:<44} {value}", end="")


@contextmanager
def timed(name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    tell(name, f"{time.perf_counter() - began:.1f} s")


def analyze() -> None:
    """What autovacuum does within a minute; it is off in tests, and only the owner may."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def nights(organization_id: UUID, *, now: datetime) -> None:
    """The first one tells all month ends of before; each other one a day."""
    with timed("first night, all month ends"), within(organization_id):
        take_due(now=now - timedelta(days=1))
    with timed("a night"), within(organization_id):
        take_due(now=now)
    with inside(organization_id):
        latest = Snapshot.objects.latest_first()[0]
        rows = PairFigures.objects.filter(snapshot=latest)
        assert latest.is_combined
        tell("meetings in the latest snapshot", f"{sum(rows.values_list('meetings', flat=True)):,}")
        with timed("proving a day"):
            assert prove(latest).holds


def milliseconds(client: Client, address: str, words: dict[str, str]) -> list[float]:
    times = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        assert client.get(address, words).status_code == 200
        times.append(1000 * (time.perf_counter() - began))
    return times


@pytest.mark.usefixtures("committed_db")
def test_a_million_meetings(client: Client) -> None:
    now = timezone.now()
    with timed("filled in"):
        analyst = a_million_meetings(now=now)
    analyze()
    nights(analyst.organization_id, now=now)
    analyze()
    login(client, analyst)
    gunicorn.post_worker_init(None)
    for name, words in QUESTIONS.items():
        client.get(url(analyst, "reports"), words)
        times = milliseconds(client, url(analyst, "reports"), words)
        slow = statistics.quantiles(times, n=100)[-1]
        tell(name, f"median {statistics.median(times):.0f} ms, p99 {slow:.0f} ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tell("memory of the process at most", f"{peak:.0f} MB")

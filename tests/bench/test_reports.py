"""How long a dashboard over a million meetings takes, and the night that adds them up."""

import resource
import statistics
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

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
    "location, 24 months": {"location": "L2", "months": "24"},
}


def tell(name: str, value: str) -> None:
    print(f"\n{name:<44} {value}", end="")


@pytest.mark.usefixtures("committed_db")
def test_a_million_meetings(client: Client) -> None:
    now = timezone.now()
    began = time.perf_counter()
    analyst = a_million_meetings(now=now)
    tell("filled in", f"{time.perf_counter() - began:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    began = time.perf_counter()
    with within(analyst.organization_id):
        taken = take_due(now=now - timedelta(days=1))
    tell(f"first night, {len(taken)} days", f"{time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    with within(analyst.organization_id):
        take_due(now=now)
    tell("a night", f"{time.perf_counter() - began:.1f} s")
    with inside(analyst.organization_id):
        latest = Snapshot.objects.latest_first()[0]
        meetings = sum(
            PairFigures.objects.filter(snapshot=latest).values_list("meetings", flat=True)
        )
        tell("meetings in the latest snapshot", f"{meetings:,}")
        began = time.perf_counter()
        assert prove(latest).holds
        tell("proving a day", f"{time.perf_counter() - began:.1f} s")
    login(client, analyst)
    for name, words in QUESTIONS.items():
        client.get(url(analyst, "reports"), words)
        times = []
        for _ in range(REQUESTS):
            began = time.perf_counter()
            assert client.get(url(analyst, "reports"), words).status_code == 200
            times.append(1000 * (time.perf_counter() - began))
        slow = statistics.quantiles(times, n=100)[-1]
        tell(name, f"median {statistics.median(times):.0f} ms, p99 {slow:.0f} ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tell("memory of the process at most", f"{peak:.0f} MB")

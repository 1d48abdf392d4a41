"""``manage.py export_engagement``, workers that are killed, and races: on real commits."""

import hashlib
import os
import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from mentoring.outbox.leases import LEASE
from mentoring.reports.exporting.looking import look
from mentoring.reports.exporting.scheduling import plan_scheduled
from mentoring.reports.exporting.work import EXPORTS
from mentoring.reports.models import (
    Export,
    ExportPiece,
    ExportSchedule,
    ScheduleRecipient,
    Snapshot,
)
from mentoring.reports.operations import exports as operations
from mentoring.tenancy.scope import within
from tests.factories import inside, login, reload, url
from tests.pairings.test_races import at_once
from tests.plugins.databases import ROOT, close_connections
from tests.reports.exporting.factories import PURPOSE, Place, ask, content, order, work

WORKER = """
import django
django.setup()
import sys
from uuid import UUID
from django.utils import timezone
from mentoring.reports.exporting import looking, pieces
from mentoring.tenancy.scope import within
pieces.PIECE = 1000
real = looking.Pieces.write
def stop(self, data):
    real(self, data)
    if self.size > 2500:
        print("some pieces are kept", flush=True)
        sys.stdin.read()
looking.Pieces.write = stop
with within(UUID(sys.argv[1])):
    looking.look(export_id=UUID(sys.argv[2]), clock=timezone.now)
"""


@pytest.fixture
def place(committed_db):
    found = Place()
    pairing = found.pair("Ada", "Carl")
    for number in range(40):
        found.meeting(pairing, found.at(found.as_of - timedelta(days=number + 2)))
    return found


def run(*arguments: str) -> str:
    told = StringIO()
    call_command("export_engagement", *arguments, stdout=told)
    return told.getvalue()


def arguments(place, analyst, file, *more: str) -> list[str]:
    here, purpose = place.organization.slug, PURPOSE
    return [here, "--as", analyst.email, "--purpose", purpose, "--output", str(file), *more]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_the_command_writes_the_bytes_of_the_page(client, place, tmp_path, kind):
    analyst = place.analyst()
    answer = login(client, analyst).post(
        url(analyst, "export_new"),
        {
            "tables": ["pairs", "meetings"],
            "format": kind,
            "as_of": place.as_of.isoformat(),
            "cohort": str(place.cohort.pk),
            "purpose": PURPOSE,
        },
    )
    body = b"".join(client.get(f"{answer.headers['Location']}file/"))
    file = tmp_path / "export"

    told = run(
        *arguments(place, analyst, file, "--table", "meetings", "--table", "pairs"),
        *("--format", kind, "--as-of", place.as_of.isoformat(), "--cohort", place.cohort.name),
    )

    digest = hashlib.sha256(body).hexdigest()
    assert told.split()[0] == digest
    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest
    with inside(place.organization):
        assert len(set(Export.objects.values_list("digest", flat=True))) == 1


def test_the_command_says_what_is_wrong(place, tmp_path):
    analyst, file = place.analyst(), tmp_path / "export"
    given = arguments(place, analyst, file)
    for more, said in (
        ((), "at least one --table"),
        (("--table", "audit"), "may not export that"),
        (("--table", "pairs", "--as-of", "2020-01-31"), place.as_of.isoformat()),
        (("--table", "pairs", "--cohort", "None such"), "No cohort is called “None such”"),
        (("--table", "pairs", "--without-names", "--table", "audit"), "may not export that"),
    ):
        with pytest.raises(CommandError, match=said):
            run(*given, *more)
    with pytest.raises(CommandError, match="No organization"):
        run("nowhere", *given[1:], "--table", "pairs")
    with pytest.raises(CommandError, match="No member"):
        run(place.organization.slug, "--as", "x@example.org", *given[3:], "--table", "pairs")
    assert not file.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_killed_worker_leaves_pieces_and_the_next_begins_anew_with_the_same_bytes(
    place, monkeypatch, kind
):
    analyst = place.analyst()
    twin = ask(analyst, order("meetings", "pairs", format=kind))
    monkeypatch.setattr(operations, "SMALL", 0)
    export = ask(analyst, order("meetings", "pairs", format=kind))
    close_connections()
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(place.organization.pk), str(export.pk)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "mentoring.settings"},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert "some pieces are kept" in worker.stdout.readline()
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    worker.stdout.close()
    worker.stdin.close()

    with inside(place.organization):
        assert ExportPiece.objects.filter(export=export).count() >= 2
    assert reload(export).state == "running"
    with within(place.organization):
        assert not look(export_id=export.pk, clock=timezone.now)
    made = work(export, at=timezone.now() + LEASE)

    assert (made.state, made.attempts) == ("done", 2)
    assert made.digest == twin.digest == hashlib.sha256(content(made)).hexdigest()


def test_the_sweep_finds_exports_that_wait_and_files_that_are_to_go(place, monkeypatch):
    monkeypatch.setattr(operations, "SMALL", 0)
    export = ask(place.analyst(), order("pairs"))
    now = timezone.now()
    assert EXPORTS.sweep(now=now) == 1
    made = work(export)
    assert EXPORTS.sweep(now=now + LEASE) == 0
    assert EXPORTS.sweep(now=made.expires_at) == 1


def test_two_who_plan_a_month_at_once_make_each_export_once(place):
    analyst = place.analyst()
    with inside(place.organization):
        Snapshot.objects.update(is_month_end=True)
        schedule = ExportSchedule.objects.create(
            **order("pairs").as_fields(),
            created_by=analyst,
            created_at=timezone.now() - timedelta(days=1),
        )
        ScheduleRecipient.objects.create(schedule=schedule, member=analyst)

    def plan() -> str:
        return str(plan_scheduled(place.snapshot.pk, now=timezone.now()))

    assert at_once(place.organization.pk, plan, plan) == ["0", "1"]
    with inside(place.organization):
        assert Export.objects.count() == 1

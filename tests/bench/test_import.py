"""How long a list of 50,000 people takes, and how much memory, in a process of its own."""

import csv
import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from openpyxl import Workbook

from tests.factories import create_organization, create_owner
from tests.plugins.databases import ROOT, close_connections

pytestmark = pytest.mark.bench
ROWS = 50_000
WORKER = """
import json, resource, sys, time
import django
django.setup()
from uuid import UUID
from django.db import transaction
from django.utils import timezone
from accounts import jobs
from accounts.enums import ImportMode
from accounts.models import Member
from accounts.operations import imports
from mentoring.tenancy.scope import within

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

with within(UUID(sys.argv[1])):
    with transaction.atomic():
        actor = Member.objects.exclude(user=None).get()
    before = peak()
    began, cpu_began = time.perf_counter(), time.process_time()
    with open(sys.argv[2], "rb") as file:
        found = imports.upload(
            file=file, name="people", mode=ImportMode.ROSTER, actor=actor, now=timezone.now()
        )
    uploaded, cpu_uploaded = time.perf_counter(), time.process_time()
    imports.choose_columns(
        people_import=found,
        mapping={int(key): field for key, field in found.mapping.items()},
        mode=ImportMode.ROSTER,
        creates_grades=True,
        now=timezone.now(),
    )
    jobs.look(import_id=found.pk, clock=timezone.now)
    checked, cpu_checked = time.perf_counter(), time.process_time()
    imports.apply(people_import=found, is_confirmed=True, actor=actor, now=timezone.now())
    jobs.look(import_id=found.pk, clock=timezone.now)
    applied, cpu_applied = time.perf_counter(), time.process_time()
    with transaction.atomic():
        found.refresh_from_db()
        count = Member.objects.count()
    print(json.dumps({
        "state": found.state, "people": count, "upload": uploaded - began,
        "preview": checked - uploaded, "apply": applied - checked,
        "preview_cpu": cpu_checked - cpu_uploaded, "apply_cpu": cpu_applied - cpu_checked,
        "before": before, "peak": peak(),
    }))
"""
HEADINGS = (
    "Name,E-mail,Employee number,Job title,Department,Location,Grade,Manager,Languages,"
    "Time zone,On leave\n"
)


def rows() -> str:
    """A company of eight levels, whose managers come before and after their people."""
    lines = [
        f"Ännika Sørensen {n},person.{n}@bench.example,E{n},Engineer {n % 90},Department {n % 300},"
        f'Town {n % 40},Grade {n % 8},{f"E{n // 8}" if n >= 8 else ""},"en, de",Europe/Berlin,no\n'
        for n in range(1, ROWS + 1)
    ]
    return HEADINGS + "".join(reversed(lines))


def workbook(path: str, text: str) -> None:
    """The same list as an Excel workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    for row in csv.reader(StringIO(text)):
        sheet.append(row)
    book.save(path)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_import(committed_db, tmp_path, kind: str) -> None:
    owner = create_owner(create_organization())
    close_connections()
    path = tmp_path / f"people.{kind}"
    if kind == "csv":
        path.write_text(rows(), encoding="utf-8")
    else:
        workbook(str(path), rows())
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mentoring.settings",
        "DEVELOPMENT": "false",
    }
    for time in ("first", "again"):
        done = subprocess.run(
            [sys.executable, "-c", WORKER, str(owner.organization_id), str(path)],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout.splitlines()[-1])
        assert (found["state"], found["people"]) == ("applied", ROWS + 1)
        print(
            f"\n{kind} {ROWS} rows, {time}: upload {found['upload']:.1f} s,"
            f" preview {found['preview']:.1f} s ({found['preview_cpu']:.1f} s of processor),"
            f" apply {found['apply']:.1f} s ({found['apply_cpu']:.1f} s of processor),"
            f" peak {found['peak']:.0f} MB ({found['peak'] - found['before']:.0f} MB added)",
            end="",
        )

"""``manage.py import_people`` and workers that are killed: on real commits."""

import os
import signal
import subprocess
import sys
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import jobs
from accounts.enums import ImportState
from accounts.importing.claims import LEASE
from accounts.importing.work import IMPORTS
from accounts.models import AuditEvent, Member, PeopleImport
from mentoring.tenancy.scope import within
from tests.accounts.lists import checked, people_list
from tests.factories import create_organization, create_owner, inside, reload
from tests.plugins.databases import ROOT, close_connections

WORKER = """
import django
django.setup()
import sys
from uuid import UUID
from django.utils import timezone
from accounts import jobs
from accounts.importing import changes
from mentoring.tenancy.scope import within
real = changes._deactivate
def stop(*arguments, **options):
    real(*arguments, **options)
    print("everything is written", flush=True)
    sys.stdin.read()
changes._deactivate = stop
with within(UUID(sys.argv[1])):
    jobs.look(import_id=UUID(sys.argv[2]), clock=timezone.now)
"""


@pytest.fixture
def owner(committed_db):
    return create_owner(
        create_organization(slug="acme"), name="Olga Owner", email="olga@example.org"
    )


def people(owner) -> list[str]:
    with inside(owner.organization_id):
        return list(Member.objects.order_by("name").values_list("name", flat=True))


def run(*arguments: str) -> str:
    told = StringIO()
    call_command("import_people", *arguments, stdout=told)
    return told.getvalue()


def test_the_command_imports_as_the_pages_do(owner, tmp_path):
    file = tmp_path / "people.csv"
    file.write_bytes(
        people_list(("Anna", "anna@example.org", "G1"), headings=("Name", "Mail", "Grade"))
    )

    with pytest.raises(CommandError, match="Nothing was changed"):
        run("acme", str(file))
    assert "New: 1" in run("acme", str(file), "--create-grades", "--dry-run")
    assert people(owner) == ["Olga Owner"]
    assert "The list is applied." in run("acme", str(file), "--create-grades")
    assert "Unchanged: 1" in run("acme", str(file), "--roster")

    assert people(owner) == ["Anna", "Olga Owner"]
    with inside(owner.organization_id):
        events = AuditEvent.objects.filter(action="people.imported").order_by("at")
        assert list(events.values_list("actor", "details")) == [
            (None, {"people_new": 1}),
            (None, {}),
        ]


def test_the_command_says_what_is_wrong(owner, tmp_path):
    file = tmp_path / "people.csv"
    file.write_bytes(b"Foo,Bar\n1,2\n")
    empty = tmp_path / "empty.csv"
    empty.touch()

    with pytest.raises(CommandError, match="No organization has the address “nowhere”"):
        run("nowhere", str(file))
    with pytest.raises(CommandError, match="No column gives: Name, E-mail address"):
        run("acme", str(file))
    with pytest.raises(CommandError, match="This file is empty"):
        run("acme", str(empty))
    with pytest.raises(CommandError, match="cannot be read"):
        run("acme", str(tmp_path / "missing.csv"))


def test_a_killed_worker_leaves_nothing_half_done_and_the_list_is_taken_up_again(owner):
    found = checked(owner, people_list(("Anna", "anna@example.org")))
    with inside(owner.organization_id):
        PeopleImport.objects.update(state=ImportState.QUEUED, look_at=timezone.now())
    close_connections()
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(owner.organization_id), str(found.pk)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "mentoring.settings"},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert "everything is written" in worker.stdout.readline()
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    worker.stdout.close()
    worker.stdin.close()
    time.sleep(0.5)

    assert people(owner) == ["Olga Owner"]
    assert reload(found).state == ImportState.APPLYING
    with within(owner.organization_id):
        assert not jobs.look(import_id=found.pk, clock=timezone.now)
        assert jobs.look(import_id=found.pk, clock=lambda: timezone.now() + LEASE)
    assert people(owner) == ["Anna", "Olga Owner"]
    assert reload(found).state == ImportState.APPLIED


def test_the_sweep_finds_what_waits_in_any_organization(owner):
    found = checked(owner, people_list(("Anna", "anna@example.org")))
    now = timezone.now()
    assert IMPORTS.sweep(now=now) == 0
    with inside(owner.organization_id):
        PeopleImport.objects.filter(pk=found.pk).update(state=ImportState.QUEUED, look_at=now)
    assert IMPORTS.sweep(now=now) == 1

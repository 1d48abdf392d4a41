"""A worker process that is killed between sending and marking."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.operations.invitations import KIND
from mentoring.outbox import jobs
from mentoring.outbox.claims import LEASE
from mentoring.outbox.enums import State
from mentoring.outbox.models import Message
from mentoring.outbox.operations import enqueue
from mentoring.tenancy.scope import within
from tests.factories import create_invitation, create_owner, inside
from tests.plugins.databases import ROOT, close_connections

WORKER = """
import django
django.setup()
from datetime import timedelta
from uuid import UUID
from django.utils import timezone
from mentoring.outbox import jobs
from mentoring.tenancy.scope import within
with within(UUID("{organization}")):
    jobs.deliver(clock=lambda: timezone.now() + timedelta(seconds={later}), seconds=60)
"""


@pytest.fixture
def organization(committed_db):
    """An organization with twenty people invited, and a worker that can be killed."""
    owner = create_owner()
    now = timezone.now()
    for number in range(20):
        invitation = create_invitation(owner, email=f"person{number}@example.org")
        with inside(owner.organization_id):
            enqueue(
                kind=KIND,
                recipient=invitation.email,
                subject_id=invitation.pk,
                occurrence=str(invitation.generation),
                due_at=now,
                expires_at=invitation.expires_at,
            )
    close_connections()
    return owner.organization


@pytest.fixture
def start_worker(organization, post) -> Callable[[int], subprocess.Popen]:
    """Start a worker process in which so many leases have run out."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mentoring.settings",
        "MAIL_URL": post.url,
    }

    def start(leases: int) -> subprocess.Popen:
        later = leases * LEASE.total_seconds()
        code = WORKER.format(organization=organization.pk, later=later)
        return subprocess.Popen([sys.executable, "-c", code], env=environment, cwd=ROOT)

    return start


def deliver_later(organization, leases: int) -> None:
    """Another worker, after the lease of the killed one has run out."""
    later = timezone.now() + leases * LEASE
    with within(organization):
        while jobs.deliver(clock=lambda: later, seconds=30):
            pass


@pytest.mark.parametrize("kills", [1, 3])
def test_a_killed_worker_repeats_at_most_one_mail_and_loses_none(
    organization, start_worker, post, kills
):
    for killed in range(kills):
        worker = start_worker(killed)
        enough = 5 * (killed + 1)

        def kill(address: str, worker=worker, enough=enough) -> None:
            if len(post.mails) == enough:
                os.kill(worker.pid, signal.SIGKILL)
                worker.wait(10)

        post.on_mail = kill
        assert worker.wait(60) == -signal.SIGKILL
        # The connection to the server that died may hold the lock a moment longer.
        with inside(organization):
            Message.objects.select_for_update().count()
    post.on_mail = None

    deliver_later(organization, kills)

    assert set(post.counts) == {f"person{number}@example.org" for number in range(20)}
    repeated = [address for address, count in post.counts.items() if count > 1]
    assert len(repeated) <= kills
    assert len(post.mails) <= 20 + kills
    for address in repeated:
        ids = {mail["Message-ID"] for to, mail in post.mails if to == address}
        assert len(ids) == 1
    with inside(organization):
        assert Message.objects.filter(state=State.SENT).count() == 20

"""Through Redis and a real worker process."""

import subprocess

import pytest
from celery import current_app
from django.utils import timezone

from accounts.models import Invitation
from accounts.models.invitation import LIFETIME
from accounts.operations.invitations import KIND
from mentoring.lib.ids import uuid7
from mentoring.outbox import jobs, tasks
from mentoring.outbox.enums import State
from mentoring.outbox.models import Message
from mentoring.outbox.operations import enqueue
from tests.factories import create_invitation, create_owner, inside
from tests.outbox.worker import running_worker, worker_command, worker_environment
from tests.plugins.web import wait_for

# Real workers on a busy machine may be late once; a fault fails every time.
pytestmark = pytest.mark.flaky(reruns=2)


def invite(owner, email: str, *, nudge: bool = True) -> None:
    invitation = create_invitation(owner, email=email)
    due_at = timezone.now() if nudge else invitation.invited_at
    with inside(owner.organization_id):
        message = enqueue(
            kind=KIND,
            recipient=email,
            subject_id=invitation.pk,
            occurrence=str(invitation.generation),
            due_at=due_at,
            now=None if nudge else due_at.replace(year=due_at.year - 1),
        )
    assert message.state == State.QUEUED


@pytest.mark.parametrize("pool", ["prefork", "threads"])
def test_a_nudge_a_sweep_and_tasks_with_and_without_an_organization(
    committed_db, patient, post, tmp_path, pool
):
    owner, stranger = create_owner(), create_owner()
    log = tmp_path / "worker.log"
    with running_worker(log, pool=pool, MAIL_URL=post.url):
        invite(owner, "nudged@example.org")
        wait_for(lambda: post.recipients == ["nudged@example.org"], seconds=60)

        invite(owner, "swept@example.org", nudge=False)
        for wrong in ({}, {"organization_id": str(uuid7())}):
            current_app.send_task("outbox.deliver", kwargs=wrong)
        current_app.send_task(
            "outbox.deliver", kwargs={"organization_id": str(stranger.organization_id)}
        )
        wait_for(lambda: "OutsideOrganization" in log.read_text(), seconds=60)
        assert post.recipients == ["nudged@example.org"]

        current_app.send_task("outbox.sweep", kwargs={"from": "the next release"})
        wait_for(lambda: post.recipients == ["nudged@example.org", "swept@example.org"], seconds=60)

        invite(owner, "told@example.org", nudge=False)
        current_app.send_task(
            "outbox.deliver", kwargs={"organization_id": str(owner.organization_id), "new": 1}
        )
        wait_for(lambda: "told@example.org" in post.recipients, seconds=60)
    with inside(owner.organization_id):
        assert Message.objects.filter(state=State.SENT).count() == 3
    assert "example.org" not in log.read_text()


def test_a_large_organization_does_not_hold_up_a_small_one(
    committed_db, post, tmp_path, monkeypatch
):
    large, small = create_owner(), create_owner()
    invite_many(large, 600)
    monkeypatch.setattr(jobs, "SLICE", 0.3)
    with running_worker(tmp_path / "worker.log", MAIL_URL=post.url):
        jobs.sweep(now=timezone.now())
        wait_for(lambda: len(post.mails) > 20, seconds=60)
        before = len(post.mails)
        for number in range(5):
            invite(small, f"small{number}@example.org", nudge=False)
        jobs.sweep(now=timezone.now())
        wait_for(lambda: has_all_small(post), seconds=120)
        after = len(post.mails)

    assert 600 - before > 300
    assert after - before < (600 - before) / 2


def has_all_small(post) -> bool:
    return sum(address.startswith("small") for address in post.recipients) == 5


def invite_many(owner, count: int) -> None:
    """Invitations with their messages, all due now, without telling anybody."""
    now = timezone.now()
    invitations = [
        Invitation(
            organization_id=owner.organization_id,
            email=f"large{number}@example.org",
            token_digest=f"{number:064}",
            invited_by=owner,
            invited_at=now,
            sent_at=now,
            expires_at=now + LIFETIME,
        )
        for number in range(count)
    ]
    messages = [
        Message(
            organization_id=owner.organization_id,
            kind=KIND,
            recipient=invitation.email,
            address=invitation.email,
            subject_id=invitation.pk,
            occurrence="1",
            due_at=now,
            look_at=now,
            created_at=now,
        )
        for invitation in invitations
    ]
    with inside(owner.organization_id):
        Invitation.objects.bulk_create(invitations)
        Message.objects.bulk_create(messages)


def test_a_worker_does_not_start_as_a_role_above_the_policies(committed_db):
    environment = worker_environment(DATABASE_URL=committed_db.owner)

    done = subprocess.run(
        worker_command(), env=environment, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode != 0
    assert "owns tables" in done.stderr


def test_a_full_slice_asks_for_the_next_one_behind_the_others(add, post, organization, queue):
    for number in range(3):
        add(f"person{number}@example.org", due_at=timezone.now())
    queue.empty()
    until = (timezone.now() + jobs.PERIOD).isoformat()
    task = tasks.deliver
    key = str(organization.pk)

    task(organization_id=key, until=until, seconds=0)
    assert queue.tasks() == [
        ("outbox.deliver", {"organization_id": key, "until": until, "seconds": 0})
    ]

    queue.empty()
    task(organization_id=key, until=timezone.now().isoformat(), seconds=0)
    task(organization_id=key, seconds=0)
    task(organization_id=key, until=until)
    assert queue.tasks() == []
    assert len(post.mails) == 3


@pytest.mark.parametrize(
    ("organizations", "chains", "seconds"),
    [(1, 8, 3.0), (2, 4, 3.0), (8, 1, 3.0), (20, 1, 2.0), (100, 1, 0.4), (5000, 1, 0.25)],
)
def test_everybody_gets_an_equal_share_and_a_turn_within_a_minute(organizations, chains, seconds):
    assert jobs.shares(organizations) == (chains, seconds)

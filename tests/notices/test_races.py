"""Wishes, summaries and bells while several workers and people are at it, really committed."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from django.db import connections
from django.utils import timezone

from mentoring.notices.models import DigestEntry
from mentoring.notices.operations.digests import collect
from mentoring.notices.operations.settings import turn_off
from mentoring.notices.queries.readers import readers_at
from mentoring.outbox.claims import LEASE
from mentoring.outbox.models import Message
from tests.factories import create_member, create_organization, inside
from tests.notices.conftest import NOON
from tests.notices.people import NOTE, notices_of, state_of, tell, work
from tests.outbox.conftest import port, post
from tests.outbox.test_claims import at_once
from tests.plugins.databases import ROOT, close_connections

__all__ = ["port", "post"]

WORKER = """
import django
django.setup()
from datetime import datetime
from uuid import UUID
from mentoring.outbox import jobs
from mentoring.tenancy.scope import within
with within(UUID("{organization}")):
    jobs.deliver(clock=lambda: datetime.fromisoformat("{now}"), seconds=60)
"""


@pytest.fixture
def ada(committed_db, notes):
    organization = create_organization("Halden", time_zone="Europe/Berlin")
    return create_member(organization, name="Ada", email="ada@example.org")


def test_a_change_waits_for_the_mail_that_is_being_sent(ada, post):
    """So that nothing is sent any more once the change is acknowledged."""
    order: list[str] = []

    def change() -> None:
        with inside(ada.organization_id):
            turn_off(member=ada, kind=NOTE)
        order.append("changed")
        connections.close_all()

    changing = threading.Thread(target=change)

    def on_mail(_address: str) -> None:
        changing.start()
        changing.join(1.5)
        order.append("sent")

    post.on_mail = on_mail
    message = tell(ada, at=NOON)
    work(ada, at=NOON)
    changing.join(20)

    assert order == ["sent", "changed"]
    assert state_of(message) == ("sent", "")
    later = tell(ada, "later", at=NOON)
    post.on_mail = None
    work(ada, at=NOON)
    assert state_of(later) == ("skipped", "turned_off")


def test_workers_at_once_ring_each_bell_once(ada, post):
    for number in range(30):
        tell(ada, str(number), at=NOON)

    at_once(4, lambda: work(ada, at=NOON))

    assert len(notices_of(ada)) == 30
    assert post.counts == {"ada@example.org": 30}


def test_what_is_collected_while_the_summary_goes_out_is_in_the_next_one(ada, post, daily):
    """A worker collects just as another one sends the summary that it would be in."""
    tell(ada, "first", at=NOON)
    work(ada, at=NOON)
    late = tell(ada, "late", at=NOON)

    def collect_late() -> None:
        with inside(ada.organization_id):
            hours = readers_at([ada.email])[ada.email].hours
            collect(
                message=Message.objects.get(pk=late.pk),
                member_id=ada.pk,
                hours=hours,
                expires_at=None,
                now=NOON,
            )
        connections.close_all()

    collecting = threading.Thread(target=collect_late)

    def on_mail(_address: str) -> None:
        collecting.start()
        collecting.join(1.5)

    post.on_mail = on_mail
    at = daily(ada).next_summary(NOON)
    with inside(ada.organization_id):
        Message.objects.filter(pk=late.pk).update(look_at=at.replace(year=2030))
    work(ada, at=at)
    collecting.join(20)
    post.on_mail = None

    with inside(ada.organization_id):
        assert [each.sent_at for each in DigestEntry.objects.order_by("added_at", "pk")] == [
            at,
            None,
        ]
    work(ada, at=daily(ada).next_summary(at))
    assert len(post.mails) == 2
    with inside(ada.organization_id):
        assert DigestEntry.objects.filter(sent_at=None).count() == 0


@pytest.fixture
def daily():
    """Lets somebody have a summary a day, and tells the hours."""

    def hours(member):
        with inside(member.organization_id):
            return readers_at([member.email])[member.email].hours

    return hours


@pytest.fixture(autouse=True)
def _wants_summaries(request, ada):
    if "daily" in request.fixturenames:
        settle(ada, digest="daily")


def settle(member, **delivery) -> None:
    with inside(member.organization_id):
        member.delivery_rows.create(**delivery)


def test_a_worker_that_is_killed_with_the_summary_sends_it_once_more_with_the_same_lines(
    ada, post, daily
):
    """The mail server had taken it, so at most one repetition with the same Message-ID."""
    now = timezone.now()
    # Kinds of tests are unknown to another process; this one is real and always there.
    real = tell(ada, at=now, kind=NOTE)
    work(ada, at=now)
    assert state_of(real) == ("skipped", "digest")
    at = daily(ada).next_summary(now)
    close_connections()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mentoring.settings",
        "MAIL_URL": post.url,
    }
    code = WORKER.format(organization=ada.organization_id, now=at.isoformat())
    code = code.replace("with within", SAME_KIND + "with within")
    worker = subprocess.Popen([sys.executable, "-c", code], env=environment, cwd=ROOT)

    def kill(_address: str) -> None:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)

    post.on_mail = kill
    assert worker.wait(60) == -signal.SIGKILL
    post.on_mail = None
    with inside(ada.organization_id):
        Message.objects.select_for_update().count()
        assert DigestEntry.objects.filter(sent_at=None).count() == 1

    work(ada, at=at + 2 * LEASE)
    work(ada, at=daily(ada).next_summary(at))

    assert len(post.mails) == 2
    assert len({mail["Message-ID"] for _to, mail in post.mails}) == 1
    with inside(ada.organization_id):
        assert DigestEntry.objects.filter(sent_at=None).count() == 0


SAME_KIND = """
from tests.notices.people import Notes
from mentoring.outbox import registry
Notes().register(registry._kinds)
"""

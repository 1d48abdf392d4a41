"""A reminder to two hundred people, with all that they wish for and all that the mail says."""

import time
from itertools import count

import pytest
from django.db import connection

from mentoring.outbox.models import Message
from mentoring.pairings.operations.introductions import INTRODUCTION_DUE
from tests.factories import inside
from tests.meetings.people import create_pair
from tests.meetings.reaching import create_more_pairs
from tests.pairings.people import deliver

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
PAIRS = 100


def test_a_reminder_to_two_hundred_people(mailoutbox):
    _ada, _carl, pairing = create_pair()
    create_more_pairs(pairing, PAIRS - 1)
    with inside(pairing.organization_id):
        due = Message.objects.filter(kind=INTRODUCTION_DUE)
        Message.objects.exclude(pk__in=due).delete()
        at = due.latest("due_at").due_at
    before, statements = len(mailoutbox), count()

    def counted(execute, *args):
        next(statements)
        return execute(*args)

    begin, worked = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counted):
        deliver(pairing.cohort, at=at)
    seconds, worked = time.perf_counter() - begin, time.process_time() - worked
    sent = len(mailoutbox) - before
    print(f"{sent} mails, {next(statements) / sent:.1f} statements each,")
    print(f"{seconds / sent * 1000:.1f} ms each, of the processor {worked / sent * 1000:.1f} ms")
    assert sent == 2 * PAIRS

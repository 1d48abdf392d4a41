"""A holiday is added while a hundred thousand reminders are planned; and one person moves."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Member
from accounts.operations.holidays import add_holiday
from accounts.operations.people import change_record
from mentoring.lib.ids import uuid7
from mentoring.outbox.adding import enqueue_all
from mentoring.outbox.almanac import Morning
from mentoring.outbox.following import CROWDS, move_portion
from mentoring.outbox.models import Message
from mentoring.pairings.operations.introductions import INTRODUCTION_DUE
from tests.factories import create_organization, create_owner, inside

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
PEOPLE, EACH = 10_000, 5
MOVE = next(kind for kind in CROWDS if kind.endswith("planned"))


def test_a_hundred_thousand_planned_for_a_day_that_is_free_now():
    now = timezone.now()
    owner = create_owner(create_organization(time_zone="Europe/Berlin"))
    day = (now + timedelta(days=30)).date()
    morning = now.replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=30)
    with inside(owner.organization_id):
        people = Member.objects.bulk_create(
            [Member(name=f"P {n}", email=f"p{n}@example.org") for n in range(PEOPLE)]
        )
        enqueue_all(
            kind=INTRODUCTION_DUE,
            wanted=[(each.email, uuid7(), "mentor") for each in people for _ in range(EACH)],
            due_at=Morning(day, morning),
            now=now,
        )
        start = time.perf_counter()
        add_holiday(day=day, name="Off", actor=owner, now=now)
        decided = time.perf_counter() - start
        portions = 0
        while rows := list(Message.objects.filter(kind=MOVE, state="queued", due_at__lte=now)):
            for each in rows:
                move_portion(MOVE, each.occurrence, now=now)
                Message.objects.filter(pk=each.pk).delete()
                portions += 1
        moved = time.perf_counter() - start
        values = {"time_zone": "Asia/Tokyo"}
        start = time.perf_counter()
        change_record(member=people[7], values=values, actor=owner, now=now)
        one = time.perf_counter() - start
        planned = Message.objects.exclude(due_on=None)
        assert planned.filter(due_at=morning).count() == 0
        print(f"{planned.count():,} of {PEOPLE:,} people: {decided * 1000:.0f} ms for the admin,")
        print(f"{moved:.1f} s in {portions} portions; one person {one * 1000:.0f} ms")

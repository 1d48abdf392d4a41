"""In the demo people have been there for years, and some were promoted a while ago."""

from datetime import datetime, timedelta

from django.db.models import F

from accounts.models import CareerStep, Grade, Member
from accounts.operations.careers import note_steps

YEARS = timedelta(days=900)
A_WHILE = timedelta(days=150)
EVERY = 6


def live_before(*, now: datetime) -> None:
    """Date back where people stand, as rows; call it when everybody has a place."""
    CareerStep.objects.update(since=F("since") - YEARS)
    grades = {grade.rank: grade for grade in Grade.objects.all()}
    placed = Member.objects.filter(roles=[], grade__rank__gt=1).order_by("email")
    promoted = list(placed.select_related("grade"))[::EVERY]
    for member in promoted:
        before = grades[member.grade.rank - 1] if member.grade else None
        if before:
            CareerStep.objects.filter(member=member, grade_rank=before.rank + 1).update(
                grade=before.name, grade_rank=before.rank
            )
    note_steps([member.pk for member in promoted], now=now - A_WHILE)

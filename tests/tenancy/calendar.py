"""A day off and a schedule, so that isolation is tested on data that could leak."""

from datetime import datetime

from accounts.models import Holiday, Member
from mentoring.lib.recurrence import Every
from mentoring.outbox.models import Schedule


def furnish_calendar(name: str, member: Member, *, at: datetime) -> Holiday:
    """The day off is also what the schedule is about."""
    holiday = Holiday.objects.create(date=at.date(), name=f"{name} Day")
    Schedule.objects.create(
        kind="tests.prompt",
        person=member.pk,
        subject_id=holiday.pk,
        label=name[:40],
        every=Every.MONTH,
        anchor=at.date(),
        zone="UTC",
        next_on=at.date(),
        next_at=at,
    )
    return holiday

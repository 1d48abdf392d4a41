"""Rows of exports, for tests of isolation."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import Member
from mentoring.reports.models import Export, ExportPiece, ExportSchedule, ScheduleRecipient


def furnish_exports(name: str, member: Member, *, at: datetime) -> dict[str, UUID]:
    """A file that the member has asked for, and one that comes every month."""
    wanted = {"tables": ["pairs"], "format": "csv", "purpose": f"{name} purpose of an export"}
    schedule = ExportSchedule.objects.create(**wanted, created_by=member, created_at=at)
    ScheduleRecipient.objects.create(schedule=schedule, member=member)
    content = f"{name} content".encode()
    export = Export.objects.create(
        **wanted,
        as_of=at.date(),
        version="0",
        language="en",
        state="done",
        requested_by=member,
        requested_at=at,
        ended_at=at,
        expires_at=at + timedelta(days=7),
        look_at=at + timedelta(days=7),
        file_name=f"{name}.csv",
        digest="0" * 64,
        size=len(content),
    )
    ExportPiece.objects.create(export=export, position=0, content=content)
    return {"export_id": export.pk, "schedule_id": schedule.pk}

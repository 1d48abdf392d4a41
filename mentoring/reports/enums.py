"""Words that reports store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """Why a figure is not shown; follows from who is in the group, never from what they said."""

    TOO_FEW = "too_few", _("Too few people for this figure")
    DIFFERENCE = (
        "difference",
        _("Compared with figures told before, it would tell about only a few people"),
    )
    SOLVABLE = (
        "solvable",
        _("Combined with figures told before, it would tell about one or two people"),
    )


class ExportFormat(models.TextChoices):
    """What an export is written as."""

    XLSX = "xlsx", _("Excel workbook (XLSX)")
    CSV = "csv", _("Text with commas (CSV)")
    PDF = "pdf", _("One page for the board (PDF)")


class ExportState(models.TextChoices):
    """Where an export stands between the request and the end of its file."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Could not be made")
    CANCELED = "canceled", _("Canceled")
    EXPIRED = "expired", _("File deleted")


UNFINISHED = (ExportState.QUEUED, ExportState.RUNNING)


class Action(models.TextChoices):
    """Business events of reports that the audit log keeps."""

    EXPORT_REQUESTED = "export.requested", _("Export asked for")
    EXPORT_SCHEDULED = "export.scheduled", _("Export made by schedule")
    EXPORT_DOWNLOADED = "export.downloaded", _("Export downloaded")
    EXPORT_CANCELED = "export.canceled", _("Export canceled")
    SCHEDULE_CREATED = "export_schedule.created", _("Monthly export set up")
    SCHEDULE_CHANGED = "export_schedule.changed", _("Monthly export changed")
    SCHEDULE_PAUSED = "export_schedule.paused", _("Monthly export paused")
    SCHEDULE_RESUMED = "export_schedule.resumed", _("Monthly export goes on")
    SCHEDULE_DELETED = "export_schedule.deleted", _("Monthly export deleted")

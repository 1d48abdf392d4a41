"""Files with figures for people outside the product: what was asked for, and the bytes."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.reports.enums import UNFINISHED, ExportFormat, ExportState
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet

WITH_IT = "the organization is deleted"
PURPOSE_LENGTH = 300


class Wanted(TenantModel):
    """What an export holds, whether it is asked for once or every month.

    ``tables`` are keys of `mentoring.reports.exporting.tables`. ``filters`` are canonical:
    ``programs`` and ``cohorts`` are keys, ``departments``, ``locations`` and ``grades`` names,
    each a sorted list that is not empty; what is not named is not narrowed.
    """

    tables = ArrayField(models.CharField(max_length=20), default=list)
    format = models.CharField(_("Format"), max_length=10, choices=ExportFormat)
    filters = models.JSONField(default=dict, blank=True)
    is_pseudonymous = models.BooleanField(_("Without names"), default=False)
    has_bom = models.BooleanField(default=False)
    purpose = models.CharField(_("Purpose"), max_length=PURPOSE_LENGTH)

    class Meta(TenantModel.Meta):
        abstract = True


class ExportSchedule(Wanted):
    """An export that is made anew after the end of each month, for named people.

    Each of ``recipients`` gets an export of their own, as far as they may see. Nothing is made
    while it is paused.
    """

    keeps = Keeps(DataClass.PERSONAL, until="somebody deletes it, or the organization")

    created_by = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="+")
    created_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)

    class Meta(Wanted.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.format} {', '.join(self.tables)}"


class ScheduleRecipient(TenantModel):
    """Somebody who gets the export of a schedule."""

    keeps = Keeps(DataClass.PERSONAL, until="somebody deletes the schedule")

    schedule = models.ForeignKey(
        ExportSchedule, on_delete=models.CASCADE, related_name="recipients"
    )
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "schedule", "member"], name="reports_recipient_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.member_id)


class ExportQuerySet(TenantQuerySet["Export"]):
    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)


class Export(Wanted):
    """One file: what it holds, who wanted it for what, and what has become of it.

    ``version`` is the product's and ``language`` that of its words: with ``as_of`` and what is
    wanted they decide the bytes. ``cohorts`` are those that it tells of, noted when it is made.
    ``look_at`` is when a worker should look next: at once, when the lease of the one that works
    on it runs out, or when the file is to be deleted. ``attempts`` counts the workers that took
    it. ``estimate`` and ``rows`` are lines of all tables, foretold and written.
    """

    keeps = Keeps(DataClass.PERSONAL, until=f"{WITH_IT}; the file seven days after it was made")

    as_of = models.DateField()
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.QUEUED)
    trouble = models.CharField(max_length=40, blank=True)
    schedule = models.ForeignKey(
        ExportSchedule, on_delete=models.SET_NULL, related_name="exports", null=True, blank=True
    )
    cohorts = ArrayField(models.UUIDField(), default=list, blank=True)
    requested_by = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="+")
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    estimate = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    look_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = TenantManager.from_queryset(ExportQuerySet)()

    class Meta(Wanted.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "schedule", "as_of", "requested_by"],
                name="reports_export_by_schedule_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExportState.DONE)
                | Q(ended_at__isnull=False, expires_at__isnull=False) & ~Q(digest=""),
                name="reports_export_done",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-requested_at"], name="reports_export_latest"),
            models.Index(fields=["organization", "look_at"], name="reports_export_waiting"),
        ]

    def __str__(self) -> str:
        return self.file_name or f"{self.format} {self.as_of}"


class ExportPiece(TenantModel):
    """Some of the bytes of an export, in pieces so that no process holds them all."""

    keeps = Keeps(DataClass.PERSONAL, until="seven days after the file was made")

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="pieces")
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "export", "position"], name="reports_export_piece_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.export_id} {self.position}"

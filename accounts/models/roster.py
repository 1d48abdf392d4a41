"""Lists of people that an organization hands in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import ImportMode, ImportState, LineKind
from accounts.models.member import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.models import TenantModel

UNTOUCHED = "a list that nobody goes on with is discarded after 30 days"


class PeopleImport(TenantModel):
    """One list of people on its way from an uploaded file into the organization.

    ``mapping`` names the field for each column number. ``findings`` are errors and warnings
    about the list as a whole (those of a row stand with its line), ``totals`` the size of
    the difference and ``difference_digest`` its fingerprint, all as of ``checked_at``.
    ``look_at`` is when a worker should look next: at once, when the lease of one that works
    on it runs out, or when it is time to forget the file and then the import.
    """

    keeps = Keeps(DataClass.PERSONAL, until=f"90 days after it ended; {UNTOUCHED}")

    state = models.CharField(max_length=20, choices=ImportState, default=ImportState.UPLOADED)
    mode = models.CharField(
        _("Mode"), max_length=20, choices=ImportMode, default=ImportMode.CHANGES
    )
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    delimiter = models.CharField(max_length=1, blank=True)
    headers = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    creates_grades = models.BooleanField(default=False)
    row_count = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    difference_digest = models.CharField(max_length=64, blank=True)
    uploaded_by = models.ForeignKey(
        Member, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    started_by = models.ForeignKey(
        Member, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    uploaded_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    look_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "-uploaded_at"], name="accounts_import_latest"),
            models.Index(fields=["organization", "look_at"], name="accounts_import_waiting"),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportFile(TenantModel):
    """Some of the bytes of an uploaded list, in pieces so that no process holds them all."""

    keeps = Keeps(
        DataClass.PERSONAL,
        until=f"the list is applied or discarded, 7 days after it failed; {UNTOUCHED}",
    )

    people_import = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField(default=0)
    content = models.BinaryField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "people_import", "position"],
                name="accounts_import_file_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.people_import_id} {self.position}"


class ImportLine(TenantModel):
    """What becomes of one person on the list, or of one whom it does not name (``number`` 0).

    ``changes`` are pairs of words, before and after, by field. ``findings`` are what is wrong.
    """

    keeps = Keeps(DataClass.PERSONAL, until=f"7 days after the import ended; {UNTOUCHED}")

    people_import = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=LineKind)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254)
    changes = models.JSONField(default=dict)
    findings = models.JSONField(default=list)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["organization", "people_import", "kind", "number", "id"],
                name="accounts_import_line_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class ColumnChoice(TenantModel):
    """What a column with this heading meant the last time; the next list starts from it."""

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "heading"], name="accounts_column_choice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading} → {self.field}"

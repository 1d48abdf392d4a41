"""What happened, for good."""

from django.db import models

from accounts.models.member import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.models import TenantModel


class AuditEvent(TenantModel):
    """A business event: who did what to what, when, and from where.

    The database refuses to change or remove a row. Names are kept as they were then.
    What an ``action`` is called: `accounts.actions`.
    ``details`` holds facts an owner may read, never the text of anything confidential.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    at = models.DateTimeField()
    actor = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="+", null=True)
    actor_name = models.CharField(max_length=150, blank=True)
    action = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    subject_name = models.CharField(max_length=254, blank=True)
    details = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "-at", "-id"], name="accounts_audit_latest"),
            models.Index(fields=["organization", "action", "-at"], name="accounts_audit_action"),
            models.Index(fields=["organization", "actor", "-at"], name="accounts_audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_name}"

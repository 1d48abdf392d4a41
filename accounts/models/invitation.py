"""Asking a person to join."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import InvitationState, Reach, Role
from accounts.models.member import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet

LIFETIME = timedelta(days=7)


class InvitationQuerySet(TenantQuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither accepted nor revoked; may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def in_state(self, state: InvitationState, *, now: datetime) -> Self:
        match state:
            case InvitationState.ACCEPTED:
                return self.exclude(accepted_at=None)
            case InvitationState.REVOKED:
                return self.exclude(revoked_at=None)
            case InvitationState.WAITING:
                return self.open().filter(expires_at__gt=now)
            case InvitationState.EXPIRED:
                return self.open().filter(expires_at__lte=now)


class Invitation(TenantModel):
    """A single-use way into one organization for one e-mail address.

    Only the digest of the token is stored. Sending again raises ``generation``, which
    makes every earlier link useless, and starts the seven days again. ``next_path`` is the
    page of ours that accepting leads on to.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    email = models.EmailField(_("E-mail address"), max_length=254)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    reach = models.CharField(max_length=20, choices=Reach, default=Reach.ORGANIZATION)
    generation = models.PositiveSmallIntegerField(default=1)
    token_digest = models.CharField(max_length=64)
    invited_by = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="+")
    invited_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Member, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    next_path = models.CharField(max_length=200, blank=True, editable=False)

    objects = TenantManager.from_queryset(InvitationQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                "organization",
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="accounts_invitation_open_once",
            ),
            models.UniqueConstraint(
                fields=["organization", "token_digest"], name="accounts_invitation_token_once"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-invited_at"], name="accounts_invitation_latest"),
        ]

    def __str__(self) -> str:
        return self.email

    def state(self, *, now: datetime) -> InvitationState:
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.WAITING if now < self.expires_at else InvitationState.EXPIRED

    def is_open(self, *, now: datetime) -> bool:
        """Whether the link still works."""
        return self.state(now=now) == InvitationState.WAITING

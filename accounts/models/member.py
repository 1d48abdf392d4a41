"""People in an organization."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.enums import Reach, Role
from accounts.models.user import User
from accounts.permissions import Permission, permissions_of
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.expressions import current_user
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class MemberQuerySet(TenantQuerySet["Member"]):
    def active(self) -> Self:
        return self.filter(deactivated_at=None)

    def with_role(self, role: Role) -> Self:
        return self.filter(roles__contains=[role])


class OwnMembershipManager(models.Manager["Member"]):
    """Sees the memberships of the user in scope, in all organizations."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(user_id=current_user())


class Member(TenantModel):
    """A person in an organization. A user may be a member of several.

    Rows are never deleted, so that what somebody did keeps its name. A member who left by
    the own wish (``left_at``) is deactivated too, and comes back only by an invitation.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    user = models.ForeignKey(User, on_delete=models.RESTRICT, related_name="+")
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    reach = models.CharField(max_length=20, choices=Reach, default=Reach.ORGANIZATION)
    joined_at = models.DateTimeField(auto_now_add=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(MemberQuerySet)()
    mine = OwnMembershipManager()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], name="accounts_member_once"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def may(self, permission: Permission) -> bool:
        """Whether any of the member's roles grants the permission."""
        return permission in permissions_of(self.roles, self.reach)

"""People in an organization."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import PersonState, Reach, Role
from accounts.models.chart import Department, Grade, Location
from accounts.models.user import User
from accounts.permissions import Permission, permissions_of
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.lib.sorting import SearchKey, SortKey
from mentoring.tenancy.expressions import current_user
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet

LINE = models.Value("\n")


class MemberQuerySet(TenantQuerySet["Member"]):
    def active(self) -> Self:
        """With the organization, whether or not the person has ever signed in."""
        return self.filter(deactivated_at=None)

    def joined(self) -> Self:
        """Those who can sign in."""
        return self.active().exclude(user=None)

    def in_state(self, state: PersonState) -> Self:
        stays = models.Q(left_at=None, off_roster_at=None)
        match state:
            case PersonState.LEFT:
                return self.exclude(stays)
            case PersonState.DEACTIVATED:
                return self.filter(stays).exclude(deactivated_at=None)
            case PersonState.ON_LEAVE:
                return self.active().filter(on_leave=True)
            case PersonState.LISTED:
                return self.active().filter(on_leave=False, user=None)
            case PersonState.ACTIVE:
                return self.active().filter(on_leave=False).exclude(user=None)

    def on_chart(self) -> Self:
        """Who is with the organization, and those who left a gap above somebody.

        Whoever manages somebody shown is shown, so that no branch of the tree is cut off.
        """
        reports = models.Exists(
            Member.objects.filter(manager=models.OuterRef("pk")).order_by().values("pk")
        )
        return self.filter(models.Q(deactivated_at=None) | reports)

    def with_role(self, role: Role) -> Self:
        return self.filter(roles__contains=[role])

    def by_name(self) -> Self:
        """In the order of a telephone book."""
        return self.order_by("sort_name", "pk")


class OwnMembershipManager(models.Manager["Member"]):
    """Sees the memberships of the user in scope, in all organizations."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(user_id=current_user())


class Member(TenantModel):
    """A person in an organization. A user may be a member of several.

    Name, address and place in the organization are the organization's own record. People
    from a list have no ``user`` until they accept an invitation, and ``joined_at`` is
    empty as long. What a user is called elsewhere is never shown here.

    Rows are never deleted, so that what somebody did keeps its name. A member who left by
    the own wish (``left_at``) is deactivated too, and comes back only by an invitation. One
    whom a full list named no more (``off_roster_at``) comes back with the next that does.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    user = models.ForeignKey(
        User, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    name = models.CharField(_("Name"), max_length=150)
    sort_name = models.GeneratedField(
        expression=SortKey("name"), output_field=models.CharField(), db_persist=True
    )
    email = models.EmailField(_("E-mail address"), max_length=254)
    search_text = models.GeneratedField(
        expression=SearchKey(
            Concat(
                "name", LINE, "email", LINE, "employee_number", LINE, "job_title",
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )  # fmt: skip
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    reach = models.CharField(max_length=20, choices=Reach, default=Reach.ORGANIZATION)

    employee_number = models.CharField(_("Employee number"), max_length=64, blank=True)
    job_title = models.CharField(_("Job title"), max_length=150, blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.RESTRICT, related_name="members", null=True, blank=True
    )
    location = models.ForeignKey(
        Location, on_delete=models.RESTRICT, related_name="members", null=True, blank=True
    )
    grade = models.ForeignKey(
        Grade, on_delete=models.RESTRICT, related_name="members", null=True, blank=True
    )
    manager = models.ForeignKey(
        "self", on_delete=models.RESTRICT, related_name="reports", null=True, blank=True
    )
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=63, blank=True)
    on_leave = models.BooleanField(_("On leave"), default=False)

    created_at = models.DateTimeField(auto_now_add=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    imported_at = models.DateTimeField(null=True, blank=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    off_roster_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(MemberQuerySet)()
    mine = OwnMembershipManager()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "sort_name", "id"], name="accounts_member_sorted")
        ]
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], name="accounts_member_once"),
            models.UniqueConstraint(
                "organization", Lower("email"), name="accounts_member_email_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "employee_number"],
                condition=~models.Q(employee_number=""),
                name="accounts_member_number_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(manager=models.F("id")), name="accounts_member_own_manager"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def state(self) -> PersonState:
        """Where the person stands, as `MemberQuerySet.in_state` finds them."""
        if self.left_at or self.off_roster_at:
            return PersonState.LEFT
        if self.deactivated_at:
            return PersonState.DEACTIVATED
        if self.on_leave:
            return PersonState.ON_LEAVE
        return PersonState.ACTIVE if self.user_id else PersonState.LISTED

    def may(self, permission: Permission) -> bool:
        """Whether any of the member's roles grants the permission."""
        return permission in permissions_of(self.roles, self.reach)

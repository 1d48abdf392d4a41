"""Lasting schemes, and who is responsible for which."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Kind, State


class ProgramQuerySet(TenantQuerySet["Program"]):
    def by_name(self) -> Self:
        """In the order of their names, capitals aside."""
        return self.annotate(sort_name=Lower("name")).order_by("sort_name", "pk")

    def in_state(self, state: State) -> Self:
        return self.filter(archived_at__isnull=state == State.RUNNING)

    def named_for(self, member: Member) -> Self:
        """The programs that a narrowed program admin is responsible for."""
        return self.filter(reaches__member=member)


class Program(TenantModel):
    """A lasting scheme with a purpose and rules."""

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.REVERSE)
    purpose = models.TextField(_("Purpose"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(ProgramQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                "organization", Lower("name"), name="programs_program_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> State:
        return State.ARCHIVED if self.archived_at else State.RUNNING


class ProgramReach(TenantModel):
    """Makes a program admin whose reach is narrowed responsible for one program."""

    keeps = Keeps(DataClass.BUSINESS, until="the member's reach changes")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="reaches")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "member", "program"], name="programs_reach_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.program_id}"

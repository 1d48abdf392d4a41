"""What the two of a pair agree on: the answers to the four points of the first meeting."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.pairings.models.pairing import Pairing
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Cadence, Side

# Three years, and the leap days and days of other zones among them.
LONGEST = timedelta(days=3 * 366 + 1)
OPEN_PROPOSAL = models.Q(in_force_at=None, withdrawn_at=None, replaced_at=None)
IN_FORCE = models.Q(in_force_at__isnull=False, replaced_at=None)
CONFIRMED_BY_BOTH = models.Q(mentor_confirmed_at__isnull=False, mentee_confirmed_at__isnull=False)


class AgreementQuerySet(TenantQuerySet["Agreement"]):
    def open(self) -> Self:
        """Proposed by one side, and waiting for the other."""
        return self.filter(OPEN_PROPOSAL)

    def in_force(self) -> Self:
        return self.filter(IN_FORCE)


class Agreement(TenantModel):
    """One version of what a pair agrees on, without its words; whoever runs the program may see it.

    It is in force from the moment both have confirmed it, until another version replaces it.
    What was never confirmed by both was withdrawn, or replaced by another proposal. Nothing
    else changes once a version is proposed: another wish is another version.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    cadence = models.CharField(_("How often you meet"), max_length=20, choices=Cadence)
    minutes = models.PositiveSmallIntegerField(_("Length of a meeting"))
    ends_on = models.DateField(_("Until"))
    proposed_by = models.CharField(max_length=10, choices=Side)
    proposed_on = models.DateField()
    proposed_at = models.DateTimeField()
    mentor_confirmed_at = models.DateTimeField(null=True, blank=True)
    mentee_confirmed_at = models.DateTimeField(null=True, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(AgreementQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "pairing", "version"], name="pairings_agreement_version"
            ),
            models.UniqueConstraint(
                fields=["organization", "pairing"],
                condition=OPEN_PROPOSAL,
                name="pairings_agreement_open_once",
            ),
            models.UniqueConstraint(
                fields=["organization", "pairing"],
                condition=IN_FORCE,
                name="pairings_agreement_in_force_once",
            ),
            models.CheckConstraint(
                condition=(models.Q(in_force_at__isnull=False) & CONFIRMED_BY_BOTH)
                | (models.Q(in_force_at=None) & ~CONFIRMED_BY_BOTH),
                name="pairings_agreement_both",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_by=Side.MENTOR, mentor_confirmed_at__isnull=False)
                | models.Q(proposed_by=Side.MENTEE, mentee_confirmed_at__isnull=False),
                name="pairings_agreement_proposer",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None)
                | models.Q(in_force_at=None, replaced_at=None),
                name="pairings_agreement_withdrawn",
            ),
            models.CheckConstraint(
                condition=models.Q(version__gte=1), name="pairings_agreement_first"
            ),
            models.CheckConstraint(
                condition=models.Q(cadence__in=Cadence.values), name="pairings_agreement_cadence"
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0), name="pairings_agreement_minutes"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("proposed_on"))
                & models.Q(ends_on__lte=models.F("proposed_on") + LONGEST),
                name="pairings_agreement_ends_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pairing_id} {self.version}"

    @property
    def awaited(self) -> Side:
        """Whose confirmation a proposal waits for."""
        return OTHER_SIDE[Side(self.proposed_by)]

    @property
    def is_open(self) -> bool:
        return not (self.in_force_at or self.withdrawn_at or self.replaced_at)

    def confirm(self, side: Side, at: datetime) -> None:
        """Note that side's confirmation; with the second one it is in force."""
        setattr(self, f"{side}_confirmed_at", at)
        if self.mentor_confirmed_at and self.mentee_confirmed_at:
            self.in_force_at = at


class AgreementText(TenantModel):
    """The words of one version, encrypted: what the mentor can offer, what the mentee looks for.

    For the two of the pair alone; the database shows them to nobody else.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until="the organization is deleted")
    private_to = ("mentor_member", "mentee_member")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="texts")
    mentor_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    mentee_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    offers = models.TextField()
    seeks = models.TextField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "agreement"], name="pairings_agreement_text_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.agreement_id)

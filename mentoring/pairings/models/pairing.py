"""A mentor and a mentee, from the proposal to the end."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Conflict
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.pairings.enums import LIVE, OPEN, Origin, PairingState
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Side
from programs.models import Cohort, Participant

ANSWERABLE = (PairingState.PROPOSED, PairingState.DECLINED)


PLACES = ("grade", "department", "location")


class PairingQuerySet(TenantQuerySet["Pairing"]):
    def proposed(self) -> Self:
        """Waiting for somebody's answer."""
        return self.filter(state=PairingState.PROPOSED)

    def live(self) -> Self:
        """Accepted by both and not ended: each holds a place on both sides."""
        return self.filter(state__in=LIVE)

    def open(self) -> Self:
        """Proposed or live."""
        return self.filter(state__in=OPEN)

    def of(self, participants: Iterable[UUID]) -> Self:
        """With one of these participants on either side."""
        keys = list(participants)
        return self.filter(models.Q(mentor__in=keys) | models.Q(mentee__in=keys))

    def with_people(self) -> Self:
        """With what pages say about both people and the program."""
        places = (f"{side}__member__{part}" for side in Side.values for part in PLACES)
        return self.with_names().select_related(*places)

    def with_names(self) -> Self:
        """With what mails say: who the two are, and in which program."""
        names = (f"{side}__member__user" for side in Side.values)
        return self.select_related("cohort__program", *names)

    def locked(self) -> Self:
        """In the one order in which everybody locks pairings, so that nobody deadlocks."""
        return self.select_for_update(of=("self",)).order_by("pk")


class Pairing(TenantModel):
    """A mentor and a mentee put together, and what has become of it.

    While proposed, ``asked`` is whose answer is awaited; the senior side is asked first, and
    the other side learns of the proposal only after a yes. When somebody has said yes and the
    other says “not now”, the row stays proposed until its deadline, marked by ``set_aside_at``
    for the person who said so: nobody else can tell it from an answer still to come. After the
    end who declined is not kept.

    ``introduced_at`` and ``last_met_at`` are the first and the last meeting that was logged,
    and ``last_planned_at`` the last that is planned and not logged; higher floors keep them.
    Until there is a first one, the pairing stays introductory. How often each side has put a
    meeting off is counted until the two meet.

    A live pairing holds a numbered place of each of the two, so that two yeses for one last
    place cannot both count. ``conflict`` says where the mentor stands to the mentee when an
    import or a change of the org chart has brought the two too close; ``allowed_conflict`` is
    the one that was overridden when the two were proposed. ``rematch_asked_by_…`` is when that
    side asked those who run the cohort for somebody else, and ``help_asked_by_…`` for a hand;
    the partner is not told.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    cohort = models.ForeignKey(Cohort, on_delete=models.RESTRICT, related_name="pairings")
    mentor = models.ForeignKey(
        Participant, on_delete=models.RESTRICT, related_name="pairings_as_mentor"
    )
    mentee = models.ForeignKey(
        Participant, on_delete=models.RESTRICT, related_name="pairings_as_mentee"
    )
    state = models.CharField(max_length=20, choices=PairingState, default=PairingState.PROPOSED)
    origin = models.CharField(max_length=10, choices=Origin)
    requested_by = models.CharField(max_length=10, choices=Side, blank=True)
    asked = models.CharField(max_length=10, choices=Side, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    mentor_agreed_at = models.DateTimeField(null=True, blank=True)
    mentee_agreed_at = models.DateTimeField(null=True, blank=True)
    mentor_place = models.PositiveSmallIntegerField(null=True, blank=True)
    mentee_place = models.PositiveSmallIntegerField(null=True, blank=True)
    proposed_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    introduced_at = models.DateTimeField(null=True, blank=True)
    last_met_at = models.DateTimeField(null=True, blank=True)
    last_planned_at = models.DateTimeField(null=True, blank=True)
    put_off_by_mentor = models.PositiveSmallIntegerField(default=0)
    put_off_by_mentee = models.PositiveSmallIntegerField(default=0)
    paused_until = models.DateField(null=True, blank=True)
    resumed_at = models.DateTimeField(null=True, blank=True)
    introduction_due_on = models.DateField(_("Introduction due"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    rematch_asked_by_mentor_at = models.DateTimeField(null=True, blank=True)
    rematch_asked_by_mentee_at = models.DateTimeField(null=True, blank=True)
    help_asked_by_mentor_at = models.DateTimeField(null=True, blank=True)
    help_asked_by_mentee_at = models.DateTimeField(null=True, blank=True)
    conflict = models.CharField(max_length=20, choices=Conflict, blank=True)
    conflict_found_at = models.DateTimeField(null=True, blank=True)
    allowed_conflict = models.CharField(max_length=20, choices=Conflict, blank=True)

    objects = TenantManager.from_queryset(PairingQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "mentor", "mentee"],
                condition=models.Q(state__in=OPEN),
                name="pairings_pairing_open_once",
            ),
            models.UniqueConstraint(
                fields=["organization", "mentor", "mentor_place"],
                name="pairings_pairing_mentor_place",
            ),
            models.UniqueConstraint(
                fields=["organization", "mentee", "mentee_place"],
                name="pairings_pairing_mentee_place",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=LIVE,
                    mentor_place__gte=1,
                    mentee_place__gte=1,
                    mentor_agreed_at__isnull=False,
                    mentee_agreed_at__isnull=False,
                )
                | (~models.Q(state__in=LIVE) & models.Q(mentor_place=None, mentee_place=None)),
                name="pairings_pairing_places",
            ),
            models.CheckConstraint(
                condition=models.Q(state=PairingState.PAUSED) | models.Q(paused_until=None),
                name="pairings_pairing_paused",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state=PairingState.PROPOSED,
                    asked__in=Side.values,
                    asked_at__isnull=False,
                    expires_at__isnull=False,
                )
                | models.Q(state=PairingState.DECLINED, asked="", set_aside_at=None)
                | (~models.Q(state__in=ANSWERABLE) & models.Q(set_aside_at=None)),
                name="pairings_pairing_asked",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "cohort", "state"], name="pairings_pairing_state")
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} & {self.mentee_id}"

    def person(self, side: str) -> Participant:
        """The participant on that side."""
        return self.mentor if side == Side.MENTOR else self.mentee

    @property
    def counts_from(self) -> datetime | None:
        """Since when the two could have met again: their last meeting, beginning or break."""
        known = [each for each in (self.last_met_at, self.began_at, self.resumed_at) if each]
        return max(known, default=None)

    def agreed_at(self, side: str) -> datetime | None:
        """When that side said yes; a request is its writer's yes."""
        return self.mentor_agreed_at if side == Side.MENTOR else self.mentee_agreed_at

    def agree(self, side: str, at: datetime) -> None:
        """Note that side's yes, unless there is one."""
        name = f"{side}_agreed_at"
        setattr(self, name, getattr(self, name) or at)

    def side_of(self, member_id: UUID) -> Side:
        """On which side the member is. Needs both participants loaded to cost nothing."""
        return Side.MENTOR if self.mentor.member_id == member_id else Side.MENTEE

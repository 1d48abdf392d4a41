"""Messages that must arrive, and schedules that make them again and again."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentoring.lib.privacy import DataClass, Keeps
from mentoring.lib.recurrence import Every, Rule
from mentoring.outbox.enums import WAITING, Channel, Reason, State
from mentoring.outbox.registry import label_of
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.functional import _StrOrPromise as Text

# A day beyond would be a slip of the keyboard, and its arithmetic would end.
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 12, 31)


class MessageQuerySet(TenantQuerySet["Message"]):
    def due(self, *, now: "datetime", at: "datetime | None" = None) -> Self:
        """Somebody should look at these: waiting, or claimed by somebody who vanished.

        ``at`` asks for those that are due at another moment. Leases and pauses before
        another attempt run by the real clock all the same.
        """
        if at is None:
            return self.filter(look_at__lte=now)
        untried = Q(state=State.QUEUED, attempts=0)
        ready = Q(look_at__lte=now) | untried
        return self.filter(ready, look_at__lte=max(now, at), due_at__lte=at)

    def by(self, channel: Channel) -> Self:
        return self.filter(channel=channel)


class ScheduleQuerySet(TenantQuerySet["Schedule"]):
    def going_on(self) -> Self:
        return self.filter(next_at__isnull=False)

    def due(self, *, now: "datetime") -> Self:
        return self.filter(next_at__lte=now)


class Message(TenantModel):
    """One message to one recipient on one occasion. Its text is made when it is sent.

    ``look_at`` is when a worker should look next: when it is due, when to try again, or
    when the lease of the worker that holds it runs out. It is empty once all is done.
    ``due_on`` is the nominal day of one that comes in a morning, which may be that of a later
    day; then ``due_at`` follows its reader to other places, and the organization to other hours.
    ``put_off_to`` is until when it was held back for its reader's sake; nobody was late meanwhile.
    The unique key makes deciding the same thing twice harmless.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.MAIL)
    recipient = models.CharField(max_length=254)
    address = models.CharField(_("Recipient"), max_length=254, blank=True)
    subject_id = models.UUIDField()
    occurrence = models.CharField(max_length=80)

    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField()
    put_off_to = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    detail = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    # What a kind has read to decide whether the message is wanted; it is written with it in the
    # same transaction.
    subject: Any = None

    objects = TenantManager.from_queryset(MessageQuerySet)()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "kind", "recipient", "subject_id", "occurrence"],
                name="outbox_message_occasion_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WAITING, look_at__isnull=False, finished_at=None)
                | (~Q(state__in=WAITING) & Q(look_at=None, finished_at__isnull=False)),
                name="outbox_message_waits_or_is_done",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLAIMED, claim__isnull=False)
                | (~Q(state=State.CLAIMED) & Q(claim=None)),
                name="outbox_message_claimed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.SKIPPED, State.QUARANTINED]) | ~Q(reason=""),
                name="outbox_message_gives_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization", "channel", "look_at"],
                condition=Q(look_at__isnull=False),
                name="outbox_message_waiting",
            ),
            models.Index(
                F("organization"),
                F("due_at").desc(nulls_last=True),
                F("id").desc(nulls_last=True),
                name="outbox_message_latest",
            ),
            models.Index(
                fields=["organization", "id"],
                condition=Q(due_on__isnull=False, look_at__isnull=False),
                name="outbox_message_mornings",
            ),
            models.Index(fields=["organization", "state", "-due_at"], name="outbox_message_state"),
            models.Index(
                F("organization"),
                F("due_at").asc(nulls_last=True),
                F("id").asc(nulls_last=True),
                condition=Q(look_at__isnull=False),
                name="outbox_message_upcoming",
            ),
            # For figures over all organizations, read by the system role.
            models.Index(
                fields=["-finished_at"],
                include=["channel", "due_at", "put_off_to"],
                condition=Q(state=State.SENT),
                name="outbox_message_sent_lately",
            ),
            models.Index(
                fields=["channel"],
                condition=Q(state=State.QUARANTINED),
                name="outbox_message_given_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def awaited_at(self) -> "datetime":
        """When it is to go out: when it is due, or later where it was put off."""
        return self.put_off_to or self.due_at

    @property
    def kind_label(self) -> "Text":
        """The kind in the reader's words."""
        return label_of(self.kind)


class Schedule(TenantModel):
    """One person's messages of one kind about one thing, again and again.

    The rule is counted from the ``anchor``; the hour is the organization's own when ``at`` is
    empty, and ``zone`` is where the person was when it was last looked up. ``next_on`` is the
    nominal day of the next occurrence and ``next_at`` its instant, which may lie on a later
    day; ``done_on`` is the last nominal day that was settled, and no day comes twice.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    kind = models.CharField(max_length=60)
    person = models.UUIDField()
    subject_id = models.UUIDField()
    label = models.CharField(max_length=40)

    every = models.CharField(max_length=10)
    anchor = models.DateField()
    at = models.TimeField(null=True)
    zone = models.CharField(max_length=63)
    done_on = models.DateField(null=True)
    next_on = models.DateField()
    next_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(ScheduleQuerySet)()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "kind", "person", "subject_id"],
                name="outbox_schedule_once",
            ),
            models.CheckConstraint(
                condition=Q(next_at__isnull=False, ended_at=None)
                | Q(next_at=None, ended_at__isnull=False),
                name="outbox_schedule_goes_on_or_has_ended",
            ),
            models.CheckConstraint(
                condition=Q(next_on__gte=F("anchor"))
                & (Q(done_on=None) | Q(done_on__lt=F("next_on"))),
                name="outbox_schedule_goes_forward",
            ),
            models.CheckConstraint(
                condition=Q(anchor__gte=EARLIEST, anchor__lte=LATEST),
                name="outbox_schedule_begins_in_our_time",
            ),
            models.CheckConstraint(
                condition=Q(every__in=[str(each) for each in Every]),
                name="outbox_schedule_known_rhythm",
            ),
            models.CheckConstraint(
                condition=~Q(label="") & ~Q(label__contains=":") & ~Q(zone=""),
                name="outbox_schedule_has_label_and_zone",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization", "next_at"],
                condition=Q(next_at__isnull=False),
                name="outbox_schedule_waiting",
            ),
            models.Index(fields=["organization", "person"], name="outbox_schedule_person"),
            models.Index(fields=["organization", "subject_id"], name="outbox_schedule_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def rule(self) -> Rule:
        return Rule(Every(self.every), self.anchor)

    def occurrence_on(self, nominal: date) -> str:
        """What names the occurrence of a nominal day in the outbox."""
        return f"{self.label}:{nominal.isoformat()}"

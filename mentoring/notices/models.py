"""How people want to hear of things, what the bell tells them, and in whose words mails are."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.notices.enums import Frequency, Way
from mentoring.outbox.models import Message
from mentoring.outbox.texts import Place
from mentoring.outbox.wording import LONGEST_BUTTON, LONGEST_SUBJECT, OwnText
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class TurnedOff(TenantModel):
    """One kind of message that one person does not want this way; all others are wanted."""

    keeps = Keeps(DataClass.PERSONAL, until="the person wants it again, else the organization")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="turned_off")
    kind = models.CharField(max_length=60)
    way = models.CharField(max_length=4, choices=Way)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "member", "kind", "way"], name="notices_turned_off_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.kind}"


class Delivery(TenantModel):
    """When mail may reach a person; who has no row has changed nothing.

    Quiet hours are local times; the later one may be on the next day. On the day
    ``paused_until`` mails go out again.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="delivery_rows")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    spares_free_days = models.BooleanField(default=False)
    digest = models.CharField(max_length=6, choices=Frequency, default=Frequency.NEVER)
    paused_until = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "member"], name="notices_delivery_once"
            ),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | (
                    Q(quiet_from__isnull=False, quiet_to__isnull=False)
                    & ~Q(quiet_from=F("quiet_to"))
                ),
                name="notices_delivery_quiet_from_and_to",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member_id)


class NoticeQuerySet(TenantQuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def latest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class Notice(TenantModel):
    """One line behind the bell, for its member alone; only workers write it.

    ``message_id`` is the key of the message that rang, so that a worker who is stopped and
    begins again rings once. ``url`` is an address of ours, without the host.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")
    private_to = ("member",)
    is_written_by_workers = True

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    message_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    text = models.CharField(_("Notice"), max_length=300)
    url = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(NoticeQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "message_id"], name="notices_notice_rings_once"
            )
        ]
        indexes = [
            models.Index(
                F("organization"), F("member"), F("at").desc(), F("id").desc(),
                name="notices_notice_latest",
            ),
            models.Index(
                fields=["organization", "member"],
                condition=Q(read_at=None),
                name="notices_notice_unread",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)


class DigestEntry(TenantModel):
    """A mail that waits to be one line of a person's summary, or has been."""

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "message"], name="notices_digest_entry_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["organization", "member", "added_at"],
                condition=Q(sent_at=None),
                name="notices_digest_entry_waits",
            )
        ]

    def __str__(self) -> str:
        return str(self.message_id)


class Written(TenantModel):
    """Words for one kind of mail, in one of its cases and in one language."""

    kind = models.CharField(max_length=60)
    case = models.CharField(max_length=30)
    language = models.CharField(max_length=10)
    subject = models.CharField(_("Subject"), max_length=LONGEST_SUBJECT)
    words = models.TextField(_("Words"))
    button = models.CharField(_("Words of the button"), max_length=LONGEST_BUTTON, blank=True)

    class Meta(TenantModel.Meta):
        abstract = True

    @property
    def place(self) -> Place:
        return Place(self.kind, self.case, self.language)

    @property
    def own(self) -> OwnText:
        return OwnText(self.subject, self.words, self.button)


class MailTextQuerySet(TenantQuerySet["MailText"]):
    def at(self, place: Place) -> Self:
        return self.filter(**place._asdict())

    def counting(self) -> Self:
        return self.filter(ended_at=None)


class MailText(Written):
    """One version of what an organization says in its own words.

    The one that has not ended counts; earlier ones are kept to be brought back. Where all have
    ended, mails are in our words.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    version = models.PositiveIntegerField()
    written_by = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="+")
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(MailTextQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "case", "language", "version"],
                name="notices_mail_text_version_once",
            ),
            models.UniqueConstraint(
                fields=["organization", "kind", "case", "language"],
                condition=Q(ended_at=None),
                name="notices_mail_text_one_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @property
    def stamp(self) -> str:
        """What tells whoever is typing whether somebody else has changed or ended it."""
        return f"{self.version}-" if self.ended_at else str(self.version)


class MailTrial(Written):
    """Words that somebody who writes them wants to get as a mail; nobody else ever does."""

    keeps = Keeps(DataClass.BUSINESS, until="a day later, when the same person tries another")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["organization", "member", "asked_at"], name="notices_mail_trial_lately"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

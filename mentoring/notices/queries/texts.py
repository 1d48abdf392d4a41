"""What an organization says in its own words."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Member
from mentoring.notices.models import MailText, MailTrial
from mentoring.outbox.texts import Place, Texts
from mentoring.outbox.wording import OwnText

FIELDS = ("kind", "case", "language", "subject", "words", "button")
NEVER_WRITTEN = "0"
SHOWN = 10


def own_texts() -> Texts:
    """All texts of the organization in scope that count, in one query."""
    rows = MailText.objects.counting().values_list(*FIELDS)
    return {Place(*row[:3]): OwnText(*row[3:]) for row in rows}


def latest_at(place: Place) -> MailText | None:
    """The newest version, which may have ended."""
    return MailText.objects.at(place).order_by("-version").first()


def stamp_of(latest: MailText | None) -> str:
    """What the form of somebody who is typing carries."""
    return latest.stamp if latest else NEVER_WRITTEN


def earlier_at(place: Place) -> QuerySet[MailText]:
    """The last versions that count no more, newest first, with who wrote them."""
    ended = MailText.objects.at(place).exclude(ended_at=None)
    return ended.select_related("written_by").order_by("-version")[:SHOWN]


def version_at(place: Place, text_id: UUID) -> MailText | None:
    return MailText.objects.at(place).filter(pk=text_id).first()


def trials_since(member: Member, since: datetime) -> int:
    """How many mails the member has sent to themselves."""
    return MailTrial.objects.filter(member=member, asked_at__gt=since).count()


def trial_with(key: UUID) -> MailTrial | None:
    """The words to try, with who wants to."""
    rows = MailTrial.objects.select_related("member__organization", "member__user")
    return rows.select_related("member__location").filter(pk=key).first()


def trials_before(member: Member, now: datetime) -> QuerySet[MailTrial]:
    """Those that have been of use."""
    return MailTrial.objects.filter(member=member, asked_at__lt=now - timedelta(days=1))

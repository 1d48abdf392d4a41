"""An owner who writes mails in own words, as the page does."""

from typing import Any

from django.utils import timezone

from accounts.models import Member
from mentoring.notices.models import MailText
from mentoring.notices.operations.texts import change_text
from mentoring.notices.queries.texts import latest_at, stamp_of
from mentoring.outbox.texts import Place
from mentoring.outbox.wording import OwnText
from tests.factories import inside, login, url

BEGAN = Place("pairings.began", "usual", "en")
OWN = OwnText("You two: {partner}", "Dear {name},\n\nmeet {partner}.", "Go")


def write(owner: Member, place: Place = BEGAN, own: OwnText = OWN) -> MailText:
    """Own words that count."""
    with inside(owner.organization_id):
        seen = stamp_of(latest_at(place))
        return change_text(place=place, own=own, seen=seen, actor=owner, now=timezone.now())


def plant(owner: Member, place: Place, own: OwnText) -> MailText:
    """Words that an earlier release took."""
    fields = {"subject": own.subject, "words": own.words, "button": own.button}
    with inside(owner.organization_id):
        return MailText.objects.create(
            **place._asdict(), **fields, version=1, written_by=owner, written_at=timezone.now()
        )


def typed(own: OwnText = OWN, seen: str = "0", **more: Any) -> dict[str, Any]:
    fields = {"subject": own.subject, "words": own.words, "button": own.button}
    return {**fields, "version": seen, "step": "save", **more}


def page_of(owner: Member, place: Place = BEGAN, view: str = "mail_text", *more: Any) -> str:
    return url(owner, view, *place, *more)


def send(client: Any, owner: Member, data: dict[str, Any], place: Place = BEGAN) -> Any:
    return login(client, owner).post(page_of(owner, place), data)


def texts_of(owner: Member) -> list[tuple[int, str, bool]]:
    """Version, subject, and whether it counts, of all texts."""
    with inside(owner.organization_id):
        rows = MailText.objects.order_by("kind", "case", "language", "version")
        return [(each.version, each.subject, each.ended_at is None) for each in rows]

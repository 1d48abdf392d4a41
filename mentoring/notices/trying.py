"""A mail as it would be: with words that are being written, and people who do not exist."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Member
from accounts.reaching import zone_name_of
from accounts.terms import words_of
from mentoring.notices.editable import Spot
from mentoring.outbox.brand import current_brand
from mentoring.outbox.mail import LOGO, compose
from mentoring.outbox.preview import showable
from mentoring.outbox.starting import our_words
from mentoring.outbox.templatetags.letters import OWN
from mentoring.outbox.wording import BadText, Filled, OwnText, fill


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail to look at."""

    subject: str
    html: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A variable, what it is and what it would be."""

    token: str
    label: Any
    example: str
    is_required: bool


def example_for(spot: Spot, reader: Member, language: str, *, now: datetime) -> dict[str, Any]:
    """The context of a letter to the reader about people who do not exist."""
    organization = reader.organization
    with override(language):
        words = words_of(organization.terms)
    return {
        **spot.wording.example(now),
        **spot.case.example,
        **words,
        "name": str(reader),
        "organization": organization.name,
    }


def starting_text(spot: Spot, reader: Member, language: str, *, now: datetime) -> OwnText:
    """Our own words, to begin with."""
    example = example_for(spot, reader, language, now=now)
    return our_words(spot.kind, spot.known, example, language)


def filled_for(
    spot: Spot, own: OwnText | None, context: dict[str, Any], language: str
) -> Filled | None:
    """The words with the example's values; None where ours would be sent."""
    if own is None:
        return None
    try:
        with override(language):
            return fill(spot.known, own, context)
    except BadText:
        return None


def shown(
    spot: Spot, own: OwnText | None, reader: Member, language: str, *, now: datetime
) -> Shown:
    """The mail as the reader would see it, and as it is sent when there is no own text."""
    context = example_for(spot, reader, language, now=now)
    page = settings.BASE_URL + reverse("notice_settings", args=[reader.organization.slug])
    brand = current_brand()
    with timezone.override(zone_name_of(reader, reader.organization)):
        mail = compose(
            template=spot.kind.template,
            to="somebody@example.org",
            context={
                **context,
                "unsubscribe_url": page,
                "settings_url": page,
                OWN: filled_for(spot, own, context, language),
            },
            language=language,
            brand=brand,
        )
    html = str(mail.alternatives[0][0])
    pictures = {LOGO: ("image/png", brand.logo_png)} if brand.logo_png else {}
    return Shown(str(mail.subject), showable(html, pictures))


def explained(spot: Spot, reader: Member, language: str, *, now: datetime) -> list[Explained]:
    """The variables of the mail, as a writer meets them."""
    example = example_for(spot, reader, language, now=now)
    zone = zone_name_of(reader, reader.organization)
    with override(language), timezone.override(zone):
        values = {each.name: each.value(example) for each in spot.known.values()}
    return [
        Explained(each.token, each.label, values[each.name], each.is_required)
        for each in spot.known.values()
    ]

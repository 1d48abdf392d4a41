"""Words that are being typed, for the frame that shows the mail: kept a moment, for one person.

They may be forgotten at any time; then the frame shows what is saved.
"""

from dataclasses import astuple
from hashlib import sha256

from django.core.cache import cache

from accounts.models import Member
from mentoring.outbox.texts import Place
from mentoring.outbox.wording import OwnText

PREFIX = "mail-draft"
SECONDS = 3600


def keep_draft(member: Member, place: Place, own: OwnText) -> str:
    """Keep the words; what comes back differs when they do."""
    cache.set(_key(member, place), astuple(own), SECONDS)
    return sha256("\0".join(astuple(own)).encode()).hexdigest()[:16]


def draft_of(member: Member, place: Place) -> OwnText | None:
    """What this member is typing for this place."""
    found = cache.get(_key(member, place))
    return OwnText(*found) if found else None


def _key(member: Member, place: Place) -> str:
    return ":".join((PREFIX, str(member.pk), *place))

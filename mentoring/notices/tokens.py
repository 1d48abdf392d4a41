"""The link in a mail that turns mails like it off: signed, and good for nothing else.

It stays good as long as the mail is kept; somebody may turn a mail off years later.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "mentoring.notices.unsubscribe"


class BadLink(Exception):
    """The link was not made here, or is for another organization."""


@dataclass(frozen=True, slots=True)
class MailLink:
    """What the link in a mail is about: one kind of mail to one member."""

    member_id: UUID
    kind: str


def unsubscribe_url(organization_id: UUID, member_id: UUID, kind: str) -> str:
    """The absolute address at which the member turns mails of the kind off."""
    token = unsubscribe_token(organization_id, member_id, kind)
    return f"{settings.BASE_URL}{reverse('unsubscribe', args=[organization_id, token])}"


def unsubscribe_token(organization_id: UUID, member_id: UUID, kind: str) -> str:
    """Short, because it travels in a header; the organization is in the address beside it."""
    name = urlsafe_b64encode(member_id.bytes).decode().rstrip("=")
    signed = _signer().sign(f"{organization_id}.{name}.{kind}")
    return signed.removeprefix(f"{organization_id}.")


def read_link(organization_id: UUID, token: str) -> MailLink:
    """What the link is about. Raises BadLink."""
    try:
        words = _signer().unsign(f"{organization_id}.{token}")
        name, kind = words.removeprefix(f"{organization_id}.").split(".", 1)
        return MailLink(UUID(bytes=urlsafe_b64decode(f"{name}==")), kind)
    except (signing.BadSignature, ValueError, Error) as error:
        raise BadLink from error


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)

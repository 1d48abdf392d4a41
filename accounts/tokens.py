"""Secret links, made again from the invitation instead of kept.

The outbox renders a mail long after the invitation was decided. Only the digest is
stored, so the token is a signature that needs SECRET_KEY: the database alone opens no door.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac


class Invitation(Protocol):
    """What names the newest link of an invitation."""

    @property
    def pk(self) -> UUID: ...
    @property
    def organization_id(self) -> UUID: ...
    @property
    def generation(self) -> int: ...


def invitation_token(invitation: Invitation) -> str:
    """The secret of the invitation's newest link. Sending again makes another."""
    return signature(
        "accounts.invitation", invitation.organization_id, invitation.pk, invitation.generation
    )


def signature(salt: str, *words: object) -> str:
    """A secret for an address, made of what it stands for; ``salt`` says for what it is good."""
    signed = salted_hmac(salt, ":".join(str(word) for word in words), algorithm="sha256")
    return urlsafe_b64encode(signed.digest()).decode().rstrip("=")


def digest(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode()).hexdigest()


def invitation_url(invitation: Invitation) -> str:
    """The absolute address that accepts the invitation."""
    arguments = [invitation.organization_id, invitation_token(invitation)]
    return f"{settings.BASE_URL}{reverse('invitation', args=arguments)}"

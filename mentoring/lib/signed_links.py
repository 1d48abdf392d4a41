"""Words that a link in a mail carries, signed for one organization: who has it need not sign in.

The signature needs SECRET_KEY, so the database alone opens no door.
"""

from datetime import timedelta
from uuid import UUID

from django.core import signing

LASTS = timedelta(days=60)


class BadLink(Exception):
    """The link was not made here, is for another organization, or has grown too old."""


def sign(organization_id: UUID, *words: object, salt: str) -> str:
    """The secret part of a link's address. The ``salt`` names the only purpose it is good for."""
    parts = [str(each) for each in (organization_id, *words)]
    return signing.dumps(parts, salt=salt, compress=False)


def signed_words(organization_id: UUID, token: str, *, salt: str) -> list[str]:
    """The words that were signed for this organization and purpose. Raises BadLink."""
    try:
        found: list[str] = signing.loads(token, salt=salt, max_age=LASTS)
        organization, *words = found
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadLink from error
    if organization != str(organization_id):
        raise BadLink
    return words

"""Short secrets, encrypted with a key that is not in the database."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """The text was not encrypted for this purpose, or with a key that is known no more."""


def encrypt(text: str, *, purpose: str) -> str:
    """The text as a token. Another ``purpose`` has another key."""
    return _keys(purpose).encrypt(text.encode()).decode()


def decrypt(token: str, *, purpose: str) -> str:
    """The text of a token made with SECRET_KEY or one of SECRET_KEY_FALLBACKS.

    Raises Unreadable for anything else.
    """
    try:
        return _keys(purpose).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def encrypt_again(token: str, *, purpose: str) -> str:
    """The same secret under today's SECRET_KEY. Raises Unreadable like `decrypt`."""
    try:
        return _keys(purpose).rotate(token.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _keys(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(secret, purpose)) for secret in secrets])


def _derived(secret: str, purpose: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return urlsafe_b64encode(derivation.derive(secret.encode()))

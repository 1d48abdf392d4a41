"""Addresses of organizations."""

import re
import unicodedata
from collections.abc import Iterator

LENGTH = 40
LEAST = 2
SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "å": "a", "ł": "l", "&": "-"}
)
RESERVED = frozenset(
    {
        "about",
        "accounts",
        "admin",
        "administrator",
        "api",
        "app",
        "assets",
        "auth",
        "billing",
        "blog",
        "brand",
        "cdn",
        "contact",
        "demo",
        "dev",
        "docs",
        "feedback",
        "help",
        "home",
        "info",
        "invitations",
        "legal",
        "login",
        "logout",
        "mail",
        "media",
        "me",
        "metrics",
        "new",
        "organization",
        "organizations",
        "ping",
        "privacy",
        "profile",
        "public",
        "root",
        "security",
        "settings",
        "signin",
        "signup",
        "static",
        "status",
        "support",
        "system",
        "team",
        "terms",
        "test",
        "user",
        "users",
        "www",
    }
)


def suggest_slug(name: str) -> str:
    """An address made of the name's letters and digits; empty when it has none of them."""
    composed = unicodedata.normalize("NFC", name).lower().translate(SPELLED_OUT)
    plain = unicodedata.normalize("NFKD", composed).encode("ascii", "ignore").decode()
    words = re.sub(r"['’]", "", plain)
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:LENGTH].strip("-")


def near(slug: str) -> Iterator[str]:
    """Addresses like a taken one: acme-2, acme-3 and so on."""
    for number in range(2, 100):
        ending = f"-{number}"
        yield f"{slug[: LENGTH - len(ending)].rstrip('-')}{ending}"

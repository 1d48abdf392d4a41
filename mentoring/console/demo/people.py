"""People who do not exist. The same seed always makes the same people."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
GIVEN = (HERE / "given.txt").read_text(encoding="utf-8").split()
FAMILY = (HERE / "family.txt").read_text(encoding="utf-8").split()
SPELLED = str.maketrans({"ß": "ss", "ł": "l", "Ł": "L", "ı": "i", "ø": "o", "'": "", "đ": "d"})


@dataclass(frozen=True, slots=True)
class Person:
    """A name and the address that goes with it."""

    name: str
    email: str


def people(*, count: int, seed: int, domain: str, prefix: str = "") -> list[Person]:
    """``count`` people with different addresses; ``prefix`` stands before every name."""
    random = Random(f"{seed}/{domain}")  # noqa: S311  (repeatable is the point)
    found: dict[str, Person] = {}
    while len(found) < count:
        name = f"{random.choice(GIVEN)} {random.choice(FAMILY)}".replace("van-den-", "van den ")
        address = plain(f"{prefix}{name}")
        twin = f"{address}{len(found)}" if f"{address}@{domain}" in found else address
        email = f"{twin}@{domain}"
        found[email] = Person(name=f"{prefix} {name}".strip(), email=email)
    return list(found.values())


def plain(text: str) -> str:
    """The text as the part of an address before the @: small letters, digits and dots."""
    ascii_only = unicodedata.normalize("NFKD", text.translate(SPELLED)).encode("ascii", "ignore")
    words = "".join(letter if letter.isalnum() else " " for letter in ascii_only.decode().lower())
    return ".".join(words.split())

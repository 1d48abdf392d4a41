"""Organizations that do not exist."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """What a demo organization is called and how it looks."""

    name: str
    slug: str
    language: str
    time_zone: str
    accent: str


PLACES = (
    Place("Halden & O'Hara", "halden", "en", "Europe/Berlin", "#b4552d"),
    Place("Fjordlys Energie", "fjordlys", "de", "Europe/Berlin", "#1f6f5c"),
    Place("Kestrel Mutual", "kestrel", "en", "America/New_York", "#3b5ba9"),
    Place("Sakura Logistics", "sakura", "en", "Asia/Tokyo", "#a8326a"),
    Place("Banksia Health", "banksia", "en", "Australia/Adelaide", "#6b4fa0"),
    Place("Morgenrot Verlag", "morgenrot", "de", "Europe/Vienna", ""),
)


def places(*, count: int, canary: str = "") -> list[Place]:
    """The first ``count`` organizations; numbered ones after those with names of their own.

    With a canary every name starts with the canary and the organization's number.
    """
    found = []
    for index in range(count):
        place = PLACES[index % len(PLACES)]
        again = index // len(PLACES)
        name = f"{place.name} {again + 1}" if again else place.name
        slug = f"{place.slug}-{again + 1}" if again else place.slug
        mark = f"{canary}{index} " if canary else ""
        found.append(Place(mark + name, slug, place.language, place.time_zone, place.accent))
    return found

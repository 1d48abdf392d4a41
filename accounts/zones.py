"""Time zones and languages to choose from."""

from functools import cache
from itertools import groupby

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from mentoring.lib.clock import known_zones

REGIONS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Arctic": _("Arctic"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}
WORLD = ("UTC", _("UTC (Coordinated Universal Time)"))


@cache
def zones() -> frozenset[str]:
    """Names of the zones that can be chosen: those of places, and UTC."""
    places = (zone for zone in known_zones() if zone.partition("/")[0] in REGIONS)
    return frozenset({"UTC", *places})


@cache
def zone_choices() -> list[tuple[object, object]]:
    """The zones by region and place."""
    places = sorted(zones() - {"UTC"})
    groups = groupby(places, key=lambda zone: zone.partition("/")[0])
    return [
        WORLD,
        *((REGIONS[region], [(zone, place(zone)) for zone in group]) for region, group in groups),
    ]


def place(zone: str) -> str:
    """``America/Argentina/Buenos_Aires`` → ``Buenos Aires, Argentina``."""
    parts = zone.replace("_", " ").split("/")[1:]
    return ", ".join(reversed(parts)) if parts else zone


def language_choices() -> list[tuple[str, str]]:
    """The product's languages, each named in itself."""
    return [
        (code, get_language_info(code)["name_local"].capitalize())
        for code, name in settings.LANGUAGES
    ]

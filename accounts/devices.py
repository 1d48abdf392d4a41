"""Naming a device by what its browser says of itself."""

import re

from django.utils.translation import gettext as _

BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone|iPod"),
    ("iPad", r"iPad"),
    ("ChromeOS", r"CrOS"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux|X11"),
)
HAND_HELD = {"Android", "iPhone", "iPad"}


def name_of_device(user_agent: str) -> str:
    """Such as “Firefox on Linux”. A guess for recognizing it, nothing to rely on."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")


def is_hand_held(user_agent: str) -> bool:
    """Whether it looks like a phone or a tablet."""
    return _first(SYSTEMS, user_agent) in HAND_HELD


def _first(patterns: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, pattern in patterns if re.search(pattern, user_agent)), "")

"""Small helpers of the components; loaded everywhere as builtins."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zlib import crc32

from django import template
from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

register = template.Library()

HUES = 12
FORMATS = {
    "datetime": "DATETIME_FORMAT",
    "date": "DATE_FORMAT",
    "short": "SHORT_DATETIME_FORMAT",
    "time": "TIME_FORMAT",
}


@register.filter
def initials(name: Any) -> str:
    """First letters of the first and the last word, or one letter of a single word."""
    words = [word for word in str(name).replace("@", " ").split() if word[:1].isalnum()]
    return "".join(word[0] for word in ([words[0], words[-1]] if words[1:] else words)).upper()


@register.filter
def hue(name: Any) -> int:
    """A number below 12 that stays the same for the same name."""
    return crc32(str(name).strip().lower().encode()) % HUES


@register.simple_tag
def moment(value: date | datetime | None, style: str = "datetime") -> SafeString | str:
    """A point in time in the reader's zone, which the title names."""
    if not value:
        return ""
    if not isinstance(value, datetime):
        return format_html(
            '<time datetime="{}">{}</time>', value.isoformat(), format_date(value, "DATE_FORMAT")
        )
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    whole = f"{format_date(local, 'DATETIME_FORMAT')} ({timezone.get_current_timezone_name()})"
    text = relative(local) if style == "relative" else format_date(local, FORMATS[style])
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="seconds"), whole, text
    )


def relative(value: datetime) -> str:
    """How long ago or how far ahead, in its largest unit."""
    now = timezone.now()
    if abs((now - value).total_seconds()) < 60:
        return _("just now")
    if value < now:
        return _("%(time)s ago") % {"time": timesince(value, now, depth=1)}
    return _("in %(time)s") % {"time": timeuntil(value, now, depth=1)}


@register.simple_tag
def percent(value: float, maximum: float) -> int:
    """A share of 100, never outside it; nothing of nothing is nothing."""
    return max(0, min(100, round(100 * value / maximum))) if maximum else 0


@register.simple_tag
def product_name() -> str:
    """Also inside components of pages that are rendered without a request."""
    return str(settings.PRODUCT_NAME)


TONE_ICONS = {
    "success": "circle-check",
    "warning": "triangle-alert",
    "error": "circle-alert",
}


@register.filter
def current(items: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The one that the reader is in, if any."""
    return next((item for item in items if item["current"]), None)


@register.filter
def tone_icon(tone: str) -> str:
    return TONE_ICONS.get(tone, "info")

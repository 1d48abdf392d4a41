"""How units and directions are called, on pages and in files."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mentoring.reports.metrics.entries import Direction, Unit

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

UNITS: "dict[Unit, Text]" = {
    Unit.COUNT: _("number"),
    Unit.SHARE: _("share, from 0 to 1"),
    Unit.MEAN: _("mean"),
    Unit.DAYS: _("days, on average"),
    Unit.MINUTES: _("minutes, on average"),
    Unit.HOURS: _("hours"),
}
DIRECTIONS: "dict[Direction, Text]" = {
    Direction.MORE: _("more is better"),
    Direction.LESS: _("less is better"),
    Direction.NONE: _("neither more nor less is better"),
}

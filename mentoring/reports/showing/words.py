"""Numbers of the dictionary in words of the reader's language."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from mentoring.lib.charts import NUMBER, PERCENT, TENTHS
from mentoring.lib.charts import Unit as ChartUnit
from mentoring.reports.metrics import Unit
from mentoring.reports.queries.figures import Figure

NOTHING = "–"
CHART_UNITS = {
    Unit.COUNT: NUMBER,
    Unit.SHARE: PERCENT,
    Unit.MEAN: TENTHS,
    Unit.DAYS: TENTHS,
    Unit.MINUTES: NUMBER,
    Unit.HOURS: NUMBER,
}


def chart_unit(figure: Figure) -> ChartUnit:
    """How charts write such a number."""
    return CHART_UNITS[figure.metric.unit]


def in_words(figure: Figure) -> str:
    """The number with its unit; a dash where there is none."""
    if figure.value is None:
        return NOTHING
    text = chart_unit(figure).text(figure.value)
    match figure.metric.unit:
        case Unit.DAYS:
            return _("%(number)s days") % {"number": text}
        case Unit.MINUTES:
            return _("%(number)s min") % {"number": text}
        case Unit.HOURS:
            return _("%(number)s h") % {"number": text}
        case _:
            return text


def of_how_many(figure: Figure) -> str:
    """What a share or a mean is of; nothing for a plain number."""
    if figure.n is None:
        return ""
    number = number_format(figure.n, use_l10n=True, force_grouping=True)
    return _("of %(number)s") % {"number": number}

"""What people read about exports that could not be made."""

from django.utils.translation import gettext_lazy as _

TROUBLES = {
    "gave_up": _(
        "The work was cut short three times. Please ask for less at once, or for another format."
    ),
    "no_snapshot": _(
        "Figures of that day are not kept any more. Please ask for the latest day or a month end."
    ),
    "not_allowed": _("You may not see all that was asked for any more."),
    "too_large": _("This does not fit into one workbook. Please ask for CSV, or for less at once."),
    "failed": _("Something went wrong on our side. Please try it once more."),
}

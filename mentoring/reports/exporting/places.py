"""Where exports appear in pages of lower floors: the menu and the audit log."""

from django.utils.translation import gettext_lazy as _

from accounts import actions, navigation
from accounts.navigation import MANAGE
from accounts.permissions import Permission
from mentoring.reports.enums import Action, ExportFormat
from mentoring.reports.exporting.registry import chosen


def _tables(keys: str) -> str:
    return ", ".join(str(each.title) for each in chosen(keys.split(", ")))


def _yes_or_no(value: object) -> str:
    return str(_("yes") if value else _("no"))


navigation.register(
    navigation.Place(
        _("Exports"), "exports", "download", Permission.REPORTS_EXPORT, MANAGE, position=46
    )
)
actions.register(
    Action,
    {
        "export_tables": _("Tables"),
        "export_format": _("Format"),
        "export_purpose": _("Purpose"),
        "export_without_names": _("Without names"),
        "export_filters": _("Filters"),
        "export_as_of": _("As of"),
        "export_recipients": _("For"),
    },
    {
        "export_tables": _tables,
        "export_format": lambda value: actions.label_in(ExportFormat, value),
        "export_without_names": _yes_or_no,
    },
)

"""Where reports appear in pages of lower floors: menu, audit log."""

from django.utils.translation import pgettext_lazy

from accounts import navigation
from accounts.navigation import MANAGE
from accounts.permissions import Permission
from mentoring.reports.exporting import places as exporting

__all__ = ["exporting"]

navigation.register(
    navigation.Place(
        pgettext_lazy("numbers", "Reports"),
        "reports",
        "activity",
        Permission.REPORTS_VIEW,
        MANAGE,
        18,
    ),
)

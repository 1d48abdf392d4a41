"""All tables that can be exported, in the order in which they are offered."""

from typing import Any

from accounts.models import Member
from mentoring.reports.enums import ExportFormat
from mentoring.reports.exporting.tables.audit import AUDIT
from mentoring.reports.exporting.tables.base import Table
from mentoring.reports.exporting.tables.groups import GROUPS
from mentoring.reports.exporting.tables.meetings import MEETINGS
from mentoring.reports.exporting.tables.pairs import PAIRS
from mentoring.reports.exporting.tables.participants import PARTICIPANTS
from mentoring.reports.exporting.tables.summary import SUMMARY
from mentoring.reports.exporting.tables.surveys import SURVEYS

TABLES = {
    each.key: each for each in (SUMMARY, PAIRS, PARTICIPANTS, MEETINGS, SURVEYS, GROUPS, AUDIT)
}
FORMATS = (ExportFormat.XLSX, ExportFormat.CSV, ExportFormat.PDF)
# What the page for a board is made of, whatever else is chosen.
BOARD = SUMMARY.key


def tables_for(member: Member) -> list[Table]:
    """Those that the member may have."""
    return [each for each in TABLES.values() if member.may(each.permission)]


def chosen(keys: Any) -> list[Table]:
    """The tables of these keys, in the order of the list and once each."""
    wanted = set(keys)
    return [table for key, table in TABLES.items() if key in wanted]

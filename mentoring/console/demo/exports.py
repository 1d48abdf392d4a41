"""The analyst of the demo has exported something, and gets something every month."""

from datetime import datetime

from accounts.models import Member
from mentoring.console.demo import months
from mentoring.reports.enums import ExportFormat
from mentoring.reports.exporting.orders import Order
from mentoring.reports.operations import exports, schedules
from mentoring.reports.queries.exports import days


def hand_out_exports(analyst: Member, *, mark: str, now: datetime) -> None:
    """Figures of all days that are over, one workbook of them, and a page each month.

    Call it in the organization's scope, outside of any member's, once all else is there.
    """
    months.tell_days(now=now)
    exports.request(
        order=Order(
            tables=("summary", "pairs"),
            format=ExportFormat.XLSX,
            purpose=f"{mark}For the yearly report of human resources",
        ),
        as_of=days()[0],
        member=analyst,
        clock=lambda: now,
    )
    schedules.create(
        order=Order(
            tables=(), format=ExportFormat.PDF, purpose=f"{mark}For the board, every month"
        ),
        recipients=[analyst],
        actor=analyst,
        now=now,
    )

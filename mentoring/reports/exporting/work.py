"""Exports as work for the outbox's machinery."""

from mentoring.outbox.work import Work

EXPORTS = Work(
    task="reports.look_at_export",
    argument="export_id",
    table="reports_export",
    prefix="report-export",
)

"""Reports, below ``/o/<organization>/``."""

from django.urls import path

from mentoring.reports.views import dashboard, exports, schedules, surveys, told

EXPORT = "exports/<uuid:export_id>"
SCHEDULE = "exports/monthly/<uuid:schedule_id>"

urlpatterns = [
    path("cohorts/<uuid:cohort_id>/surveys/", surveys.cohort_surveys, name="cohort_surveys"),
    path("exports/", exports.exports, name="exports"),
    path("exports/new/", exports.export_new, name="export_new"),
    path("exports/monthly/", schedules.export_schedules, name="export_schedules"),
    path("exports/monthly/new/", schedules.export_schedule_new, name="export_schedule_new"),
    path(f"{SCHEDULE}/", schedules.export_schedule, name="export_schedule"),
    path(f"{SCHEDULE}/pause/", schedules.export_schedule_pause, name="export_schedule_pause"),
    path(f"{SCHEDULE}/delete/", schedules.export_schedule_delete, name="export_schedule_delete"),
    path(f"{EXPORT}/", exports.export, name="export"),
    path(f"{EXPORT}/cancel/", exports.export_cancel, name="export_cancel"),
    path(f"{EXPORT}/file/", exports.export_file, name="export_file"),
    path("reports/", dashboard.reports, name="reports"),
    path("reports/told/", told.reports_told, name="reports_told"),
    path("reports/metrics/", dashboard.report_metrics, name="report_metrics"),
]

"""Reports, below ``/o/<organization>/``."""

from django.urls import path

from mentoring.reports.views import dashboard

urlpatterns = [
    path("reports/", dashboard.reports, name="reports"),
    path("reports/metrics/", dashboard.report_metrics, name="report_metrics"),
]

"""Importing people."""

from django.urls import path

from accounts.views import imports

urlpatterns = [
    path("", imports.people_imports, name="people_imports"),
    path("new/", imports.people_import_new, name="people_import_new"),
    path("sample.csv", imports.people_import_sample, name="people_import_sample"),
    path("<uuid:import_id>/", imports.people_import, name="people_import"),
    path("<uuid:import_id>/columns/", imports.people_import_columns, name="people_import_columns"),
    path(
        "<uuid:import_id>/progress/", imports.people_import_progress, name="people_import_progress"
    ),
    path("<uuid:import_id>/apply/", imports.people_import_apply, name="people_import_apply"),
    path("<uuid:import_id>/discard/", imports.people_import_discard, name="people_import_discard"),
    path("<uuid:import_id>/errors.csv", imports.people_import_errors, name="people_import_errors"),
]

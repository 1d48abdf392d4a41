from importlib import import_module

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "mentoring.reports"
    label = "reports"

    def ready(self) -> None:
        import_module("mentoring.reports.private_texts")
        import_module("mentoring.reports.places")
        import_module("mentoring.reports.disclosure.releases")

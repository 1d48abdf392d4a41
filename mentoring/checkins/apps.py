from importlib import import_module

from django.apps import AppConfig


class CheckInsConfig(AppConfig):
    name = "mentoring.checkins"
    label = "checkins"

    def ready(self) -> None:
        import_module("mentoring.checkins.places")
        import_module("mentoring.checkins.receivers")

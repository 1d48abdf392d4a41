from importlib import import_module

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "mentoring.matching"
    label = "matching"

    def ready(self) -> None:
        import_module("mentoring.matching.places")
        import_module("mentoring.matching.receivers")

from importlib import import_module

from django.apps import AppConfig


class PairingsConfig(AppConfig):
    name = "mentoring.pairings"
    label = "pairings"

    def ready(self) -> None:
        import_module("mentoring.pairings.places")
        import_module("mentoring.pairings.private_texts")
        import_module("mentoring.pairings.receivers")

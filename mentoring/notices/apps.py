from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "mentoring.notices"
    label = "notices"

    def ready(self) -> None:
        import_module("mentoring.notices.places")

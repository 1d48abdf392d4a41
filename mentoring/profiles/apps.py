from importlib import import_module

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "mentoring.profiles"
    label = "profiles"

    def ready(self) -> None:
        import_module("mentoring.profiles.places")
        import_module("mentoring.profiles.private_texts")
        import_module("mentoring.profiles.receivers")

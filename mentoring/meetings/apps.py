from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "mentoring.meetings"
    label = "meetings"

    def ready(self) -> None:
        import_module("mentoring.meetings.places")
        import_module("mentoring.meetings.private_texts")
        import_module("mentoring.meetings.receivers")

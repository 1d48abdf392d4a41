from importlib import import_module

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "mentoring.feedback"
    label = "feedback"

    def ready(self) -> None:
        import_module("mentoring.feedback.private_texts")
        import_module("mentoring.feedback.places")
        import_module("mentoring.feedback.receivers")

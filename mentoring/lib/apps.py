from django.apps import AppConfig


class LibConfig(AppConfig):
    """Pages, components and tools without models."""

    name = "mentoring.lib"
    label = "lib"

from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """Every component in every state, for the people who build pages."""

    name = "mentoring.gallery"
    label = "gallery"

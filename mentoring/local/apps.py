from django.apps import AppConfig


class LocalConfig(AppConfig):
    name = "mentoring.local"
    label = "local"

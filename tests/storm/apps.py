from django.apps import AppConfig


class StormConfig(AppConfig):
    name = "tests.storm"
    label = "storm"

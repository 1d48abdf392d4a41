"""``manage.py messages update | compile | check``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mentoring.lib.catalogues import Catalogues

SOURCES = ("accounts", "mentoring", "programs", "templates")


class Command(BaseCommand):
    help = "Collect texts from the sources, check their translations, or compile them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["update", "compile", "check"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        languages = tuple(code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
        catalogues = Catalogues(
            root=settings.ROOT,
            sources=SOURCES,
            folder=Path(settings.LOCALE_PATHS[0]),
            languages=languages,
        )
        if action == "update":
            catalogues.update()
        elif action == "compile":
            catalogues.compile()
        else:
            problems = list(catalogues.problems())
            if problems:
                raise CommandError("\n".join(problems))
            self.stdout.write("All texts are translated.")

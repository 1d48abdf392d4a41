import os
import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mentoring.local.console import Console
from mentoring.local.development import run_development
from mentoring.local.launch import die_with
from mentoring.local.place import Place
from mentoring.local.processes import Children
from mentoring.local.trouble import Trouble


class Command(BaseCommand):
    help = "Run everything on this machine: PostgreSQL, Valkey, web, worker and beat."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="also stop when the program that started this one is gone (make run uses it)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["with_parent"]:
            die_with(os.getppid(), signal.SIGTERM)
        try:
            run_development(
                Children(Console()), place=Place.from_environment(), given=dict(os.environ)
            )
        except Trouble as trouble:
            raise CommandError(str(trouble)) from None

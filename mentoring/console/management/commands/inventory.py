"""``manage.py inventory``: what this release consists of."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mentoring.console.inventory import inventory


class Command(BaseCommand):
    help = "Routes with methods and permissions, tasks, models with data class and retention."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="everything, as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        facts = inventory()
        if options["json"]:
            self.stdout.write(json.dumps(facts, indent=2, default=str))
            return
        for route in facts["routes"]:
            methods = ",".join(route["methods"]) or "any"
            self.stdout.write(f"{methods:24} {route['permission'] or '-':20} {route['path']}")
        for section in ("tasks", "models", "exports", "global_tables"):
            self.stdout.write(f"{section}: {len(facts[section])}")

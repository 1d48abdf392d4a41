"""``manage.py vendored check | update NAME VERSION | icon NAME``."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mentoring.lib.vendored import Vendor, VendoringFailed

ICONS = "lucide-static"


class Command(BaseCommand):
    help = "Check or update the third-party files that are served to browsers."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("check", help="fail when a file differs from the manifest")
        update = actions.add_parser("update", help="fetch another version of a package")
        update.add_argument("name")
        update.add_argument("version")
        icon = actions.add_parser("icon", help="add icons to the sprite")
        icon.add_argument("names", nargs="+")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        static = settings.ROOT / "static"
        vendor = Vendor(folder=static / "vendor", sprite=static / "img" / "icons.svg")
        if action == "check":
            self._check(vendor)
            return
        try:
            if action == "update":
                vendor.update(name=options["name"], version=options["version"], extra={})
            else:
                version = vendor.manifest()[ICONS]["version"]
                extra = {f"lucide/{name}.svg": f"icons/{name}.svg" for name in options["names"]}
                vendor.update(name=ICONS, version=version, extra=extra)
        except KeyError as error:
            raise CommandError(f"{error.args[0]} is not in the manifest.") from error
        except VendoringFailed as error:
            raise CommandError(str(error)) from error

    def _check(self, vendor: Vendor) -> None:
        problems = list(vendor.problems())
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write("Vendored files match the manifest.")

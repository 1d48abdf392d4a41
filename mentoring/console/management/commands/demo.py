"""``manage.py demo``: organizations to look at, to click through and to attack."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from mentoring.console.demo.build import PartlyBuilt, Recipe, build, is_built, logins


class Command(BaseCommand):
    help = (
        "Load demo organizations and print one login per role as JSON. Repeating changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        usual = Recipe()
        parser.add_argument("--organizations", type=int, default=usual.organizations)
        parser.add_argument(
            "--people",
            type=int,
            default=usual.people,
            help="people who have joined each organization; half as many more are on its list",
        )
        parser.add_argument("--meetings", type=int, default=0, help="meetings in each organization")
        parser.add_argument("--seed", type=int, default=usual.seed)
        parser.add_argument(
            "--canary",
            default="",
            metavar="PREFIX",
            help="start every text of organization N with PREFIXN",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        recipe = Recipe(
            organizations=options["organizations"],
            people=options["people"],
            seed=options["seed"],
            canary=options["canary"],
        )
        if recipe.organizations < 1:
            raise CommandError("Make at least one organization.")
        if options["meetings"]:
            self.stderr.write("This release has no meetings yet, so none were made.")
        try:
            found = logins(recipe) if is_built(recipe) else build(recipe, now=timezone.now())
        except PartlyBuilt as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(json.dumps({"logins": [each.as_json() for each in found]}, indent=2))

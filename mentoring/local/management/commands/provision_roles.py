import os
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError
from psycopg.conninfo import conninfo_to_dict

from mentoring.local.roles import Urls, provision
from mentoring.local.trouble import Trouble

VARIABLES = ("ADMIN_DATABASE_URL", "DATABASE_URL", "OWNER_DATABASE_URL", "SYSTEM_DATABASE_URL")


class Command(BaseCommand):
    help = (
        "Make the three database roles and the database that DATABASE_URL, OWNER_DATABASE_URL and"
        " SYSTEM_DATABASE_URL name, as the administrator of ADMIN_DATABASE_URL. Repeatable."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [name for name in VARIABLES if not os.environ.get(name)]
        if missing:
            raise CommandError(f"Set {', '.join(missing)}: see .env.example.")
        admin_url, app, owner, system = (os.environ[name] for name in VARIABLES)
        urls = Urls(app=app, owner=owner, system=system)
        database = str(conninfo_to_dict(app).get("dbname") or "")
        try:
            roles = urls.roles()
            provision(admin_url, database=database, roles=roles)
        except (Trouble, psycopg.Error) as error:
            raise CommandError(str(error).strip()) from None
        self.stdout.write(f"Database {database}: owned by {roles.owner.name}.")
        self.stdout.write(f"Role {roles.owner.name}: owns the tables and migrates.")
        self.stdout.write(f"Role {roles.app.name}: reads and writes rows, makes no tables.")
        self.stdout.write(f"Role {roles.system.name}: has what the migrations grant it.")

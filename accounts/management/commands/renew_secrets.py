"""``manage.py renew_secrets``: run once after SECRET_KEY has changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.operations.secrets import renew_secrets
from mentoring.lib.encryption import Unreadable


class Command(BaseCommand):
    """Re-encrypts; see the operation."""

    help = "Encrypt second factors with today's SECRET_KEY, so that the former can be dropped."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = renew_secrets()
        except Unreadable as error:
            raise CommandError(
                "A secret was encrypted with a key that is known no more."
                " Put the former SECRET_KEY into SECRET_KEY_FALLBACKS. Nothing was changed."
            ) from error
        self.stdout.write(f"{count} secrets are encrypted with today's SECRET_KEY.")

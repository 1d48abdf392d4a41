"""``manage.py renew_secrets``: run once after SECRET_KEY has changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.operations.secrets import renew_private_texts, renew_secrets
from mentoring.lib.encryption import Unreadable

REMEDY = "Put the former SECRET_KEY into SECRET_KEY_FALLBACKS and run this again."


class Command(BaseCommand):
    """Re-encrypts; see the operations. Running it again does no harm."""

    help = (
        "Encrypt second factors and private texts with today's SECRET_KEY,"
        " so that the former can be dropped."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = renew_secrets()
        except Unreadable as error:
            raise CommandError(
                "A second factor was encrypted with a key that is known no more."
                f" {REMEDY} Nothing was changed."
            ) from error
        texts = renew_private_texts()
        self.stdout.write(
            f"{count} second factors and {texts.renewed} private texts are encrypted with"
            " today's SECRET_KEY."
        )
        if texts.unreadable:
            raise CommandError(
                f"{texts.unreadable} private texts were encrypted with a key that is known no"
                f" more; they stay as they are. {REMEDY}"
            )

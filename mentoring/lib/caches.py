"""A connection of its own for the cache."""

from typing import Any


class CacheRouter:
    """Sends the cache's statements over the connection ``cache``, outside the transaction.

    There a counter of failed attempts survives the rollback of the request that failed, and
    its row is locked for a moment instead of until the slow request ends.
    """

    def db_for_read(self, model: type[Any], **hints: Any) -> str | None:
        return "cache" if model._meta.app_label == "django_cache" else None

    def db_for_write(self, model: type[Any], **hints: Any) -> str | None:
        return self.db_for_read(model)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return app_label == "django_cache" if db == "cache" else None

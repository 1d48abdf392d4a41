"""How Celery's workers treat Django: as Celery does, but for one thing."""

from functools import cached_property
from typing import Any

from celery import Celery
from celery.fixups.django import DjangoFixup, DjangoWorkerFixup  # type: ignore[attr-defined]
from django.db import connections


class WorkerFixup(DjangoWorkerFixup):  # type: ignore[misc]
    """Gives connections back to their pool after each task, and keeps the pool.

    Celery 5.7 closes the pool as well (celery/celery#10554), so that every slice of a backlog
    would connect anew, to a PostgreSQL that has to look everything up and plan it again.
    """

    def close_database(self, **_: Any) -> None:
        """Before and after each task. What a fork has inherited is closed elsewhere."""
        connections.close_all()


class Fixup(DjangoFixup):
    """Celery's own, with our care for the database in workers."""

    @cached_property
    def worker_fixup(self) -> WorkerFixup:
        """The part of it that works in workers."""
        return WorkerFixup(self.app)


def install(app: Celery) -> Fixup:
    """What Celery calls when the application is made."""
    fixup = Fixup(app)
    fixup.install()
    return fixup

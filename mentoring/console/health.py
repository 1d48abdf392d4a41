"""Whether this process lives, and whether it can serve."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import KombuError

from mentoring.outbox.enums import Channel
from mentoring.outbox.figures import recent_figures

SECONDS = 1.0
# Probes wait about a second for the whole answer.
PATIENCE = 0.3


@never_cache
@require_safe
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: answers without asking anybody."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
@transaction.non_atomic_requests
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready when PostgreSQL answers and its tables are those of this release.

    A dead broker is reported but does not take the process out of service: pages work
    without it, and what is due waits in PostgreSQL. Nor do figures that are not to be had.
    """
    checks = {"database": _database(), "broker": _broker()}
    ready = checks["database"]["state"] == "ok"
    state = {
        "state": "ready" if ready else "not ready",
        "checks": checks,
        "outbox": _outbox() if ready else {"state": "unknown"},
    }
    return JsonResponse(state, status=200 if ready else 503)


def _database() -> dict[str, Any]:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return {"state": "unreachable", "migrations_waiting": None}
    state = "migrations waiting" if waiting else "ok"
    return {"state": state, "migrations_waiting": len(waiting)}


def _broker() -> dict[str, Any]:
    options = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS}
    broker = Connection(settings.CELERY_BROKER_URL, transport_options=options)
    try:
        broker.ensure_connection(max_retries=1, timeout=1)
    except (KombuError, OSError, ValueError):
        return {"state": "unreachable"}
    finally:
        broker.release()
    return {"state": "ok"}


def _outbox() -> dict[str, Any]:
    figures = recent_figures(now=timezone.now(), patience=PATIENCE)
    if figures is None:
        return {"state": "unknown"}
    return {"state": "ok", **{channel: asdict(figures[channel]) for channel in Channel}}

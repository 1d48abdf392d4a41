"""The figures of the outbox in the text format of Prometheus."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from mentoring.outbox.figures import ByChannel, Figures, recent_figures

# Who collects figures waits for ten seconds, unless told otherwise.
PATIENCE = 2.0
QUANTILES = {"p50": "0.5", "p95": "0.95", "max": "1"}
GAUGES: list[tuple[str, str, Callable[[Figures], float]]] = [
    ("waiting", "Messages that are not settled yet, due or not.", lambda each: each.waiting),
    ("due", "Messages that a worker should look at now.", lambda each: each.due),
    (
        "oldest_due_seconds",
        "For how long a worker should have looked at the oldest of them.",
        lambda each: each.oldest_due_seconds,
    ),
    ("quarantined", "Messages that were given up.", lambda each: each.quarantined),
    ("sent_last_hour", "Messages that went out, 50,000 at most.", lambda each: each.sent_last_hour),
]


@never_cache
@require_safe
@transaction.non_atomic_requests
def metrics(request: HttpRequest) -> HttpResponse:
    """Totals over all organizations, for whoever knows the token.

    Without a token in the settings there is no such page.
    """
    token = settings.METRICS_TOKEN
    if not token:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    registry.register(Outbox(recent_figures(now=timezone.now(), patience=PATIENCE)))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Outbox(Collector):
    """Figures that were found already; ``mentoring_outbox_up`` says whether there are any."""

    def __init__(self, found: ByChannel | None) -> None:
        self.found = found

    def collect(self) -> Iterator[Any]:
        """The gauges, one value for each channel."""
        up = "Whether the figures could be read."
        yield GaugeMetricFamily("mentoring_outbox_up", up, value=float(self.found is not None))
        for name, text, value in GAUGES:
            gauge = GaugeMetricFamily(f"mentoring_outbox_{name}", text, labels=["channel"])
            for channel, figures in (self.found or {}).items():
                gauge.add_metric([channel], value(figures))
            yield gauge
        yield self._lateness()

    def _lateness(self) -> Any:
        gauge = GaugeMetricFamily(
            "mentoring_outbox_lateness_seconds",
            "How long after it was due or released a message of the last hour went out.",
            labels=["channel", "quantile"],
        )
        for channel, figures in (self.found or {}).items():
            for name, seconds in (figures.lateness or {}).items():
                gauge.add_metric([channel, QUANTILES[name]], seconds)
        return gauge

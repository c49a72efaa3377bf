"""The server's figures for Prometheus. Labels are routes and codes, never anything about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, GCCollector, Histogram, ProcessCollector
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client import Metric

    from troth.workspace.live import Live

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Figures:
    """The figures of one running server, in a registry of their own."""

    def __init__(self, live: Live) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.registry.register(_LedgerFigures(live))
        self.requests = Counter(
            "troth_http_requests", "Answered requests.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "troth_http_request_seconds",
            "From a request's first byte to the answer's last.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request; methods and routes are the few that there are."""
        found = self._known.get((method, route, status))
        if found is None:
            found = self.requests.labels(method, route, str(status)), self.seconds.labels(method, route)
            self._known[method, route, status] = found
        found[0].inc()
        found[1].observe(seconds)


class _LedgerFigures(Collector):
    """Read when they are asked for."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def collect(self) -> Iterable[Metric]:
        """The state of the ledger and of the inbox."""
        from troth.web.operation.state import waiting

        parcels, records = waiting(self._live)
        yield GaugeMetricFamily("troth_ledger_version", "States of the ledger so far.", self._live.version)
        yield GaugeMetricFamily("troth_inbox_parcels", "Parcels that wait for the ledger.", parcels)
        yield GaugeMetricFamily("troth_inbox_records", "Records that wait for the ledger.", records)

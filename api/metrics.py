"""Counts what the server does, for Prometheus; it says nothing of what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.cache import Cache
from api.pool import Runner
from graph.database import JOURNAL, Database

# Up to a minute: six times the seconds of a query, which is how long a client may take an answer.
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The metrics of one application, in a registry of its own."""

    def __init__(self, database: Database, runner: Runner, cache: Cache) -> None:
        """Begin at nothing; what can be read off the parts is read when it is asked for."""
        self.registry = CollectorRegistry()
        self.registry.register(_Parts(database, runner, cache))
        self._requests = Counter(
            "servanda_requests",
            "Requests that were answered",
            ("route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "servanda_request_seconds",
            "Seconds from a request's head to the end of its answer",
            ("route",),
            registry=self.registry,
            buckets=_BUCKETS,
        )

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count a request; `route` is the template of its path, so that there are few."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)


class _Parts(Collector):
    """What the parts of the server know of themselves."""

    def __init__(self, database: Database, runner: Runner, cache: Cache) -> None:
        self._database = database
        self._runner = runner
        self._cache = cache

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(
            "servanda_graph_version", "Version of the graph", self._database.version
        )
        yield GaugeMetricFamily(
            "servanda_journal_bytes", "Size of the journal with its log", self._journal_bytes()
        )
        workers = GaugeMetricFamily("servanda_workers", "Workers", labels=["doing"])
        for doing, number in self._runner.workers.items():
            workers.add_metric([doing], number)
        yield workers
        killed = CounterMetricFamily(
            "servanda_workers_killed", "Workers ended with or after an answer", labels=["reason"]
        )
        for reason, number in self._runner.killed.items():
            killed.add_metric([reason], number)
        yield killed
        lookups = CounterMetricFamily(
            "servanda_cache_lookups", "Looks into the cache of answers", labels=["result"]
        )
        lookups.add_metric(["hit"], self._cache.hits)
        lookups.add_metric(["miss"], self._cache.misses)
        yield lookups

    def _journal_bytes(self) -> int:
        files = (self._database.directory / f"{JOURNAL}{end}" for end in ("", "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

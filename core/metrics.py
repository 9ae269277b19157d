"""How the service fares, added up over its workers: no address, no id, no path but its template.

Each worker keeps its counts in files of its own in a folder of this run, and whoever keeps the workers reads them all:
a count of one worker would be that of whichever answered. Without a folder, as in a test, they stay in memory.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Metric, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""What prometheus-client looks at when a worker imports it."""


class Metrics:
    """Answers and the seconds they took, by method, route template and status; and who answers."""

    def __init__(self) -> None:
        kept = CollectorRegistry()
        self.requests = Counter("bekwaam_requests", "Answers", ["method", "route", "status"], registry=kept)
        self.seconds = Histogram("bekwaam_request_seconds", "Time to an answer", ["method", "route"], registry=kept)
        self.retries = Counter("bekwaam_retries", "Requests run again for the database", ["route"], registry=kept)
        self.workers = Gauge("bekwaam_workers", "Workers alive", multiprocess_mode="livesum", registry=kept)

        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One answer."""
        known = self._known.get((method, route, status))
        if known is None:
            known = self.requests.labels(method, route, str(status)), self.seconds.labels(method, route)
            self._known[method, route, status] = known
        known[0].inc()
        known[1].observe(seconds)

    def count_again(self, route: str) -> None:
        """One more run of a request; its answer is counted once."""
        self.retries.labels(route).inc()


def gather_in(folder: Path) -> None:
    """Let the workers that start from here keep their counts in this folder; what an earlier run left there is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ[FOLDER] = str(folder)


def publish(folder: Path, host: str, port: int) -> None:
    """Answer on a port of its own, from a thread, with the sum over the workers (OpenMetrics or Prometheus text)."""
    registry = CollectorRegistry()
    registry.register(Gathered(folder))
    start_http_server(port, host, registry)


class Gathered(Collector):
    """The sum over the files of the workers: what a dead one answered stays counted, but it is alive no more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = MultiProcessCollector(CollectorRegistry(), str(folder))  # type: ignore[no-untyped-call]

    def collect(self) -> Iterable[Metric]:
        """What the files say now."""
        for file in self.folder.glob("gauge_live*_*.db"):
            pid = int(file.stem.rpartition("_")[2])
            if not _runs(pid):
                mark_process_dead(pid, str(self.folder))  # type: ignore[no-untyped-call]
        found: Iterable[Metric] = self._files.collect()  # type: ignore[no-untyped-call]
        return found


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


METRICS = Metrics()

"""How the service fares is told of all its workers together, on a port of its own: real processes, real signals."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.commands import BEKWAAM, free_port
from tests.seeding import environment_of

pytestmark = pytest.mark.thorough

WITHIN = 60  # seconds
ASKED = 40


def until(wanted: Callable[[], bool]) -> bool:
    """Whether it comes true in bounded time."""
    ends = time.monotonic() + WITHIN
    while time.monotonic() < ends:
        try:
            if wanted():
                return True
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    return False


class Watched:
    """A service of two workers, and the port where it says how it fares."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.metrics_port = folder, free_port(), free_port()
        self.environment = environment_of(folder) | {"BEKWAAM_METRICS_PORT": str(self.metrics_port)}
        subprocess.run([BEKWAAM, "init"], env=self.environment, check=True, capture_output=True)

    def start(self) -> None:
        command = [BEKWAAM, "serve", "--port", str(self.port), "--workers", "2"]
        self.process = subprocess.Popen(command, env=self.environment, start_new_session=True)
        assert until(lambda: self.told("bekwaam_workers") == 2), "two workers did not start"
        assert until(lambda: self.get("/health/ready").status_code == 200), "nobody answers"

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def get(self, path: str) -> httpx.Response:
        """On a connection of its own, so that either worker may answer."""
        return httpx.get(f"http://127.0.0.1:{self.port}{path}")

    def told(self, sample: str) -> float:
        """The sum of the samples that begin so."""
        text = httpx.get(f"http://127.0.0.1:{self.metrics_port}/metrics").text
        return sum(float(value) for value in re.findall(rf"^{re.escape(sample)}\S* (\S+)$", text, re.MULTILINE))

    def workers(self) -> list[int]:
        files = (self.folder / "run").glob("*/gauge_live*_*.db")
        return sorted(int(file.stem.rpartition("_")[2]) for file in files)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    found = Watched(tmp_path)
    found.start()
    yield found
    found.stop()


LIVE = 'bekwaam_requests_total{method="GET",route="/health/live",status="200"}'


def test_every_answer_of_either_worker_is_counted_and_a_dead_one_is_alive_no_more(watched: Watched):
    assert all(watched.get("/health/live").status_code == 200 for _ in range(ASKED))
    first = watched.workers()

    assert [watched.told(LIVE) for _ in range(5)] == [ASKED] * 5, "each worker told its own"
    assert watched.told('bekwaam_request_seconds_count{method="GET",route="/health/live"}') == ASKED
    assert watched.get("/metrics").status_code == 404, "the public is not told"

    os.kill(first[0], signal.SIGKILL)

    assert until(lambda: watched.told("bekwaam_workers") == 2 and watched.workers() != first), "nobody came instead"
    assert first[0] not in watched.workers(), "a dead worker stays"
    assert watched.told(LIVE) == ASKED, "what it had answered was forgotten"

    watched.stop()
    watched.start()

    assert watched.told(LIVE) == 0, "the counts of an earlier run came along"


def test_the_port_of_the_counts_is_one_that_nobody_has(tmp_path: Path):
    port = str(free_port())
    environment = environment_of(tmp_path) | {"BEKWAAM_METRICS_PORT": port}

    done = subprocess.run([BEKWAAM, "serve", "--port", port], env=environment, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (
        2,
        "bekwaam: BEKWAAM_METRICS_PORT: must differ from PORT, where the public is answered\n",
    )

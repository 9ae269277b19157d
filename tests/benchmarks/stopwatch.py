"""Servers in processes of their own, what they cost in CPU time, and a table of it."""

import json
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from auth.keys import load_or_create
from tests.commands import free_port

ROOT = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """One that runs, with its workers."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def cpu_seconds(self) -> float:
        """User and system time of the server and all its children so far."""
        return sum(_cpu(pid) for pid in _family(self.process.pid))


@dataclass(frozen=True)
class Run:
    """One stretch of load."""

    cpu_us: float
    per_second: float
    p50_ms: float
    p99_ms: float


@contextmanager
def serving(name: str, command: Sequence[str], folder: Path, **variables: str) -> Iterator[Server]:
    """`command` with a free port at its end, until the block ends; it must answer within a minute."""
    port = free_port()
    load_or_create(folder / "bekwaam.key")  # what `init` makes, on a database that a benchmark fills by itself
    log = folder / f"{name}.log"
    environment = os.environ | {"BEKWAAM_FOLDER": str(folder), "PYTHONPATH": str(ROOT)} | variables
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [*command, str(port)], cwd=folder, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        wait_for_port(port, process, log)
        yield Server(name, port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its own session, so nobody else's processes
            process.wait()


def wait_for_port(port: int, process: "subprocess.Popen[bytes]", log: Path, seconds: float = 60) -> None:
    """Until something answers HTTP there."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/v1/register-entries/00000000", timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"no server: {log.read_text()[-2000:]}")


def load(server: Server, paths: Path, *, seconds: float, connections: int = 8) -> Run:
    """Ask for the paths in the file, from a process of its own, and hold the server's CPU time against it."""
    command = [sys.executable, str(Path(__file__).with_name("load.py"))]
    before = server.cpu_seconds()
    done = subprocess.run(
        [*command, str(server.port), str(connections), str(seconds), str(paths)],
        capture_output=True,
        text=True,
        timeout=seconds + 60,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    cost = (server.cpu_seconds() - before) / told["requests"] * 1e6
    return Run(cost, told["per_second"], told["p50_ms"], told["p99_ms"])


def machine() -> str:
    """What it ran on, and how busy that was."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    busy = os.getloadavg()[0]
    return f"{os.cpu_count()} x {model}, Python {platform.python_version()}, load average {busy:.1f}"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def as_table(found: Mapping[str, Run]) -> list[list[str]]:
    return [
        [name, f"{run.cpu_us:.0f}", f"{run.per_second:.0f}", f"{run.p50_ms:.1f}", f"{run.p99_ms:.1f}"]
        for name, run in found.items()
    ]


def _family(pid: int) -> list[int]:
    found = [pid]
    for known in found:
        for task in Path(f"/proc/{known}/task").glob("*/children"):
            found += map(int, task.read_text().split())
    return found


def _cpu(pid: int) -> float:
    # The name, in brackets, may hold blanks; utime and stime are the 12th and 13th fields after it.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS

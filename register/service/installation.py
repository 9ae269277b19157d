"""Whether an installation stands: its database, schema, key, files, mail and room. `init` makes it, nothing else does.

`bekwaam check` says it in lines, `serve` looks first, and the cheap ones stand in `/health/ready`.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from auth.actor import SYSTEM
from auth.keys import BELONGS, Keys, load, load_or_create
from core.clock import FileClock
from core.errors import Busy, Problem, Unusable
from core.settings import PREFIX, Settings
from core.store.audit import TrailEvent
from core.store.db import Database
from core.store.files import open_store, require_room
from core.store.work import Means
from core.terminal import say
from register.service.context import open_means

WITHIN = 5
"""Seconds in which a neighbour must answer."""
VERSIONS = Path(__file__).parents[1] / "migrations" / "versions"


@dataclass(frozen=True)
class Line:
    """One thing that was looked at, and what is wrong with it; a remark stops nobody."""

    name: str
    said: str
    wrong: bool = False

    def __str__(self) -> str:
        return f"{self.name}: {self.said}"


@cache
def head() -> str:
    """The revision of the schema that this release works on, by the number of its last migration."""
    return max(file.name.partition("_")[0] for file in VERSIONS.glob("[0-9]*_*.py"))


async def belong(settings: Settings, *, new_key: bool = False) -> None:
    """Make the key of a database, and note in it that it belongs to that one.

    Unusable where it belongs to a key that is not there, unless another is to take its place.
    """
    means = open_means(settings)
    try:
        noted = await _noted(means.database)
        if noted and not new_key and (wrong := _of_key(settings, noted)).wrong:
            raise Unusable(
                f"{wrong}; or make another with `bekwaam init --new-key`, which docs/running.md tells the cost of"
            )
        mark = load_or_create(settings.key_file, production=settings.production).mark
        if mark != noted:
            async with means.work(SYSTEM) as work:
                work.log(BELONGS, mark=mark)
    finally:
        await means.database.close()


async def looked_at(settings: Settings) -> list[Line]:
    """Everything, a line each; settings are read before."""
    lines = [Line("settings", "read"), *_of_clock(settings)]
    database, found = Database(settings.database_url, pool_size=1), None
    try:
        async with asyncio.timeout(WITHIN):
            found = await _of_schema(database)
            lines += [Line("database", "answers"), found]
            noted = None if found.wrong else await _noted(database)
    except (TimeoutError, OSError, SQLAlchemyError, Problem) as error:
        lines.append(Line("database", f"cannot be used ({type(error).__name__}); `bekwaam init` makes one", wrong=True))
        noted = None
    finally:
        await database.close()
    lines.append(_of_key(settings, noted))
    lines.append(await _of_neighbour("files", lambda: open_store(settings.files_url).require_usable()))
    lines.append(await _of_neighbour("disk", lambda: _room(settings.folder)))
    lines.append(await _of_mail(settings))
    return lines


async def require_sound(settings: Settings) -> None:
    """Unusable with each line that is wrong."""
    if wrong := [str(line) for line in await looked_at(settings) if line.wrong]:
        raise Unusable(*wrong)


async def check_command(settings: Settings) -> int:
    """Print each line; 2 when one is wrong."""
    lines = await looked_at(settings)
    for line in lines:
        say(f"{'WRONG' if line.wrong else 'fine '}  {line}")
    return 2 if any(line.wrong for line in lines) else 0


async def require_ready(means: Means) -> None:
    """Busy with what keeps this process from answering: the database, its schema, the files, room, the clock."""
    means.clock.now()
    rows = await means.database.ask(sa.text("SELECT version_num FROM alembic_version"))
    if [row[0] for row in rows] != [head()]:
        raise Busy("schema-differs", retry_after=60)
    await means.files.require_usable()
    require_room(means.settings.folder)


def _of_clock(settings: Settings) -> Iterator[Line]:
    if settings.clock_file:
        try:
            FileClock(settings.clock_file).now()
        except Problem:
            said = f"{settings.clock_file} tells no time; write 2026-11-24T10:00:00 into it"
            yield Line(f"{PREFIX}CLOCK_FILE", said, wrong=True)


async def _of_schema(database: Database) -> Line:
    rows = await database.ask(sa.text("SELECT version_num FROM alembic_version"))
    stands = rows[0][0] if rows else "nothing"
    if stands == head():
        return Line("schema", f"at {stands}")
    return Line("schema", f"at {stands}, this release needs {head()}; run `bekwaam init`", wrong=True)


async def _noted(database: Database) -> str | None:
    """The mark of the key to which the database belongs, as it was noted last."""
    line: sa.Table = TrailEvent.__table__  # type: ignore[attr-defined]
    wanted = sa.select(line.c.facts).where(line.c.stream == "house", line.c.action == BELONGS)
    rows = await database.ask(wanted.order_by(line.c.seq.desc()).limit(1))
    return str(json.loads(rows[0][0])["mark"]) if rows else None


def _of_key(settings: Settings, noted: str | None) -> Line:
    name, file = f"{PREFIX}KEY_FILE", settings.key_file
    if not file.exists():
        said = f"{file} is not there; " + ("put the copy of it back" if noted else "`bekwaam init` makes it")
        return Line(name, said, wrong=True)
    try:
        keys: Keys = load(file, production=settings.production)
    except (OSError, Problem) as error:
        open_to_others = isinstance(error, Problem) and error.code == "key-file-open-to-others"
        said = "may be read by others; chmod 600" if open_to_others else "holds no key of ours; put the copy of it back"
        return Line(name, f"{file} {said}", wrong=True)
    if noted and keys.mark != noted:
        return Line(name, f"{file} is the key of another installation; put the copy of ours back", wrong=True)
    return Line("key", keys.mark[:12])


async def _of_neighbour(name: str, looks: Callable[[], Awaitable[str]]) -> Line:
    try:
        async with asyncio.timeout(WITHIN):
            return Line(name, await looks())
    except Busy as error:
        return Line(name, f"cannot be used ({error.code})", wrong=True)
    except TimeoutError:
        return Line(name, f"no answer within {WITHIN} s", wrong=True)


async def _room(folder: Path) -> str:
    return f"{require_room(folder) / 2**30:.1f} GiB free"


async def _of_mail(settings: Settings) -> Line:
    """A server that is away stops nobody: what is sent waits for it."""
    try:
        async with asyncio.timeout(WITHIN):
            await asyncio.to_thread(settings.outbox.require_usable)
    except (OSError, Problem) as error:
        return Line("mail", f"does not answer now ({type(error).__name__}); what is sent waits")
    return Line("mail", "answers")

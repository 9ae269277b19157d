"""The floor: the two hot reads with nothing around them but ASGI, asyncpg and msgspec.

No guard, no routes, no log, no ETag, no security headers: what the machine could do at best in Python. Same SQL, same
JSON, same server with the same flags as `bekwaam serve`, and connections that are given back without a round trip.
"""

import os
import sys
from datetime import date
from urllib.parse import parse_qs

import asyncpg
import msgspec

COLUMNS = "register_number, register_code, name, title, level, status, valid_until, board, school, town, name_key"
BY_NUMBER = f"SELECT {COLUMNS} FROM public_entry WHERE register_number = $1 AND hidden IS false ORDER BY register_code"
PLACE = "name_key, register_number, register_code"
BY_NAME = (
    f"SELECT {', '.join(f'e.{name}' for name in COLUMNS.split(', '))} FROM public_entry e JOIN ("
    f"SELECT DISTINCT {PLACE} FROM public_word WHERE word >= $1::VARCHAR AND word < $2::VARCHAR "
    f"ORDER BY {PLACE} LIMIT $3::INTEGER"
    ") AS found USING (register_number, register_code) WHERE e.hidden IS false "
    "ORDER BY e.name_key, e.register_number, e.register_code"
)
REGISTERED = {"registered", "in-training", "postponed", "conditional"}
NUMBER = "/v1/register-entries/"


class Entry(msgspec.Struct):
    register_number: str
    register_code: str
    name: str
    title: str
    level: str | None
    status: str
    registered: bool
    valid_until: date | None
    board: str | None
    school: str
    town: str
    board_number: str | None


class Page(msgspec.Struct):
    items: list[Entry]
    next: str | None


ENCODE = msgspec.json.Encoder().encode


def entry(row: asyncpg.Record) -> Entry:
    number, register, name, title, level, status, until, shown, school, town, _ = row
    board, unnamed = (None, shown) if shown.isdigit() else (shown, None)
    known = status in REGISTERED
    return Entry(number, register, name, title, level, status, known, until, board, school, town, unnamed)


class Reader(asyncpg.Connection):
    """Gives a connection back as it is: one that only runs whole SELECTs keeps nothing."""

    async def reset(self, *, timeout=None) -> None:  # noqa: ASYNC109
        pass


class App:
    def __init__(self) -> None:
        self.pool: asyncpg.Pool | None = None

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            return
        if self.pool is None:
            dsn = os.environ["BEKWAAM_DATABASE_URL"].replace("+asyncpg", "")
            self.pool = asyncpg.create_pool(dsn, min_size=8, max_size=8, connection_class=Reader)
            await self.pool
        path = scope["path"]
        if path.startswith(NUMBER):
            async with self.pool.acquire() as connection:
                rows = await connection.fetch(BY_NUMBER, path[len(NUMBER) :])
            body = ENCODE([entry(row) for row in rows])
        else:
            query = parse_qs(scope["query_string"].decode())
            low, size = query["name"][0].casefold(), int(query["pageSize"][0])
            async with self.pool.acquire() as connection:
                rows = await connection.fetch(BY_NAME, low, low + "\U0010ffff", size + 1)
            following = cursor(rows[size - 1]) if len(rows) > size else None
            body = ENCODE(Page([entry(row) for row in rows[:size]], following))
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def cursor(row: asyncpg.Record) -> str:
    import base64
    import json

    keys = [row["name_key"], row["register_number"], row["register_code"]]
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


app = App()


if __name__ == "__main__":
    from granian import Granian
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels

    Granian(
        "tests.benchmarks.floor:app",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()

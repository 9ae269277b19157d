"""PostgreSQL's driver by itself, for hot reads: connections that only read, and no layer around them.

Only a database that is PostgreSQL imports this.
"""

import asyncio
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.engine import make_url

from core.store.hot import HotRead

SECONDS, EVERY = 10.0, 1.0
"""How long a hot read may take, and how often that is looked at; what is slower is asked the other way, which has its
own limits."""


class _Record(asyncpg.Record):  # type: ignore[misc]
    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class _Reader(asyncpg.Connection):  # type: ignore[misc]
    async def reset(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Nothing: a connection that only runs whole SELECTs keeps nothing that the next may not see."""


class Driver:
    """Connections that only read, opened when first asked."""

    def __init__(self, url: str, most: int) -> None:
        self.url = make_url(url)
        self.most = most
        self._pool: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()
        self._asking: dict[asyncpg.Connection, float] = {}
        self._looks = False

    async def ask(self, read: HotRead, values: Mapping[str, object]) -> Sequence[Any] | None:
        """The rows; None when the driver cannot tell, and the other way says why."""
        sql, names = read.spelled
        try:
            pool = self._pool or await self._open()
            async with pool.acquire() as connection:
                self._asking[connection] = monotonic()
                try:
                    self._look_soon()
                    found: Sequence[Any] = await connection.fetch(sql, *[values[name] for name in names])
                finally:
                    del self._asking[connection]
                return found
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):  # TimeoutError is an OSError
            return None

    def _look_soon(self) -> None:
        if not self._looks:
            self._looks = True
            asyncio.get_running_loop().call_later(EVERY, self._look)

    def _look(self) -> None:
        """End what takes too long: one look for all that run, as a timer for each costs a fifth of the read."""
        self._looks = False
        late = monotonic() - SECONDS
        for connection in [connection for connection, begun in self._asking.items() if begun < late]:
            connection.terminate()
        if self._asking:
            self._look_soon()

    async def _open(self) -> asyncpg.Pool:
        async with self._opening:
            if self._pool is None:
                _, named = dialect().create_connect_args(self.url)  # type: ignore[no-untyped-call]
                self._pool = await asyncpg.create_pool(
                    **named,
                    min_size=0,
                    max_size=self.most,
                    connection_class=_Reader,
                    record_class=_Record,
                    timeout=SECONDS,
                    server_settings={"default_transaction_read_only": "on"},
                )
            return self._pool

    async def close(self) -> None:
        """Give the connections up; a read that runs goes the other way."""
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None

"""Work: one actor, one moment, one transaction.

Permission check, compare-and-swap, trail, outbox and idempotency record commit together or not at all. Services get a
`Work` and never commit; only the edge does (`core.web.unit_of_work` for a request, `Means.work` for a command,
seed or chore).

A look is a fact: who saw what stays written whatever became of the request. So `looked` only notes it; where the work
commits it goes along, and otherwise `keep_looks` writes it in a transaction of its own.
"""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy.exc import DBAPIError, IntegrityError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Field, SQLModel

from core.clock import Clock, legal_day
from core.errors import Busy, PreconditionRequired, Problem, Refused, Stale
from core.law.rulesets import RuleSets
from core.law.workdays import Calendar
from core.settings import Settings
from core.store.audit import Trace
from core.store.db import AsyncSession, Database, Versioned, is_locked, must_retry
from core.store.files import FileStore
from core.store.outbox import OutboxMessage

T = TypeVar("T")
ATTEMPTS = 12
TOLD = "message:tell"
"""The line of the trail that something was told in a case: which topic, and to whom."""
LOG = logging.getLogger("bekwaam")


class Actor(Protocol):
    """Who acts; `auth` fills it. `ref` is what the trail keeps: never a name."""

    @property
    def ref(self) -> str: ...

    @property
    def session_ref(self) -> str | None: ...

    def can(self, permission: Any) -> bool: ...


class IdempotencyRecord(SQLModel, table=True):
    """The answer that a key of an actor got on a route, so that the same request gets the same answer."""

    __tablename__ = "idempotency_record"

    actor: str = Field(primary_key=True, max_length=80)
    route: str = Field(primary_key=True, max_length=200)
    key: str = Field(primary_key=True, max_length=200)
    body_digest: str = Field(max_length=64)
    status: int
    headers: str
    body: bytes
    at: datetime


@dataclass(frozen=True)
class Look:
    """Somebody saw something of a stream, to be told in the trail; `facts` as in `Work.log`, canonical."""

    action: str
    stream: str
    facts: tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Means:
    """What the house works with, made once at start."""

    settings: Settings
    database: Database
    clock: Clock
    calendar: Calendar
    rules: RuleSets
    files: FileStore
    ports: Mapping[type, object] = field(default_factory=dict)
    """What a room needs from those above it, bound at start; by its class."""

    def bound(self, *ports: object) -> "Means":
        """The same with these ports as well."""
        return replace(self, ports={**self.ports, **{type(port): port for port in ports}})

    def begin(self, actor: Actor, *, write: bool = True, skews: bool = True, request_id: str = "") -> "Work":
        """A work whose transaction begins with its first statement; `skews` as in `Database.writing`."""
        now = self.clock.now()
        return Work(self, actor, now, legal_day(now), skews=skews, request_id=request_id, write=write)

    @asynccontextmanager
    async def work(self, actor: Actor, *, write: bool = True) -> AsyncIterator["Work"]:
        """A work outside a request, committed at the end of the block."""
        work = self.begin(actor, write=write)
        again = False
        try:
            yield work
            if write:
                await work.commit()
        except Exception as error:
            again = must_retry(error) or is_locked(error)
            raise
        finally:
            await work.close()
            if not again:
                await work.keep_looks()

    async def do(self, actor: Actor, deed: Callable[["Work"], Awaitable[T]]) -> T:
        """Run a deed in a work of its own, again and again while the database asks for it."""
        for attempt in range(ATTEMPTS):
            try:
                async with self.work(actor) as work:
                    return await deed(work)
            except Exception as error:
                if not (must_retry(error) or is_locked(error)):
                    raise
                await breathe(attempt)
        raise Busy


async def breathe(attempt: int) -> None:
    """Wait a little, longer at each attempt, so that competitors do not meet again."""
    await asyncio.sleep(random.uniform(0, 0.01 * 2 ** min(attempt, 6)))


@dataclass
class Work:
    """One actor, one moment, one transaction."""

    means: Means
    actor: Actor
    now: datetime
    today: date
    request_id: str = ""
    address: str = ""
    """From where it was asked; it counts guesses, and is written nowhere as it is."""
    write: bool = True
    skews: bool = True
    if_match: int | None = None
    requires_match: bool = False
    trace: Trace = field(default_factory=Trace)
    looks: list[Look] = field(default_factory=list)
    following: list[Callable[["Means"], Awaitable[object]]] = field(default_factory=list)
    committed: bool = False
    trying: bool = False
    keeping: bool = False
    _session: AsyncSession | None = None

    @property
    def session(self) -> AsyncSession:
        """The session of this work, made when it is first needed: much is answered without one."""
        if self._session is None:
            database = self.means.database
            self._session = database.writing(skews=self.skews) if self.write else database.reading()
            if self.write:
                self.trace.watch(self._session)
        return self._session

    @property
    def calendar(self) -> Calendar:
        return self.means.calendar

    @property
    def rules(self) -> RuleSets:
        return self.means.rules

    @property
    def files(self) -> FileStore:
        return self.means.files

    def port(self, kind: type[T]) -> T:
        """What a room needs from those above it, as it was bound at start."""
        bound = self.means.ports[kind]
        assert isinstance(bound, kind)
        return bound

    @property
    def writing(self) -> bool:
        """Whether a write transaction is open: others who write wait for it."""
        return self.write and self._session is not None and self._session.in_transaction()

    def add(self, *rows: SQLModel) -> None:
        """Put new rows into the transaction."""
        self.session.add_all(rows)

    def log(self, action: str, row: SQLModel | None = None, *, stream: str | None = None, **facts: object) -> None:
        """One line in the trail about a row; facts are ids, codes and numbers."""
        where = stream or (row.stream() if isinstance(row, Versioned) else "house")
        self.trace.log(action, row, where, facts)

    def looked(self, action: str, *, stream: str = "house", **facts: object) -> None:
        """Note that the actor saw something; once a request, and written also when the request itself is undone."""
        look = Look(action, stream, tuple(facts.items()))
        if look not in self.looks:
            self.looks.append(look)

    def then(self, deed: Callable[[Means], Awaitable[object]]) -> None:
        """Note what follows once this work is over, in works of its own: a message counts as read, a letter is made."""
        self.following.append(deed)

    async def keep_looks(self) -> None:
        """Write what was noted and not committed, and do what follows. Busy("look-not-kept") when that cannot be.

        What was committed is done, whatever becomes of what follows: that is logged, and left to the sweep. Call it
        when this work has given its connection back: the embedded database has one for all who write.
        """
        if self.keeping:  # the looks of another work, which tells what became of them
            return
        looks, following = self.looks, self.following
        self.looks, self.following = [], []

        async def keep(aside: "Work") -> None:
            aside.request_id, aside.keeping = self.request_id, True
            aside.looks = looks

        try:
            if looks:
                await self.means.do(self.actor, keep)
        except (DBAPIError, TimeoutError, Problem) as error:
            raise Busy("look-not-kept", retry_after=5) from error
        try:
            for deed in following:
                await self._follow(deed)
        except (DBAPIError, TimeoutError, Busy) as error:
            raise Busy("look-not-kept", retry_after=5) from error

    async def _follow(self, deed: Callable[[Means], Awaitable[object]]) -> None:
        try:
            await deed(self.means)
        except Exception as error:
            if not self.committed:
                raise
            LOG.error("left after a commit", exc_info=error, extra={"request_id": self.request_id})

    def send(
        self,
        topic: str,
        *,
        address: str,
        subject: str,
        body: str,
        person_id: UUID | None = None,
        about: Versioned | None = None,
        to: str = "party",
    ) -> None:
        """Leave a message in the outbox, signed by the house; it goes out after the commit or not at all.

        `about` is the case that it tells of, whose trail says so, once however many get it; `to` says whom: `party`,
        `body` or `panel`.
        """
        if about is not None:
            self.tell(topic, about, to)
        body += self.means.settings.house.signature
        self.session.add(
            OutboxMessage(
                topic=topic, person_id=person_id, address=address, subject=subject, body=body, created_at=self.now
            )
        )

    def tell(self, topic: str, about: Versioned, to: str) -> None:
        """Say in the trail of a case that something was told in it."""
        facts = {"topic": topic, "to": to}
        if not any(one.action == TOLD and one.row is about and one.facts == facts for one in self.trace.lines):
            self.log(TOLD, about, **facts)

    def expect(self, row: Versioned) -> None:
        """Hold `If-Match` against the version that stands: Stale (412), or PreconditionRequired (428) without it."""
        if self.if_match is None:
            if self.requires_match:
                raise PreconditionRequired("if-match-required")
            return
        if self.if_match != row.version:
            raise Stale("changed-meanwhile", version=row.version)

    async def flush(self) -> None:
        """Write now what a later query of this work must see."""
        await self.session.flush()

    async def forget(self) -> None:
        """Undo everything of this work so far, and what the trail would have said of it."""
        if self._session is not None:
            await self._session.rollback()
        self.trace.lines.clear()
        self.trace.changed.clear()

    async def outside(self, slow: Coroutine[Any, Any, T]) -> T:
        """Await what takes long with no transaction open, so that nobody waits for it: before the first change."""
        if self.trace.lines or self.session.new or self.session.deleted:
            slow.close()
            raise RuntimeError("something was changed already")
        await self.forget()
        return await slow

    async def commit(self) -> None:
        """Seal the trail and commit; only the edge calls this."""
        for look in self.looks:
            self.log(look.action, None, stream=look.stream, **dict(look.facts))
        try:
            await self.session.flush()
            await self.trace.seal(
                self.session,
                actor=self.actor.ref,
                session_ref=self.actor.session_ref,
                request_id=self.request_id,
                now=self.now,
                today=self.today,
            )
            await self.session.commit()
            self.committed, self.looks = True, []
        except (StaleDataError, IntegrityError) as error:
            raise lost_race(error) from error

    async def close(self) -> None:
        """Give the connection back; what was not committed is undone."""
        if self._session is not None:
            await self._session.close()


def lost_race(error: Exception) -> Problem:
    """Somebody else was first: the row changed (409), or stands already (409)."""
    if isinstance(error, StaleDataError):
        return Refused("changed-meanwhile")
    constraint = str(getattr(error, "orig", "")).lower()
    if "foreign key" in constraint:
        return Refused("refers-to-nothing")
    if "check" in constraint:
        raise error  # a row that the database may never hold: ours to mend
    return Refused("already-there")

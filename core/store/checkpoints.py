"""Checkpoints of the trail: heads that moved, signed with a key that is not in the database, in a witness beside it.

The chains show what changed in them, but whoever can write the database can make them anew, hashes and all. So at most
a minute after an event the head of its stream stands in the witness, and from then on the trail must still hold it. A
line of the witness is JSON: `heads`, each stream, number and hash, and `signed`, compact JWS over the number of the
checkpoint, its moment, the Merkle root of these heads (RFC 6962 2.1) and the digest of the signature before it.
"""

import asyncio
import fcntl
import hashlib
import os
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from uuid import UUID

import msgspec
import sqlalchemy as sa

from core.store.audit import HEAD, Finding, TrailEvent
from core.store.db import AsyncSession, Database, canonical

EVERY, MARGIN = timedelta(seconds=50), timedelta(minutes=3)
"""How often a checkpoint is due, and how long after it was made a line of the trail may still be committed."""
AT_ONCE = 500
EVENTS: sa.Table = TrailEvent.__table__  # type: ignore[attr-defined]

Moved = tuple[str, int, str]
"""Stream, number and hash of its last event."""


class Signing(Protocol):
    """Signs claims, and reads what it signed; ValueError, or whatever a parser stumbles over, for any other text."""

    def sign(self, claims: Mapping[str, Any]) -> str: ...

    def read(self, text: str) -> dict[str, Any]: ...


class Checkpoint(msgspec.Struct):
    """One line of the witness."""

    heads: list[Moved]
    signed: str


class Published(msgspec.Struct):
    """The last checkpoint, without its heads: whoever keeps it can show that a later trail is another."""

    checkpoint: int
    at: str
    root: str
    signed: str


def root_of(heads: Sequence[Moved]) -> str:
    """The Merkle root of heads in their order; that of none is the hash of nothing."""
    level = [hashlib.sha256(b"\0" + canonical({"head": list(head)})).digest() for head in heads]
    if not level:
        return hashlib.sha256().hexdigest()
    while len(level) > 1:
        pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\1" + b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0].hex()


class Witness:
    """A file that only grows, of its owner alone, of one machine; the workers of it write in turn."""

    def __init__(self, folder: Path, signing: Signing | None) -> None:
        """Without `signing` it can be looked into, not written."""
        self.file = folder / "trail.jsonl"
        self.signing = signing
        self._known: dict[str, str] = {}
        self._read_last: tuple[int, Published | None] = (0, None)

    async def note(self, database: Database, now: datetime) -> int:
        """Write a checkpoint when one is due and something moved; the number of heads in it."""
        last = await asyncio.to_thread(self.last)
        if last and datetime.fromisoformat(last.at) > now - EVERY:
            return 0
        found = await moved(database, datetime.fromisoformat(last.at) - MARGIN if last else None)
        new = [head for head in found if self._known.get(head[0]) != head[2]]
        written: bool = await asyncio.to_thread(self._append, new, now) if new else False
        if written:
            self._known = {stream: digest for stream, _, digest in found}
            return len(new)
        return 0

    def last(self) -> Published | None:
        """The last checkpoint, read once for as long as the file does not grow; None while there is none."""
        size = self.file.stat().st_size if self.file.exists() else 0
        if size != self._read_last[0]:
            with self.file.open("rb") as file:
                line = _last_line(file)
            found = self._published(msgspec.json.decode(line, type=Checkpoint)) if line else None
            self._read_last = size, found
        return self._read_last[1]

    def _published(self, line: Checkpoint) -> Published:
        assert self.signing is not None
        claims = self.signing.read(line.signed)
        return Published(claims["checkpoint"], claims["at"], claims["root"], line.signed)

    def _append(self, heads: list[Moved], now: datetime) -> bool:
        assert self.signing is not None
        with _alone(self.file):
            last = self.last()
            if last and datetime.fromisoformat(last.at) > now - EVERY:  # another worker was here first
                return False
            claims = {
                "checkpoint": last.checkpoint + 1 if last else 1,
                "at": now.isoformat(),
                "root": root_of(heads),
                "before": _digest(last.signed) if last else "",
            }
            line = msgspec.json.encode(Checkpoint(heads, self.signing.sign(claims))) + b"\n"
            with os.fdopen(os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as out:
                out.write(line)
                out.flush()
                os.fsync(out.fileno())
        return True

    def lines(self) -> Iterator[tuple[int, Checkpoint | None]]:
        """Each line with its number; None for one that is not ours, or not in its place."""
        before, number = "", 0
        with self.file.open("rb") as file:
            for number, raw in enumerate(file, 1):
                line = self._read(raw, number, before)
                before = _digest(line.signed) if line else ""
                yield number, line

    def _read(self, raw: bytes, number: int, before: str) -> Checkpoint | None:
        assert self.signing is not None
        try:
            line = msgspec.json.decode(raw, type=Checkpoint)
            claims = self.signing.read(line.signed)
        except Exception:  # whatever a parser stumbles over: the line is named
            return None
        said = (claims.get("checkpoint"), claims.get("root"), claims.get("before"))
        return line if said == (number, root_of(line.heads), before) else None


async def moved(database: Database, since: datetime | None) -> list[Moved]:
    """The heads of the streams that got an event since; of all streams when nothing is known yet."""
    wanted = sa.select(HEAD.c.stream, HEAD.c.seq, HEAD.c.hash).where(HEAD.c.seq > 0).order_by(HEAD.c.stream)
    if since is not None:
        low = UUID(int=int(since.timestamp() * 1000) << 80)  # an id of a line begins with its moment (UUIDv7)
        wanted = wanted.where(HEAD.c.stream.in_(sa.select(EVENTS.c.stream).where(EVENTS.c.id >= low)))
    return [(stream, seq, digest) for stream, seq, digest in await database.ask(wanted)]


async def verify_witness(session: AsyncSession, witness: Witness, checked: dict[str, int]) -> AsyncIterator[Finding]:
    """Hold the trail against each checkpoint: every head that was signed must still stand, at its number.

    `witness-without-key`, `witness-broken` by line, `trail-differs-from-witness` by stream#number.
    """
    if not witness.file.exists():
        return
    if witness.signing is None:
        yield Finding("witness-without-key", str(witness.file.name))
        return
    for number, line in witness.lines():
        if line is None:
            yield Finding("witness-broken", f"line {number}")
            continue
        checked["checkpoints"] = number
        for at in range(0, len(line.heads), AT_ONCE):
            some = line.heads[at : at + AT_ONCE]
            standing = await _standing(session, some)
            for stream, seq, digest in some:
                if standing.get((stream, seq)) != digest:
                    yield Finding("trail-differs-from-witness", f"{stream}#{seq}")


async def _standing(session: AsyncSession, heads: Sequence[Moved]) -> Mapping[tuple[str, int], str]:
    places = [(stream, seq) for stream, seq, _ in heads]
    wanted = sa.select(EVENTS.c.stream, EVENTS.c.seq, EVENTS.c.hash).where(
        sa.tuple_(EVENTS.c.stream, EVENTS.c.seq).in_(places)
    )
    rows = await (await session.connection()).execute(wanted)
    return {(stream, seq): digest for stream, seq, digest in rows}


def _digest(signed: str) -> str:
    return hashlib.sha256(signed.encode()).hexdigest()


def _last_line(file: BinaryIO) -> bytes:
    """What stands between the last line break but one and the last; a line that was cut is left out."""
    end = file.seek(0, os.SEEK_END)
    block, found = 2**16, b""
    while True:
        begin = max(0, end - block)
        file.seek(begin)
        found = file.read(end - begin)
        whole = found[: found.rfind(b"\n")] if b"\n" in found else b""
        if begin == 0 or b"\n" in whole:
            return whole.rpartition(b"\n")[2]
        block *= 4


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

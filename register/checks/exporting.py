"""`bekwaam audit export FILE`: the whole trail as JSON lines, to keep elsewhere and to check with nothing but a hash.

The first line says what it is and names the last checkpoint; then each event with its `content`, as its hash was taken
of it, by stream and number; the last line counts them, with the SHA-256 of all lines before it.
"""

import hashlib
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from core.clock import machine_now
from core.store.audit import DOMAIN_TAG, TrailEvent, spelled
from core.store.checkpoints import Witness
from core.store.db import AsyncSession
from core.store.work import Means
from core.terminal import complain, require_new, say

DONE, CANNOT = 0, 2
EVENTS: sa.Table = TrailEvent.__table__  # type: ignore[attr-defined]


async def export_command(means: Means, file: Path) -> int:
    """Write it, for its owner alone; Unusable for a file that is there; 2 when the database cannot be read."""
    require_new(file)
    digest, events = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            async with means.database.snapshot() as session:
                async for line in _lines(means, session):
                    digest.update(line)
                    out.write(line)
                    events += 1
            events -= 1  # the first line tells of the others
            out.write(json.dumps({"events": events, "sha256": digest.hexdigest()}).encode() + b"\n")
            out.flush()
            os.fsync(out.fileno())
    except SQLAlchemyError as error:
        complain(f"bekwaam: cannot export: {type(error).__name__}: {getattr(error, 'orig', error)}")
        return CANNOT
    finally:
        await means.database.close()
    say(f"{file}: {events} events, sha256 {digest.hexdigest()}")
    return DONE


async def _lines(means: Means, session: AsyncSession) -> AsyncIterator[bytes]:
    witness = means.ports.get(Witness)
    last = witness.last() if isinstance(witness, Witness) and witness.signing else None
    about = {"export": DOMAIN_TAG, "at": machine_now().isoformat(), "checkpoint": last and last.signed}
    yield json.dumps(about).encode() + b"\n"
    wanted = sa.select(EVENTS).order_by(EVENTS.c.stream, EVENTS.c.seq)
    found = await (await session.connection()).stream(wanted, execution_options={"yield_per": 1000})
    async for row in found.mappings():
        told = {"hash": row["hash"], "content": spelled(row["prev_hash"], dict(row)).decode()}
        yield json.dumps(told, ensure_ascii=False).encode() + b"\n"

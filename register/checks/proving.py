"""`bekwaam audit prove EVENT`: that an event stands in the trail, for somebody who does not trust this database.

The proof is the event and every later one of its stream, as their hashes were taken of them, up to the head.
`check_proof.py` beside this file checks it with nothing but Python, and holds it against a hash that was noted before.
"""

import json
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from core.store.audit import DOMAIN_TAG, Finding, TrailEvent, TrailHead, spelled, verify_chains
from core.store.db import AsyncSession
from core.store.work import Means
from core.terminal import complain, say

PROVEN, FINDINGS, CANNOT = 0, 1, 2
EVENTS: Any = TrailEvent.__table__  # type: ignore[attr-defined]


async def prove_command(means: Means, event: str) -> int:
    """Print the proof as JSON: 0 proven, 1 findings (no such event, or its stream does not hold), 2 could not run.

    `event` is its id, or STREAM#NUMBER as findings name it.
    """
    try:
        async with means.database.snapshot() as session:
            proof = await proof_of(session, event)
    except (SQLAlchemyError, OSError) as error:
        complain(f"bekwaam: cannot prove: {type(error).__name__}: {getattr(error, 'orig', error)}")
        return CANNOT
    finally:
        await means.database.close()
    if isinstance(proof, list):
        say("\n".join([*map(str, proof), f"{len(proof)} findings; nothing is proven"]))
        return FINDINGS
    say(json.dumps(proof, ensure_ascii=False, indent=2))
    return PROVEN


async def proof_of(session: AsyncSession, event: str) -> dict[str, Any] | list[Finding]:
    """The proof of an event, or what stands in its way."""
    found = await (await session.connection()).execute(sa.select(EVENTS).where(_named(event)))
    told = found.mappings().first()
    if told is None:
        return [Finding("no-such-event", event)]
    stream = told["stream"]
    if findings := [each async for each in verify_chains(session, stream)]:
        return findings
    later = sa.select(EVENTS).where(EVENTS.c.stream == stream, EVENTS.c.seq >= told["seq"]).order_by(EVENTS.c.seq)
    rows = (await (await session.connection()).execute(later)).mappings().all()
    head = await session.get_one(TrailHead, stream)
    return {
        "proof": DOMAIN_TAG,
        "event": str(told["id"]),
        "stream": stream,
        "seq": told["seq"],
        "hash": told["hash"],
        "head": {"seq": head.seq, "hash": head.hash},
        "links": [spelled(row["prev_hash"], dict(row)).decode() for row in rows],
    }


def _named(event: str) -> sa.ColumnElement[bool]:
    stream, mark, number = event.rpartition("#")
    if mark and number.isascii() and number.isdigit() and len(number) < 10:
        return sa.and_(EVENTS.c.stream == stream, EVENTS.c.seq == int(number))
    try:
        return sa.and_(EVENTS.c.id == UUID(event))
    except ValueError:
        return sa.false()

"""Whether the dossier is the case: every piece that the facts of a dispute call for is in it (Awb 7:4(2), 7:18(2)).

Told again from the trail and the rows, by none of the code that writes the pieces. A case of before they were kept is
left as it is.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import col, select

from appeals.disputes.models import Dispute, Hearing, Piece
from core.decisions import Decision
from core.store.audit import Finding, TrailEvent
from core.store.db import AsyncSession

LETTERS = {
    "acknowledge": "received",
    "request-sent": "omission",
    "ask-hearing": "hearing-question",
    "waive-hearing": "unheard",
    "withdraw": "withdrawn",
}
"""The letter that each word of the trail has behind it."""
KEPT = {"hear": "minutes", "advise": "advice", "receive-defence": "defence"}


async def dossiers(session: AsyncSession, rows: Sequence[Dispute]) -> list[Finding]:
    """What lacks in the files of these disputes."""
    kept = {row.id: row for row in rows if row.kept_from_on is not None}
    pieces: dict[UUID, Counter[str]] = defaultdict(Counter)
    letters: dict[UUID, set[UUID]] = defaultdict(set)
    for piece in await session.exec(select(Piece).where(col(Piece.dispute_id).in_(kept))):
        pieces[piece.dispute_id][piece.paper or ""] += 1
        if piece.decision_id is not None:
            letters[piece.dispute_id].add(piece.decision_id)
    words: dict[UUID, Counter[str]] = defaultdict(Counter)
    streams = {str(id): row.kind.value for id, row in kept.items()}
    wanted = select(TrailEvent.object_id, TrailEvent.action).where(col(TrailEvent.object_id).in_(streams))
    for object_id, action in await session.exec(wanted):
        kind, _, word = action.partition(":")
        if object_id is not None and kind == streams[object_id]:
            words[UUID(object_id)][word] += 1
    hearings = Counter(await session.exec(select(Hearing.dispute_id).where(col(Hearing.dispute_id).in_(kept))))
    made: dict[UUID, set[UUID]] = defaultdict(set)
    taken = select(Decision.taken_in, Decision.id).where(
        col(Decision.taken_in).in_(kept), col(Decision.notified_on).is_not(None)
    )
    for taken_in, id in await session.exec(taken):
        if taken_in is not None:
            made[taken_in].add(id)
    found = []
    for id, row in kept.items():
        called = _called_for(row, words[id], hearings[id])
        lacks = [paper for paper, number in called.items() if pieces[id][paper] < number]
        lacks += ["decision"] if made[id] - letters[id] else []
        found += [Finding("dossier-lacks", f"dispute/{id} {paper}") for paper in lacks]
    return found


def _called_for(row: Dispute, words: Mapping[str, int], hearings: int) -> dict[str, int]:
    """How many pieces of each kind there must be at least."""
    kind = row.kind.value
    called = {"filing": 1}
    called |= {f"{kind}-{letter}": words.get(word, 0) for word, letter in LETTERS.items()}
    called |= {paper: words.get(word, 0) for word, paper in KEPT.items()}
    called[f"{kind}-hearing"] = hearings
    called[f"{kind}-notice"] = words.get("default-notice", 0)
    return called

"""Whether everybody was told what the table of duties calls for in a dispute, by the trail and the letters that went.

Told again by none of the code that writes them. A case of before its letters were kept is left as it is.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from appeals.disputes.models import Dispute
from auth import queries as people
from core.store.audit import Finding, TrailEvent
from core.store.db import AsyncSession
from core.store.work import TOLD
from register.notification.models import CaseLetter


@dataclass(frozen=True)
class Notice:
    """What must be told to whom; `kind` is that of the dispute, where only one of the two tells it."""

    topic: str
    to: str = "party"
    kind: str = ""


CALLED: Mapping[str, Sequence[Notice]] = {
    "acknowledge": (Notice("received"), Notice("appeal-lodged", "body", "appeal")),  # Awb 6:14
    "forward": (Notice("forwarded"),),  # 6:15
    "request-sent": (Notice("omission"),),  # 6:6
    "check": (Notice("appeal-defence-asked", "body", "appeal"),),  # 7:18(2)
    "receive-defence": (Notice("appeal-defence", kind="appeal"),),
    "ask-hearing": (Notice("hearing-question"),),  # 7:3, 7:17
    "waive-hearing": (Notice("unheard"),),
    "schedule": (Notice("hearing"), Notice("hearing-body", "body"), Notice("hearing-panel", "panel")),  # 7:2, 7:16
    "draft": (Notice("objection-draft", "panel", "objection"),),  # 7:11
    "default-notice": (Notice("notice"),),  # 4:17(3), 6:12
    "withdraw": (Notice("withdrawn"),),  # 6:21
    "join": (Notice("appeal-joined", kind="appeal"),),  # 6:20
    "notify": (Notice("decided"), Notice("appeal-decided-body", "body", "appeal")),  # 7:12, 7:26
}
"""By the word of the trail: the topic, with the kind of the dispute before it where it has none."""


async def notices(session: AsyncSession, rows: Sequence[Dispute]) -> list[Finding]:
    """What nobody was told in these disputes."""
    kept = {str(row.id): row for row in rows if row.kept_from_on is not None}
    if not kept:
        return []
    words: dict[str, Counter[str]] = defaultdict(Counter)
    told: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    wanted = select(TrailEvent.object_id, TrailEvent.action, TrailEvent.facts)
    for id, action, facts in await session.exec(wanted.where(col(TrailEvent.object_id).in_(kept))):
        if id is None:
            continue
        kind, _, word = action.partition(":")
        if action == TOLD:
            said = json.loads(facts)
            told[id][said["topic"], said["to"]] += 1
        elif kind == kept[id].kind.value:
            words[id][word] += 1
    letters = select(CaseLetter.dispute_id, CaseLetter.topic).where(col(CaseLetter.dispute_id).in_(map(UUID, kept)))
    for dispute_id, topic in await session.exec(letters):
        told[str(dispute_id)][topic, "party"] += 1
    found = await people.addressees(session, {row.person_id for row in kept.values()})
    deceased = {id for id, one in found.items() if one.deceased}
    return [
        Finding("untold", f"dispute/{id} {topic}")
        for id, row in kept.items()
        for (topic, to), number in _called(row, words[id]).items()
        if told[id][topic, to] < number and not (to == "party" and row.person_id in deceased)
    ]


def _called(row: Dispute, words: Mapping[str, int]) -> Counter[tuple[str, str]]:
    kind = row.kind.value
    found: Counter[tuple[str, str]] = Counter()
    for word, called in CALLED.items():
        for one in called:
            if not one.kind or one.kind == kind:
                topic = one.topic if one.kind else f"{kind}-{one.topic}"
                found[topic, one.to] += words.get(word, 0)
    return found

"""What a party did on paper: the handler lays the piece before a colleague, who signs; the party is always told.

Nobody but the party, or who speaks for it, does an act of a party (Awb 2:1, 6:5, 6:21). A letter that came in is
one too: so the piece in the file says it, and two persons read it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from appeals.disputes import handling, queries, telling, unheard
from appeals.disputes.models import Dispute, Piece
from appeals.disputes.policy import Kind, open_events
from appeals.disputes.queries import File
from appeals.disputes.schemas import Consent, Items, Nothing, Repair, TypedDay, Withdrawal
from auth.actor import person_of
from auth.schemas import Schema
from core import proposals
from core.errors import Invalid, NotFound, Refused
from core.fields import Text
from core.proposals import Deed, Proposal, Standing
from core.store.work import Work


class PartyAct(StrEnum):
    """What only a party does, or who speaks for it."""

    WITHDRAWAL = "withdrawal"
    REPAIR = "repair"
    CONSENT = "consent"
    DEFAULT_NOTICE = "default-notice"
    NO_HEARING = "hearing-renunciation"


class FiledAct(Schema):
    """An act of the party that came in on paper: which piece of the file says it, and by what way it came."""

    act: PartyAct
    piece_id: UUID
    filed_channel: Literal["post", "counter", "email"]
    consented_until: TypedDay | None = None
    grounds: Text = ""
    repaired: Items = []


@dataclass(frozen=True)
class _Act:
    """An act of a party: the event that must be open, and what it does with what the piece says."""

    event: str
    kinds: frozenset[Kind]
    do: Callable[[Work, File, Mapping[str, Any], date], Awaitable[None]]


async def _withdraw(work: Work, file: File, _says: Mapping[str, Any], _on: date) -> None:
    await handling.withdraw(work, file, Withdrawal())


async def _repair(work: Work, file: File, says: Mapping[str, Any], _on: date) -> None:
    await handling.repair(work, file, Repair(grounds=says["grounds"], repaired=says["repaired"]))


async def _consent(work: Work, file: File, says: Mapping[str, Any], _on: date) -> None:
    await handling.consent(work, file, Consent(consented_until=says["consented_until"]))


async def _notice(work: Work, file: File, _says: Mapping[str, Any], on: date) -> None:
    await handling.receive_notice(work, file, on)


async def _decline(work: Work, file: File, _says: Mapping[str, Any], _on: date) -> None:
    await unheard.decline_hearing(work, file, Nothing())


_BOTH, _OBJECTION = frozenset(Kind), frozenset({Kind.OBJECTION})
ACTS = {
    PartyAct.WITHDRAWAL: _Act("withdraw", _BOTH, _withdraw),
    PartyAct.REPAIR: _Act("repair", _BOTH, _repair),
    PartyAct.CONSENT: _Act("withdraw", _OBJECTION, _consent),
    PartyAct.DEFAULT_NOTICE: _Act("withdraw", _OBJECTION, _notice),
    PartyAct.NO_HEARING: _Act("waive-hearing", _BOTH, _decline),
}


async def propose(work: Work, file: File, new: FiledAct) -> None:
    """Lay a piece of the party before a colleague; nothing moves before that one signs (`/v1/proposals`).

    Invalid("day-needed") where consent names no day; NotFound("no-such-file"); Refused: `wrong-state`,
    `waits-for-signature`, `not-of-this-kind`.
    """
    if new.act is PartyAct.CONSENT and new.consented_until is None:
        raise Invalid("invalid-input", [("consented_until", "day-needed")])
    row = file.dispute
    says = new.model_dump(mode="json")
    await proposals.propose(work, DEEDS[row.kind], person_of(work.actor), row.id, says, person_id=row.person_id)


async def _file(work: Work, proposal: Proposal, kind: Kind) -> File:
    return await queries.file_of(work, await queries.dispute(work, kind, proposal.subject_id))


def _piece(file: File, proposal: Proposal) -> Piece:
    for piece in file.pieces:
        if str(piece.id) == proposal.says["piece_id"] and piece.paper is None:
            return piece
    raise NotFound("no-such-file")


async def _concerned(work: Work, proposal: Proposal) -> set[UUID]:
    row = await work.session.get_one(Dispute, proposal.subject_id)
    return {one for one in (row.person_id, row.representative_id) if one is not None}


def _deed(kind: Kind) -> Deed:
    async def stands(work: Work, proposal: Proposal) -> Standing:
        file = await _file(work, proposal, kind)
        piece, act = _piece(file, proposal), ACTS[PartyAct(proposal.says["act"])]
        if kind not in act.kinds:
            raise Refused("not-of-this-kind")
        if act.event not in open_events(kind, file.dispute.state):
            raise Refused("wrong-state", state=file.dispute.state)
        told = {"number": file.dispute.number, "piece": piece.position, "received_on": piece.received_on.isoformat()}
        facts = {"state": file.dispute.state, "piece": piece.sha256}
        return Standing(facts, moves=[(f"filed-{proposal.says['act']}", told)])

    async def carry_out(work: Work, proposal: Proposal) -> UUID | None:
        file = await _file(work, proposal, kind)
        piece = _piece(file, proposal)
        await ACTS[PartyAct(proposal.says["act"])].do(work, file, proposal.says, piece.received_on)
        await telling.tell_filed(work, file.dispute, piece.received_on)
        return None

    def subjects(work: Work) -> Any:
        return queries.handled(work, kind)

    return Deed(f"{kind.value}-filed-act", queries.HANDLE[kind], _concerned, stands, carry_out, subjects)


DEEDS = {kind: _deed(kind) for kind in Kind}

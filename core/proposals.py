"""Deeds that two persons do: one proposes exactly this, a second one signs, and nothing moves before that.

A room brings its deeds (`Deed`): who may not sign, what the deed stands on, and what it does. The digest is taken over
what stands when it is proposed; when anything of that changed, the signature is refused.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col, select

from core.errors import Forbidden, NotFound, Refused
from core.law.days import add_days
from core.machine import Machine
from core.store.db import Versioned, canonical, choice, json_column
from core.store.work import Work

LIVES_DAYS = 14
AT_ONCE = 100


class ProposalState(StrEnum):
    """Who moves next: a second person (`proposed`), nobody."""

    PROPOSED = "proposed"
    SIGNED = "signed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ProposalEvent(StrEnum):
    SIGN = "sign"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


TWO_PERSONS = Machine(
    "proposal",
    ProposalState.PROPOSED,
    {
        (ProposalState.PROPOSED, ProposalEvent.SIGN): ProposalState.SIGNED,  # security.md 2, rule 4
        (ProposalState.PROPOSED, ProposalEvent.REJECT): ProposalState.REJECTED,
        (ProposalState.PROPOSED, ProposalEvent.WITHDRAW): ProposalState.WITHDRAWN,
        (ProposalState.PROPOSED, ProposalEvent.EXPIRE): ProposalState.EXPIRED,
    },
)


class Proposal(Versioned, table=True):
    """One deed that waits for its second person. `says` is what was asked; `digest` covers it with what stood then."""

    __tablename__ = "proposal"
    __table_args__ = (sa.Index("ix_proposal_state", "state", "kind"),)

    kind: str = Field(max_length=40)
    subject_id: UUID = Field(index=True)
    person_id: UUID | None = Field(default=None, index=True)
    """Whom it is about, where it is about one person."""
    says: dict[str, Any] = Field(default_factory=dict, sa_type=json_column())
    digest: str = Field(max_length=64)
    state: ProposalState = Field(default=TWO_PERSONS.start, sa_type=choice(ProposalState))
    proposed_by: UUID
    proposed_on: date
    expires_on: date
    """The last day on which it can be signed."""
    settled_by: UUID | None = None
    decision_id: UUID | None = None
    """The decision that was taken by signing, where one was."""
    follows: dict[str, Any] | None = Field(default=None, sa_type=json_column(), nullable=True)
    """What its proposer read that would go over (`moves`) and end (`ends`); it stays readable whatever came of it."""
    rejection: str | None = None
    """Why a second person did not sign."""


@dataclass(frozen=True)
class Standing:
    """What a deed stands on: `facts` go into the digest, `moves` and `ends` are told before anybody signs.

    Each line of `moves` and `ends` is a code with its facts, which a page and the API put into words.
    """

    facts: Mapping[str, object]
    moves: Sequence[tuple[str, Mapping[str, object]]] = ()
    ends: Sequence[tuple[str, Mapping[str, object]]] = ()


@dataclass(frozen=True)
class Deed:
    """What two persons do. `stands` refuses whatever the deed itself would refuse, already when it is proposed."""

    kind: str
    permission: str
    concerned: Callable[[Work, Proposal], Awaitable[Collection[UUID]]]
    """Whose own case it is: they neither propose nor sign."""
    stands: Callable[[Work, Proposal], Awaitable[Standing]]
    carry_out: Callable[[Work, Proposal], Awaitable[UUID | None]]
    """Does it; the decision that was taken, where one was."""
    subjects: Callable[[Work], Any] | None = None
    """The ids of what the actor may know of, where the permission alone does not open it."""


def require_other_eyes(signer: UUID, proposer: UUID, concerned: Collection[UUID]) -> None:
    """Two persons, neither of whom it is about: Forbidden("own-case"), Forbidden("own-proposal")."""
    if signer in concerned:
        raise Forbidden("own-case")
    if signer == proposer:
        raise Forbidden("own-proposal")


async def propose(
    work: Work, deed: Deed, me: UUID, subject_id: UUID, says: Mapping[str, Any], person_id: UUID | None = None
) -> Proposal:
    """Propose a deed; it moves nothing. Forbidden("own-case"); Refused("waits-for-signature"), and as the deed."""
    row = Proposal(
        kind=deed.kind,
        subject_id=subject_id,
        person_id=person_id,
        says=dict(says),
        digest="",
        proposed_by=me,
        proposed_on=work.today,
        expires_on=add_days(work.today, LIVES_DAYS),
    )
    if me in await deed.concerned(work, row):
        raise Forbidden("own-case")
    standing = await deed.stands(work, row)
    row.digest = _digest(row, standing)
    row.follows = {"moves": _lines(standing.moves), "ends": _lines(standing.ends)}
    waits = select(Proposal.id).where(
        Proposal.kind == deed.kind, Proposal.subject_id == subject_id, Proposal.state == TWO_PERSONS.start
    )
    if (await work.session.exec(waits.where(Proposal.expires_on >= work.today))).first() is not None:
        raise Refused("waits-for-signature")
    work.add(row)
    await work.flush()
    work.log("proposal:propose", row, kind=row.kind, subject=str(subject_id), digest=row.digest)
    return row


async def sign(work: Work, deed: Deed, row: Proposal, me: UUID) -> Proposal:
    """A second person signs exactly what was proposed, and so carries it out.

    Forbidden: `own-case`, `own-proposal`; Refused: `wrong-state`, `proposal-expired`, `changed-since-proposal`, and as
    the deed itself.
    """
    work.expect(row)
    following = TWO_PERSONS.after(row.state, ProposalEvent.SIGN)
    require_other_eyes(me, row.proposed_by, await deed.concerned(work, row))
    if work.today > row.expires_on:
        raise Refused("proposal-expired", until=row.expires_on)
    if _digest(row, await deed.stands(work, row)) != row.digest:
        raise Refused("changed-since-proposal")
    row.state, row.settled_by = following, me
    work.log("proposal:sign", row, kind=row.kind, subject=str(row.subject_id), digest=row.digest)
    row.decision_id = await deed.carry_out(work, row)
    return row


async def reject(work: Work, deed: Deed, row: Proposal, me: UUID, reason: str) -> Proposal:
    """A second person does not sign, and says why. Forbidden: `own-case`, `own-proposal`; Refused("wrong-state")."""
    work.expect(row)
    following = TWO_PERSONS.after(row.state, ProposalEvent.REJECT)
    require_other_eyes(me, row.proposed_by, await deed.concerned(work, row))
    row.state, row.settled_by, row.rejection = following, me, reason
    work.log("proposal:reject", row, kind=row.kind, subject=str(row.subject_id))
    return row


async def withdraw(work: Work, row: Proposal, me: UUID) -> Proposal:
    """Take one's own proposal off the table. Refused("wrong-state"); Forbidden("not-own-proposal")."""
    work.expect(row)
    if me != row.proposed_by:
        raise Forbidden("not-own-proposal")
    row.state, row.settled_by = TWO_PERSONS.after(row.state, ProposalEvent.WITHDRAW), me
    work.log("proposal:withdraw", row, kind=row.kind, subject=str(row.subject_id))
    return row


async def expire(work: Work) -> Sequence[Proposal]:
    """Close the proposals that nobody signed in time, so many at once; which."""
    wanted = select(Proposal).where(Proposal.state == TWO_PERSONS.start, Proposal.expires_on < work.today)
    rows = (await work.session.exec(wanted.order_by(col(Proposal.id)).limit(AT_ONCE))).all()
    for row in rows:
        row.state = TWO_PERSONS.after(row.state, ProposalEvent.EXPIRE)
        work.log("proposal:expire", row, kind=row.kind, subject=str(row.subject_id))
    return rows


async def proposal(work: Work, id: UUID, deeds: Collection[Deed]) -> Proposal:
    """A proposal of one of these deeds about what the actor may know of; NotFound("no-such-proposal")."""
    row = (await work.session.exec(select(Proposal).where(Proposal.id == id, _known(work, deeds)))).one_or_none()
    if row is None:
        raise NotFound("no-such-proposal")
    return row


def _known(work: Work, deeds: Collection[Deed]) -> sa.ColumnElement[bool]:
    ways = [
        sa.and_(
            col(Proposal.kind) == deed.kind,
            sa.true() if deed.subjects is None else col(Proposal.subject_id).in_(deed.subjects(work)),
        )
        for deed in deeds
    ]
    return sa.or_(sa.false(), *ways)


async def proposals(
    work: Work, deeds: Collection[Deed], state: ProposalState | None, after: UUID | None, most: int
) -> Sequence[Proposal]:
    """The proposals of these deeds about what the actor may know of, the oldest first."""
    wanted = select(Proposal).where(_known(work, deeds))
    if state is not None:
        wanted = wanted.where(Proposal.state == state)
    if after is not None:
        wanted = wanted.where(col(Proposal.id) > after)
    return (await work.session.exec(wanted.order_by(col(Proposal.id)).limit(most))).all()


async def waiting_about(work: Work, subject_id: UUID) -> Sequence[Proposal]:
    """What waits for a second person about one subject."""
    wanted = select(Proposal).where(Proposal.subject_id == subject_id, Proposal.state == TWO_PERSONS.start)
    return (await work.session.exec(wanted.order_by(col(Proposal.id)))).all()


def follows(row: Proposal) -> Standing:
    """What would go over and end, as its proposer read it; nothing for one of before that was kept."""
    told = row.follows or {}
    moves, ends = ([(code, facts) for code, facts in told.get(name, [])] for name in ("moves", "ends"))
    return Standing({}, moves=moves, ends=ends)


def _lines(lines: Sequence[tuple[str, Mapping[str, object]]]) -> Any:
    return json.loads(canonical({"lines": [[code, dict(facts)] for code, facts in lines]}))["lines"]


async def to_sign(work: Work, deeds: Collection[Deed], me: UUID) -> Sequence[Proposal]:
    """What waits for a signature that this person may put: not proposed by them, nor about them."""
    wanted = select(Proposal).where(
        _known(work, deeds),
        Proposal.state == TWO_PERSONS.start,
        Proposal.expires_on >= work.today,
        Proposal.proposed_by != me,
    )
    of = {deed.kind: deed for deed in deeds}
    rows = (await work.session.exec(wanted.order_by(col(Proposal.id)).limit(AT_ONCE))).all()
    return [row for row in rows if me not in await of[row.kind].concerned(work, row)]


def _digest(row: Proposal, standing: Standing) -> str:
    """Of everything that is signed: what was asked, of what, and how that stood."""
    told = {
        "kind": row.kind,
        "subject": str(row.subject_id),
        "says": row.says,
        "facts": standing.facts,
        "moves": list(standing.moves),
        "ends": list(standing.ends),
    }
    return hashlib.sha256(canonical(told)).hexdigest()

"""Reads of dialogues: the owner, the colleague and the assessor each their own; the secretary what others asked."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from auth.actor import Actor, person_of
from auth.permissions import Permission
from core.decisions import Decision, DecisionState
from core.errors import NotFound
from core.store.work import Work
from register.portfolio.dialogue.models import ValuationDialogue
from register.portfolio.dialogue.policy import OPEN, DialogueState
from register.portfolio.models import PortfolioEntry
from register.portfolio.policy import IN_A_TALK, EntryState
from register.portfolio.queries import to_value


def _visible(work: Work) -> SelectOfScalar[ValuationDialogue]:
    actor = work.actor
    wanted = select(ValuationDialogue)
    if not isinstance(actor, Actor) or actor.can(Permission.DIALOGUE_PLAN):
        return wanted
    me = actor.person_id
    ways: list[sa.ColumnElement[bool]] = [
        col(ValuationDialogue.person_id) == me,
        col(ValuationDialogue.peer_id) == me,
    ]
    if actor.can(Permission.ENTRY_VALUE):
        ways.append(col(ValuationDialogue.assessor_id) == me)
    return wanted.where(or_(*ways))


async def dialogue(work: Work, id: UUID) -> ValuationDialogue:
    """A dialogue in which the actor has a part; NotFound("no-such-dialogue")."""
    found = (await work.session.exec(_visible(work).where(ValuationDialogue.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-dialogue")
    return found


async def dialogues(work: Work, after: UUID | None, most: int) -> Sequence[ValuationDialogue]:
    """The dialogues in which the actor has a part, oldest first."""
    wanted = _visible(work)
    if after is not None:
        wanted = wanted.where(col(ValuationDialogue.id) > after)
    return (await work.session.exec(wanted.order_by(col(ValuationDialogue.id)).limit(most))).all()


async def open_for(work: Work, entry_id: UUID) -> bool:
    """Whether a dialogue about an entry still runs."""
    wanted = select(ValuationDialogue.id).where(
        ValuationDialogue.entry_id == entry_id, col(ValuationDialogue.state).in_(OPEN)
    )
    return (await work.session.exec(wanted)).first() is not None


async def stages(work: Work, entries: Iterable[PortfolioEntry]) -> Mapping[UUID, str]:
    """Of entries under valuation, who is at turn: their owner (`talk-to-ask`, `talk-returned`), or for what they wait.

    On paper `under-valuation`; in a talk `talk-asked`, `talk-planned`, `talk-told`; and `decided-unsent`.
    """
    waiting = {one.id: one for one in entries if one.state is EntryState.UNDER_VALUATION}
    if not waiting:
        return {}
    about = list(waiting)
    taken = select(Decision.subject_id).where(
        col(Decision.subject_id).in_(about), Decision.state == DecisionState.TAKEN
    )
    unsent = set(await work.session.exec(taken))
    wanted = select(ValuationDialogue).where(
        col(ValuationDialogue.entry_id).in_(about), col(ValuationDialogue.state).in_(OPEN)
    )
    talks = {row.entry_id: row.state.value for row in await work.session.exec(wanted)}
    return {id: "decided-unsent" if id in unsent else _stage(one, talks.get(id)) for id, one in waiting.items()}


def _stage(entry: PortfolioEntry, talk: str | None) -> str:
    if entry.valuation not in IN_A_TALK:
        return entry.state.value
    return f"talk-{talk or 'to-ask'}"


async def mine_to_do(work: Work) -> tuple[Sequence[PortfolioEntry], Sequence[ValuationDialogue]]:
    """What waits for its owner: activities of which a talk is to be asked, and talks to prepare better."""
    wanted = select(ValuationDialogue).where(
        ValuationDialogue.person_id == person_of(work.actor), ValuationDialogue.state == DialogueState.RETURNED
    )
    returned = (await work.session.exec(wanted.order_by(col(ValuationDialogue.id)))).all()
    return await may_be_asked(work), returned


async def for_me_to_hold(work: Work) -> Sequence[ValuationDialogue]:
    """Talks where the actor is the colleague, until they tell what they heard, or the assessor, until it is valued."""
    me = person_of(work.actor)
    as_peer = sa.and_(ValuationDialogue.peer_id == me, ValuationDialogue.state == DialogueState.PLANNED)  # type: ignore[arg-type]
    as_assessor = sa.and_(
        ValuationDialogue.assessor_id == me,  # type: ignore[arg-type]
        col(ValuationDialogue.state).in_([DialogueState.PLANNED, DialogueState.TOLD]),
    )
    wanted = select(ValuationDialogue).where(or_(as_peer, as_assessor))
    return (await work.session.exec(wanted.order_by(col(ValuationDialogue.held_at)))).all()


async def may_be_asked(work: Work) -> Sequence[PortfolioEntry]:
    """The actor's own entries that wait to be valued in a talk, and for which none runs."""
    running = select(ValuationDialogue.entry_id).where(col(ValuationDialogue.state).in_(OPEN))
    wanted = select(PortfolioEntry).where(
        PortfolioEntry.person_id == person_of(work.actor),
        to_value(),
        col(PortfolioEntry.valuation).in_(list(IN_A_TALK)),
        col(PortfolioEntry.id).not_in(running),
    )
    return (await work.session.exec(wanted.order_by(col(PortfolioEntry.id)))).all()

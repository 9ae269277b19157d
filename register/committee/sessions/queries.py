"""Reads of sessions and their agendas; a member sees the sessions in which they sit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import select

from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Permission, Role
from core.decisions import Decision
from core.panel import queries as panel_queries
from core.panel import service as panel
from core.panel.queries import Sessions
from core.panel.service import PanelItem, PanelSeat, PanelSession, PanelVote
from core.panel.votes import SESSION, SITS, TAKES_FILES, ItemState, SessionState
from core.records import filled
from core.store.work import Work
from register.committee.cases import Case
from register.committee.sessions.schemas import ItemView, SeatView, SessionView
from register.committee.sessions.sources import cases_of, conflicts

COMMITTEE = "registration"


def seen(work: Work) -> Sessions:
    """The sessions that the actor may see."""
    if work.actor.can(Permission.SESSION_PLAN):
        return panel_queries.of_all(COMMITTEE)
    return panel_queries.of_member(COMMITTEE, person_of(work.actor))


async def session(work: Work, id: UUID) -> PanelSession:
    """A session that the actor may see; NotFound("no-such-session")."""
    return await panel_queries.one(work, seen(work), id)


@dataclass(frozen=True)
class Sitting:
    """Everything that a session holds, read at once: what its views and its minutes are made of."""

    session: PanelSession
    seats: Sequence[PanelSeat]
    items: Sequence[PanelItem]
    cases: Mapping[UUID, Case]
    votes: Mapping[UUID, Sequence[PanelVote]]
    aside: Mapping[UUID, set[UUID]]
    decisions: Mapping[UUID, Decision]
    names: Mapping[UUID, str]

    def judges(self, item: PanelItem) -> set[UUID]:
        """Who is there and may judge a file."""
        sit = {seat.member_id for seat in self.seats if seat.state in SITS}
        return sit - self.aside.get(item.case_id, set())

    def took_part(self) -> set[UUID]:
        """Whose vote counts on a file at least: who was there, whatever they answered before."""
        return {vote.member_id for item in self.items for vote in self.valid(item)}

    def presence(self, seat: PanelSeat) -> str:
        """What came of an invitation: who voted was there, and nobody stands as invited once it is over."""
        if seat.member_id in self.took_part():
            return "present"
        over = self.session.state not in TAKES_FILES
        return "took-no-part" if over and seat.state in SITS else seat.state.value

    def valid(self, item: PanelItem) -> list[PanelVote]:
        """The votes that count."""
        judges = self.judges(item)
        return [vote for vote in self.votes.get(item.id, ()) if vote.member_id in judges]

    def awaited(self, item: PanelItem) -> set[UUID]:
        """Who is there, may judge a file and has not voted on it."""
        return self.judges(item) - {vote.member_id for vote in self.votes.get(item.id, ())}

    def complete(self, item: PanelItem) -> bool:
        """Whether everybody who may has voted, and they are enough."""
        cast = {vote.member_id for vote in self.valid(item)}
        return len(cast) >= self.session.quorum and cast == self.judges(item)


async def sitting_of(work: Work, row: PanelSession) -> Sitting:
    """A session with everything in it, in a constant number of queries."""
    seats = await panel.seats_of(work, row.id)
    items = await panel.items_of(work, row.id)
    cases = [item.case_id for item in items]
    votes: dict[UUID, list[PanelVote]] = defaultdict(list)
    for vote in await panel.votes_on(work, [item.id for item in items]):
        votes[vote.item_id].append(vote)
    aside: dict[UUID, set[UUID]] = defaultdict(set)
    for case, member in await panel.recused(work, cases):
        aside[case].add(member)
    taken = await work.session.exec(select(Decision).where(Decision.taken_in == row.id))
    found = await cases_of(work, cases)
    persons = {seat.member_id for seat in seats} | {case.person_id for case in found.values()}
    names = await people.names_of(work.session, persons)
    decisions = {decision.subject_id: decision for decision in taken}
    return Sitting(row, seats, items, found, votes, aside, decisions, names)


async def session_view(work: Work, row: PanelSession) -> SessionView:
    """A session as the actor may see it, in a constant number of queries."""
    found = await sitting_of(work, row)
    present = sum(seat.state in SITS for seat in found.seats)
    warning = await pool_warning(work)
    warnings = [*([warning] if warning else []), *(["quorum-in-danger"] if present < row.quorum else [])]
    return filled(
        SessionView,
        row,
        members=[
            SeatView(one.member_id, found.names.get(one.member_id, ""), one.state.value, found.presence(one))
            for one in found.seats
        ],
        items=await _items(work, found),
        warnings=warnings if row.state in TAKES_FILES else [],
        open_moves=SESSION.open(row.state),
    )


async def pool_warning(work: Work) -> str | None:
    """`pool-too-small` or `pool-too-large` for a pool outside the bounds of the rule sets in force (po-comreg)."""
    size = len(await people.holders(work.session, Role.COMMITTEE_MEMBER, work.today))
    bounds = [rules.committee for rules in work.rules if rules.covers(work.today)]
    if size < max(each.pool_least for each in bounds):
        return "pool-too-small"
    return "pool-too-large" if size > min(each.pool_most for each in bounds) else None


async def _items(work: Work, found: Sitting) -> list[ItemView]:
    me = work.actor.person_id if isinstance(work.actor, Actor) else None
    closed: set[UUID] = set()
    if me is not None:
        mine = await conflicts(work, [item.case_id for item in found.items], [me])
        closed = {case for case, _ in mine} | {case for case, who in found.aside.items() if me in who}
        if work.actor.can(Permission.SESSION_PLAN):  # the secretary judges nothing; only the own case is closed
            closed = {case.id for case in found.cases.values() if case.person_id == me}
    keeps = work.actor.can(Permission.SESSION_DECIDE)
    return [_item(found, item, me, item.case_id not in closed, keeps) for item in found.items]


def _item(found: Sitting, item: PanelItem, me: UUID | None, mine: bool, keeps: bool) -> ItemView:
    case = found.cases[item.case_id]
    decision = found.decisions.get(item.case_id) if mine else None
    votable = item.state is ItemState.LISTED and found.session.state is SessionState.OPEN
    my_vote = next((vote.vote.value for vote in found.votes.get(item.id, ()) if vote.member_id == me), None)
    votes = {vote.member_id: vote.vote for vote in found.valid(item)}
    told = mine and (keeps or panel_queries.knows_votes(item, votes, me))
    return filled(
        ItemView,
        item,
        application_id=item.case_id if case.room == "application" else None,
        number=case.number,
        kind=case.kind,
        applicant=found.names.get(case.person_id, "") if mine else "",
        open_to_me=mine,
        votes=len(found.valid(item)) if mine else None,
        complete=mine and found.complete(item),
        my_vote=my_vote,
        present=sorted(votes) if mine else [],
        tally=panel_queries.tally_shown(votes.values()) if told else None,
        summary=_summary(item, decision) if mine else {},
        recused=sorted(found.aside.get(item.case_id, set())),
        awaited=sorted(found.awaited(item)) if mine and votable else [],
        decide_by=case.decide_by,
        decision=decision.id if decision else None,
        decision_outcome=decision.outcome.value if decision else None,
        decision_state=decision.state.value if decision else None,
    )


def _summary(item: PanelItem, decision: Decision | None) -> dict[str, Any]:
    """What the rules foretell, with the day on which that was reckoned; once decided, what the decision gives."""
    if decision is None or not item.summary.get("due_on"):
        return {**item.summary, "basis": "forecast"}
    due_on = decision.due_on.isoformat() if decision.due_on else None
    own = {"level": decision.level, "due_on": due_on, "reckoned_on": decision.decided_on.isoformat()}
    return {**item.summary, **own, "basis": "decision"}


async def own_vote(work: Work, item_id: UUID) -> str | None:
    """What the actor voted on a file, or None."""
    actor = work.actor
    if not isinstance(actor, Actor):
        return None
    wanted = select(PanelVote.vote).where(PanelVote.item_id == item_id, PanelVote.member_id == actor.person_id)
    found = (await work.session.exec(wanted)).one_or_none()
    return str(found) if found else None

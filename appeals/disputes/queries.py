"""Reads of disputes, each scoped to who asks: the filer, a handler without any part in the decision, a seat."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from appeals.disputes.models import (
    Contested,
    Dispute,
    Exclusion,
    Hearing,
    InterimRequest,
    Piece,
    Representative,
    Seat,
)
from appeals.disputes.policy import FULLY_MET, OPEN_STATES, AppealState, Kind
from appeals.ports import DisputePorts
from auth import merged_persons
from auth.actor import Actor
from auth.permissions import Permission
from core.agenda import AgendaEntry
from core.assigning import Assignment
from core.decisions import Decision, DecisionState
from core.errors import NotFound
from core.store.work import Work

READ = {Kind.OBJECTION: Permission.OBJECTION_READ, Kind.APPEAL: Permission.APPEAL_READ}
HANDLE = {Kind.OBJECTION: Permission.OBJECTION_HANDLE, Kind.APPEAL: Permission.APPEAL_HANDLE}
TOOK_PART = "took-part"
"""The ground that bars who had a hand in what is contested from judging it."""
NO_SUCH = {Kind.OBJECTION: "no-such-objection", Kind.APPEAL: "no-such-appeal"}


@dataclass(frozen=True)
class May:
    """What the roles of the actor open: all of a kind to read, work on what is given, a seat, the body's side."""

    read: bool
    handle: bool
    sit: bool
    defend: bool = False


@dataclass(frozen=True)
class Relation:
    """What the actor is to a dispute; `body`: speaks for the body whose decision is appealed against.

    `unproven`: says to speak for the party, and no mandate (machtiging) is in the file yet (Awb 2:1).
    """

    filer: bool = False
    handler: bool = False
    seated: bool = False
    body: bool = False
    unproven: bool = False

    @property
    def party(self) -> bool:
        """Whether it is one of the two sides, who judge nothing."""
        return self.filer or self.body


def _visible(work: Work, kind: Kind) -> SelectOfScalar[Dispute]:
    actor = work.actor
    if not isinstance(actor, Actor):
        wanted = select(Dispute).where(Dispute.kind == kind)
        return wanted if actor.can(READ[kind]) else wanted.where(sa.false())
    defends = kind is Kind.APPEAL and actor.can(Permission.APPEAL_DEFEND)
    may = May(actor.can(READ[kind]), actor.can(HANDLE[kind]), actor.can(Permission.DISPUTE_SIT), defends)
    return _visible_to(actor.person_id, actor.organisations, may, kind)


@lru_cache(maxsize=512)
def _visible_to(me: UUID, organisations: frozenset[UUID], may: May, kind: Kind) -> SelectOfScalar[Dispute]:
    """Kept for a few hundred actors: it takes longer to build than to answer.

    Who keeps all of a kind sees each; who handles or judges, only what was given to them or where they sit. Who speaks
    for the body sees an appeal against it, though they took part in what is contested: they judge nothing in it.
    """
    party = sa.and_(col(Dispute.organisation_id).is_(None), col(Dispute.person_id) == me)
    theirs = sa.and_(col(Dispute.organisation_id).is_not(None), col(Dispute.organisation_id).in_(organisations))
    mine = merged_persons.one_with(me)
    spoken = sa.and_(col(Dispute.representative_id).is_not(None), col(Dispute.representative_id) == me)
    filer = or_(party, theirs, spoken)
    other = sa.not_(or_(filer, col(Dispute.person_id) == me))
    sits = select(Seat.id).where(Seat.dispute_id == Dispute.id, Seat.member_id == me, Seat.recused == "")
    ways: list[sa.ColumnElement[bool]] = [sits.exists()] if may.sit else [sa.false()]
    anyhow = sits.where(col(Seat.involved).is_(True)).exists() if may.sit else sa.false()  # the body has too few others
    stepped = select(Seat.id).where(Seat.dispute_id == Dispute.id, col(Seat.member_id).in_(mine), Seat.recused != "")
    if may.read:
        ways.append(~stepped.exists())
    elif may.handle:
        given = select(Assignment.id).where(Assignment.case_id == Dispute.id, Assignment.member_id == me)
        ways.append(sa.and_(given.exists(), ~stepped.exists()))
    barred = select(Exclusion.id).where(Exclusion.dispute_id == Dispute.id, col(Exclusion.member_id).in_(mine))
    seen = or_(filer, sa.and_(or_(*ways), other, or_(~barred.exists(), anyhow)))
    if may.defend:
        torn = barred.where(Exclusion.ground != TOOK_PART)
        seen = or_(
            seen, sa.and_(other, ~torn.exists(), ~stepped.exists(), col(Dispute.state) != AppealState.FORWARDED.value)
        )
    return select(Dispute).where(Dispute.kind == kind, seen)


def handled(work: Work, kind: Kind) -> sa.Select[tuple[UUID]]:
    """The ids of the disputes that the actor may see, and does not file or represent, where they handle such ones."""
    seen = _visible(work, kind).subquery()
    wanted = sa.select(seen.c.id)
    return wanted if work.actor.can(HANDLE[kind]) else wanted.where(sa.false())


async def dispute(work: Work, kind: Kind, id: UUID) -> Dispute:
    """A dispute that the actor may see; NotFound, equal to a missing one, for who took part in what is contested."""
    found = (await work.session.exec(_visible(work, kind).where(Dispute.id == id))).one_or_none()
    if found is None:
        raise NotFound(NO_SUCH[kind])
    return found


async def sees(work: Work, found: Dispute) -> bool:
    """Whether the actor may see a dispute now, after what they did."""
    wanted = _visible(work, found.kind).where(Dispute.id == found.id)
    return (await work.session.exec(wanted)).first() is not None


async def disputes(work: Work, kind: Kind, state: str | None, after: UUID | None, most: int) -> Sequence[Dispute]:
    """The disputes that the actor may see, oldest first."""
    wanted = _visible(work, kind)
    if state is not None:
        wanted = wanted.where(Dispute.state == state)
    if after is not None:
        wanted = wanted.where(col(Dispute.id) > after)
    return (await work.session.exec(wanted.order_by(col(Dispute.id)).limit(most))).all()


async def relation(work: Work, found: Dispute) -> Relation:
    """What the actor is to a dispute that they may see; a role is void on one's own case."""
    actor = work.actor
    if not isinstance(actor, Actor):
        return Relation(handler=True)
    own = found.organisation_id is None and actor.person_id == found.person_id
    if own or found.organisation_id in actor.organisations:
        return Relation(filer=True)
    if actor.person_id == found.representative_id:
        seen = select(Representative.id).where(
            Representative.dispute_id == found.id, col(Representative.mandate_seen_on).is_not(None)
        )
        return Relation(filer=True, unproven=(await work.session.exec(seen)).first() is None)
    mine = select(Seat).where(Seat.dispute_id == found.id, Seat.member_id == actor.person_id, Seat.recused == "")
    seat = (await work.session.exec(mine)).first()
    involved = seat is not None and bool(seat.involved)
    seated = actor.can(Permission.DISPUTE_SIT) and seat is not None
    if found.kind is Kind.APPEAL and actor.can(Permission.APPEAL_DEFEND):
        one = merged_persons.one_with(actor.person_id)
        barred = select(Exclusion.id).where(Exclusion.dispute_id == found.id, col(Exclusion.member_id).in_(one))
        if not (seated or actor.can(HANDLE[found.kind])) or (await work.session.exec(barred)).first() is not None:
            return Relation(body=True)
    return Relation(handler=actor.can(HANDLE[found.kind]) and not involved, seated=seated)


@dataclass(frozen=True)
class File:
    """A dispute with everything that belongs to it."""

    dispute: Dispute
    contested: Sequence[tuple[Contested | None, Decision]]
    """Lodged against, and joined by themselves (without a row): Awb 6:19."""
    seats: Sequence[Seat]
    hearing: Hearing | None
    representative: Representative | None
    pieces: Sequence[Piece]
    decision: Decision | None
    excluded: Collection[UUID] = field(default_factory=tuple)
    interim: InterimRequest | None = None
    """The last request to suspend meanwhile."""

    def late(self) -> bool:
        """Whether it came too late against any decision."""
        return any(row is not None and row.days_late for row, _ in self.contested)

    def chair(self) -> Seat | None:
        """Who leads the hearing: of the advisory committee where there is one (Awb 7:13)."""
        return next((seat for seat in self.hearing_panel() if seat.chair), None)

    def awaited(self, today: date) -> Hearing | None:
        """The hearing that is planned and still to be held."""
        planned = self.hearing is not None and not self.hearing.held and self.hearing.held_on >= today
        return self.hearing if planned else None

    def sitting(self) -> list[Seat]:
        """Who sits and did not step aside."""
        return [seat for seat in self.seats if not seat.recused]

    def stepped_aside(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.recused]

    def hearing_panel(self) -> list[Seat]:
        """Who hears: the advisory committee where there is one, else who decides (Awb 7:5, 7:13(3))."""
        return [seat for seat in self.sitting() if self.advises(seat) == self.dispute.advisory]

    def deciding(self) -> list[Seat]:
        """Who decides: members of the body or of the chamber, never who advises."""
        return [seat for seat in self.sitting() if not self.advises(seat)]

    def advises(self, seat: Seat) -> bool:
        """Whether a seat is one in the advisory committee; before this was kept, all of its case were."""
        return self.dispute.advisory if seat.advises is None else seat.advises

    def at_turn(self) -> list[Seat]:
        """Whose votes are asked now: after the advice of who decides, before it of who advises."""
        return self.deciding() if self.dispute.state == "advised" else self.hearing_panel()


async def file_of(work: Work, found: Dispute) -> File:
    """A dispute with everything that belongs to it, in a constant number of queries."""
    s = work.session
    barred = (await s.exec(select(Exclusion.member_id).where(Exclusion.dispute_id == found.id))).all()
    seats = (await s.exec(select(Seat).where(Seat.dispute_id == found.id).order_by(col(Seat.id)))).all()
    held = select(Hearing).where(Hearing.dispute_id == found.id).order_by(col(Hearing.id).desc()).limit(1)
    spoken = select(Representative).where(Representative.dispute_id == found.id)
    pieces = (await s.exec(select(Piece).where(Piece.dispute_id == found.id).order_by(col(Piece.position)))).all()
    ruled = select(Decision).where(Decision.subject_id == found.id, Decision.round == found.round)
    return File(
        found,
        await contested_of(work, found),
        seats,
        (await s.exec(held)).first(),
        (await s.exec(spoken)).one_or_none(),
        pieces,
        (await s.exec(ruled)).one_or_none(),
        await merged_persons.kept_of(s, barred),
        await interim_of(work, found),
    )


async def interim_of(work: Work, found: Dispute) -> InterimRequest | None:
    """The last request to suspend meanwhile what a dispute is about."""
    wanted = select(InterimRequest).where(InterimRequest.dispute_id == found.id)
    return (await work.session.exec(wanted.order_by(col(InterimRequest.id).desc()).limit(1))).first()


async def interims_of(work: Work, found: Dispute) -> Sequence[UUID]:
    """The ids of every request to suspend meanwhile in a dispute."""
    return (await work.session.exec(select(InterimRequest.id).where(InterimRequest.dispute_id == found.id))).all()


async def contested_of(work: Work, found: Dispute) -> list[tuple[Contested | None, Decision]]:
    """What a dispute is about: the decisions lodged against, and those that took their place since (Awb 6:19).

    An appeal is about the decision on objection and, behind it, what was objected to; one against silence about what
    was decided since, as far as that gives less than was asked (Awb 6:20).
    """
    wanted = select(Contested, Decision).join(Decision, col(Decision.id) == Contested.decision_id)
    rows = (await work.session.exec(wanted.where(Contested.dispute_id == found.id).order_by(col(Decision.id)))).all()
    listed: list[tuple[Contested | None, Decision]] = [(row, decision) for row, decision in rows]
    behind = {decision.subject_id for _, decision in listed if decision.kind == Kind.OBJECTION.value}
    if behind:
        objected = wanted.where(col(Contested.dispute_id).in_(behind)).order_by(col(Decision.id))
        listed += [(None, decision) for _, decision in (await work.session.exec(objected)).all()]
    listed += [(None, decision) for decision in await _late(work, found)]
    listed += [(None, decision) for decision in await penalties_along(work, found, [each for _, each in listed])]
    seen = {decision.id for _, decision in listed}
    subjects = {decision.subject_id for _, decision in listed}
    later = select(Decision).where(col(Decision.subject_id).in_(subjects), col(Decision.replaces).is_not(None))
    for decision in (await work.session.exec(later.order_by(col(Decision.round)))).all():
        if _while_it_ran(decision, found) and decision.replaces in seen and decision.id not in seen:
            seen.add(decision.id)
            listed.append((None, decision))
    return listed


async def _late(work: Work, found: Dispute) -> Sequence[Decision]:
    """What was decided after all while an appeal against silence ran, unless it gives all that was asked (Awb 6:20)."""
    if found.about_id is None:
        return []
    wanted = select(Decision).where(
        Decision.subject_id == found.about_id,
        col(Decision.replaces).is_(None),
        col(Decision.notified_on) >= found.received_on,
        col(Decision.outcome).not_in(FULLY_MET),
    )
    if found.ended_on is not None:
        wanted = wanted.where(col(Decision.notified_on) < found.ended_on)
    return (await work.session.exec(wanted.order_by(col(Decision.id)))).all()


async def penalties_along(work: Work, found: Dispute, decisions: Sequence[Decision]) -> list[Decision]:
    """The penalty decisions that are contested along, unless in a case of their own (Awb 4:19)."""
    along = [each for decision in decisions for each in await work.port(DisputePorts).penalties(work, decision)]
    if not along:
        return []
    own = select(Contested.decision_id).where(col(Contested.decision_id).in_([each.id for each in along]))
    apart = set(await work.session.exec(own))
    return [each for each in along if each.id not in apart and _while_it_ran(each, found)]


def _while_it_ran(decision: Decision, found: Dispute) -> bool:
    known = decision.notified_on
    return known is not None and (found.ended_on is None or known < found.ended_on)


async def disputed(work: Work, decision_ids: Sequence[UUID]) -> Sequence[Dispute]:
    """The disputes that run against one of these decisions."""
    wanted = select(Dispute).where(
        col(Dispute.id).in_(select(Contested.dispute_id).where(col(Contested.decision_id).in_(decision_ids))),
        col(Dispute.state).in_(OPEN_STATES),
    )
    return (await work.session.exec(wanted.order_by(col(Dispute.id)))).all()


async def appeals_about(work: Work, id: UUID) -> Sequence[Dispute]:
    """The appeals that run against not deciding on a request or objection."""
    wanted = select(Dispute).where(Dispute.about_id == id, col(Dispute.state).in_(OPEN_STATES))
    return (await work.session.exec(wanted.order_by(col(Dispute.id)))).all()


async def sent_back(work: Work, file: File) -> Dispute | None:
    """The objection that runs again because its decision was annulled on this appeal."""
    ids = {
        decision.subject_id for lodged, decision in file.contested if lodged and decision.kind == Kind.OBJECTION.value
    }
    wanted = select(Dispute).where(col(Dispute.id).in_(ids), col(Dispute.remitted_on).is_not(None))
    return (await work.session.exec(wanted)).first()


async def open_against(work: Work, decision: Decision, kind: Kind) -> Dispute | None:
    """The dispute of the same person that runs already about a decision, lodged or joined by itself."""
    wanted = select(Dispute).where(
        Dispute.kind == kind, Dispute.person_id == decision.person_id, col(Dispute.state).in_(OPEN_STATES)
    )
    for found in (await work.session.exec(wanted)).all():
        if decision.id in {one.id for _, one in await contested_of(work, found)}:
            return found
    return None


async def ruled_on(work: Work, decision: Decision) -> Decision | None:
    """The decision on objection that stands about a decision, made known: the one to appeal against."""
    wanted = (
        select(Decision)
        .join(Contested, col(Contested.dispute_id) == Decision.subject_id)
        .where(
            Contested.decision_id == decision.id,
            Decision.kind == Kind.OBJECTION.value,
            Decision.state == DecisionState.NOTIFIED,
        )
        .order_by(col(Decision.id).desc())
    )
    return (await work.session.exec(wanted)).first()


async def with_whole(work: Work, decisions: Sequence[Decision]) -> list[Decision]:
    """These decisions, with the decision on objection or ruling in the place of what came as a part of it."""
    found: dict[UUID, Decision] = {}
    for each in decisions:
        whole = each if each.part_of is None else await decision_by_number(work, each.part_of)
        if whole is not None:
            found[whole.id] = whole
    return list(found.values())


async def terms_of(work: Work, kind: Kind, most: int) -> Sequence[tuple[AgendaEntry, Dispute]]:
    """Every term that runs in the disputes that the actor may handle, nearest first."""
    mine = _visible(work, kind).subquery()
    wanted = (
        select(AgendaEntry, Dispute)
        .join(Dispute, col(Dispute.id) == AgendaEntry.case_id)
        .where(col(Dispute.id).in_(select(mine.c.id)), col(AgendaEntry.done_at).is_(None))
        .order_by(col(AgendaEntry.due_on), col(AgendaEntry.id))
        .limit(most)
    )
    return (await work.session.exec(wanted)).all()


async def decision_by_number(work: Work, number: str) -> Decision | None:
    """A decision by the number on its letter, for the house itself."""
    return (await work.session.exec(select(Decision).where(Decision.number == number))).one_or_none()

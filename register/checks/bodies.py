"""Who decided on an objection, derived anew for `verify`: members of the right body, enough of them, none who advised.

By the trail, the role grants and the exclusions, not by what the services counted. A case that began before this was
kept says nothing of it, and is left.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, or_, select

from appeals.disputes.involved import PERSON, took_part
from appeals.disputes.models import Contested, Dispute, Exclusion, Seat
from auth.models import RoleGrant
from auth.permissions import Role
from core.clock import legal_day
from core.decisions import Decision
from core.law.rulesets import Committee
from core.store.audit import Finding, TrailEvent
from core.store.db import AsyncSession
from core.store.work import Means

ROLES = {"registration": Role.COMMITTEE_MEMBER, "accreditation": Role.ACCREDITATION_MEMBER}
Votes = Mapping[UUID, UUID]
"""By member the seat from which they voted."""


async def bodies(means: Means, session: AsyncSession, rows: Sequence[Dispute]) -> list[Finding]:
    """What is wrong with who decided, of so many disputes at once."""
    kept = {row.id: row for row in rows if row.body is not None}
    if not kept:
        return []
    seats: dict[UUID, list[Seat]] = defaultdict(list)
    for seat in await session.exec(select(Seat).where(col(Seat.dispute_id).in_(kept))):
        seats[seat.dispute_id].append(seat)
    decided: dict[UUID, list[Decision]] = defaultdict(list)
    wanted = select(Decision).where(col(Decision.subject_id).in_(kept), Decision.kind == "objection")
    for decision in await session.exec(wanted.order_by(col(Decision.round))):
        decided[decision.subject_id].append(decision)
    found = []
    for row in kept.values():
        if not (decided[row.id] or any(seat.involved for seat in seats[row.id])):
            continue
        about = await _about(session, row)
        cast = await _votes(session, row, seats[row.id])
        barred = await _barred(session, row, about)
        codes = set()
        for at, decision in enumerate(decided[row.id]):
            committee = next(one for one in means.rules if one.name == decision.rule_set).committee
            votes = cast[at] if at < len(cast) else {}
            codes |= await _flaws(session, row, decision, about, committee, votes, seats[row.id])
        for seat in seats[row.id]:
            if seat.member_id in barred and seat.involved and not await _too_few(means, session, row, seat, barred):
                codes.add("seat-not-impartial")
        found += [Finding(code, f"dispute/{row.id}") for code in sorted(codes)]
    return found


async def _about(session: AsyncSession, row: Dispute) -> Sequence[Decision]:
    wanted = select(Decision).join(Contested, col(Contested.decision_id) == Decision.id)
    return (await session.exec(wanted.where(Contested.dispute_id == row.id))).all()


async def _votes(session: AsyncSession, row: Dispute, seats: Sequence[Seat]) -> list[Votes]:
    """Who had voted each time that it was decided, as the trail tells."""
    objects = [str(row.id), *(str(seat.id) for seat in seats)]
    wanted = select(TrailEvent.action, TrailEvent.object_id, TrailEvent.actor)
    events = await session.exec(wanted.where(col(TrailEvent.object_id).in_(objects)).order_by(col(TrailEvent.id)))
    standing: dict[UUID, UUID] = {}
    found: list[Votes] = []
    for action, object_id, actor in events:
        if action == "objection:vote" and actor.startswith(PERSON):
            standing[UUID(object_id)] = UUID(actor.removeprefix(PERSON))
        elif action in {"objection:vote-anew", "objection:recuse"}:
            standing.pop(UUID(object_id), None)
        elif action == "objection:decide":
            found.append({member: seat for seat, member in standing.items()})
    return found


async def _barred(session: AsyncSession, row: Dispute, about: Sequence[Decision]) -> set[UUID]:
    shut = await session.exec(select(Exclusion.member_id).where(Exclusion.dispute_id == row.id))
    return {*shut, *await took_part(session, about, before=row.received_at)}


async def _flaws(
    session: AsyncSession,
    row: Dispute,
    decision: Decision,
    about: Sequence[Decision],
    committee: Committee,
    votes: Votes,
    seats: Sequence[Seat],
) -> set[str]:
    by: dict[str, Any] = decision.facts.get("decided_by") or {}
    members = {UUID(one) for one in by.get("members", ())}
    if not members:
        return {"decided-by-nobody"}
    flaws = set()
    body = "registration" if all(one.organisation_id is None for one in about) else "accreditation"
    if by.get("body") != body or row.body != body:
        flaws.add("decided-by-another-body")
    if not members <= await _holding(session, ROLES[body], decision.decided_on):
        flaws.add("decider-not-entitled")
    places = {seat.id: seat for seat in seats}
    sat = {member: places[votes[member]] for member in members if member in votes and votes[member] in places}
    if members != sat.keys() or any(seat.advises is not False or seat.recused for seat in sat.values()):
        flaws.add("decider-not-seated")
    if by.get("alone"):
        left = "inadmissible" in committee.chair_alone and decision.outcome.value == "inadmissible"
        if not left or len(members) != 1 or not all(seat.chair and not seat.involved for seat in sat.values()):
            flaws.add("decided-without-quorum")
    elif len(members) < committee.quorum:
        flaws.add("decided-without-quorum")
    if decision.round == row.round:
        wanted = sum(seat.vote == decision.outcome.value for seat in sat.values())
        if 2 * wanted <= len(members):
            flaws.add("decided-not-as-voted")
    return flaws


async def _holding(session: AsyncSession, role: Role, on: date, since: date | None = None) -> set[UUID]:
    """Who held a role on a day; `since`: and had it on that day already."""
    wanted = select(RoleGrant.person_id).where(
        RoleGrant.role == role,
        RoleGrant.from_on <= (since or on),
        or_(col(RoleGrant.until_on).is_(None), col(RoleGrant.until_on) >= on),
    )
    return set((await session.exec(wanted)).all())


async def _too_few(means: Means, session: AsyncSession, row: Dispute, seat: Seat, barred: set[UUID]) -> bool:
    """Whether the body had too few members without a hand in it when one who had was seated (Awb 7:5, 10:3(3))."""
    told = select(TrailEvent.at).where(TrailEvent.object_id == str(seat.id), TrailEvent.action == "objection:seat")
    at = (await session.exec(told)).first()
    if at is None or seat.advises:
        return False
    on = legal_day(at)
    free = await _holding(session, ROLES[row.body or ""], on, since=row.received_on) - barred - {row.person_id}
    stepped = select(Seat.member_id).where(Seat.dispute_id == row.id, Seat.recused != "")
    free -= set((await session.exec(stepped)).all())
    return len(free) < means.rules.chosen(row.register_code, on).committee.quorum

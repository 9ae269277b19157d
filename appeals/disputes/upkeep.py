"""What time does to a dispute: omissions left unrepaired, files laid open, terms that near or ran out, the end."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from appeals.disputes import telling, terms
from appeals.disputes.handling import leave_unrepaired, move
from appeals.disputes.models import Contested, Dispute, Exclusion, Hearing, Told
from appeals.disputes.policy import AppealState, Kind, ObjectionState
from auth import queries as people
from auth.permissions import Role
from core import agenda
from core.agenda import AgendaEntry
from core.decisions import Decision
from core.law.days import add_days, add_period
from core.law.penalty import penalty
from core.law.terms import post_receipt_limit
from core.store.work import Work
from core.texts import day

AT_ONCE = 100
IN_TURN = (col(Dispute.decision_due_on), col(Dispute.id))
OFFICE = {Kind.OBJECTION: Role.OBJECTION_ADVISER, Kind.APPEAL: Role.APPEALS_SECRETARY}


async def pass_omissions(work: Work, on: date) -> int:
    """The day to repair went by unused (Awb 6:6); how many, a hundred at most."""
    rows = (await work.session.exec(unrepaired(on).order_by(col(Dispute.id)).limit(AT_ONCE))).all()
    for row in rows:
        await leave_unrepaired(work, row)
    return len(rows)


def unrepaired(on: date) -> SelectOfScalar[Dispute]:
    """Where the day to repair went by before a day."""
    return select(Dispute).where(
        or_(Dispute.state == ObjectionState.OMISSION.value, Dispute.state == AppealState.OMISSION.value),
        col(Dispute.repair_until) < on,
    )


async def open_papers(work: Work, on: date) -> int:
    """From a week before a hearing the file lies open, and its parties know (Awb 7:4(2)); how many, a hundred."""
    wanted = (
        select(Hearing, Dispute)
        .join(Dispute, col(Dispute.id) == Hearing.dispute_id)
        .join(AgendaEntry, col(AgendaEntry.case_id) == Dispute.id)
        .where(
            AgendaEntry.task == terms.DOCUMENTS,
            col(AgendaEntry.done_at).is_(None),
            AgendaEntry.due_on == Hearing.documents_until,
            Hearing.inspection_from <= on,
        )
    )
    rows = (await work.session.exec(wanted.order_by(col(Hearing.id)).limit(AT_ONCE))).all()
    for hearing, row in rows:
        if hearing.held_on >= on:
            await telling.lay_open(work, row, hearing)
        await agenda.done(work, row.id, terms.DOCUMENTS)
    return len(rows)


async def warn_near(work: Work, on: date) -> int:
    """Tell who handles it that a term nears; how many, a hundred at most."""
    for register in work.rules.registers():
        ahead = work.rules.chosen(register, on).terms["decision-warning"]
        near = col(Dispute.decision_due_on).between(on, add_period(on, ahead.length, ahead.unit))
        wanted = _untold("near").where(near, Dispute.register_code == register)
        rows = (await work.session.exec(wanted.order_by(*IN_TURN).limit(AT_ONCE))).all()
        if rows:
            await _tell_office(work, rows, "near", on)
            return len(rows)
    return 0


async def warn_over(work: Work, on: date) -> int:
    """Tell who handles it that a term ran out, and the filer what they may do then (Awb 4:17(3), 6:12)."""
    rows = (await work.session.exec(overdue(on).order_by(*IN_TURN).limit(AT_ONCE))).all()
    if rows:
        await _tell_office(work, rows, "over", on)
    return len(rows)


def overdue(on: date) -> SelectOfScalar[Dispute]:
    """Where the day to decide went by before a day, and nobody was told."""
    return _untold("over").where(col(Dispute.decision_due_on) < on)


async def run_penalties(work: Work, on: date) -> int:
    """Two weeks after a notice of default the penalty (dwangsom) runs, where the register has one (Awb 4:17)."""
    started = _untold("penalty").where(col(Dispute.default_notice_on) < add_days(on, -14))
    rows, tariffs = [], work.means.settings.rates.penalties
    for row in (await work.session.exec(started.order_by(col(Dispute.id)))).all():
        if not work.rules.chosen(row.register_code, on).switches["penalty-payments"] or row.default_notice_on is None:
            continue
        owed = penalty(row.decision_due_on, row.default_notice_on, on, work.calendar, tariffs)
        if owed.first_day is not None and owed.last_day is not None and owed.first_day <= on:
            await terms.wait_for_penalty(work, row, owed.last_day)
            rows.append(row)
    if rows:
        await _tell_office(work, rows, "penalty", on)
    return len(rows)


def _untold(what: str) -> SelectOfScalar[Dispute]:
    told = select(Told.id).where(
        Told.dispute_id == Dispute.id, Told.what == what, Told.due_on == Dispute.decision_due_on
    )
    return select(Dispute).where(col(Dispute.ended_on).is_(None), ~told.exists())


async def _tell_office(work: Work, rows: Sequence[Dispute], what: str, on: date) -> None:
    """One letter to everybody who may handle it and took no part; once for each day on which it was due."""
    barred: dict[UUID, set[UUID]] = {row.id: {row.person_id} for row in rows}
    excluded = select(Exclusion).where(col(Exclusion.dispute_id).in_(barred))
    for each in (await work.session.exec(excluded)).all():
        barred[each.dispute_id].add(each.member_id)
    office = {
        kind: [person for person, _ in await people.holders(work.session, OFFICE[kind], on)]
        for kind in {row.kind for row in rows}
    }
    addresses = await people.addresses_of(work.session, {one for each in office.values() for one in each})
    for row in rows:
        for person in office[row.kind]:
            if person not in barred[row.id]:
                _warn(work, row, what, addresses[person])
        if what == "over":
            await telling.tell_late(work, row)
        work.add(Told(dispute_id=row.id, what=what, due_on=row.decision_due_on, told_on=on))
    await work.flush()
    work.log("dispute:warn", None, what=what, number=len(rows))


async def close(work: Work, on: date) -> int:
    """Close what nobody can appeal against in time any more, and what was sent back when it is decided anew."""
    appeal, against = aliased(Dispute), aliased(Contested)
    runs = (
        select(appeal.id)
        .join(against, col(against.dispute_id) == appeal.id)
        .where(against.decision_id == Decision.id, col(appeal.ended_on).is_(None))
    )
    wanted = (
        select(Dispute, Decision)
        .join(Decision, sa.and_(col(Decision.subject_id) == Dispute.id, col(Decision.round) == Dispute.round))
        .where(
            Dispute.state == ObjectionState.NOTIFIED.value,
            col(Decision.kind) == col(Dispute.kind),
            col(Decision.last_day_to_object) < add_days(on, -7),
            ~runs.exists(),
        )
        .order_by(col(Decision.last_day_to_object), col(Dispute.id))
    )
    closed = 0
    for row, decision in (await work.session.exec(wanted.limit(AT_ONCE))).all():
        last_day = decision.last_day_to_object
        if last_day is not None and post_receipt_limit(last_day, work.calendar).last_day < on:
            move(work, row, "close")
            closed += 1
    return closed or await _close_sent_back(work)


async def _close_sent_back(work: Work) -> int:
    """Appeals that were sent back, of which the objection ended anew."""
    objection, objected, contested = aliased(Dispute), aliased(Contested), aliased(Contested)
    anew = (
        select(objection.id)
        .join(objected, col(objected.dispute_id) == objection.id)
        .join(Decision, sa.or_(col(Decision.subject_id) == objection.id, col(Decision.id) == objected.decision_id))
        .join(contested, col(contested.decision_id) == Decision.id)
        .where(
            contested.dispute_id == Dispute.id,
            objection.kind == Kind.OBJECTION,
            col(objection.ended_on).is_not(None),
            col(objection.remitted_on).is_not(None),
        )
    )
    decided = select(Decision.id).where(Decision.subject_id == Dispute.about_id, col(Decision.notified_on).is_not(None))
    ended = or_(anew.exists(), decided.exists())
    wanted = select(Dispute).where(Dispute.state == AppealState.REMITTED.value, ended)
    rows = (await work.session.exec(wanted.order_by(col(Dispute.id)).limit(AT_ONCE))).all()
    for row in rows:
        move(work, row, "close")
    return len(rows)


WARNED = {
    "near": "De beslistermijn van {number} loopt af op {day}.\nBeslis op tijd, of verdaag voor die dag.\n",
    "over": "De beslistermijn van {number} liep af op {day}.\nBeslis zo snel mogelijk.\n",
    "penalty": "Voor {number} loopt een dwangsom: er is niet beslist op {day} en daarna in gebreke gesteld.\n",
}


def _warn(work: Work, row: Dispute, what: str, address: str) -> None:
    """Tell one who handles it that a term nears (`near`), ran out (`over`), or costs money by the day (`penalty`)."""
    words = WARNED[what].format(number=row.number, day=day(row.decision_due_on, "nl"))
    work.send(f"dispute-term-{what}", address=address, subject=f"Termijn van {row.number}", body=words)

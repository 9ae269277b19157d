"""Disputes derived anew, for `verify`: states from the trail, terms from the days, outcomes held against their effect.

Naive on purpose: it shares the words of the services and none of their code, but for the engine of the terms.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from appeals.disputes.involved import took_part
from appeals.disputes.models import Contested, Dispute, Seat
from core.agenda import AgendaEntry
from core.decisions import Decision, DecisionState
from core.law.term_run import Term
from core.law.terms import (
    Suspension,
    add_weeks,
    appeal_decision_due,
    days_between,
    next_day,
    objection_decision_due,
    objection_last_day,
    plain_due,
    post_receipt_limit,
    run,
)
from core.store.audit import Finding, TrailEvent
from core.store.db import AsyncSession
from core.store.work import Means

STARTS = {"objection": "received", "appeal": "lodged"}
AFTER: Mapping[str, str | tuple[str, str]] = {
    "acknowledge": "acknowledged",
    "ask-repair": "omission",
    "repair": ("repaired", "acknowledged"),
    "pass-term": ("not-repaired", "acknowledged"),
    "check": ("admissibility-checked", "defence-requested"),
    "receive-defence": "defence-received",
    "schedule": "scheduled",
    "hear": "heard",
    "waive-hearing": "hearing-waived",
    "advise": "advised",
    "decide": "decided",
    "notify": "notified",
    "remit": ("admissibility-checked", "remitted"),
    "close": "closed",
    "withdraw": "withdrawn",
    "forward": "forwarded",
}
"""The state after each word of the trail; of two the first is an objection's, the second an appeal's."""
DECIDED = frozenset({"decided", "notified", "closed", "remitted"})
ENDED = frozenset({"notified", "closed", "remitted", "withdrawn", "forwarded"})
ANNULS = frozenset({"sent-back", "effects-maintained", "decided-in-place"})


async def disputes(means: Means, session: AsyncSession, rows: Sequence[Dispute]) -> list[Finding]:
    """What a dispute, told again, would not say; so many at once."""
    ids = [row.id for row in rows]
    lodged: dict[UUID, list[tuple[Contested, Decision]]] = defaultdict(list)
    joined = select(Contested, Decision).join(Decision, col(Decision.id) == Contested.decision_id)
    for each, decision in await session.exec(joined.where(col(Contested.dispute_id).in_(ids))):
        lodged[each.dispute_id].append((each, decision))
    decided: dict[UUID, list[Decision]] = defaultdict(list)
    for decision in await session.exec(select(Decision).where(col(Decision.subject_id).in_(ids))):
        decided[decision.subject_id].append(decision)
    brought: dict[UUID, list[Decision]] = defaultdict(list)
    for decision in await session.exec(select(Decision).where(col(Decision.taken_in).in_(ids))):
        brought[decision.taken_in or decision.id].append(decision)
    tasks: dict[UUID, list[AgendaEntry]] = defaultdict(list)
    for task in await session.exec(select(AgendaEntry).where(col(AgendaEntry.case_id).in_(ids))):
        tasks[task.case_id].append(task)
    told = await _states(session, rows)
    seats: dict[UUID, set[UUID]] = defaultdict(set)
    for seat in await session.exec(select(Seat).where(col(Seat.dispute_id).in_(ids))):
        if not seat.involved:  # of those `bodies` asks whether there were too few others
            seats[seat.dispute_id].add(seat.member_id)
    found = []
    for row in rows:
        codes = [
            *_state_flaws(row, told.get(row.id, "")),
            *_term_flaws(means, row, lodged[row.id], tasks[row.id]),
            *await _outcome_flaws(session, row, lodged[row.id], decided[row.id], brought[row.id]),
        ]
        about = [decision for _, decision in lodged[row.id]]
        undecided = [row.about_id] if row.about_id else []
        part = await took_part(session, about, row.received_at, undecided) if seats[row.id] else set()
        if seats[row.id] & part:
            codes.append("seat-not-impartial")
        found += [Finding(code, f"dispute/{row.id}") for code in codes]
    return found


async def _states(session: AsyncSession, rows: Sequence[Dispute]) -> dict[UUID, str]:
    """Where each dispute stands by what the trail tells of it."""
    kinds = {str(row.id): row.kind.value for row in rows}
    wanted = select(TrailEvent.object_id, TrailEvent.action).where(col(TrailEvent.object_id).in_(kinds))
    found: dict[UUID, str] = {}
    for object_id, action in await session.exec(wanted.order_by(col(TrailEvent.id))):
        kind, _, word = action.partition(":")
        if kind != kinds[object_id or ""]:
            continue
        if word == "lodge":
            found[UUID(object_id)] = STARTS[kind]
        elif word in AFTER:
            state = AFTER[word]
            found[UUID(object_id)] = state if isinstance(state, str) else state[kind == "appeal"]
    return found


def _state_flaws(row: Dispute, told: str) -> list[str]:
    flaws = [] if row.state == told else ["dispute-state-differs"]
    if (row.ended_on is not None) != (row.state in ENDED):
        flaws.append("dispute-end-differs")
    return flaws


def _term_flaws(
    means: Means, row: Dispute, lodged: Sequence[tuple[Contested, Decision]], tasks: Sequence[AgendaEntry]
) -> list[str]:
    flaws = [] if all(_judged_right(means, row, *each) for each in lodged) else ["days-late-differ"]
    waits = next((task for task in tasks if task.task == "decide"), None)
    if row.state == "forwarded":
        return flaws
    due = _due(means, row, [decision.notified_on for _, decision in lodged if decision.notified_on])
    if row.ended_on is None and row.decision_due_on != due:
        flaws.append("dispute-due-differs")
    if waits is None or waits.due_on != row.decision_due_on or (waits.done_at is None) != (row.ended_on is None):
        flaws.append("dispute-agenda-differs")
    return flaws


def _judged_right(means: Means, row: Dispute, kept: Contested, decision: Decision) -> bool:
    """Whether a filing is as late against a decision as the days say (Awb 6:7 to 6:9, 6:15)."""
    if row.against_silence or decision.notified_on is None:
        return kept.last_day is None and kept.days_late == 0
    if row.ended_on is not None and kept.last_day is None:
        return kept.days_late == 0  # too early, and it ended before the decision was made known
    last = objection_last_day(decision.notified_on, means.calendar).last_day
    if row.ended_on is None or kept.last_day is None:
        last = max(last, decision.last_day_to_object or last)
    else:
        last = kept.last_day  # made known once more after the dispute had ended
    came = min(day for day in (row.received_on, row.received_elsewhere_on) if day is not None)
    by_post = row.channel.value == "post" and row.posted_on is not None and row.posted_on <= last
    limit = post_receipt_limit(last, means.calendar).last_day if by_post else last
    return kept.last_day == last and kept.days_late == (0 if came <= limit else days_between(last, came))


def _due(means: Means, row: Dispute, known: Sequence[date]) -> date:
    """The day on which the body must have decided (Awb 7:10, 7:24, 7:25)."""
    calendar, adjourned = means.calendar, row.adjourned_on is not None
    if row.remitted_on is not None:
        term = means.rules.chosen(row.register_code, row.remitted_on).terms["remitted-decision"]
        return run(row.remitted_on, Term(term.length, term.unit, "", term.rolled), calendar).last_day
    if row.against_silence:
        due = add_weeks(row.received_on, 16)  # not moved (Atw 4)
        return plain_due(due, 10, "weeks", calendar).last_day if adjourned else due
    began = max(known, default=row.received_on)
    if row.kind.value == "appeal":
        return appeal_decision_due(began, calendar, adjourned=adjourned).last_day
    stood = [Suspension(*map(date.fromisoformat, (one["asked_on"], one["ended_on"]))) for one in row.suspensions]
    if row.repair_asked_on and row.repair_until:
        stood.append(Suspension(row.repair_asked_on, row.repaired_on or next_day(row.repair_until)))
    due_on = objection_decision_due(began, calendar, committee=row.advisory, suspensions=stood, adjourned=adjourned)
    return max(due_on.last_day, row.consented_until or due_on.last_day)


async def _outcome_flaws(
    session: AsyncSession,
    row: Dispute,
    lodged: Sequence[tuple[Contested, Decision]],
    decided: Sequence[Decision],
    brought: Sequence[Decision],
) -> list[str]:
    """Whether what was decided is what was ruled, and did what it says."""
    final = next((one for one in decided if (one.round, one.kind) == (row.round, row.kind.value)), None)
    if (final is not None) != (row.state in DECIDED):
        return ["dispute-without-decision"]
    if final is None:
        return []
    flaws = [] if final.outcome.value == row.ruling.get("outcome") else ["outcome-differs"]
    if (final.notified_on is not None) != (row.state != "decided"):
        return [*flaws, "dispute-end-differs"]
    if final.notified_on is None:
        return flaws
    wanted = {one["decision_id"] for one in row.ruling.get("replacements", ())}
    placed = {str(one.replaces) for one in brought if one.replaces and one.notified_on}
    gone = select(Decision.id).where(col(Decision.id).in_(map(UUID, wanted)), Decision.state == DecisionState.REPLACED)
    if not wanted <= placed or len((await session.exec(gone)).all()) != len(wanted):
        flaws.append("outcome-without-effect")
    for one in brought:
        earlier = await session.get(Decision, one.replaces) if one.replaces and one.part_of else None
        if earlier is not None and _gives_less(earlier, one):
            flaws.append("worse-than-contested")
    annulled = {decision.id for _, decision in lodged if decision.state.value == "annulled"}
    ruled = {decision.id for _, decision in lodged if decision.kind == "objection"}
    if row.kind.value == "appeal" and annulled != (ruled if final.outcome.value in ANNULS else set()):
        flaws.append("outcome-without-effect")
    return flaws


OUTCOMES = ("refused", "partly-granted", "granted-shorter", "granted")
LEVELS = ("", "in-opleiding", "niveau-1", "niveau-2", "master")
COUNTED = {"valuation", "course-accreditation", "penalty"}


def _gives_less(earlier: Decision, following: Decision) -> bool:
    """Whether who contested a decision is worse off by what took its place: in anything that it gives (Awb 7:11)."""
    pairs = [
        (OUTCOMES.index(one.outcome.value), LEVELS.index(one.level or ""), one.due_on or date.min, _number_in(one))
        for one in (earlier, following)
    ]
    return any(after < before for before, after in zip(*pairs, strict=True))


def _number_in(one: Decision) -> float:
    """Points, hours or euros, where a decision gives so many."""
    given = [one.result.get(name) for name in ("points", "hours", "amount_eur")] if one.kind in COUNTED else []
    each = [value.values() if isinstance(value, dict) else (value,) for value in given if value]
    return sum(float(value) for values in each for value in values)

"""The terms of a dispute, always counted anew from what happened: what is due, and who is told."""

from datetime import date

from appeals.disputes.models import Contested, Dispute, Hearing
from appeals.disputes.policy import Kind
from core import agenda
from core.decisions import Decision
from core.law.articles import ARTICLES
from core.law.penalty import Penalty, Tariff
from core.law.term_run import Due, Term
from core.law.terms import (
    APPEAL_ADJOURNED,
    TO_DECIDE_APPEAL,
    Suspension,
    appeal_decision_due,
    next_day,
    objection_decision_due,
    penalty,
    run,
)
from core.store.work import Work

DECIDE, REPAIR, DEFENCE, DOCUMENTS, HEARING, TELL = "decide", "repair", "defence", "documents", "hearing", "notify"
PENALTY, INTERIM, NOTICE = "penalty", "interim", "notice"
ROLE = {Kind.OBJECTION: "objection-adviser", Kind.APPEAL: "appeals-secretary"}


def suspensions_of(row: Dispute) -> list[Suspension]:
    """What stood still: each omission from asking until it was repaired, or its term ran out unused."""
    spans = [
        Suspension(date.fromisoformat(one["asked_on"]), date.fromisoformat(one["ended_on"])) for one in row.suspensions
    ]
    if row.repair_asked_on and row.repair_until and row.repaired_on is None:
        spans.append(Suspension(row.repair_asked_on, next_day(row.repair_until)))
    elif row.repair_asked_on and row.repaired_on:
        spans.append(Suspension(row.repair_asked_on, row.repaired_on))
    return spans


def due_of(work: Work, row: Dispute, notified_on: date) -> Due:
    """When the decision is due, with every step; `notified_on` of the latest decision that is contested."""
    if row.remitted_on is not None:
        length = work.rules.chosen(row.register_code, row.remitted_on).terms["remitted-decision"]
        return run(
            row.remitted_on,
            Term(length.length, length.unit, ARTICLES["objection", "decide-anew"], length.rolled),
            work.calendar,
        )
    adjourned = row.adjourned_on is not None
    if row.against_silence:  # there was no term to appeal (Awb 6:12)
        due = run(row.received_on, TO_DECIDE_APPEAL, work.calendar)
        return run(due.last_day, APPEAL_ADJOURNED, work.calendar).after(due) if adjourned else due
    if row.kind is Kind.APPEAL:
        return appeal_decision_due(notified_on, work.calendar, adjourned=adjourned)
    return objection_decision_due(
        notified_on,
        work.calendar,
        committee=row.advisory,
        suspensions=suspensions_of(row),
        adjourned=adjourned,
        consented_until=row.consented_until,
    )


def starts_on(row: Dispute, contested: list[tuple[Contested | None, Decision]]) -> date:
    """The day from which the term to object or appeal ran, of the decision made known last; else the day of receipt."""
    days = [decision.notified_on for lodged, decision in contested if lodged is not None and decision.notified_on]
    return max(days, default=row.received_on)


async def recount(work: Work, row: Dispute, contested: list[tuple[Contested | None, Decision]]) -> Due:
    """Count the body's own term anew and put it on the agenda; the law's, whatever was said before."""
    due = due_of(work, row, starts_on(row, contested))
    before, row.decision_due_on = row.decision_due_on, due.last_day
    work.log("dispute:due", row, due_on=due.last_day, before=before, steps=[step.rule for step in due.steps])
    await _expect(work, row, DECIDE, due.last_day)
    return due


async def _expect(work: Work, row: Dispute, task: str, due_on: date) -> None:
    await agenda.expect(
        work, row.kind.value, row.id, task, role=ROLE[row.kind], due_on=due_on, register=row.register_code
    )


async def wait_for_repair(work: Work, row: Dispute, until: date) -> None:
    await _expect(work, row, REPAIR, until)


async def wait_for_defence(work: Work, row: Dispute, until: date) -> None:
    await _expect(work, row, DEFENCE, until)


async def wait_for_hearing(work: Work, row: Dispute, hearing: Hearing) -> None:
    await _expect(work, row, DOCUMENTS, hearing.documents_until)
    await _expect(work, row, HEARING, hearing.held_on)


async def wait_for_interim(work: Work, row: Dispute, until: date) -> None:
    await _expect(work, row, INTERIM, until)


async def wait_for_penalty(work: Work, row: Dispute, until: date) -> None:
    await _expect(work, row, PENALTY, until)


async def wait_after_notice(work: Work, row: Dispute, until: date) -> None:
    await _expect(work, row, NOTICE, until)


async def wait_for_telling(work: Work, row: Dispute) -> None:
    await _expect(work, row, TELL, row.decision_due_on)


def _penalties(work: Work) -> tuple[Tariff, ...]:
    """The tariffs of this installation."""
    return work.means.settings.rates.penalties


def penalty_of(work: Work, row: Dispute, known_on: date | None) -> Penalty | None:
    """What a public body owes for deciding late (Awb 4:17, 7:14); None without notice or where the switch is off."""
    if (
        row.default_notice_on is None
        or not work.rules.chosen(row.register_code, work.today).switches["penalty-payments"]
    ):
        return None
    return penalty(row.decision_due_on, row.default_notice_on, known_on or work.today, work.calendar, _penalties(work))

"""Silence (niet tijdig beslissen): from when one may appeal against it (Awb 6:12), what joins that appeal (6:20)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from appeals.disputes import queries, telling
from appeals.disputes.involved import bar
from appeals.disputes.models import Dispute
from appeals.disputes.policy import FULLY_MET
from appeals.ports import Undecided
from core.decisions import Decision
from core.errors import Refused
from core.law.penalty import GRACE
from core.law.terms import next_day, run
from core.store.work import Work


def about(objection: Dispute) -> Undecided:
    """An objection that was not decided on."""
    return Undecided(
        objection.id,
        objection.number,
        objection.person_id,
        objection.register_code,
        objection.default_notice_on,
        objection.organisation_id,
    )


def silent_from(work: Work, notice_on: date) -> date:
    """The first day after the two weeks that follow a notice of default (Awb 4:17(3), 6:12(2))."""
    return next_day(run(notice_on, GRACE, work.calendar).last_day)


async def require_silent(work: Work, asked: Undecided) -> None:
    """Refuse an appeal against silence that cannot be yet, or not any more.

    Refused: `decided-by-now`, `notice-first`, `silence-too-early`, `appeal-runs`.
    """
    if asked.decided:
        raise Refused("decided-by-now", number=asked.decided)
    if asked.notice_on is None:
        raise Refused("notice-first", number=asked.number)
    from_on = silent_from(work, asked.notice_on)
    if work.today < from_on:
        raise Refused("silence-too-early", first_day=from_on)
    for running in await queries.appeals_about(work, asked.id):
        raise Refused("appeal-runs", number=running.number)


async def join(work: Work, decision: Decision) -> None:
    """A decision on what an appeal says was not decided was made known: it joins, and the party hears it (Awb 6:20).

    What takes the place of a decision joins by 6:19, without this.
    """
    if decision.replaces is not None:
        return
    for row in await queries.appeals_about(work, decision.subject_id):
        if decision.notified_on is not None and decision.notified_on >= row.received_on:
            met = decision.outcome.value in FULLY_MET
            work.log("appeal:join", row, decision=str(decision.id), met=met)
            await bar(work, row, [decision])
            await telling.tell_joined(work, row, decision, met=met)


async def join_penalty(work: Work, decision: Decision, late: Sequence[UUID]) -> None:
    """What is owed for deciding late was made known: who contests that decision contests this one along (Awb 4:19)."""
    for row in await queries.disputed(work, late):
        work.log(f"{row.kind.value}:join-penalty", row, decision=str(decision.id))
        await bar(work, row, [decision])
        await telling.tell_penalty(work, row, decision)

"""An interim measure: what is contested is suspended while it is contested, on a reasoned request.

An objection or appeal suspends nothing by itself (Awb 6:16). Who sits in the chair of the body or chamber decides on
the request, in its name; a court can always be asked as well (compare 8:81). It ends with the decision at the latest.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from appeals.disputes import telling_interim, terms
from appeals.disputes.models import Dispute, InterimRequest, Seat
from appeals.disputes.policy import INTERIM, InterimEvent, InterimState, after
from appeals.disputes.queries import File, interim_of
from appeals.disputes.schemas import AskInterim, DecideInterim
from appeals.ports import DisputePorts
from auth.actor import person_of
from core import agenda
from core.decisions import Decision, DecisionState
from core.errors import Forbidden, Invalid, Refused
from core.law.days import add_days, previous_day
from core.store.work import Work

AT_ONCE = 100
WEEK = 7
"""Days in which a request is decided on; sooner where what is contested begins to work sooner. Service: no law says."""
OPEN = frozenset({InterimState.ASKED, InterimState.GRANTED})


async def ask(work: Work, file: File, new: AskInterim) -> None:
    """The filer asks that what is contested be suspended meanwhile; dated by us, and confirmed.

    Refused: `nothing-to-suspend` where it stopped nothing that could go on meanwhile, `interim-asked` while one stands.
    """
    row = file.dispute
    after(row.kind, row.state, "withdraw")
    halting = work_in(work, file)
    if not halting:
        raise Refused("nothing-to-suspend")
    if file.interim is not None and file.interim.state in OPEN:
        raise Refused("interim-asked", on=file.interim.asked_on)
    asked = InterimRequest(dispute_id=row.id, person_id=row.person_id, reasons=new.interim_reasons, asked_on=work.today)
    work.add(asked)
    await work.flush()
    work.log("interim:ask", asked, dispute=str(row.id))
    await terms.wait_for_interim(work, row, _decide_by(work, halting))
    await telling_interim.tell_asked(work, row, asked)


def work_in(work: Work, file: File) -> list[Decision]:
    """What is contested, made known and still standing, and can be suspended."""
    kinds = work.port(DisputePorts).halts
    return [one for _, one in file.contested if one.kind in kinds and one.state is DecisionState.NOTIFIED]


def _decide_by(work: Work, halting: Sequence[Decision]) -> date:
    """Within a week, and before the day on which something begins to work."""
    begins = [date.fromisoformat(one.result["effect_on"]) for one in halting if one.result.get("effect_on")]
    before = [previous_day(one) for one in begins if one > work.today]
    return max(min([add_days(work.today, WEEK), *before]), work.today)


def chair_of(file: File) -> Seat | None:
    """Who decides on it: the chair of the body in objection, of the chamber in appeal."""
    return next((one for one in file.deciding() if one.chair), None)


async def decide(work: Work, file: File, new: DecideInterim) -> None:
    """The chair grants or refuses it with reasons, in the name of body or chamber; granted, it works at once.

    Forbidden("not-the-chair"); Refused: `no-interim-request`, `nothing-to-suspend` where it ended meanwhile;
    Invalid("not-later") for a last day before tomorrow.
    """
    row, asked, chair = file.dispute, file.interim, chair_of(file)
    after(row.kind, row.state, "withdraw")
    if chair is None or chair.member_id != person_of(work.actor):
        raise Forbidden("not-the-chair")
    if asked is None or asked.state is not InterimState.ASKED:
        raise Refused("no-interim-request")
    granted = new.interim_granted == "yes"
    if granted and new.interim_until is not None and new.interim_until <= work.today:
        raise Invalid("not-later", [("interim_until", "not-later")])
    halting = work_in(work, file)
    if granted and not halting:
        raise Refused("nothing-to-suspend")
    asked.state = INTERIM.after(asked.state, InterimEvent.GRANT if granted else InterimEvent.REFUSE)
    asked.answer, asked.decided_by, asked.decided_on = new.interim_answer, chair.member_id, work.today
    asked.until_on = new.interim_until if granted else None
    asked.halted = [str(one.id) for one in halting] if granted else []
    work.log("interim:decide", asked, granted=granted, until=asked.until_on, halted=asked.halted)
    await agenda.done(work, row.id, terms.INTERIM)
    for one in halting if granted else ():
        await work.port(DisputePorts).halts[one.kind].halt(work, one)
    await telling_interim.tell_decided(work, row, asked, halting)


async def end(work: Work, row: Dispute) -> None:
    """The dispute was decided, taken back or sent on: what was suspended works again, as far as it still stands.

    A request on which nobody decided lapses.
    """
    asked = await interim_of(work, row)
    if asked is None or asked.state not in OPEN:
        return
    await _end(work, row, asked)


async def _end(work: Work, row: Dispute, asked: InterimRequest) -> None:
    granted = asked.state is InterimState.GRANTED
    asked.state = INTERIM.after(asked.state, InterimEvent.END if granted else InterimEvent.LAPSE)
    asked.ended_on = work.today
    work.log("interim:end", asked, granted=granted)
    await agenda.done(work, row.id, terms.INTERIM)
    resumed = []
    for id in asked.halted:
        decision = await work.session.get_one(Decision, UUID(id))
        if decision.state is DecisionState.NOTIFIED:
            await work.port(DisputePorts).halts[decision.kind].resume(work, decision)
            resumed.append(decision)
    if granted:
        await telling_interim.tell_ended(work, row, resumed)


async def end_due(work: Work, on: date) -> int:
    """Suspensions of which the last day has passed, so many at a time; how many. For the daily sweep."""
    wanted = (
        select(InterimRequest, Dispute)
        .join(Dispute, col(Dispute.id) == InterimRequest.dispute_id)
        .where(InterimRequest.state == InterimState.GRANTED, col(InterimRequest.until_on) < on)
        .order_by(col(InterimRequest.id))
        .limit(AT_ONCE)
    )
    rows = (await work.session.exec(wanted)).all()
    for asked, row in rows:
        await _end(work, row, asked)
    return len(rows)

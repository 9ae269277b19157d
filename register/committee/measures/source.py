"""The room that brings lapses to the committee, after the hearing."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from auth.actor import Actor
from core.decisions import Decision
from core.errors import Forbidden, NotFound, Refused
from core.law.heard import answered
from core.panel.service import PanelItem, PanelSession
from core.panel.votes import Outcome, Tally
from core.store.work import Work
from register.committee.cases import Case, CaseSource
from register.committee.measures import service
from register.committee.measures.cases import case_of, cases
from register.committee.measures.models import Measure
from register.committee.measures.policy import MEASURE, MeasureEvent, MeasureKind, MeasureState
from register.committee.ruling import NewRuling


async def ready_for_session(work: Work, most: int) -> Sequence[Case]:
    """Lapses of which the hearing is over, oldest first; one's own is not among them."""
    wanted = select(Measure).where(Measure.state == MeasureState.HEARD, Measure.kind == MeasureKind.LAPSE)
    if isinstance(work.actor, Actor):
        wanted = wanted.where(Measure.person_id != work.actor.person_id)
    return [case_of(row) for row in await work.session.exec(wanted.order_by(col(Measure.id)).limit(most))]


async def measure_of(work: Work, id: UUID) -> Measure:
    """A measure by id, for the house itself; NotFound("no-such-measure")."""
    found = await work.session.get(Measure, id)
    if found is None:
        raise NotFound("no-such-measure")
    return found


async def put_on(work: Work, id: UUID) -> None:
    """A lapse stands on an agenda; Refused: `wrong-state`, `not-by-vote`."""
    row = await measure_of(work, id)
    if isinstance(work.actor, Actor) and work.actor.person_id == row.person_id:
        raise Forbidden("own-case")
    if row.kind is not MeasureKind.LAPSE:
        raise Refused("not-by-vote")
    row.state = MEASURE.after(row.state, MeasureEvent.LIST)
    work.log("measure:list", row)


async def send_back(work: Work, id: UUID, session_id: UUID) -> None:
    """Ripe again, for another session."""
    row = await measure_of(work, id)
    row.state = MEASURE.after(row.state, MeasureEvent.RETURN)
    work.log("measure:return", row, session=str(session_id))


async def summary(work: Work, id: UUID, on: date) -> dict[str, Any]:
    """What members vote on: to follow what is intended, or not."""
    row = await measure_of(work, id)
    told = {"outcome": row.kind.value, "level": None, "due_on": None, "grounds": row.ground_codes()}
    return {**told, "on": on.isoformat()}


async def decide(work: Work, item: PanelItem, session: PanelSession, tally: Tally, new: NewRuling) -> Decision | None:
    """The lapse that the votes carry, or none: then the measure is dropped. Refused as policy.require_open."""
    row = await measure_of(work, item.case_id)
    if tally.outcome is Outcome.LOST:
        await service.give_up(work, row)
        return None
    row.state = MEASURE.after(row.state, MeasureEvent.DECIDE)
    return await service.decide(
        work, row, taken_by=f"panel_session/{session.id}", taken_in=session.id, **_texts(row, new)
    )


async def draft(work: Work, item: PanelItem, session: PanelSession, votes: Outcome, new: NewRuling) -> Decision | None:
    """The lapse that would follow, for the letter before it is taken; none when the votes are against."""
    row = await measure_of(work, item.case_id)
    if votes is Outcome.LOST:
        return None
    return await service.draw_up(
        work, row, taken_by=f"panel_session/{session.id}", taken_in=session.id, **_texts(row, new)
    )


def _texts(row: Measure, new: NewRuling) -> dict[str, str]:
    """Reasons, with the view and its answer (Awb 3:46), and repair; Invalid("view-unanswered")."""
    said = answered([row.view], new.answer)
    return {"reasons": new.reasons + said, "repair": new.repair.strip() or row.repair}


SOURCE = CaseSource(service.CASE, cases, ready_for_session, put_on, send_back, summary, decide, draft)

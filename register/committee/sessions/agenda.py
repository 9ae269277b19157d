"""What stands on the agenda of a session: ready files, the nearest term first; taken off, or to the next session."""

from collections.abc import Sequence
from uuid import UUID

from core.panel import service as panel
from core.panel import sessions as sitting
from core.panel.service import PanelItem, PanelSession
from core.panel.votes import ItemEvent, ItemState
from core.store.work import Work
from register.committee.cases import Case
from register.committee.sessions.queries import COMMITTEE
from register.committee.sessions.service import not_own
from register.committee.sessions.sources import SOURCES, case_of, conflicts, source_of

MOST = 60
"""Files on one agenda, whatever is asked."""


async def put_on_agenda(work: Work, session_id: UUID, case_id: UUID) -> PanelItem:
    """Put a ready file on the agenda; Refused("wrong-state") unless it is ready, and as core.panel.list_case."""
    session = await panel.session_of(work, session_id, COMMITTEE)
    case = await case_of(work, case_id)
    await SOURCES[case.room].put_on(work, case.id)
    summary = await SOURCES[case.room].summary(work, case.id, session.held_on)
    item = await panel.list_case(work, session, case.room, case.id, summary)
    await _note_conflicts(work, session, [case.id])
    return item


async def fill(work: Work, session_id: UUID, size: int) -> Sequence[PanelItem]:
    """Put every ready file on the agenda until it has so many, the nearest last day first.

    Files of who asks stay for another secretary. Refused: `session-closed`, `session-over`.
    """
    session = await panel.session_of(work, session_id, COMMITTEE)
    panel.require_takes_files(work, session)
    before = await panel.items_of(work, session.id)
    free = min(size, MOST) - sum(item.state is ItemState.LISTED for item in before)
    here = {item.case_id for item in before}
    chosen = [case for case in await ready_for_session(work, MOST + len(here)) if case.id not in here][: max(free, 0)]
    cases = []
    for case in chosen:
        await SOURCES[case.room].put_on(work, case.id)
        cases.append((case.room, case.id, await SOURCES[case.room].summary(work, case.id, session.held_on)))
    items = await panel.list_cases(work, session, cases)
    await _note_conflicts(work, session, [case.id for case in chosen])
    return items


async def ready_for_session(work: Work, most: int) -> Sequence[Case]:
    """What waits for an agenda, the nearest last day first; never the case of who asks."""
    found = [case for room in SOURCES.values() for case in await room.ready_for_session(work, most)]
    return sorted(found, key=lambda case: (case.decide_by or work.today, case.id))[:most]


async def _note_conflicts(work: Work, session: PanelSession, cases: Sequence[UUID]) -> None:
    """Every invited member who may not judge one of these files is recused for it, for good."""
    members = [seat.member_id for seat in await panel.seats_of(work, session.id)]
    await panel.recuse_conflicted(work, session.id, cases, members, conflicts)


async def take_off(work: Work, item_id: UUID) -> PanelItem:
    """Take a file off the agenda: it is ready again. Refused("wrong-state"), Forbidden("own-case")."""
    return await _away(work, item_id, ItemEvent.REMOVE)


async def carry_over(work: Work, item_id: UUID, to_session: UUID) -> PanelItem:
    """Take a file to another session, which judges it anew: votes stay behind. As `take_off` and `put_on_agenda`."""
    old = await _away(work, item_id, ItemEvent.RETURN)
    return await put_on_agenda(work, to_session, old.case_id)


async def _away(work: Work, item_id: UUID, event: ItemEvent) -> PanelItem:
    item, session = await panel.item_of(work, item_id, COMMITTEE)
    case = await case_of(work, item.case_id)
    not_own(work, case.person_id)
    panel.move_item(work, item, event)
    await source_of(item).send_back(work, item.case_id, session.id)
    return item


async def open_session(work: Work, session: PanelSession) -> None:
    """Open a session; what the rules make of each file is read again, as members will vote on it."""
    await sitting.open_session(work, session)
    for item in await panel.items_of(work, session.id):
        if item.state is ItemState.LISTED:
            item.summary = await source_of(item).summary(work, item.case_id, work.today)
            work.log("session:summary", item, stream=session.stream(), outcome=item.summary.get("outcome"))

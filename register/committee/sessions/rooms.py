"""The rooms that bring cases to the committee, asked together."""

from collections.abc import Collection, Mapping
from uuid import UUID

from accreditation.offer.members import members_of
from core.errors import NotFound
from core.panel.service import Pair, PanelItem
from core.store.work import Work
from register.committee.cases import Case, Room
from register.committee.conflicts import conflicts_in
from register.committee.measures import room as measures
from register.committee.sessions import applications

ROOMS: Mapping[str, Room] = {room.name: room for room in (applications.ROOM, measures.ROOM)}


async def cases_of(work: Work, ids: Collection[UUID]) -> dict[UUID, Case]:
    """The cases under these ids, whichever room they are of; one query for each room."""
    found: dict[UUID, Case] = {}
    if ids:
        for room in ROOMS.values():
            found |= {case.id: case for case in await room.cases(work, ids)}
    return found


async def case_of(work: Work, id: UUID) -> Case:
    """One case; NotFound("no-such-case")."""
    found = (await cases_of(work, [id])).get(id)
    if found is None:
        raise NotFound("no-such-case")
    return found


async def conflicts(work: Work, ids: Collection[UUID], members: Collection[UUID]) -> Mapping[Pair, list[str]]:
    """The port of core.panel, filled: why a member may not judge a file."""
    cases = list((await cases_of(work, ids)).values())
    return await conflicts_in(work, cases, members, members_of)


def room_of(item: PanelItem) -> Room:
    """The room of a file on the agenda."""
    return ROOMS[item.case_kind]

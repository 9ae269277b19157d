"""The rooms that bring cases to the committee, asked together."""

from collections.abc import Collection, Mapping
from uuid import UUID

from accreditation.offer.members import members_of
from core.errors import NotFound
from core.panel.service import Pair, PanelItem
from core.store.work import Work
from register.committee.cases import Case, CaseSource
from register.committee.conflicts import conflicts_in
from register.committee.measures import source as measures
from register.committee.sessions import applications

SOURCES: Mapping[str, CaseSource] = {room.name: room for room in (applications.SOURCE, measures.SOURCE)}


async def cases_of(work: Work, ids: Collection[UUID]) -> dict[UUID, Case]:
    """The cases under these ids, whichever room they are of; one query for each room."""
    found: dict[UUID, Case] = {}
    if ids:
        for room in SOURCES.values():
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


def source_of(item: PanelItem) -> CaseSource:
    """The room of a file on the agenda."""
    return SOURCES[item.case_kind]

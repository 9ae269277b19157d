"""Reads of the accreditation committee's sessions; a member sees those in which they sit."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, or_, select

from accreditation.committee.schemas import ItemView, MemberView, SessionView
from accreditation.courses.models import Course, CourseApplication, CourseFile, ProgrammePanel
from accreditation.providers.models import Provider
from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Permission
from core.panel import queries as panel_queries
from core.panel import service as panel
from core.panel.queries import Sessions
from core.panel.service import PanelItem, PanelRecusal, PanelSeat, PanelSession, PanelVote
from core.panel.votes import SESSION, Vote
from core.records import filled
from core.store.work import Work

COMMITTEE = "accreditation"


def seen(work: Work) -> Sessions:
    """The sessions that the actor may see."""
    if work.actor.can(Permission.SESSION_PLAN):
        return panel_queries.of_all(COMMITTEE)
    return panel_queries.of_member(COMMITTEE, person_of(work.actor))


async def session(work: Work, id: UUID) -> PanelSession:
    """A session that the actor may see; NotFound("no-such-session")."""
    return await panel_queries.one(work, seen(work), id)


async def session_view(work: Work, row: PanelSession) -> SessionView:
    """A session with members and agenda, in a constant number of queries."""
    seats = (await work.session.exec(select(PanelSeat).where(PanelSeat.session_id == row.id))).all()
    names = await people.names_of(work.session, [seat.member_id for seat in seats])
    return filled(
        SessionView,
        row,
        members=[MemberView(seat.member_id, names.get(seat.member_id, "")) for seat in seats],
        items=await items(work, row.id),
        open_moves=SESSION.open(row.state),
    )


async def items(work: Work, session_id: UUID) -> list[ItemView]:
    """The agenda of a session, each file with how many voted; without what the actor stepped aside for."""
    wanted = (
        select(PanelItem, CourseFile, CourseApplication.number, Course.title, Provider.name)  # type: ignore[call-overload]
        .join(ProgrammePanel, col(ProgrammePanel.id) == PanelItem.case_id, isouter=True)
        .join(CourseFile, or_(col(CourseFile.id) == PanelItem.case_id, col(CourseFile.id) == ProgrammePanel.file_id))
        .join(CourseApplication, col(CourseApplication.id) == CourseFile.application_id)
        .join(Course, col(Course.id) == CourseFile.course_id)
        .join(Provider, col(Provider.id) == CourseFile.provider_id)
        .where(PanelItem.session_id == session_id)
        .order_by(col(PanelItem.position))
    )
    if isinstance(work.actor, Actor):
        aside = select(PanelRecusal.case_id).where(PanelRecusal.member_id == work.actor.person_id)
        wanted = wanted.where(col(PanelItem.case_id).not_in(aside))
    rows = (await work.session.exec(wanted)).all()
    counted = await _votes(work, session_id, [item for item, *_ in rows])
    keeps = work.actor.can(Permission.SESSION_PLAN)
    me = work.actor.person_id if isinstance(work.actor, Actor) else None
    return [
        ItemView(
            id=item.id,
            file_id=file.id,
            kind=item.case_kind,
            position=item.position,
            state=item.state.value,
            number=number,
            title=title,
            provider=provider,
            register_code=file.register_code,
            votes=len(counted[item.id]),
            present=sorted(counted[item.id]),
            tally=panel_queries.tally_shown(counted[item.id].values())
            if keeps or panel_queries.knows_votes(item, counted[item.id], me)
            else None,
        )
        for item, file, number, title, provider in rows
    ]


async def _votes(work: Work, session_id: UUID, listed: Sequence[PanelItem]) -> dict[UUID, dict[UUID, Vote]]:
    """The votes that count on each file: of who sits in the session and did not step aside for it."""
    sits = await panel.seated(work, session_id)
    aside = await panel.recused(work, [item.case_id for item in listed])
    cases = {item.id: item.case_id for item in listed}
    found: dict[UUID, dict[UUID, Vote]] = {id: {} for id in cases}
    for vote in await panel.votes_on(work, list(cases)):
        if vote.member_id in sits and (cases[vote.item_id], vote.member_id) not in aside:
            found[vote.item_id][vote.member_id] = vote.vote
    return found


async def own_vote(work: Work, item_id: UUID) -> str | None:
    """What the actor voted, or None."""
    if not isinstance(work.actor, Actor):
        return None
    wanted = select(PanelVote.vote).where(PanelVote.item_id == item_id, PanelVote.member_id == work.actor.person_id)
    found = (await work.session.exec(wanted)).one_or_none()
    return str(found) if found else None

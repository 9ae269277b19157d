"""Reads of the accreditation committee's sessions; a member sees those in which they sit."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, or_, select

from accreditation.committee.schemas import ItemView, MemberView, SessionView
from accreditation.courses.models import Course, CourseApplication, CourseFile, ProgrammePanel
from accreditation.providers.models import Provider
from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Permission
from core.panel import queries as panel_queries
from core.panel.queries import Sessions
from core.panel.service import PanelItem, PanelRecusal, PanelSeat, PanelSession, PanelVote
from core.panel.votes import SESSION
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
    votes = select(PanelVote.item_id, sa.func.count().label("cast")).group_by(col(PanelVote.item_id)).subquery()
    wanted = (
        select(PanelItem, CourseFile, CourseApplication.number, Course.title, Provider.name, votes.c.cast)  # type: ignore[call-overload]
        .join(ProgrammePanel, col(ProgrammePanel.id) == PanelItem.case_id, isouter=True)
        .join(CourseFile, or_(col(CourseFile.id) == PanelItem.case_id, col(CourseFile.id) == ProgrammePanel.file_id))
        .join(CourseApplication, col(CourseApplication.id) == CourseFile.application_id)
        .join(Course, col(Course.id) == CourseFile.course_id)
        .join(Provider, col(Provider.id) == CourseFile.provider_id)
        .join(votes, votes.c.item_id == PanelItem.id, isouter=True)
        .where(PanelItem.session_id == session_id)
        .order_by(col(PanelItem.position))
    )
    if isinstance(work.actor, Actor):
        aside = select(PanelRecusal.case_id).where(PanelRecusal.member_id == work.actor.person_id)
        wanted = wanted.where(col(PanelItem.case_id).not_in(aside))
    rows = (await work.session.exec(wanted)).all()
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
            votes=int(cast or 0),
        )
        for item, file, number, title, provider, cast in rows
    ]


async def own_vote(work: Work, item_id: UUID) -> str | None:
    """What the actor voted, or None."""
    if not isinstance(work.actor, Actor):
        return None
    wanted = select(PanelVote.vote).where(PanelVote.item_id == item_id, PanelVote.member_id == work.actor.person_id)
    found = (await work.session.exec(wanted)).one_or_none()
    return str(found) if found else None

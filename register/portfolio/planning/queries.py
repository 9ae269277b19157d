"""Reads of plans: one's own, and for anybody else they do not exist."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from auth.actor import person_of
from core.errors import NotFound
from core.store.work import Work
from register.entries import queries as registrations
from register.entries.policy import Register
from register.portfolio.models import DevelopmentGoal, PortfolioEntry


async def own_goals(work: Work, register: Register | None) -> Sequence[tuple[DevelopmentGoal, str]]:
    """The goals of who asks with the register that they are for, by the day on which they should be reached."""
    by_id = {
        row.id: row.register_code
        for row in await registrations.own_registrations(work)
        if register is None or row.register_code is register
    }
    wanted = (
        select(DevelopmentGoal)
        .where(col(DevelopmentGoal.registration_id).in_(list(by_id)))
        .order_by(col(DevelopmentGoal.reach_by), col(DevelopmentGoal.id))
    )
    return [(row, by_id[row.registration_id].value) for row in await work.session.exec(wanted)]


async def own_goal(work: Work, id: UUID) -> DevelopmentGoal:
    """A goal of who asks; NotFound("no-such-goal") for anybody else's."""
    wanted = select(DevelopmentGoal).where(DevelopmentGoal.id == id, DevelopmentGoal.person_id == person_of(work.actor))
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-goal")
    return found


async def linked(work: Work, goals: Sequence[UUID]) -> Sequence[PortfolioEntry]:
    """The activities that serve these goals, by the day of the activity."""
    wanted = select(PortfolioEntry).where(col(PortfolioEntry.goal_id).in_(list(goals)))
    return (await work.session.exec(wanted.order_by(col(PortfolioEntry.done_on), col(PortfolioEntry.id)))).all()


async def how_many(work: Work, registration_id: UUID) -> int:
    """How many goals a plan has."""
    wanted = select(sa.func.count()).select_from(DevelopmentGoal)
    return (await work.session.exec(wanted.where(DevelopmentGoal.registration_id == registration_id))).one()

"""A leader with a period and two activities, and a board administrator of the leader's own board."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import select

from auth import service as auth
from auth.permissions import Role
from core.store.work import Work
from register.entries.entry import move
from register.entries.models import Appointment, Registration
from register.entries.policy import Event
from register.portfolio.books import open_period
from tests.builders import PLACES, House, a_leader
from tests.journeys.steps import learn

BOARD = PLACES[7].board_number
ACTIVITY = {"register_code": "schoolleiders-po", "kind": "course", "title": "Leiding geven", "done_on": "2024-05-01"}


async def a_leader_with_a_portfolio(house: House, who: str = "nadia") -> UUID:
    """A director at the eighth school with a running period; the id of the registration."""
    await a_leader(house.world, who, family="Haddad")

    async def deed(work: Work) -> UUID:
        row = (await work.session.exec(select(Registration).where(Registration.person_id == house.id_of(who)))).one()
        row.period_began_on, row.due_on = date(2024, 1, 1), date(2029, 1, 1)
        work.log("test:period", row)
        await open_period(work, row, date(2024, 1, 1), date(2029, 1, 1))
        return row.id

    return await house.system(deed)


async def becomes_public(house: House, who: str) -> None:
    """Somebody is registered from now on."""

    async def deed(work: Work) -> None:
        row = (await work.session.exec(select(Registration).where(Registration.person_id == house.id_of(who)))).one()
        await move(work, row, Event.APPLY)
        await move(work, row, Event.GRANT, title="RDO", level="niveau-2", registered_on=work.today)

    await house.system(deed)


async def an_activity(house: House, who: str = "nadia", points: int = 30, **more: Any) -> str:
    """An activity with evidence, valued."""
    return await learn(house, who, {**ACTIVITY, "points": points, **more}, points)


async def a_board_administrator(house: House, board: str = BOARD) -> None:
    """The one who keeps the board's affairs."""
    await house.system(lambda work: auth.grant(work, house.id_of("bestuur"), Role.BOARD, date(2020, 1, 6), scope=board))


async def leaves(house: House, who: str, on: date) -> None:
    """Somebody's posts end."""

    async def deed(work: Work) -> None:
        for row in await work.session.exec(select(Appointment).where(Appointment.person_id == house.id_of(who))):
            row.ended_on = on
            work.log("appointment:end", row)

    await house.system(deed)


async def appointed(house: House, who: str, on: date) -> None:
    """A new post at the same board."""

    async def deed(work: Work) -> None:
        old = (await work.session.exec(select(Appointment).where(Appointment.person_id == house.id_of(who)))).first()
        new = Appointment(**old.model_dump(exclude={"id", "version", "salt", "ended_on"}) | {"appointed_on": on})
        work.add(new)
        await work.flush()
        work.log("appointment:begin", new)

    await house.system(deed)


def a_share(until: str = "2024-12-31", **more: Any) -> dict[str, Any]:
    """The whole portfolio for one's own board, without evidence."""
    return {
        "register_code": "schoolleiders-po",
        "scope": "whole",
        "board_number": BOARD,
        "until_on": until,
        **more,
    }

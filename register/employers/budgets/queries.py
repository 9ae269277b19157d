"""Reads of ledgers: a board sees those of posts at it, a holder the own ones, and nobody else any."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import col, select

from auth.actor import person_of
from auth.persons import Person
from core.errors import NotFound
from core.store.work import Work
from register.employers.board import queries as board
from register.employers.budgets.models import BudgetLine, BudgetTerms
from register.entries.models import Appointment
from register.portfolio.sharing import queries as sharing

NOTED = select(BudgetTerms.appointment_id)


async def post_of_board(work: Work, appointment_id: UUID) -> Appointment:
    """A post at a board of who asks, also one that ended; NotFound("no-such-appointment")."""
    return await board.post_at(work, await sharing.boards_of(work), appointment_id)


async def posts_of_boards(work: Work, after: UUID | None, most: int) -> Sequence[tuple[Appointment, Person]]:
    """Posts at boards of who asks of which something was noted, also those that ended, with whose they are."""
    boards = await sharing.boards_of(work)
    wanted = (
        select(Appointment, Person)
        .join(Person, col(Person.id) == Appointment.person_id)
        .where(col(Appointment.board_number).in_(list(boards)), col(Appointment.id).in_(NOTED))
        .order_by(col(Appointment.id))
    )
    if after is not None:
        wanted = wanted.where(col(Appointment.id) > after)
    return (await work.session.exec(wanted.limit(most))).all()


async def line_of_board(work: Work, line_id: UUID) -> tuple[BudgetLine, Appointment]:
    """A line on a post at a board of who asks; NotFound("no-such-line")."""
    boards = await sharing.boards_of(work)
    wanted = (
        select(BudgetLine, Appointment)
        .join(Appointment, col(Appointment.id) == BudgetLine.appointment_id)
        .where(BudgetLine.id == line_id, col(Appointment.board_number).in_(list(boards)))
    )
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-line")
    return found


async def own_posts(work: Work) -> Sequence[Appointment]:
    """One's own posts of which a board noted something, the latest first."""
    wanted = select(Appointment).where(Appointment.person_id == person_of(work.actor), col(Appointment.id).in_(NOTED))
    return (await work.session.exec(wanted.order_by(col(Appointment.appointed_on).desc()))).all()


async def terms_of(work: Work, posts: Collection[UUID]) -> Sequence[BudgetTerms]:
    """What was noted of these posts, in that order."""
    wanted = select(BudgetTerms).where(col(BudgetTerms.appointment_id).in_(list(posts)))
    return (await work.session.exec(wanted.order_by(col(BudgetTerms.noted_at), col(BudgetTerms.id)))).all()


async def lines_of(work: Work, posts: Collection[UUID]) -> Sequence[BudgetLine]:
    """What was booked on these posts, in that order."""
    wanted = select(BudgetLine).where(col(BudgetLine.appointment_id).in_(list(posts)))
    return (await work.session.exec(wanted.order_by(col(BudgetLine.booked_at), col(BudgetLine.id)))).all()

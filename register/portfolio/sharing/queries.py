"""Reads of shares: the owner's own, what is shown to somebody now, the staff of a board, and who looked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, or_, select

from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Permission, Role
from core import names
from core.errors import NotFound
from core.store.audit import TrailEvent
from core.store.work import Work
from register.entries.entry import REGISTERED_NOW
from register.entries.models import Appointment, Registration
from register.entries.search import COLUMNS, ENTRY, begins_a_word
from register.portfolio.sharing.models import PortfolioShare
from register.portfolio.sharing.policy import Sight
from register.schools.models import Board
from register.schools.naming import board_in_words

LOOKS = (
    "portfolio:read",
    "portfolio:refused",
    "endorsement:read",
    "application:read",
    "file:read",
    "decision:read",
    "person:read",
    "person:print-kept",
    "person:read-kept",
    "person:read-trail",
    "person:take-out",
    "measure:read",
    "correction:read",
    "reconsideration:read",
    "dialogue:read",
    "attendance:read",
    "delivery:read",
    "delivery:print",
    "case-letter:read",
    "case-letter:print",
    "registration:history",
    "proposal:read",
)
"""The lines of the trail that tell of a look by somebody else; tests/house/test_who_looked.py finds one that lacks."""


async def own_share(work: Work, id: UUID) -> PortfolioShare:
    """A share that one granted; NotFound("no-such-share")."""
    wanted = select(PortfolioShare).where(PortfolioShare.id == id, PortfolioShare.person_id == person_of(work.actor))
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-share")
    return found


async def own_shares(work: Work, after: UUID | None, most: int) -> Sequence[tuple[PortfolioShare, bool]]:
    """What one shares or shared, newest first, and whether the board is still one's employer."""
    employed = sa.or_(col(PortfolioShare.board_number).is_(None), _employed(work))
    wanted = select(PortfolioShare, employed).where(PortfolioShare.person_id == person_of(work.actor))
    if after is not None:
        wanted = wanted.where(col(PortfolioShare.id) < after)
    rows = await work.session.exec(wanted.order_by(col(PortfolioShare.id).desc()).limit(most))
    return [(share, bool(holds)) for share, holds in rows]


async def employed(work: Work, share: PortfolioShare) -> bool:
    """Whether the board that a share is for still employs its owner; yes where it is for a person."""
    if share.board_number is None:
        return True
    wanted = select(PortfolioShare.id).where(PortfolioShare.id == share.id, _employed(work))
    return (await work.session.exec(wanted)).first() is not None


async def boards_of(work: Work) -> frozenset[str]:
    """The boards that somebody works for as their board administrator, today."""
    actor = work.actor
    if not isinstance(actor, Actor) or not actor.can(Permission.STAFF_READ):
        return frozenset()
    return await people.scopes_of(work.session, actor.person_id, Role.BOARD, work.today)


async def boards_employing(work: Work, person_id: UUID) -> frozenset[str]:
    """The boards at which somebody has a post today."""
    wanted = select(Appointment.board_number).where(Appointment.person_id == person_id, *_active(work))
    return frozenset(await work.session.exec(wanted))


async def sight_of(work: Work, registration_id: UUID) -> Sight:
    """What the actor may see of a portfolio at this moment; nothing is an empty sight."""
    wanted = select(PortfolioShare).where(PortfolioShare.registration_id == registration_id)
    rows = await work.session.exec(wanted.where(*await _mine_now(work)))
    return Sight(tuple(row.grant() for row in rows))


async def shared_with(work: Work, after: UUID | None, most: int) -> Sequence[Any]:
    """The portfolios that are shown to the actor now: registration, register, person, last day; one row each."""
    what = (col(Registration.id), col(Registration.register_code), col(Registration.person_id))
    wanted = (
        sa.select(*what, sa.func.max(PortfolioShare.until_on).label("until_on"))
        .join(PortfolioShare, col(PortfolioShare.registration_id) == Registration.id)
        .where(*await _mine_now(work))
        .group_by(*what)
    )
    if after is not None:
        wanted = wanted.where(col(Registration.id) > after)
    connection = await work.session.connection()
    return (await connection.execute(wanted.order_by(col(Registration.id)).limit(most))).all()


@dataclass(frozen=True)
class Wanted:
    """Which of the staff: words of a name or a whole number, and who to look at first."""

    text: str = ""
    ends_by: date | None = None
    """Only whose registration ends by this day."""
    unregistered: bool = False


async def staff(work: Work, after: Sequence[str] | None, most: int, which: Wanted | None = None) -> Sequence[Any]:
    """Who has a post at one of the actor's boards today, by name: columns of the public register, and their person."""
    boards = await boards_of(work)
    employed = sa.exists().where(
        col(Appointment.person_id) == ENTRY.c.person_id, col(Appointment.board_number).in_(boards), *_active(work)
    )
    wanted = sa.select(*COLUMNS, ENTRY.c.person_id).where(employed, *_which(which or Wanted()))
    if after is not None:
        here = sa.tuple_(ENTRY.c.name_key, ENTRY.c.register_number, ENTRY.c.register_code)
        wanted = wanted.where(here > sa.tuple_(*[sa.literal(part) for part in after]))
    by_name = (ENTRY.c.name_key, ENTRY.c.register_number, ENTRY.c.register_code)
    connection = await work.session.connection()
    return (await connection.execute(wanted.order_by(*by_name).limit(most))).all()


def _which(which: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    words = names.words(which.text)[: names.MOST_WORDS]
    if len(words) == 1 and words[0].isdigit():
        found.append(ENTRY.c.register_number == words[0])
    else:
        found += [begins_a_word(ENTRY.c.name_key, word) for word in words]
    if which.ends_by is not None:
        found.append(ENTRY.c.valid_until <= which.ends_by)
    if which.unregistered:
        found.append(ENTRY.c.status.not_in(list(REGISTERED_NOW)))
    return found


async def shares_of_staff(work: Work, persons: Collection[UUID]) -> Sequence[PortfolioShare]:
    """What these people show to the actor's boards now."""
    wanted = select(PortfolioShare).where(
        col(PortfolioShare.person_id).in_(list(persons)), col(PortfolioShare.board_number).is_not(None)
    )
    return (await work.session.exec(wanted.where(*await _mine_now(work)))).all()


async def names_of_boards(work: Work, numbers: Collection[str]) -> dict[str, str]:
    """The public names of boards."""
    rows = await work.session.exec(select(Board).where(col(Board.number).in_(list(numbers))))
    return {row.number: board_in_words(row.name or row.number) for row in rows}


async def owner_of(work: Work, registration_id: UUID) -> UUID | None:
    """Whose portfolio it is, for the trail."""
    wanted = select(Registration.person_id).where(Registration.id == registration_id)
    return (await work.session.exec(wanted)).one_or_none()


async def looks(work: Work, before: int | None, most: int) -> Sequence[TrailEvent]:
    """Who else looked at what is one's own, or tried to, the latest first."""
    wanted = select(TrailEvent).where(
        TrailEvent.stream == f"person/{person_of(work.actor)}",
        col(TrailEvent.action).in_(LOOKS),
        TrailEvent.actor != work.actor.ref,
    )
    if before is not None:
        wanted = wanted.where(col(TrailEvent.seq) < before)
    return (await work.session.exec(wanted.order_by(col(TrailEvent.seq).desc()).limit(most))).all()


def _active(work: Work) -> tuple[sa.ColumnElement[bool], ...]:
    """A post that has begun and has not ended today, its last day included."""
    return (
        col(Appointment.appointed_on) <= work.today,
        or_(col(Appointment.ended_on).is_(None), col(Appointment.ended_on) >= work.today),
    )


def _employed(work: Work) -> sa.ColumnElement[bool]:
    """The owner has worked at the board since before the share: who left and came back is asked anew."""
    return sa.exists().where(
        col(Appointment.person_id) == PortfolioShare.person_id,
        col(Appointment.board_number) == PortfolioShare.board_number,
        col(Appointment.appointed_on) <= PortfolioShare.granted_on,
        *_active(work),
    )


async def _mine_now(work: Work) -> tuple[sa.ColumnElement[bool], ...]:
    """Shares with the actor, or with a board of theirs that still employs the owner, not taken back nor run out."""
    boards = await boards_of(work)
    to_a_board = sa.and_(col(PortfolioShare.board_number).in_(boards), _employed(work))
    return (
        col(PortfolioShare.ended_at).is_(None),
        col(PortfolioShare.until_on) >= work.today,
        sa.or_(col(PortfolioShare.grantee_id) == person_of(work.actor), to_a_board),
    )

"""Who holds which role today, and the end of a role: at once, and never so that four eyes are lacking afterwards."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from auth import queries
from auth.actor import person_of
from auth.models import Person, RoleGrant
from auth.permissions import SECOND_FACTOR, Role
from auth.policy import RoleEnd
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.law.days import previous_day
from core.store.work import Work

LEAST_ADMINISTRATORS = 2
"""One proposes a role, another signs: with fewer nobody could ever be given one again."""


async def held(work: Work, roles: Sequence[Role], after: UUID | None, most: int) -> Sequence[tuple[RoleGrant, Person]]:
    """Who holds one of these roles today, by family name; `after` is a role in that list, so that no name stands in an
    address. Invalid("cursor") for one that nobody has."""
    wanted = (
        select(RoleGrant, Person)
        .join(Person, col(Person.id) == RoleGrant.person_id)
        .where(col(RoleGrant.role).in_(roles), *_today(work))
    )
    if after is not None:
        last = select(Person.family_name).join(RoleGrant, col(RoleGrant.person_id) == Person.id)
        name = (await work.session.exec(last.where(RoleGrant.id == after))).one_or_none()
        if name is None:
            raise Invalid("cursor", [("cursor", "cursor")])
        reached = sa.tuple_(sa.literal(name), sa.literal(after))
        wanted = wanted.where(sa.tuple_(col(Person.family_name), col(RoleGrant.id)) > reached)
    return (await work.session.exec(wanted.order_by(col(Person.family_name), col(RoleGrant.id)).limit(most))).all()


async def grant(work: Work, id: UUID) -> tuple[RoleGrant, Person]:
    """A role that somebody holds today; NotFound("no-such-role")."""
    wanted = select(RoleGrant, Person).join(Person, col(Person.id) == RoleGrant.person_id)
    found = (await work.session.exec(wanted.where(RoleGrant.id == id, *_today(work)))).one_or_none()
    if found is None:
        raise NotFound("no-such-role")
    return found


async def end(work: Work, id: UUID, reason: RoleEnd) -> tuple[RoleGrant, Person]:
    """End a role from now on, however often it was given: the next request of its holder goes without it.

    NotFound("no-such-role"); Forbidden("own-case"); Refused("two-administrators").
    """
    row, person = await grant(work, id)
    if person.id == person_of(work.actor):
        raise Forbidden("own-case")
    work.expect(row)
    administrators = await queries.holders(work.session, Role.ADMIN, work.today)
    if row.role is Role.ADMIN and len(administrators) <= LEAST_ADMINISTRATORS:
        raise Refused("two-administrators", needed=LEAST_ADMINISTRATORS)
    same = select(RoleGrant).where(
        RoleGrant.person_id == person.id, RoleGrant.role == row.role, RoleGrant.scope == row.scope, *_running(work)
    )
    for each in (await work.session.exec(same)).all():
        each.until_on = previous_day(work.today)
        work.log("role:end", each, role=each.role.value, reason=reason.value)
    return row, person


async def staff_roles(work: Work, person_id: UUID) -> list[Role]:
    """The roles of somebody, from today or later, by which one decides about others."""
    wanted = select(RoleGrant.role).where(RoleGrant.person_id == person_id, col(RoleGrant.role).in_(SECOND_FACTOR))
    return sorted({Role(role) for role in await work.session.exec(wanted.where(*_running(work)))})


async def require_no_staff_role(work: Work, person_id: UUID) -> None:
    """Refused("staff-role"): such a role ends first, by who gives roles, so that nobody loses or gains one on the side.

    The last two administrators can never be ended: a new one comes first.
    """
    if held := await staff_roles(work, person_id):
        raise Refused("staff-role", roles=[role.value for role in held])


def _today(work: Work) -> tuple[sa.ColumnElement[bool], ...]:
    return (col(RoleGrant.from_on) <= work.today, *_running(work))


def _running(work: Work) -> tuple[sa.ColumnElement[bool], ...]:
    """From today or later."""
    return (sa.or_(col(RoleGrant.until_on).is_(None), col(RoleGrant.until_on) >= work.today),)

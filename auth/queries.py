"""Reads of persons, accounts, roles and sessions."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import col, or_, select

from auth.models import Account, AccountState, LoginSession, Person, RoleGrant, SignInFailure
from auth.permissions import Role
from core.db import AsyncSession
from core.errors import NotFound

NUMBERS_AT_ONCE = 5_000
"""Well within what either database binds in one statement."""


async def account_by_email(session: AsyncSession, email: str) -> Account | None:
    """The open account of an address, folded as it is kept."""
    wanted = select(Account).where(Account.email == email.strip().lower(), Account.state == AccountState.ACTIVE)
    return (await session.exec(wanted)).one_or_none()


async def account_of(session: AsyncSession, person_id: UUID) -> Account:
    """The open account of a person; NotFound("no-such-account")."""
    wanted = select(Account).where(Account.person_id == person_id, Account.state == AccountState.ACTIVE)
    found = (await session.exec(wanted)).first()
    if found is None:
        raise NotFound("no-such-account")
    return found


async def roles_of(session: AsyncSession, person_id: UUID, on: date) -> frozenset[Role]:
    """The roles that a person holds on a day."""
    return (await held(session, person_id, on))[0]


async def held(session: AsyncSession, person_id: UUID, on: date) -> tuple[frozenset[Role], frozenset[UUID]]:
    """The roles that a person holds on a day, and the organisations to which a role as provider is narrowed."""
    wanted = select(RoleGrant.role, RoleGrant.scope).where(
        RoleGrant.person_id == person_id,
        RoleGrant.from_on <= on,
        or_(col(RoleGrant.until_on).is_(None), col(RoleGrant.until_on) >= on),
    )
    rows = [(Role(role), scope) for role, scope in await session.exec(wanted)]
    organisations = [UUID(scope) for role, scope in rows if role is Role.PROVIDER and scope]
    return frozenset(role for role, _ in rows), frozenset(organisations)


async def scopes_of(session: AsyncSession, person_id: UUID, role: Role, on: date) -> frozenset[str]:
    """Of which boards or providers a person holds a role on a day; a role without scope is of none."""
    held = select(RoleGrant.scope).where(
        RoleGrant.person_id == person_id,
        RoleGrant.role == role,
        RoleGrant.from_on <= on,
        or_(col(RoleGrant.until_on).is_(None), col(RoleGrant.until_on) >= on),
        RoleGrant.scope != "",
    )
    return frozenset(await session.exec(held))


async def session_by_hash(session: AsyncSession, token_hash: str) -> tuple[LoginSession, Account] | None:
    """The session that a cookie stands for, with its account."""
    wanted = (
        select(LoginSession, Account)
        .join(Account)
        .where(LoginSession.token_hash == token_hash, col(LoginSession.ended_at).is_(None))
        .where(Account.state == AccountState.ACTIVE)
    )
    return (await session.exec(wanted)).one_or_none()


async def session_by_id(session: AsyncSession, id: UUID) -> tuple[LoginSession, Account] | None:
    """The session that a bearer token is bound to, with its account."""
    wanted = (
        select(LoginSession, Account)
        .join(Account)
        .where(LoginSession.id == id, col(LoginSession.ended_at).is_(None), Account.state == AccountState.ACTIVE)
    )
    return (await session.exec(wanted)).one_or_none()


async def failures_of(session: AsyncSession, who: str, since: datetime, device: str = "") -> Sequence[datetime]:
    """When somebody failed to sign in on an address: from a known device, or from all others together."""
    wanted = select(SignInFailure.at).where(
        SignInFailure.who == who, SignInFailure.at > since, SignInFailure.device == device
    )
    return (await session.exec(wanted.order_by(col(SignInFailure.at)))).all()


async def person(session: AsyncSession, id: UUID) -> Person:
    """A person by id; NotFound("no-such-person")."""
    found = (await session.exec(select(Person).where(Person.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-person")
    return found


async def person_without_account(session: AsyncSession, email: str) -> Person | None:
    """Somebody with this address who came from another system and never had an account here."""
    wanted = (
        select(Person)
        .join(Account, col(Account.person_id) == Person.id, isouter=True)
        .where(Person.email == email.strip().lower(), col(Account.id).is_(None))
    )
    return (await session.exec(wanted)).first()


async def anybody(session: AsyncSession) -> bool:
    """Whether there is any person at all."""
    return (await session.exec(select(Person.id).limit(1))).first() is not None


async def person_by_number(session: AsyncSession, register_number: str) -> Person:
    """A person by register number; NotFound("no-such-person")."""
    found = (await session.exec(select(Person).where(Person.register_number == register_number))).one_or_none()
    if found is None:
        raise NotFound("no-such-person")
    return found


async def persons(session: AsyncSession, ids: Collection[UUID]) -> Sequence[Person]:
    """A few persons by id."""
    return (await session.exec(select(Person).where(col(Person.id).in_(list(ids))))).all()


async def addresses_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The e-mail addresses of persons, for messages."""
    wanted = select(Person).where(col(Person.id).in_(list(ids)))
    return {person.id: person.email for person in await session.exec(wanted)}


async def numbers_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The register numbers of persons, for a report that names nobody."""
    wanted = select(Person).where(col(Person.id).in_(list(ids)))
    return {person.id: person.register_number for person in await session.exec(wanted)}


async def person_named(session: AsyncSession, register_number: str, family_name: str) -> Person:
    """A person by number and family name, both right; NotFound("no-such-person") tells not which was wrong."""
    found = await person_by_number(session, register_number)
    if found.family_name.casefold() != family_name.casefold():
        raise NotFound("no-such-person")
    return found


async def names_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of a few persons, for a page that may show them."""
    wanted = select(Person).where(col(Person.id).in_(list(ids)))
    return {person.id: person.full_name() for person in await session.exec(wanted)}


async def faces_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Name and register number of a few persons, for who may see them."""
    wanted = select(Person).where(col(Person.id).in_(list(ids)))
    return {person.id: (person.full_name(), person.register_number) for person in await session.exec(wanted)}


class Addressee(msgspec.Struct, frozen=True):
    """To whom a letter goes, and whether it may come by the message box."""

    id: UUID
    name: str
    address: str
    postcode: str
    town: str
    email: str
    message_box: bool
    deceased: bool


async def addressees(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Addressee]:
    """Where letters to a few persons go."""
    wanted = select(Person).where(col(Person.id).in_(list(ids)))
    return {person.id: _addressee(person) for person in await session.exec(wanted)}


async def addressee(session: AsyncSession, id: UUID) -> Addressee:
    """Where letters to a person go; NotFound("no-such-person")."""
    return _addressee(await person(session, id))


def _addressee(row: Person) -> Addressee:
    return Addressee(
        id=row.id,
        name=row.full_name(),
        address=row.address,
        postcode=row.postcode,
        town=row.town,
        email=row.email,
        message_box=row.message_box,
        deceased=row.deceased_on is not None,
    )


async def holders(session: AsyncSession, role: Role, on: date) -> Sequence[tuple[UUID, str]]:
    """Who holds a role on a day, by family name."""
    wanted = (
        select(Person)
        .join(RoleGrant, col(RoleGrant.person_id) == Person.id)
        .where(RoleGrant.role == role, RoleGrant.from_on <= on)
        .where(sa.or_(col(RoleGrant.until_on).is_(None), col(RoleGrant.until_on) >= on))
        .order_by(col(Person.family_name), col(Person.id))
    )
    return [(person.id, person.full_name()) for person in await session.exec(wanted)]


async def sessions_of(session: AsyncSession, account_id: UUID) -> Sequence[LoginSession]:
    """The open sessions of an account, newest first."""
    wanted = select(LoginSession).where(LoginSession.account_id == account_id, col(LoginSession.ended_at).is_(None))
    return (await session.exec(wanted.order_by(col(LoginSession.created_at).desc()))).all()


class Named(NamedTuple):
    """Whose a register number is."""

    id: UUID
    register_number: str
    given_name: str
    family_name: str


async def by_numbers(session: AsyncSession, numbers: Collection[str]) -> dict[str, Named]:
    """Whose these register numbers are; thousands at once."""
    found: dict[str, Named] = {}
    asked = sorted(numbers)
    columns = [col(one) for one in (Person.id, Person.register_number, Person.given_name, Person.family_name)]
    connection = await session.connection()
    for at in range(0, len(asked), NUMBERS_AT_ONCE):
        some = asked[at : at + NUMBERS_AT_ONCE]
        rows = await connection.execute(sa.select(*columns).where(col(Person.register_number).in_(some)))
        found |= {row[1]: Named(*row) for row in rows}
    return found


async def named(session: AsyncSession, id: UUID) -> Named:
    """Number and name of a person; NotFound("no-such-person")."""
    found = await person(session, id)
    return Named(found.id, found.register_number, found.given_name, found.family_name)

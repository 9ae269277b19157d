"""Reads of persons, accounts, roles and sessions."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import col, or_, select

from auth import numbers
from auth.models import Account, AccountState, LoginSession, Person, RoleGrant, SignInFailure
from auth.permissions import Role
from auth.policy import family_names
from auth.selves import one_with
from core import names
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


async def kept(session: AsyncSession, found: Iterable[Person]) -> list[Person]:
    """Each person as who they are now: in the place of a double stands who was kept, once.

    Every look-up of people by id or number goes through here; merging itself and the trail name doubles on purpose.
    """
    row_of: dict[UUID, Person] = {}
    ahead = list(found)
    order = [row.id for row in ahead]
    while ahead:
        row_of |= {row.id: row for row in ahead}
        into = {row.merged_into for row in ahead if row.merged_into} - row_of.keys()
        ahead = list((await session.exec(select(Person).where(col(Person.id).in_(into)))).all()) if into else []
    now: dict[UUID, Person] = {}
    for id in order:
        row = row_of[id]
        while row.merged_into:
            row = row_of[row.merged_into]
        now[row.id] = row
    return list(now.values())


async def _one(session: AsyncSession, wanted: sa.ColumnElement[bool]) -> Person:
    found = await kept(session, (await session.exec(select(Person).where(wanted))).all())
    if not found:
        raise NotFound("no-such-person")
    return found[0]


async def person(session: AsyncSession, id: UUID) -> Person:
    """A person by id, one that they had before a merge too; NotFound("no-such-person")."""
    return await _one(session, col(Person.id) == id)


async def double(session: AsyncSession, register_number: str) -> Person:
    """Who stands under a number itself, merged or not: for merging alone. NotFound("no-such-person")."""
    wanted = select(Person).where(Person.register_number == numbers.bare(register_number))
    found = (await session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-person")
    return found


async def itself(session: AsyncSession, id: UUID) -> Person:
    """Who stands under an id itself, merged or not: for merging alone. NotFound("no-such-person")."""
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
    """A person by register number, one from before a merge too; NotFound("no-such-person")."""
    return await _one(session, col(Person.register_number) == numbers.bare(register_number))


async def persons(session: AsyncSession, ids: Collection[UUID]) -> Sequence[Person]:
    """A few persons by id; who was merged, as who was kept."""
    return await kept(session, (await session.exec(select(Person).where(col(Person.id).in_(list(ids))))).all())


async def by_id(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Person]:
    """Who each of these ids stands for now."""
    rows = (await session.exec(select(Person).where(col(Person.id).in_(list(ids))))).all()
    return {row.id: (await kept(session, [row]))[0] if row.merged_into else row for row in rows}


async def addresses_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The e-mail addresses of persons, for messages."""
    return {id: person.email for id, person in (await by_id(session, ids)).items()}


async def numbers_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The register numbers of persons, for a report that names nobody."""
    return {id: person.register_number for id, person in (await by_id(session, ids)).items()}


async def person_named(session: AsyncSession, register_number: str, family_name: str) -> Person:
    """A person by number and family name, both right; NotFound("no-such-person") tells not which was wrong."""
    found = await person_by_number(session, register_number)
    if not names.agree(family_name, *(found.families() if found.family_names() else [found.given_name])):
        raise NotFound("no-such-person")
    return found


async def names_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of a few persons, for a page that may show them."""
    return {id: person.full_name() for id, person in (await by_id(session, ids)).items()}


async def faces_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Name and register number of a few persons, for who may see them."""
    found = await by_id(session, ids)
    return {id: (person.full_name(), person.register_number) for id, person in found.items()}


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
    return {id: _addressee(person) for id, person in (await by_id(session, ids)).items()}


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
    families: tuple[str, ...]
    """Each family name that they bear, alone and together."""
    numbers: frozenset[str]
    """Their register number, and those from before a merge."""
    name: str


async def by_numbers(session: AsyncSession, register_numbers: Collection[str]) -> dict[str, Named]:
    """Whose these register numbers are, also those from before a merge; thousands at once."""
    found: dict[str, Named] = {}
    asked = sorted(register_numbers)
    columns: Any = [col(getattr(Person, one)) for one in ("register_number", "merged_into", *_NAMED)]
    connection = await session.connection()
    for at in range(0, len(asked), NUMBERS_AT_ONCE):
        some = asked[at : at + NUMBERS_AT_ONCE]
        merged: dict[str, UUID] = {}
        for row in await connection.execute(sa.select(*columns).where(col(Person.register_number).in_(some))):
            if row.merged_into:
                merged[row.register_number] = row.id
            else:
                found[row.register_number] = _named(row, frozenset([row.register_number]))
        now = await by_id(session, merged.values())
        found |= {number: _named(now[id], frozenset([now[id].register_number])) for number, id in merged.items()}
    return found


_NAMED = ("id", "given_name", "prefix", "family_name", "partner_prefix", "partner_family_name", "name_order")


def _named(row: Any, numbers: frozenset[str]) -> Named:
    own, partner = (row.prefix, row.family_name), (row.partner_prefix, row.partner_family_name)
    families = family_names(row.name_order, *own, *partner)
    shown = names.joined(row.given_name, families[-1])
    return Named(row.id, row.register_number, row.given_name, families, numbers, shown)


async def named(session: AsyncSession, id: UUID) -> Named:
    """Number and name of a person; NotFound("no-such-person")."""
    found = await person(session, id)
    doubles = await session.exec(select(Person.register_number).where(col(Person.id).in_(one_with(found.id))))
    return _named(found, frozenset(doubles))

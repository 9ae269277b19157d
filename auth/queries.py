"""Reads of persons, accounts, roles and sessions."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, or_, select

from auth.lookup import (
    Addressee,
    Named,
    addressee,
    addressees,
    addresses_of,
    by_id,
    by_numbers,
    double,
    faces_of,
    itself,
    named,
    names_of,
    numbers_of,
    person,
    person_by_number,
    person_named,
    persons,
)
from auth.models import Account, AccountState, LoginSession, Person, RoleGrant, SignInFailure
from auth.permissions import Role
from auth.scopes import provider_of
from core.errors import NotFound
from core.fields import address_key
from core.store.db import AsyncSession


async def account_by_email(session: AsyncSession, email: str) -> Account | None:
    """The open account of an address, folded as it is kept."""
    wanted = select(Account).where(Account.email == address_key(email), Account.state == AccountState.ACTIVE)
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
    organisations = [id for role, scope in rows if role is Role.PROVIDER and (id := provider_of(scope))]
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


async def failures_of(session: AsyncSession, who: str, since: datetime) -> Sequence[tuple[datetime, str]]:
    """When somebody failed to sign in on an address, and from which mark."""
    wanted = select(SignInFailure.at, SignInFailure.device).where(SignInFailure.who == who, SignInFailure.at > since)
    return (await session.exec(wanted.order_by(col(SignInFailure.at)))).all()


async def person_without_account(session: AsyncSession, email: str) -> Person | None:
    """Somebody with this address who came from another system and never had an account here."""
    wanted = (
        select(Person)
        .join(Account, col(Account.person_id) == Person.id, isouter=True)
        .where(Person.email == address_key(email), col(Account.id).is_(None))
    )
    return (await session.exec(wanted)).first()


async def anybody(session: AsyncSession) -> bool:
    """Whether there is any person at all."""
    return (await session.exec(select(Person.id).limit(1))).first() is not None


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


async def keepers_of(session: AsyncSession, role: Role, scope: str, on: date) -> frozenset[UUID]:
    """Who holds a role for one board or provider on a day."""
    wanted = select(RoleGrant.person_id).where(
        RoleGrant.role == role,
        RoleGrant.scope == scope,
        RoleGrant.from_on <= on,
        or_(col(RoleGrant.until_on).is_(None), col(RoleGrant.until_on) >= on),
    )
    return frozenset(await session.exec(wanted))


async def sessions_of(session: AsyncSession, account_id: UUID) -> Sequence[LoginSession]:
    """The open sessions of an account, newest first."""
    wanted = select(LoginSession).where(LoginSession.account_id == account_id, col(LoginSession.ended_at).is_(None))
    return (await session.exec(wanted.order_by(col(LoginSession.created_at).desc()))).all()


__all__ = [
    "Addressee",
    "Named",
    "account_by_email",
    "account_of",
    "addressee",
    "addressees",
    "addresses_of",
    "anybody",
    "by_id",
    "by_numbers",
    "double",
    "faces_of",
    "failures_of",
    "held",
    "holders",
    "itself",
    "keepers_of",
    "named",
    "names_of",
    "numbers_of",
    "person",
    "person_by_number",
    "person_named",
    "person_without_account",
    "persons",
    "roles_of",
    "scopes_of",
    "session_by_hash",
    "session_by_id",
    "sessions_of",
]

"""Enrolling as a person, signing in and out, and the roles that somebody holds.

A wrong password, a wrong code, an unknown address and a locked one look alike and cost alike.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import ip_address, ip_network
from uuid import UUID

from sqlmodel import col, select

from auth import consent, devices, lookup, policy, queries
from auth.actor import Actor, person_of
from auth.codes import Codes
from auth.models import Account, HalfwaySession, LoginSession, Person, RoleGrant, SignInFailure
from auth.passwords import Passwords, weakness
from auth.permissions import Role
from auth.schemas import NewPerson
from auth.signing import Signatures
from auth.token_hash import hash_of
from auth.tokens import Tokens
from core import agenda
from core.clock import machine_now
from core.countries import HOME
from core.errors import Invalid, NotFound, TooMany, Unauthenticated
from core.fields import address_key
from core.law.days import previous_day
from core.store.work import Work

HALFWAY = timedelta(minutes=5)


@dataclass(frozen=True)
class SignInServices:
    """What sign-in and the signing of documents work with, made once at start."""

    passwords: Passwords
    codes: Codes
    tokens: Tokens
    secret: bytes
    extracts: Signatures
    extract_secret: bytes

    def who(self, email: str) -> str:
        """An address as the failures keep it: a keyed hash."""
        return self._hidden(address_key(email))

    def place(self, address: str) -> str:
        """From where somebody asks, as the failures keep it: a keyed hash of the address, of IPv6 of its network."""
        try:
            found = ip_address(address)
        except ValueError:
            return self._hidden(f"at {address}")
        return self._hidden(f"at {ip_network((found, 64), strict=False) if found.version == 6 else found}")

    def _hidden(self, text: str) -> str:
        return hmac.new(self.secret, text.encode(errors="replace"), hashlib.sha256).hexdigest()


async def add_person(work: Work, new: NewPerson, role: Role = Role.PROFESSIONAL) -> Person | None:
    """Open an account for a person; None when the address is known already: its owner gets a message instead.

    Invalid: the codes of auth.passwords (`password-too-short`, …), field `password`.
    """
    if weak := weakness(new.password, new.email, new.given_name, new.family_name):
        raise Invalid("invalid-input", [("password", weak)])
    password_hash = await work.port(SignInServices).passwords.hash(new.password)
    if known := await queries.account_by_email(work.session, new.email):
        work.send(
            "enrolment-again",
            address=known.email,
            subject="U hebt al een account bij Bekwaam",
            body="Iemand, misschien uzelf, wilde zich met dit adres inschrijven. U hebt al een account: log in.\n",
            person_id=known.person_id,
        )
        return None
    if taken_over := await queries.person_without_account(work.session, new.email):
        await _known_from_elsewhere(work, taken_over)
        return None
    details = new.model_dump(include=PERSON_FIELDS)
    number = await lookup.free_number(work.session)
    country = None if new.country == HOME else new.country
    person = Person(**details, country=country, register_number=number, enrolled_at=work.now)
    work.add(person)
    await work.flush()
    account = Account(person_id=person.id, email=new.email, password_hash=password_hash)
    work.add(account)
    await work.flush()
    work.log("person:enrol", person)
    work.log("account:open", account)
    if new.message_box:
        await consent.give(work, person)
    await grant(work, person.id, role, work.today)
    return person


async def _known_from_elsewhere(work: Work, person: Person) -> None:
    """Somebody who was taken over from another system comes here first: no second person, and the office is told."""
    due_on = work.today
    await agenda.expect(work, "person", person.id, "open-account", role="office", due_on=due_on, register=None)
    work.send(
        "enrolment-known",
        address=person.email,
        subject="U staat al in het register",
        body=(
            "Iemand, misschien uzelf, wilde zich met dit adres inschrijven. U staat al in het register: uw gegevens "
            "zijn overgenomen uit het vorige. Het bureau opent uw account en schrijft u daarover.\n"
        ),
        person_id=person.id,
    )


PERSON_FIELDS = {"given_name", "prefix", "family_name", "address", "postcode", "town", "email", "telephone"}


async def grant(work: Work, person_id: UUID, role: Role, from_on: date, scope: str = "") -> RoleGrant:
    """Give a person a role from a day on."""
    row = RoleGrant(person_id=person_id, role=role, from_on=from_on, scope=scope)
    work.add(row)
    work.log("role:grant", row, role=role.value)
    return row


async def take_back(work: Work, person_id: UUID, role: Role, scope: str) -> None:
    """End a role of a person within a scope, from this moment on."""
    wanted = select(RoleGrant).where(RoleGrant.person_id == person_id, RoleGrant.role == role, RoleGrant.scope == scope)
    for row in (await work.session.exec(wanted.where(col(RoleGrant.until_on).is_(None)))).all():
        row.until_on = previous_day(work.today)
        work.log("role:take-back", row, role=role.value)


async def give_second_factor(work: Work, person_id: UUID) -> str:
    """Give an account a new secret for one-time codes, and show it in base32, this once."""
    account = await queries.account_of(work.session, person_id)
    account.totp_secret, account.totp_counter = work.port(SignInServices).codes.new(), 0
    work.log("account:second-factor", account)
    return work.port(SignInServices).codes.base32(account.totp_secret)


async def check_password(work: Work, email: str, password: str, device: str = "") -> Account:
    """The account that an address and password open; `device` is the cookie of a browser that may be known.

    Unauthenticated("wrong-credentials"); TooMany("locked") as `require_unlocked`, known address or not.
    """
    async with work.means.database.reading() as look:  # no write lock is held while the password is hashed
        known = await queries.account_by_email(look, email)
    mark = await require_unlocked(work, email, known, device)
    right = await work.port(SignInServices).passwords.verify(password, known.password_hash if known else None)
    account = await queries.account_by_email(work.session, email) if right else None
    if account is None:
        await fail(work, email, mark)
        raise Unauthenticated("wrong-credentials")
    return account


async def require_unlocked(work: Work, email: str, account: Account | None, device: str = "") -> str:
    """The mark under which a wrong guess counts: of a device that is known, else of the network from which it is asked.

    TooMany("locked") after five wrong guesses under that mark, so that a stranger locks out nobody elsewhere; and for
    who is not known here when strangers made policy.MOST_AN_HOUR of them, from wherever.
    """
    now, doors = machine_now(), work.port(SignInServices)
    async with work.means.database.reading() as look:
        known = await devices.mark_of(look, account, device)
        failures = await queries.failures_of(look, doors.who(email), now - policy.FAILURE_WINDOW)
    mark = known or doors.place(work.address)
    until = policy.lock_until([at for at, under in failures if under == mark], now)
    if until is None and not known:
        until = policy.spent_until([at for at, _ in failures], now)
    if until is not None:
        raise TooMany("locked", retry_after=max(1, int((until - now).total_seconds())))
    return mark


async def fail(work: Work, email: str, mark: str) -> None:
    """Keep a failure although the request is refused: what it did is undone, and the failure written by itself."""
    await work.session.rollback()
    async with work.means.database.writing() as aside, aside.begin():
        aside.add(SignInFailure(who=work.port(SignInServices).who(email), at=machine_now(), device=mark))


async def check_code(work: Work, account: Account, code: str | None, mark: str = "") -> bool:
    """Hold a one-time code against an account that has them; whether one was given, for the session that follows.

    A wrong one counts under `mark`, else from where it is asked.

    Unauthenticated: `code-needed`, `wrong-credentials`. A code works once.
    """
    if account.totp_secret is None:
        return False
    if not code:
        raise Unauthenticated("code-needed")
    counter = work.port(SignInServices).codes.verify(
        account.totp_secret, code.strip(), account.totp_counter, machine_now()
    )
    if counter is None:
        email = account.email
        await fail(work, email, mark or work.port(SignInServices).place(work.address))
        raise Unauthenticated("wrong-credentials")
    account.totp_counter = counter
    work.log("account:code", account)
    return True


async def open_session(work: Work, account: Account, *, second_factor: bool = False) -> tuple[LoginSession, str]:
    """A new session with a random cookie of which only the hash is kept (F1)."""
    token = secrets.token_urlsafe(32)
    now = machine_now()
    row = LoginSession(
        account_id=account.id,
        token_hash=hash_of(token),
        created_at=now,
        last_seen_at=now,
        second_factor_at=now if second_factor else None,
    )
    work.add(row)
    await work.flush()
    work.log("session:sign-in", None, stream=f"person/{account.person_id}", session=str(row.id))
    return row, token


async def halfway(work: Work, account: Account) -> str:
    """Remember that a password was right, for the page that asks for the code."""
    token = secrets.token_urlsafe(32)
    work.add(HalfwaySession(account_id=account.id, token_hash=hash_of(token), created_at=machine_now()))
    return token


async def close_session(work: Work, session_id: UUID) -> None:
    """Sign out: cookie and tokens stop at the next request. NotFound("no-such-session") if not one's own."""
    actor = work.actor
    found = await queries.session_by_id(work.session, session_id)
    if found is None or not isinstance(actor, Actor) or found[1].person_id != person_of(actor):
        raise NotFound("no-such-session")
    found[0].ended_at = machine_now()
    work.log("session:sign-out", None, stream=f"person/{actor.person_id}", session=str(session_id))


async def issue_token(work: Work, email: str, password: str, code: str | None) -> tuple[str, int, LoginSession]:
    """A 15-minute bearer token, bound to a new session."""
    account = await check_password(work, email, password)
    given = await check_code(work, account, code)
    session, _ = await open_session(work, account, second_factor=given)
    token, expires_in = work.port(SignInServices).tokens.issue(account.id, session.id, machine_now())
    return token, expires_in, session

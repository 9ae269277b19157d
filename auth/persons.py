"""What the vault keeps of a person, changed: names with their history, address, hiding, death, doubles."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, or_, select

from auth import consent, devices, numbers, onetime, queries
from auth.merged_persons import kept
from auth.models import Account, AccountState, FormerName, Person, PersonWord, RoleGrant, RoleProposal
from auth.permissions import Role
from auth.policy import LIFETIMES, PROPOSAL, ProposalEvent, Purpose
from auth.reset import ask, end_sessions
from auth.schemas import NewDetails, NewName
from auth.service import grant
from core import names
from core.clock import legal_day
from core.countries import HOME
from core.errors import Invalid, Refused
from core.fields import address_key
from core.law.days import previous_day
from core.store import outbox
from core.store.work import Work

LEAST_LETTERS = 3
"""From so many on letters may be the beginning of a word; fewer are one by themselves."""
HIGHEST = "\U0010ffff"
NO_PASSWORD = "!"
"""What no password matches: the account waits for its owner to choose one."""
__all__ = [
    "Person",
    "accounts",
    "become_one",
    "change_details",
    "decease",
    "find",
    "former_names",
    "hide",
    "name_at",
    "open_accounts",
    "rename",
    "revive",
]


async def rename(work: Work, person: Person, new: NewName) -> bool:
    """Change the name; the one that was borne until today is kept. Whether anything changed."""
    values = new.model_dump()
    if all(getattr(person, name) == value for name, value in values.items()):
        return False
    earlier = await former_names(work, person.id)
    former = FormerName(
        person_id=person.id,
        given_name=person.given_name,
        family_names=person.family_names(),
        from_on=earlier[0].until_on if earlier else legal_day(person.enrolled_at),
        until_on=work.today,
        changed_at=work.now,
    )
    work.add(former)
    for name, value in values.items():
        setattr(person, name, value)
    await work.flush()
    work.log("person:former-name", former)
    work.log("person:rename", person)
    return True


async def former_names(work: Work, person_id: UUID) -> Sequence[FormerName]:
    """The names that a person bore before, the latest first."""
    wanted = select(FormerName).where(FormerName.person_id == person_id)
    return (await work.session.exec(wanted.order_by(col(FormerName.id).desc()))).all()


async def name_at(work: Work, person_id: UUID, at: datetime, name: str) -> str:
    """The name that somebody bore at an instant, who is called `name` now."""
    for former in await former_names(work, person_id):
        if former.changed_at <= at if former.changed_at else former.until_on <= legal_day(at):
            break
        name = names.joined(former.given_name, former.family_names)
    return name


async def change_details(work: Work, person: Person, new: NewDetails) -> None:
    """Address and telephone, and consent to the message box, given or withdrawn today."""
    for name in ("address", "postcode", "town", "telephone"):
        setattr(person, name, getattr(new, name))
    person.country = None if new.country == HOME else new.country
    work.log("person:details", person)
    if new.message_box:
        await consent.give(work, person)
    else:
        await consent.withdraw(work, person)


async def find(work: Work, text: str, most: int) -> Sequence[Person]:
    """Persons by register number, e-mail address or the words of a name; Invalid("name-too-short").

    Each word begins one of theirs, particles apart; of one or two letters it is one. A double is found as who was kept.
    """
    asked, words = text.strip(), list(dict.fromkeys(names.words(text)))[: names.MOST_WORDS]
    if not words:
        raise Invalid("name-too-short", [("q", "name-too-short")])
    number = numbers.bare(asked)
    known = sa.select(col(Person.id)).where(or_(Person.register_number == number, Person.email == address_key(asked)))
    named = sa.intersect(*map(_bearing, words)) if len(words) > 1 else _bearing(words[0])
    wanted = select(Person).where(col(Person.id).in_(sa.union(known, named.subquery().select())))
    found = (await work.session.exec(wanted.order_by(col(Person.family_name), col(Person.id)).limit(most))).all()
    if not found and all(len(word) < LEAST_LETTERS for word in words):
        raise Invalid("name-too-short", [("q", "name-too-short")])
    return await kept(work.session, found)


def _bearing(word: str) -> sa.Select[tuple[UUID]]:
    begins = sa.and_(col(PersonWord.word) >= word, col(PersonWord.word) < word + HIGHEST)
    return sa.select(col(PersonWord.person_id)).where(
        begins if len(word) >= LEAST_LETTERS else col(PersonWord.word) == word
    )


def hide(work: Work, person: Person, ground: str) -> None:
    """Take somebody at risk out of public sight, or with the ground "" put them back."""
    person.hidden = bool(ground)
    work.log("person:hide" if ground else "person:unhide", person, **({"ground": ground} if ground else {}))


async def decease(work: Work, person: Person, on: date) -> None:
    """Note a death: accounts close, roles and links end, and nothing is sent any more."""
    person.deceased_on = on
    work.log("person:decease", person, on=on)
    await outbox.silence(work.session, person.id)
    await _close_accounts(work, person)
    await _end_roles(work, person)


async def become_one(work: Work, stays: Person, double: Person) -> None:
    """Let the number of a double lead to the person that is kept.

    No right goes over: accounts of the double close, with every session, link and known device; its roles end, and so
    does what was proposed for it. Every address that either had is told. Who is kept and has no account gets one on the
    address that they are known by, which a mailed link opens.
    """
    told = {stays.email, double.email} | {row.email for one in (stays, double) for row in await accounts(work, one.id)}
    double.merged_into = stays.id
    work.log("person:merge", double, into=str(stays.id))
    await _close_accounts(work, double)
    await _end_roles(work, double)
    for proposal in (await work.session.exec(select(RoleProposal).where(RoleProposal.person_id == double.id))).all():
        if PROPOSAL.may(proposal.state, ProposalEvent.REJECT):
            proposal.state = PROPOSAL.after(proposal.state, ProposalEvent.REJECT)
            work.log("role:reject", proposal, role=proposal.role.value)
    for address in sorted(told):
        work.send(
            "people-merged",
            address=address,
            subject="Twee inschrijvingen van u zijn één geworden",
            body=f"U stond twee keer bij Bekwaam. Voortaan bent u te vinden onder nummer {stays.register_number}.\n"
            "Inloggen kan alleen nog met het account dat bij dat nummer hoort; het andere account is gesloten.\n"
            "Bent u niet dezelfde persoon? Neem dan meteen contact met ons op.\n",
            person_id=stays.id,
        )
    await work.flush()
    await _open_account(work, stays)


async def _close_accounts(work: Work, person: Person) -> None:
    for account in await accounts(work, person.id):
        account.state = AccountState.CLOSED
        work.log("account:close", account)
        await end_sessions(work, account.id)
        await devices.forget(work, account.id)
        await onetime.void(work, account.id, *Purpose)


async def _end_roles(work: Work, person: Person) -> None:
    for row in (await work.session.exec(select(RoleGrant).where(RoleGrant.person_id == person.id))).all():
        if row.until_on is None or row.until_on >= work.today:
            row.until_on = previous_day(work.today)
            work.log("role:end", row, role=row.role.value)


async def invite(work: Work, person: Person) -> None:
    """Open an account for who has none, by a mailed link that is good once, for a week.

    Refused: `account-open`, `email-taken` (it opens somebody else's), `deceased`, `merged-already`.
    """
    if person.deceased_on is not None:
        raise Refused("deceased")
    if person.merged_into is not None:
        raise Refused("merged-already")
    if await open_accounts(work, person.id):
        raise Refused("account-open")
    account = await _new_account(work, person)
    if account is None:
        raise Refused("email-taken")
    token = onetime.issue(work, Purpose.RESET, account.email, account_id=account.id, lives=LIFETIMES[Purpose.INVITE])
    work.send(
        "account-invitation",
        address=account.email,
        subject="Uw account bij Bekwaam",
        body=f"U staat in het register onder nummer {person.register_number}. Het registerbureau opende een account "
        f"voor u.\nKies binnen een week een wachtwoord op {work.means.settings.address}/wachtwoord/{token}\n"
        "Daarna ziet u in Mijn register wat er van u bekend is. Kent u ons niet? Neem dan contact met ons op.\n",
        person_id=person.id,
    )
    work.log("account:invite", None, stream=person.stream(), account=str(account.id))


async def _open_account(work: Work, person: Person) -> None:
    """An account that nothing but a mailed link opens, for who has none and whose address has none either."""
    if not await open_accounts(work, person.id) and await _new_account(work, person):
        ask(work, address_key(person.email))


async def _new_account(work: Work, person: Person) -> Account | None:
    """An account that no password opens; None when the address opens another already."""
    email = address_key(person.email)
    if (await work.session.exec(select(Account.id).where(Account.email == email))).first() is not None:
        return None
    account = Account(person_id=person.id, email=email, password_hash=NO_PASSWORD)
    work.add(account)
    await work.flush()
    work.log("account:open", account)
    held = await queries.roles_of(work.session, person.id, work.today)
    if Role.PROFESSIONAL not in held:
        await grant(work, person.id, Role.PROFESSIONAL, work.today)
    return account


async def revive(work: Work, person: Person) -> None:
    """A death was noted by mistake: messages go again, and each account opens by a mailed link. Roles stay ended."""
    person.deceased_on = None
    work.log("person:revive", person)
    await outbox.speak(work.session, person.id)
    for account in await accounts(work, person.id):
        account.state, account.password_hash = AccountState.ACTIVE, NO_PASSWORD
        work.log("account:open", account)
        ask(work, account.email)
    held = await queries.roles_of(work.session, person.id, work.today)
    if Role.PROFESSIONAL not in held:
        await grant(work, person.id, Role.PROFESSIONAL, work.today)


async def open_accounts(work: Work, person_id: UUID) -> list[Account]:
    """The ways in which a person can sign in now."""
    return [row for row in await accounts(work, person_id) if row.state is AccountState.ACTIVE]


async def accounts(work: Work, person_id: UUID) -> Sequence[Account]:
    """Every way in which a person signs in."""
    return (await work.session.exec(select(Account).where(Account.person_id == person_id))).all()

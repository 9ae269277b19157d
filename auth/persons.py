"""What the vault keeps of a person, changed: names with their history, address, hiding, death, doubles."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, or_, select

from auth import consent, devices, numbers, onetime
from auth.models import Account, AccountState, FormerName, Person, PersonWord, RoleGrant
from auth.permissions import Role
from auth.policy import Purpose
from auth.reset import end_sessions
from auth.schemas import NewDetails, NewName
from auth.selves import kept
from core import names, outbox
from core.clock import legal_day
from core.countries import HOME
from core.days import previous_day
from core.errors import Invalid
from core.work import Work

LEAST_LETTERS = 3
"""From so many on letters may be the beginning of a word; fewer are one by themselves."""
HIGHEST = "\U0010ffff"
__all__ = ["Person", "accounts", "become_one", "change_details", "decease", "find", "former_names", "hide", "rename"]


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
    named = sa.and_(*(col(Person.id).in_(_bearing(word)) for word in words))
    wanted = select(Person).where(or_(Person.register_number == number, Person.email == asked.lower(), named))
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
    for account in await accounts(work, person.id):
        account.state = AccountState.CLOSED
        work.log("account:close", account)
        await end_sessions(work, account.id)
        await devices.forget(work, account.id)
        await onetime.void(work, account.id, *Purpose)
    for row in (await work.session.exec(select(RoleGrant).where(RoleGrant.person_id == person.id))).all():
        if row.until_on is None or row.until_on >= work.today:
            row.until_on = previous_day(work.today)
            work.log("role:end", row, role=row.role.value)


async def become_one(work: Work, stays: Person, double: Person) -> None:
    """Let the number of a double lead to the person that is kept; the roles that both hold are held once."""
    double.merged_into = stays.id
    work.log("person:merge", double, into=str(stays.id))
    held: set[tuple[Role, str]] = set()
    wanted = select(RoleGrant).where(col(RoleGrant.person_id).in_([stays.id, double.id]))
    rows = (await work.session.exec(wanted.order_by(col(RoleGrant.id)))).all()
    for row in sorted(rows, key=lambda row: row.person_id != stays.id):
        if row.until_on is not None and row.until_on < work.today:
            continue
        if (row.role, row.scope) in held:
            row.until_on = previous_day(work.today)
            work.log("role:end", row, role=row.role.value)
        held.add((row.role, row.scope))


async def accounts(work: Work, person_id: UUID) -> Sequence[Account]:
    """Every way in which a person signs in."""
    return (await work.session.exec(select(Account).where(Account.person_id == person_id))).all()

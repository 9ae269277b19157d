"""What is kept of a person: told to them and to the office that answers a request, given to themselves alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from auth import persons
from auth import queries as people
from auth.actor import person_of
from auth.persons import Person
from core.errors import Forbidden, Refused
from core.store.work import Work
from register.office.people import hiding
from register.office.people.hiding import Hidden
from register.office.personal_data import queries
from register.office.personal_data.policy import KEPT, OWN_ONLY, Subject
from register.office.retention import service as retention


class SubjectView(msgspec.Struct, frozen=True):
    """How much is kept on a subject."""

    subject: str
    number: int


class TermView(msgspec.Struct, frozen=True):
    """Until when the data of a register are kept: `until_on` is known once somebody has left it."""

    register_code: str
    years: int
    left_on: date | None
    until_on: date | None


class KeptView(msgspec.Struct, frozen=True):
    """What is kept of a person, and until when."""

    subjects: Sequence[SubjectView]
    terms: Sequence[TermView]


class Package(msgspec.Struct, frozen=True):
    """All of it: for each subject the rows by table."""

    register_number: str
    made_at: datetime
    kept: KeptView
    hidden: Hidden | None
    """Why the public does not find this person, and since when; null for who is shown."""
    data: dict[str, dict[str, Sequence[dict[str, Any]]]]


async def own(work: Work) -> KeptView:
    """What is kept of who asks."""
    return await _told(work, person_of(work.actor))


async def of(work: Work, person_id: UUID) -> KeptView:
    """What is kept of somebody, without what it says; the look leaves a line with them."""
    person = await people.person(work.session, person_id)
    work.looked("person:read-kept", stream=person.stream())
    return await _told(work, person_id)


def _seen(work: Work, person_id: UUID) -> list[Subject]:
    """What who asks may know of: of oneself everything."""
    own = person_id == person_of(work.actor)
    return [subject for subject in KEPT if own or subject not in OWN_ONLY]


async def _told(work: Work, person_id: UUID) -> KeptView:
    counted = await queries.counts(work, person_id, _seen(work, person_id))
    terms = []
    for register, left_on in (await queries.left_on(work, person_id)).items():
        years = work.rules.chosen(register, left_on or work.today).retention_years
        terms.append(
            TermView(register, years, left_on, retention.last_day(work, register, left_on) if left_on else None)
        )
    return KeptView([SubjectView(subject.value, number) for subject, number in counted.items() if number], terms)


async def package(work: Work) -> Package:
    """Everything of who asks, to take away; that it was taken leaves a line."""
    person = await people.person(work.session, person_of(work.actor))
    work.looked("person:take-out", stream=person.stream())
    return await _package(work, person)


async def copy_of(work: Work, person_id: UUID) -> Package:
    """Everything of somebody who asked and does not sign in, to print and send; the look leaves a line with them.

    Forbidden("own-case").
    """
    if person_id == person_of(work.actor):
        raise Forbidden("own-case")
    person = await people.person(work.session, person_id)
    work.looked("person:print-kept", stream=person.stream())
    return await _package(work, person)


async def _package(work: Work, person: Person) -> Package:
    data = {
        subject.value: {
            kept.table: found for kept in KEPT[subject] if (found := await queries.rows(work, kept, person.id))
        }
        for subject in _seen(work, person.id)
    }
    told, hidden = await _told(work, person.id), await hiding.hidden(work, person)
    return Package(person.register_number, work.now, told, hidden, {k: v for k, v in data.items() if v})


async def make_ready(work: Work, person_id: UUID) -> None:
    """Tell somebody that they can read and take away what is kept of them.

    Forbidden("own-case"); Refused("no-account") for who cannot sign in: they get a printed copy.
    """
    if person_id == person_of(work.actor):
        raise Forbidden("own-case")
    person = await people.person(work.session, person_id)
    if not await persons.open_accounts(work, person.id):
        raise Refused("no-account")
    work.send(
        "kept-ready",
        address=person.email,
        subject="Wat wij van u bewaren",
        body="U vroeg wat wij van u bewaren. Log in en lees of download het: "
        f"{work.means.settings.address}/mijn/bewaard\n",
        person_id=person.id,
    )
    work.log("person:answer-request", None, stream=person.stream())

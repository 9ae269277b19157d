"""What is kept of a person: told to them and to the office that answers a request, given to themselves alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from auth import queries as people
from auth.actor import person_of
from core.errors import Forbidden
from core.law.days import add_years
from core.store.work import Work
from register.office.personal_data import queries
from register.office.personal_data.policy import KEPT


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
    data: dict[str, dict[str, Sequence[dict[str, Any]]]]


async def own(work: Work) -> KeptView:
    """What is kept of who asks."""
    return await _told(work, person_of(work.actor))


async def of(work: Work, person_id: UUID) -> KeptView:
    """What is kept of somebody, without what it says; the look leaves a line with them."""
    person = await people.person(work.session, person_id)
    work.looked("person:read-kept", stream=person.stream())
    return await _told(work, person_id)


async def _told(work: Work, person_id: UUID) -> KeptView:
    counted = await queries.counts(work, person_id)
    terms = []
    for register, left_on in (await queries.left_on(work, person_id)).items():
        years = work.rules.chosen(register, left_on or work.today).retention_years
        terms.append(TermView(register, years, left_on, add_years(left_on, years) if left_on else None))
    return KeptView([SubjectView(subject.value, number) for subject, number in counted.items() if number], terms)


async def package(work: Work) -> Package:
    """Everything of who asks, to take away; that it was taken leaves a line."""
    me = person_of(work.actor)
    person = await people.person(work.session, me)
    data = {
        subject.value: {kept.table: found for kept in tables if (found := await queries.rows(work, kept, me))}
        for subject, tables in KEPT.items()
    }
    work.looked("person:take-out", stream=person.stream())
    return Package(person.register_number, work.now, await _told(work, me), {k: v for k, v in data.items() if v})


async def make_ready(work: Work, person_id: UUID) -> None:
    """Tell somebody that they can read and take away what is kept of them. Forbidden("own-case")."""
    if person_id == person_of(work.actor):
        raise Forbidden("own-case")
    person = await people.person(work.session, person_id)
    work.send(
        "kept-ready",
        address=person.email,
        subject="Wat wij van u bewaren",
        body="U vroeg wat wij van u bewaren. Log in en lees of download het: "
        f"{work.means.settings.address}/mijn/bewaard\n",
        person_id=person.id,
    )
    work.log("person:answer-request", None, stream=person.stream())

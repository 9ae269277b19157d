"""Out of the public register for who is at risk: at once by one person, and back in sight by two."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from auth import merged_persons, persons, queries
from auth.actor import person_of
from auth.permissions import Permission
from auth.persons import Person
from core import proposals
from core.clock import legal_day
from core.errors import Forbidden, Refused
from core.proposals import Deed, Proposal, Standing
from core.store.audit import events_about
from core.store.db import digest
from core.store.work import Work
from register.entries.entry import show_person
from register.notification import box
from register.office.people.policy import HidingGround


@dataclass(frozen=True)
class Hidden:
    """Why somebody is hidden, and since when."""

    ground: str
    since: date


async def hide(work: Work, id: UUID, ground: HidingGround) -> Person:
    """Take somebody at risk out of the public search, or note another ground; who and why stay in the trail.

    They are told. Forbidden("own-case").
    """
    person = await queries.person(work.session, id)
    if person.id == person_of(work.actor):
        raise Forbidden("own-case")
    work.expect(person)
    told = not person.hidden
    persons.hide(work, person, ground.value)
    await show_person(work, person.id)
    if told:
        await _tell(
            work,
            person.id,
            "U staat niet meer in het openbare register",
            "Niemand vindt u nog door te zoeken. De reden en sinds wanneer leest u in Mijn register.\n"
            "Klopt dit niet? Neem dan contact met ons op.\n",
        )
    return person


async def hidden(work: Work, person: Person) -> Hidden | None:
    """Why somebody is hidden and since when, as the trail tells it; None for who is not."""
    if not person.hidden:
        return None
    told = [one for one in await events_about(work.session, person.id) if one["action"] == "person:hide"]
    if not told:  # a double that was hidden became one with them
        doubles = [double for double, kept in (await merged_persons.merged(work.session)).items() if kept == person.id]
        for double in doubles:
            told += [one for one in await events_about(work.session, double) if one["action"] == "person:hide"]
    if not told:
        return Hidden("", work.today)
    return Hidden(str(told[-1]["facts"]["ground"]), legal_day(told[-1]["at"]))


async def propose_end(work: Work, id: UUID, reasons: str) -> Proposal:
    """Propose to show somebody again; they stay hidden until a second person signs.

    Forbidden("own-case"); Refused: `not-hidden`, `waits-for-signature`.
    """
    person = await queries.person(work.session, id)
    work.expect(person)
    return await proposals.propose(
        work, DEED, person_of(work.actor), person.id, {"reasons": reasons}, person_id=person.id
    )


async def preview(work: Work, id: UUID) -> Standing:
    """What becomes public again. Refused("not-hidden")."""
    return await _standing(work, await queries.person(work.session, id))


async def _concerned(_work: Work, row: Proposal) -> set[UUID]:
    return {row.subject_id}


async def _stands(work: Work, row: Proposal) -> Standing:
    return await _standing(work, await queries.itself(work.session, row.subject_id))


async def _standing(work: Work, person: Person) -> Standing:
    standing = await hidden(work, person)
    if standing is None:
        raise Refused("not-hidden")
    told = {"hiding": standing.ground or "unknown", "since": standing.since.isoformat()}
    return Standing({"person": digest(person)}, moves=[("public", {})], ends=[("hiding", told)])


async def _show(work: Work, row: Proposal) -> UUID | None:
    person = await queries.itself(work.session, row.subject_id)
    persons.hide(work, person, "")
    await show_person(work, person.id)
    await _tell(
        work,
        person.id,
        "U staat weer in het openbare register",
        "Iedereen kan u weer vinden. Twee van ons besloten dat.\n"
        "Loopt u gevaar? Neem dan meteen contact met ons op: wij verbergen u weer.\n",
    )
    return None


async def _tell(work: Work, person_id: UUID, subject: str, body: str) -> None:
    person = await queries.addressee(work.session, person_id)
    if not person.deceased:
        topic = "hiding-changed"
        await box.place(work, person, topic, subject, body)


DEED = Deed("hiding-end", Permission.PERSON_KEEP, _concerned, _stands, _show)

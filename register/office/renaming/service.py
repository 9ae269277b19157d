"""Asks for another name, and settles that: until it is confirmed, the old name stands everywhere."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import col, select

from auth import persons, queries
from auth.actor import person_of
from auth.permissions import Permission
from auth.policy import family_names
from auth.schemas import NewName
from core import agenda
from core.decisions import case_number
from core.errors import Forbidden, NotFound, Refused
from core.names import joined
from core.records import filled
from core.store.files import Evidence, StoredFile
from core.store.work import Work
from core.web.uploads import keep_file
from register.entries import queries as registrations
from register.entries.entry import PUBLIC, show_person
from register.notification import box
from register.office.renaming.models import NameChange
from register.office.renaming.policy import NAME_CHANGE, NameChangeEvent, NameChangeState, answer_by
from register.office.renaming.schemas import NameChangeView, NewNameChange

CASE, SETTLE = "name-change", "settle-name"
MOST = 100
REMEDY = (
    "Niet mee eens? Vraag de naam opnieuw aan bij Mijn gegevens, met een ander bewijs. U kunt ook een klacht indienen "
    "bij de Autoriteit Persoonsgegevens, of naar de rechter gaan (AVG 16 en 77, UAVG 35)."
)
"""What is open to who does not agree: a name is a fact, so this is no decision to object to."""


async def must_ask(work: Work, person_id: UUID) -> bool:
    """Whether somebody is or was registered: then a name changes by a request alone."""
    ids = [row.id for row in await registrations.registrations_of(work, person_id)]
    return bool(await registrations.been(work.session, ids, PUBLIC))


async def ask(work: Work, new: NewNameChange, document: Evidence | None = None) -> NameChange:
    """Ask for another name, with a document if one wishes. Refused: `same-name`, `name-change-waits`."""
    person = await queries.person(work.session, person_of(work.actor))
    work.expect(person)
    name = new.model_dump(exclude={"reason"})
    if all(getattr(person, field) == value for field, value in name.items()):
        raise Refused("same-name")
    if await waiting_of(work, person.id):
        raise Refused("name-change-waits")
    row = NameChange(
        **name, number=case_number("N", work.today), person_id=person.id, reason=new.reason, asked_on=work.today
    )
    if document is not None:
        row.file_id = (await keep_file(work, person.id, document)).id
    work.add(row)
    await work.flush()
    work.log("name-change:ask", row, document=row.file_id is not None)
    due_on = answer_by(work.today)
    await agenda.expect(work, CASE, row.id, SETTLE, role="office", due_on=due_on, register=None)
    return row


async def waiting_of(work: Work, person_id: UUID) -> NameChange | None:
    """The request of a person that waits."""
    wanted = select(NameChange).where(NameChange.person_id == person_id, NameChange.state == NameChangeState.ASKED)
    return (await work.session.exec(wanted)).first()


async def last_of(work: Work, person_id: UUID) -> NameChange | None:
    """The latest request of a person, whatever came of it."""
    wanted = select(NameChange).where(NameChange.person_id == person_id).order_by(col(NameChange.id).desc())
    return (await work.session.exec(wanted.limit(1))).first()


async def waiting(work: Work) -> Sequence[NameChange]:
    """What waits for the office, the longest first; never one's own."""
    mine = NameChange.person_id != person_of(work.actor)
    wanted = select(NameChange).where(NameChange.state == NameChangeState.ASKED, mine)
    return (await work.session.exec(wanted.order_by(col(NameChange.id)).limit(MOST))).all()


async def read(work: Work, id: UUID) -> NameChange:
    """One's own request, or any for the office, whose look leaves a trace; NotFound("no-such-name-change")."""
    row = (await work.session.exec(select(NameChange).where(NameChange.id == id))).one_or_none()
    own = row is not None and row.person_id == person_of(work.actor)
    if row is None or not (own or work.actor.can(Permission.PERSON_KEEP)):
        raise NotFound("no-such-name-change")
    if not own:
        work.log("person:read", None, stream=f"person/{row.person_id}")
    return row


async def document(work: Work, id: UUID) -> tuple[StoredFile, bytes]:
    """The document behind a request; NotFound("no-such-file")."""
    row = await read(work, id)
    if row.file_id is None:
        raise NotFound("no-such-file")
    file = await work.session.get_one(StoredFile, row.file_id)
    return file, await work.files.get(file.sha256)


async def confirm(work: Work, id: UUID) -> NameChange:
    """The office found the new name to be right: it stands everywhere from now on."""
    row = await _settle(work, id, NameChangeEvent.CONFIRM)
    person = await queries.person(work.session, row.person_id)
    name = NewName.model_validate({field: getattr(row, field) for field in NewName.model_fields})
    if await persons.rename(work, person, name):
        await show_person(work, person.id)
    await _tell(
        work,
        row,
        "name-confirmed",
        "Uw naam is gewijzigd",
        "Het bureau heeft uw nieuwe naam bevestigd. Hij staat nu in het register en op nieuwe uittreksels.\n",
    )
    return row


async def ask_proof(work: Work, id: UUID, note: str) -> NameChange:
    """Ask for proof without refusing; the request waits. Forbidden("own-case"); Refused("wrong-state")."""
    row = await read(work, id)
    if row.person_id == person_of(work.actor):
        raise Forbidden("own-case")
    work.expect(row)
    NAME_CHANGE.after(row.state, NameChangeEvent.CONFIRM)
    row.answer = note
    await work.flush()
    work.log("name-change:ask-proof", row)
    await _tell(
        work,
        row,
        "name-proof-asked",
        "Er is een bewijs nodig voor uw nieuwe naam",
        f"Het bureau vraagt: {note}\n"
        f"Voeg het bewijs toe bij Mijn gegevens: {work.means.settings.address}/mijn/gegevens\n",
    )
    return row


async def add_proof(work: Work, id: UUID, document: Evidence) -> NameChange:
    """Add proof to one's own request that waits. NotFound("no-such-name-change"); Refused("wrong-state")."""
    row = await read(work, id)
    if row.person_id != person_of(work.actor):
        raise NotFound("no-such-name-change")
    work.expect(row)
    NAME_CHANGE.after(row.state, NameChangeEvent.WITHDRAW)
    row.file_id = (await keep_file(work, row.person_id, document)).id
    await work.flush()
    work.log("name-change:add-proof", row)
    return row


async def refuse(work: Work, id: UUID, reason: str) -> NameChange:
    """The office did not find the new name to be right, and says why; the old one stays."""
    row = await _settle(work, id, NameChangeEvent.REFUSE, reason)
    await _tell(
        work,
        row,
        "name-refused",
        "Uw naam is niet gewijzigd",
        f"Het bureau heeft uw nieuwe naam niet bevestigd. Uw naam blijft zoals hij is. De reden: {reason}\n{REMEDY}\n",
    )
    return row


async def _tell(work: Work, row: NameChange, topic: str, subject: str, body: str) -> None:
    """Into their box, with a notice by mail."""
    person = await queries.addressee(work.session, row.person_id)
    await box.place(work, person, topic, subject, body)


async def withdraw(work: Work, id: UUID) -> NameChange:
    """Take one's own request back. NotFound("no-such-name-change")."""
    row = await read(work, id)
    if row.person_id != person_of(work.actor):
        raise NotFound("no-such-name-change")
    return await _move(work, row, NameChangeEvent.WITHDRAW)


async def _settle(work: Work, id: UUID, event: NameChangeEvent, answer: str = "") -> NameChange:
    row = await read(work, id)
    if row.person_id == person_of(work.actor):
        raise Forbidden("own-case")
    row.settled_by, row.answer = person_of(work.actor), answer or row.answer
    if event is NameChangeEvent.CONFIRM:
        row.answer = ""
    return await _move(work, row, event)


async def _move(work: Work, row: NameChange, event: NameChangeEvent) -> NameChange:
    work.expect(row)
    row.state, row.settled_on = NAME_CHANGE.after(row.state, event), work.today
    await work.flush()
    work.log(f"name-change:{event.value}", row)
    await agenda.done(work, row.id)
    return row


async def view(work: Work, row: NameChange) -> NameChangeView:
    """A request as its person and the office see it."""
    return (await views(work, [row]))[0]


async def views(work: Work, rows: Sequence[NameChange]) -> list[NameChangeView]:
    """Several requests, with the names of their persons in one query."""
    people = {row.person_id for row in rows} | {row.settled_by for row in rows if row.settled_by}
    names = await queries.names_of(work.session, people)
    return [_view(work, row, names) for row in rows]


def _view(work: Work, row: NameChange, names: Mapping[UUID, str]) -> NameChangeView:
    due_on = answer_by(row.asked_on)
    own, partner = (row.prefix, row.family_name), (row.partner_prefix, row.partner_family_name)
    return filled(
        NameChangeView,
        row,
        before=names[row.person_id],
        answer_by=due_on,
        late=row.state is NameChangeState.ASKED and due_on < work.today,
        settled_by=names.get(row.settled_by, "") if row.settled_by else "",
        name=joined(row.given_name, family_names(row.name_order, *own, *partner)[-1]),
        document=row.file_id is not None,
        open_moves=NAME_CHANGE.open(row.state),
    )

"""The library: a decision is written down without names, checked by somebody else, and published."""

from collections.abc import Sequence
from uuid import UUID

from appeals import verbs
from appeals.disputes.queries import File
from appeals.library import queries
from appeals.library.models import LibraryEntry
from appeals.library.policy import LIBRARY, LibraryEvent, folded, require_nameless, require_second, without_names
from appeals.library.schemas import NewLibraryEntry, Rewriting
from auth import queries as people
from auth.actor import person_of
from core.decisions import DecisionState
from core.errors import Forbidden, Refused
from core.store.work import Work


async def prepare(work: Work, new: NewLibraryEntry) -> LibraryEntry:
    """Write down what was decided in a dispute, without the names that are known.

    Forbidden("not-for-this-role") for who does not handle it; Refused: `not-made-known`, `in-library-already`.
    """
    file, who = await verbs.read(work, new.kind, new.dispute_id)
    if not who.handler:
        raise Forbidden("not-for-this-role")
    decision = file.decision
    if decision is None or decision.state is DecisionState.TAKEN:
        raise Refused("not-made-known")
    if await queries.of_decision(work, decision.id):
        raise Refused("in-library-already")
    names, numbers = await _names(work, file)
    text = without_names(f"{file.dispute.grounds}\n\n{decision.reasons}".strip(), names, numbers)
    about = next(one.kind for lodged, one in file.contested if lodged is not None)
    row = LibraryEntry(
        decision_id=decision.id,
        dispute_id=file.dispute.id,
        kind=file.dispute.kind,
        outcome=decision.outcome.value,
        register_code=file.dispute.register_code,
        about=about,
        decided_on=decision.decided_on,
        title=text.partition("\n")[0][:200],
        text=text,
        found_by=folded(text),
        prepared_by=person_of(work.actor),
    )
    work.add(row)
    await work.flush()
    work.log("library-entry:prepare", row, decision=str(decision.id))
    return row


async def rewrite(work: Work, id: UUID, new: Rewriting) -> LibraryEntry:
    """Put it in other words; who does, does not check it. Refused("wrong-state") once published."""
    row = await queries.entry(work, id)
    work.expect(row)
    row.state = LIBRARY.after(row.state, LibraryEvent.REWRITE)
    row.title, row.text, row.found_by = new.title, new.text, folded(f"{new.title}\n{new.text}")
    row.prepared_by = person_of(work.actor)
    work.log("library-entry:rewrite", row)
    return row


async def publish(work: Work, id: UUID) -> LibraryEntry:
    """Publish what somebody else wrote. Forbidden("four-eyes-needed"); Invalid("names-left")."""
    row = await queries.entry(work, id)
    work.expect(row)
    file, who = await verbs.read(work, row.kind, row.dispute_id)
    if not who.handler:
        raise Forbidden("not-for-this-role")
    published = LIBRARY.after(row.state, LibraryEvent.PUBLISH)
    require_second(row.prepared_by, person_of(work.actor))
    names, numbers = await _names(work, file)
    require_nameless(f"{row.title}\n{row.text}", names, numbers)
    row.state, row.checked_by, row.published_on = published, person_of(work.actor), work.today
    work.log("library-entry:publish", row)
    return row


async def take_back(work: Work, id: UUID) -> LibraryEntry:
    """A name was left in: out of sight at once, to be written anew."""
    row = await queries.entry(work, id)
    work.expect(row)
    row.state = LIBRARY.after(row.state, LibraryEvent.TAKE_BACK)
    row.checked_by, row.published_on = None, None
    work.log("library-entry:take-back", row)
    return row


async def _names(work: Work, file: File) -> tuple[Sequence[str], Sequence[str]]:
    """Everybody in the dispute by name, and what else leads to them: register number, numbers of letters."""
    row = file.dispute
    persons = {row.person_id, row.representative_id, *(seat.member_id for seat in file.seats)}
    known = await people.persons(work.session, {one for one in persons if one is not None})
    names = [one.full_name() for one in known]
    if file.representative is not None:
        names.append(file.representative.name)
    numbers = [row.number, *(decision.number for _, decision in file.contested)]
    return names, [*numbers, *(one.register_number for one in known)]

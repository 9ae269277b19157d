"""A death, noted by two persons, and undone by two where it was noted by mistake."""

from datetime import date
from uuid import UUID

from sqlmodel import col, select

from auth import help, holders, persons, queries, roles
from auth.actor import person_of
from auth.permissions import Permission
from auth.persons import Person
from core import agenda, proposals
from core.errors import Invalid, Refused
from core.panel import service as panel
from core.proposals import Deed, Proposal, Standing
from core.store.audit import events_about
from core.store.db import digest
from core.store.work import Work
from register.entries.entry import move, put_back
from register.entries.models import Application, EntryVersion, Registration
from register.entries.policy import APPLICATION, REGISTRATION, ApplicationEvent, Event, Status
from register.notification import announcing

GROUND = "deceased"


async def propose(work: Work, id: UUID, on: date) -> Proposal:
    """Propose to note a death; nothing ends before a second person signs.

    Invalid("deceased-later"); Forbidden("own-case"); Refused: `deceased`, `staff-role`, `waits-for-signature`.
    """
    person = await queries.person(work.session, id)
    work.expect(person)
    _require_past(work, on)
    says = {"deceased_on": on.isoformat()}
    return await proposals.propose(work, DEATH, person_of(work.actor), person.id, says, person_id=person.id)


def _require_past(work: Work, on: date) -> None:
    if on > work.today:
        raise Invalid("invalid-input", [("deceased_on", "deceased-later")])


async def propose_undoing(work: Work, id: UUID) -> Proposal:
    """Propose to undo a death that was noted by mistake. Refused("not-deceased")."""
    person = await queries.person(work.session, id)
    work.expect(person)
    return await proposals.propose(work, UNDOING, person_of(work.actor), person.id, {}, person_id=person.id)


async def propose_factor_reset(work: Work, id: UUID) -> Proposal:
    """Propose to take away a second factor that its owner lost. NotFound("no-such-account"); Refused("no-factor")."""
    person = await queries.person(work.session, id)
    work.expect(person)
    return await proposals.propose(work, FACTOR_RESET, person_of(work.actor), person.id, {}, person_id=person.id)


async def preview(work: Work, id: UUID, on: date) -> Standing:
    """What a death ends, before it is proposed. Refused, and Invalid, as `propose`."""
    _require_past(work, on)
    return await _standing(work, await queries.person(work.session, id))


async def _person(work: Work, row: Proposal) -> Person:
    return await queries.itself(work.session, row.subject_id)


async def _concerned(_work: Work, row: Proposal) -> set[UUID]:
    return {row.subject_id}


async def _stands(work: Work, row: Proposal) -> Standing:
    return await _standing(work, await _person(work, row))


async def _standing(work: Work, person: Person) -> Standing:
    if person.merged_into is not None:
        raise Refused("merged-already")
    if person.deceased_on is not None:
        raise Refused("deceased")
    await holders.require_no_staff_role(work, person.id)
    entries = [row for row in await _entries(work, person.id) if REGISTRATION.may(row.status, Event.DEREGISTER)]
    files = await _running(work, person.id)
    accounts = await persons.open_accounts(work, person.id)
    held = sorted((row.role.value, row.scope) for row in await roles.grants_on(work, person.id, work.today))
    return Standing(
        {"person": digest(person), "files": {str(row.id): row.state.value for row in files}},
        ends=[
            *(("entry", {"register": row.register_code.value, "status": row.status.value}) for row in entries),
            *(("application", {"application": row.number}) for row in files),
            *(("account", {"account": str(row.id)}) for row in accounts),
            *(("role", {"role": role, "scope": scope}) for role, scope in held),
            ("messages", {}),
        ],
    )


async def _entries(work: Work, person_id: UUID) -> list[Registration]:
    wanted = select(Registration).where(Registration.person_id == person_id).order_by(col(Registration.id))
    return list((await work.session.exec(wanted)).all())


async def _running(work: Work, person_id: UUID) -> list[Application]:
    wanted = select(Application).where(Application.person_id == person_id).order_by(col(Application.id))
    rows = (await work.session.exec(wanted)).all()
    return [row for row in rows if APPLICATION.may(row.state, ApplicationEvent.WITHDRAW)]


async def _decease(work: Work, row: Proposal) -> UUID | None:
    """Applications and entries end, nothing is sent any more, and the history stays."""
    person = await _person(work, row)
    await persons.decease(work, person, date.fromisoformat(row.says["deceased_on"]))
    for file in await _running(work, person.id):
        file.state = APPLICATION.after(file.state, ApplicationEvent.WITHDRAW)
        work.log("application:withdraw", file, ground=GROUND)
        await panel.remove_case(work, file.id)
        await agenda.done(work, file.id)
    for entry in await _entries(work, person.id):
        if REGISTRATION.may(entry.status, Event.DEREGISTER):
            entry.duty_overdue = False
            await move(work, entry, Event.DEREGISTER)
            work.log("registration:ground", entry, ground=GROUND)
    await announcing.cancel_all(work, person.id)
    return None


async def _ended_by_it(work: Work, person: Person) -> list[tuple[Registration, EntryVersion, Status]]:
    """The entries that a death ended, each with the line that did and how it stood before."""
    found: list[tuple[Registration, EntryVersion, Status]] = []
    for entry in await _entries(work, person.id):
        if entry.status is not Status.DEREGISTERED:
            continue
        grounds = [one["facts"]["ground"] for one in await events_about(work.session, entry.id) if _is_ground(one)]
        wanted = select(EntryVersion).where(EntryVersion.registration_id == entry.id)
        lines = (await work.session.exec(wanted.order_by(col(EntryVersion.seq)))).all()
        if grounds[-1:] != [GROUND] or not lines:
            continue
        before = lines[-2].status if len(lines) > 1 else Status.ENROLLED
        # What was asked was withdrawn and stays so: it is asked again.
        found.append((entry, lines[-1], Status.ENROLLED if before is Status.APPLICATION_OPEN else before))
    return found


def _is_ground(event: dict[str, object]) -> bool:
    return event["action"] == "registration:ground"


async def _undoing_stands(work: Work, row: Proposal) -> Standing:
    person = await _person(work, row)
    if person.deceased_on is None:
        raise Refused("not-deceased")
    ended = await _ended_by_it(work, person)
    accounts = await persons.accounts(work, person.id)
    return Standing(
        {"person": digest(person)},
        moves=[
            *(("entry", {"register": e.register_code.value, "status": status.value}) for e, _line, status in ended),
            *(("account", {"account": str(one.id)}) for one in accounts),
            ("messages", {}),
        ],
    )


async def _undo(work: Work, row: Proposal) -> UUID | None:
    person = await _person(work, row)
    ended = await _ended_by_it(work, person)
    await persons.revive(work, person)
    for entry, line, status in ended:
        await put_back(work, entry, status, holds_from=line.holds_from)
        work.log("registration:ground", entry, ground="not-deceased")
    return None


async def _factor_stands(work: Work, row: Proposal) -> Standing:
    account = await queries.account_of(work.session, row.subject_id)
    if account.totp_secret is None:
        raise Refused("no-factor")
    return Standing({"account": str(account.id)}, ends=[("factor", {"account": str(account.id)})])


async def _reset_factor(work: Work, row: Proposal) -> UUID | None:
    await help.reset_factor(work, row.subject_id)
    return None


DEATH = Deed("death", Permission.PERSON_KEEP, _concerned, _stands, _decease)
UNDOING = Deed("death-undoing", Permission.PERSON_KEEP, _concerned, _undoing_stands, _undo)
FACTOR_RESET = Deed("second-factor-reset", Permission.PERSON_KEEP, _concerned, _factor_stands, _reset_factor)
DEEDS = (DEATH, UNDOING, FACTOR_RESET)

"""What waits on the desks: for everybody who signs in to the seed there is something to do."""

from datetime import date
from uuid import UUID

from accreditation.attendance import service as attendance
from accreditation.attendance.policy import Source
from accreditation.attendance.schemas import NewList, NewRow
from accreditation.runs import service as runs
from accreditation.runs.schemas import NewRun
from appeals.disputes.policy import Kind
from appeals.library import service as library
from appeals.library.schemas import NewLibraryEntry
from auth import consent, roles
from auth import queries as people
from auth.actor import person_of
from auth.permissions import Role
from auth.schemas import NewProposal
from core.store.work import Work
from register.office.worklist import service as worklist
from register.office.worklist.policy import Filter
from register.office.worklist.queries import waiting
from register.portfolio.policy import EntryKind
from register.portfolio.schemas import NewEntry
from register.seed.attending import ANSWERS, HELD, MEMBERS, OWNER, apply, assess, sit
from register.seed.steps import LEADERS, SECRETARY, hand_in_entry, learn
from register.seed.world import World

AUTUMN = date(2026, 11, 16)
TO_COME = ((date(2027, 1, 21), "Zwolle"), (date(2027, 3, 11), "Utrecht"))
ON_THE_DESK = {"title": "Coachend leidinggeven", "external_id": "COACHEND-27"}
ON_THE_AGENDA = {"title": "Begroten met het team", "external_id": "BEGROTEN-27"}


async def fill(world: World, provider_id: UUID, course_id: UUID, objection_id: UUID) -> None:
    """Put something on each desk; the clock goes back to where the stories were."""
    moment = world.clock.at
    world.on(HELD)
    await _doubted(world, provider_id, course_id)
    world.on(AUTUMN)
    await _by_post(world, "tine.jacobs")
    await _to_value(world, "willem.jansen")
    await _courses(world, provider_id, course_id)
    await _library(world, objection_id)
    await world.by("petra.beheer", _proposal)
    world.clock.at = moment
    await world.by(SECRETARY, lambda work: _taken_up(work, world.ids["bram.secretaris"]))


async def _doubted(world: World, provider_id: UUID, course_id: UUID) -> None:
    """On one day one person was in two towns, and of another the number has a typing mistake."""
    first, second, *_ = world.attendance["register_numbers"]
    mistyped = second[:-2] + second[-1] + second[-2]

    async def report(work: Work) -> None:
        details = {"starts_on": HELD, "ends_on": HELD, "place": "Utrecht", "capacity": 20}
        run = await runs.plan(work, course_id, NewRun.model_validate(details))
        rows = [NewRow(register_number=number, run_id=str(run.id)) for number in (first, mistyped)]
        await attendance.report(work, NewList(rows, provider_id), Source.PAGE)

    await world.by(OWNER, report)


async def _by_post(world: World, who: str) -> None:
    """Who does not want letters in the message box gets them by post: the office sends this one."""

    async def withdraw(work: Work) -> None:
        await consent.withdraw(work, await people.person(work.session, world.ids[who]))

    await world.by(who, withdraw)
    await learn(world, who, AUTUMN, "Terugkeer na een pauze", 10)


async def _to_value(world: World, who: str) -> None:
    """An activity that the assessors look at."""
    new = NewEntry(register_code=LEADERS, kind=EntryKind.COURSE, title="Leren van data", done_on=HELD, points=25)
    await hand_in_entry(world, who, new)


async def _courses(world: World, provider_id: UUID, course_id: UUID) -> None:
    """A course at the secretary's desk, one that lacks the vote of the chair, and runs to come in the agenda."""

    async def plan(work: Work) -> None:
        for day, place in TO_COME:
            details = {"starts_on": day, "ends_on": day, "place": place, "capacity": 20}
            await runs.plan(work, course_id, NewRun.model_validate(details))

    await apply(world, provider_id, ANSWERS.model_copy(update=ON_THE_DESK))
    _, file_id = await apply(world, provider_id, ANSWERS.model_copy(update=ON_THE_AGENDA))
    await assess(world, file_id, "bank-2026-431")
    await sit(world, file_id, MEMBERS[1:])
    await world.by(OWNER, plan)


async def _library(world: World, objection_id: UUID) -> None:
    """The decision on an objection, without names: written by one, checked by another."""
    new = NewLibraryEntry(kind=Kind.OBJECTION, dispute_id=objection_id)
    entry_id = (await world.by("els.adviseur", lambda work: library.prepare(work, new))).id
    await world.by("bram.secretaris", lambda work: library.publish(work, entry_id))


async def _taken_up(work: Work, colleague: UUID) -> None:
    """Of what waits, the first is the secretary's own and the next a colleague's; nobody works on the rest yet."""
    for row, who in zip(await waiting(work, Filter()), (person_of(work.actor), colleague), strict=False):
        await worklist.give(work, row.case_id, who, None)


async def _proposal(work: Work) -> None:
    """A new assessor, whom the other administrator signs for."""
    names = {"given_name": "Bram", "family_name": "Hoekstra", "email": "bram.hoekstra@voorbeeld.example"}
    await roles.propose(work, NewProposal(role=Role.ASSESSOR, **names))

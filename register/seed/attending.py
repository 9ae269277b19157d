"""The seed's provider: admitted, with an accredited course, a run where somebody was, and a key for its platform."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from accreditation.attendance import service as attendance
from accreditation.attendance.policy import Source
from accreditation.attendance.schemas import NewList, NewRow
from accreditation.committee import service as committee
from accreditation.committee.schemas import NewSession, NewVote
from accreditation.courses import applications
from accreditation.courses import service as desk
from accreditation.courses.schemas import Answers, NewAdvice, NewBooking, NewCourseApplication, NewCourseRuling
from accreditation.courses.views import application_view
from accreditation.kinds import CourseKind
from accreditation.peonline import keys
from accreditation.peonline.policy import organisation_of
from accreditation.providers import service as provider_desk
from accreditation.providers.policy import StaffLevel
from accreditation.providers.schemas import NewAdmission, NewProvider
from accreditation.runs import service as runs
from accreditation.runs.schemas import NewRun
from core.decisions import Decision
from core.panel import sessions as sitting
from core.panel.votes import Vote
from core.store.work import Work
from register.notification import service as decisions
from register.seed.steps import LEADERS, SECRETARY
from register.seed.world import World

OWNER = "anouk.aanbieder"
MEMBERS = ("lotte.accreditatie", "kees.accreditatie", "mieke.accreditatie", "rob.accreditatie")
COURSE, RUN = "VERANDER-26", "NAJAAR-1"
ADMITTED, APPLIED, DECIDED, HELD = date(2026, 2, 2), date(2026, 2, 9), date(2026, 3, 3), date(2026, 9, 24)
PARTICIPANTS = 3

PROVIDER = NewProvider(
    name="Academie De Brug",
    kvk_number="12345678",
    postcode="8011AA",
    town="Zwolle",
    email="info@brug.example",
    telephone="038 1234567",
    staff_level=StaffLevel.HBO,
    quality_procedure="Na elke uitvoering vullen de deelnemers een vragenlijst in; de staf bespreekt die elk kwartaal.",
    complaints_procedure="Een onafhankelijke commissie behandelt klachten binnen zes weken.",
    registers=[LEADERS.value],
)
ANSWERS = Answers(
    title="Leidinggeven aan verandering",
    summary="Vijf dagen over een verandering in de eigen school, van plan tot borging.",
    goals="De deelnemer leidt een verandering en legt daarover verantwoording af.",
    themes=["Leiderschap", "Visie en richting"],
    form="classroom",
    contact_hours=30,
    study_hours=80,
    external_id=COURSE,
    teachers="Drie docenten met een master en ervaring als schoolleider.",
    testing="Aanwezigheid op alle dagen en een verslag van de eigen verandering.",
    evaluation="Een vragenlijst na elke dag en een gesprek na een half jaar.",
)


async def attend(world: World) -> tuple[UUID, UUID]:
    """A provider from its admission to who was at its course; the clock goes back to where the stories were."""
    moment = world.clock.at
    provider_id = await admitted(world, OWNER, PROVIDER)
    course_id = await accredited(world, OWNER, provider_id, ANSWERS, "bank-2026-118")
    world.attendance = await _held(world, provider_id, course_id)
    world.clock.at = moment
    return provider_id, course_id


async def _known(world: World, decide: Callable[[Work], Awaitable[Decision]]) -> None:
    """A decision of the secretary's desk, made known the same day."""
    decision_id = (await world.by(SECRETARY, decide)).id
    await world.by(SECRETARY, lambda work: decisions.notify(work, decision_id, None))


async def admitted(world: World, owner: str, provider: NewProvider) -> UUID:
    """A provider that asked and was admitted."""
    world.on(ADMITTED)
    provider_id = (await world.by(owner, lambda work: provider_desk.apply(work, provider))).id

    async def admit(work: Work) -> Decision:
        (asked,) = await provider_desk.standing(work, provider_id)
        new = NewAdmission(granted=True, reasons="De aanbieder voldoet aan alle voorwaarden.")
        return await provider_desk.decide(work, asked.id, new)

    await _known(world, admit)
    return provider_id


async def apply(
    world: World, provider_id: UUID, answers: Answers, owner: str = OWNER, kind: CourseKind = CourseKind.COURSE
) -> tuple[UUID, UUID]:
    """A course, or what a bureau does, that is handed in: the course and its file."""

    async def hand_in(work: Work) -> tuple[UUID, UUID]:
        new = NewCourseApplication(provider_id=provider_id, course_kind=kind, registers=[LEADERS.value])
        application = await applications.draw_up(work, new)
        await applications.answer(work, application.id, answers)
        await applications.submit(work, application.id)
        (file,) = (await application_view(work, application)).files
        return application.course_id, file.id

    return await world.by(owner, hand_in)


async def assess(world: World, file_id: UUID, reference: str, points: int | None = 40) -> None:
    """Found complete, paid and advised on."""

    async def deed(work: Work) -> None:
        locked = await desk.lock(work, file_id)
        invoice = await desk.invoice_of_file(work, locked)
        if invoice is not None:
            await desk.book_payment(work, file_id, NewBooking(cents=invoice.total_cents, reference=reference))
        advice = NewAdvice(positive=True, points=points, reasons="Inhoud en niveau passen bij de beroepsstandaard.")
        await desk.advise(work, file_id, advice)

    await world.by(SECRETARY, deed)


async def sit(world: World, file_id: UUID, voters: Sequence[str]) -> tuple[UUID, UUID]:
    """A session that is open, with one file on its agenda and the votes of these: both."""
    ids = [world.ids[member] for member in MEMBERS]

    async def plan(work: Work) -> tuple[UUID, UUID]:
        session = await committee.plan(work, NewSession(held_on=work.today, chair_id=ids[0], members=ids))
        item = await committee.put_on_agenda(work, session.id, file_id)
        await sitting.open_session(work, session)
        return session.id, item.id

    session_id, item_id = await world.by(SECRETARY, plan)
    for member in voters:
        await world.by(member, lambda work: committee.vote(work, item_id, NewVote(vote=Vote.FOR)))
    return session_id, item_id


async def accredited(
    world: World,
    owner: str,
    provider_id: UUID,
    answers: Answers,
    reference: str,
    kind: CourseKind = CourseKind.COURSE,
) -> UUID:
    """A course, or what a bureau does, from its application to an accreditation that was made known."""
    world.on(APPLIED)
    course_id, file_id = await apply(world, provider_id, answers, owner, kind)
    await assess(world, file_id, reference, 40 if kind is CourseKind.COURSE else None)
    world.on(DECIDED)
    session_id, item_id = await sit(world, file_id, MEMBERS)

    async def decide(work: Work) -> Decision:
        new = NewCourseRuling(reasons="De commissie volgt het advies: dit past bij de beroepsstandaard.")
        _, decision = await committee.decide(work, item_id, new)
        assert decision is not None
        return decision

    async def close(work: Work) -> None:
        session = await committee.session_of(work, session_id)
        await sitting.close_session(work, session, "Het dossier is behandeld; vier leden stemden voor.")

    await _known(world, decide)
    await world.by(SECRETARY, close)
    return course_id


async def _held(world: World, provider_id: UUID, course_id: UUID) -> dict[str, Any]:
    """A run with its meetings, one participant, and what a learning platform must know to report the others."""
    people = [one.register_number for one in world.people if one.role == "professional" and one.register_number]
    numbers = people[:PARTICIPANTS]
    world.on(HELD)

    async def report(work: Work) -> dict[str, Any]:
        details = {"starts_on": HELD, "ends_on": HELD, "place": "Zwolle", "capacity": 20, "external_id": RUN}
        run = await runs.plan(work, course_id, NewRun.model_validate(details))
        rows = [NewRow(register_number=numbers[0], run_id=str(run.id))]
        await attendance.report(work, NewList(rows, provider_id), Source.PAGE)
        row, key = await keys.draw(work, "Leerplatform", provider_id)
        return {
            "userID": row.user_id,
            "userKey": key,
            "orgID": organisation_of(LEADERS.value),
            "course": COURSE,
            "run": RUN,
            "date": HELD.isoformat(),
            "register_numbers": numbers,
        }

    return await world.by(OWNER, report)

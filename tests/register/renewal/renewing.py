"""Decisions on renewals as the committee takes them, made known with their effect."""

from datetime import date
from functools import partial
from uuid import UUID

from auth.actor import SYSTEM
from core.decisions import Channel, Decision, Verdict, case_number, make_known, take
from register.applications.renewal import service
from register.entries.entry import move
from register.entries.models import Application, Registration
from register.entries.policy import ApplicationKind, ApplicationState, Event, Route
from register.notification.remedy import remedy_clause
from register.rules.assessment.answer import Assessment
from tests.register.portfolio.world import World


async def applied(world: World, registration_id: UUID, **facts: object) -> UUID:
    """A request to renew on which the committee has decided; its id."""
    async with world.means.work(SYSTEM) as work:
        registration = await work.session.get_one(Registration, registration_id)
        application = Application(
            number=case_number("A", work.today),
            person_id=registration.person_id,
            registration_id=registration.id,
            register_code=registration.register_code,
            kind=ApplicationKind.REREGISTRATION,
            route=Route.PORTFOLIO,
            state=ApplicationState.DECIDED,
            started_at=work.now,
            **facts,
        )
        work.add(application)
        await work.flush()
        work.log("application:decide", application)
    return application.id


async def assessed(world: World, application_id: UUID) -> Assessment:
    """What the rules say of it today."""
    async with world.reading() as work:
        application = await work.session.get_one(Application, application_id)
        return await service.assessment(work, application, work.today)


async def decided(
    world: World,
    application_id: UUID,
    outcome: Verdict,
    due_on: date | None,
    *,
    decided_on: date | None = None,
    replaces: Decision | None = None,
) -> Decision:
    """The decision, made known today with its effect."""
    async with world.means.work(SYSTEM) as work:
        application = await work.session.get_one(Application, application_id)
        decision = await take(
            work,
            Decision(
                number=case_number("B", work.today),
                kind="reregistration",
                subject_kind="application",
                subject_id=application.id,
                round=replaces.round + 1 if replaces else 0,
                person_id=application.person_id,
                register_code=application.register_code.value,
                outcome=outcome,
                due_on=due_on,
                grounds="points-short" if outcome is Verdict.REFUSED else "",
                reasons="Zoals de regels zeggen.",
                repair="Meer punten." if outcome is Verdict.REFUSED else "",
                rule_set="schoolleiders-po-2022",
                taken_by="panel_session/1",
                decided_on=decided_on or work.today,
                replaces=replaces.id if replaces else None,
            ),
        )
        settings = work.means.settings
        remedy = partial(remedy_clause, decision, settings=settings, rules=work.rules)
        await make_known(work, decision, Channel.MESSAGE_BOX, remedy)
    return decision


async def as_assessed(world: World, application_id: UUID) -> tuple[Assessment, Decision]:
    """Decided today as the rules say."""
    answer = await assessed(world, application_id)
    outcome = Verdict(answer.outcome.value)
    return answer, await decided(world, application_id, outcome, None if outcome is Verdict.REFUSED else answer.due_on)


async def passed_due_date(world: World, registration_id: UUID) -> None:
    """Conditional, as the sweep makes it."""
    async with world.means.work(SYSTEM) as work:
        registration = await work.session.get_one(Registration, registration_id)
        await move(work, registration, Event.PASS_DUE_DATE)


async def registration(world: World, id: UUID) -> Registration:
    async with world.reading() as work:
        return await work.session.get_one(Registration, id)

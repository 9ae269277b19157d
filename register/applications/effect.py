"""What a decision on a registration does once it is made known."""

from datetime import date
from uuid import UUID

from core.decisions import Decision, Verdict
from core.errors import NotFound
from core.store.work import Work
from register.entries import queries
from register.entries.entry import move
from register.entries.models import Application, Registration
from register.entries.policy import APPLICATION, ApplicationEvent, Event, Status, title_of
from register.rules.assessment.facts import Level

GRANTED = frozenset({Verdict.GRANTED, Verdict.GRANTED_SHORTER, Verdict.PARTLY_GRANTED})
STANDS = frozenset({Status.REGISTERED, Status.POSTPONED})


async def take_effect(work: Work, decision: Decision) -> None:
    """What a decision on a registration does once it is made known (Awb 3:40); also one that replaces another (7:11).

    A first entry that was refused is asked anew by its objection; one that stands gets the level and end of the new
    decision.
    """
    application = await known(work, decision)
    registration = await queries.registration(work, application.registration_id)
    if decision.outcome not in GRANTED:
        if registration.status is Status.APPLICATION_OPEN:
            await move(work, registration, Event.REFUSE, decision_id=decision.id)
        return
    if decision.replaces is not None and registration.status in STANDS:
        level, due_on = decision.level or registration.level, decision.due_on or registration.due_on
        await move(work, registration, Event.CHANGE_LEVEL, level=level, due_on=due_on, decision_id=decision.id)
        return
    if decision.replaces is not None and registration.status is Status.ENROLLED:
        await move(work, registration, Event.APPLY)
    from_on = works_from(decision)
    training = decision.level == Level.IN_TRAINING.value
    # What says another end of the training works from today; what was given wrongly or not at all, from its day.
    corrected = training and registration.status is Status.IN_TRAINING
    await move(
        work,
        registration,
        Event.GRANT_IN_TRAINING if training else Event.GRANT,
        holds_from=work.today if corrected else min(from_on, work.today),
        title=title_of(registration.register_code),
        level=decision.level,
        registered_on=from_on,
        period_began_on=from_on,
        due_on=decision.due_on,
        decision_id=decision.id,
    )


def works_from(decision: Decision) -> date:
    """The day from which an entry counts: one that replaces works from its day (Awb 7:11)."""
    assessed_on = decision.facts.get("decided_on")
    return date.fromisoformat(assessed_on) if decision.replaces and assessed_on else decision.decided_on


async def known(work: Work, decision: Decision) -> Application:
    """The application that a decision is about, now that it is made known; a replacing one finds it known already."""
    application = await _decided(work, decision.subject_id)
    if APPLICATION.may(application.state, ApplicationEvent.NOTIFY):
        application.state = APPLICATION.after(application.state, ApplicationEvent.NOTIFY)
        work.log("application:notify", application, decision=str(decision.id))
    return application


async def _decided(work: Work, id: UUID) -> Application:
    application = await work.session.get(Application, id)
    if application is None:
        raise NotFound("no-such-application")
    return application


async def registration_of(work: Work, decision: Decision) -> Registration:
    """The entry that a decision on an application is about."""
    application = await _decided(work, decision.subject_id)
    return await queries.registration(work, application.registration_id)

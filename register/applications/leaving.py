"""Leaving an application untreated (buiten behandeling laten, Awb 4:5(4)): a decision, with its remedy."""

from uuid import UUID

from core.decisions import Decision, Verdict, case_number, take
from core.errors import Refused
from core.law.articles import ARTICLES
from core.law.term_run import run
from core.law.terms import Term, next_day
from core.store.work import Work
from register.applications.completing import LEAVE, overdue_request, stood_still
from register.applications.effect import GRANTED
from register.applications.service import CASE, expect_decision, others_application
from register.entries import queries
from register.entries.entry import move
from register.entries.models import Application, CompletionRequest
from register.entries.policy import APPLICATION, ApplicationEvent, ApplicationKind, Event, Status
from register.entries.schemas import NewLeaving
from register.notification import service as decisions

NOT_COMPLETED = "not-completed"
REPAIR = "U kunt opnieuw een aanvraag doen, met alles wat nog ontbrak."


async def leave_untreated(work: Work, application_id: UUID, new: NewLeaving) -> Decision:
    """Leave an application untreated because it was not completed in time, and make that known at once.

    Refused: `term-runs`, `too-late-to-leave` (more than four weeks after the term), `wrong-state`;
    Forbidden("own-case").
    """
    application = await others_application(work, application_id)
    work.expect(application)
    request = await leavable_request(work, application)
    rules = work.rules.chosen(application.register_code.value, request.asked_on)
    request.ended_on = next_day(request.until_on)
    work.log("completion:end", request, ended_on=request.ended_on)
    decision = Decision(
        number=case_number("B", work.today),
        kind=LEAVE,
        subject_kind=CASE,
        subject_id=application.id,
        person_id=application.person_id,
        register_code=application.register_code.value,
        outcome=Verdict.REFUSED,
        grounds=NOT_COMPLETED,
        reasons=new.reasons,
        repair=REPAIR,
        rule_set=rules.name,
        facts={"items": request.items, "asked_on": str(request.asked_on), "until_on": str(request.until_on)},
        taken_by=work.actor.ref,
        decided_on=work.today,
    )
    await take(work, decision)
    return await decisions.announce(work, decision, None)


async def leavable_request(work: Work, application: Application) -> CompletionRequest:
    """The request that was not answered in time. Refused("too-late-to-leave"); as completing.overdue_request."""
    request = await overdue_request(work, application)
    term = work.rules.chosen(application.register_code.value, request.asked_on).terms["leave-untreated"]
    last = run(
        request.until_on, Term(term.length, term.unit, ARTICLES[CASE, "leave-untreated"], term.rolled), work.calendar
    ).last_day
    if work.today > last:
        raise Refused("too-late-to-leave", last_day=last)
    return request


async def take_effect(work: Work, decision: Decision) -> None:
    """The application ends without a decision on what was asked; one that is upheld on objection is taken up again."""
    application = await work.session.get_one(Application, decision.subject_id)
    registration = await queries.registration(work, application.registration_id)
    if decision.replaces is None:
        application.state = APPLICATION.after(application.state, ApplicationEvent.LEAVE)
        work.log("application:leave-untreated", application, decision=str(decision.id))
        if registration.status is Status.APPLICATION_OPEN:
            await move(work, registration, Event.REFUSE, decision_id=decision.id)
        return
    if decision.outcome in GRANTED:
        await reopen(work, decision)


async def reopen(work: Work, decision: Decision) -> None:
    """An application that was wrongly left untreated is taken up again (Awb 7:11(2))."""
    application = await work.session.get_one(Application, decision.subject_id)
    registration = await queries.registration(work, application.registration_id)
    application.state = APPLICATION.after(application.state, ApplicationEvent.REOPEN)
    await expect_decision(work, application, await stood_still(work, application))
    work.log("application:reopen", application, decision=str(decision.id))
    if application.kind is ApplicationKind.REGISTRATION and registration.status is Status.ENROLLED:
        await move(work, registration, Event.APPLY)

"""Completing an application (aanvulling, Awb 4:5): what it lacks, until when, and what the applicant adds."""

from collections.abc import Sequence
from uuid import UUID

from auth import queries as people
from core import agenda
from core.errors import Refused
from core.law.articles import ARTICLES
from core.law.term_run import run
from core.law.terms import Suspension, Term, next_day
from core.store.work import Work
from core.texts import day
from register.applications.service import (
    CASE,
    expect_decision,
    freeze,
    others_application,
    own_application,
    own_proof,
    require_whole,
)
from register.entries import queries
from register.entries.completeness import require_completion
from register.entries.models import Application, ApplicationProof, CompletionRequest
from register.entries.policy import APPLICATION, ApplicationEvent, ApplicationState, require_editable
from register.entries.schemas import ChangedApplication, NewCompletionRequest

COMPLETE, LEAVE = "complete", "leave-untreated"


async def ask_completion(work: Work, application_id: UUID, new: NewCompletionRequest) -> Application:
    """Ask an applicant to complete the application; the term to decide stands still meanwhile (Awb 4:15).

    Invalid: `note-needed` (something other than the list names), `term-too-short`; Refused("wrong-state");
    Forbidden("own-case").
    """
    application = await others_application(work, application_id)
    work.expect(application)
    following = APPLICATION.after(application.state, ApplicationEvent.ASK_COMPLETION)
    rules = work.rules.chosen(application.register_code.value, work.today)
    repair, leaving = rules.terms["omission-repair"], rules.terms["leave-untreated"]
    least = run(
        work.today, Term(repair.length, repair.unit, ARTICLES[CASE, "complete"], repair.rolled), work.calendar
    ).last_day
    until_on = new.until_on or least
    require_completion(new.items, new.note, until_on, least)
    request = CompletionRequest(
        application_id=application.id,
        person_id=application.person_id,
        items=[item.value for item in dict.fromkeys(new.items)],
        note=new.note,
        asked_on=work.today,
        until_on=until_on,
    )
    work.add(request)
    application.state = following
    await work.flush()
    work.log("completion:ask", request, items=request.items, until_on=until_on)
    await expect_decision(work, application, await stood_still(work, application))
    work.log("application:ask-completion", application, due_on=application.decision_due_on, until_on=until_on)
    last = run(
        until_on, Term(leaving.length, leaving.unit, ARTICLES[CASE, "leave-untreated"], leaving.rolled), work.calendar
    ).last_day
    await agenda.expect(
        work,
        CASE,
        application.id,
        COMPLETE,
        role="professional",
        due_on=until_on,
        register=application.register_code.value,
    )
    await agenda.expect(
        work, CASE, application.id, LEAVE, role="secretary", due_on=last, register=application.register_code.value
    )
    await _ask(work, application, request)
    return application


async def _ask(work: Work, application: Application, request: CompletionRequest) -> None:
    person = await people.person(work.session, application.person_id)
    work.send(
        "application-incomplete",
        address=person.email,
        subject=f"Uw aanvraag {application.number} is nog niet compleet",
        body=(
            f"In uw aanvraag {application.number} ontbreekt nog iets. Log in en lees bij Mijn register wat dat is.\n"
            f"U kunt de aanvraag aanvullen tot en met {day(request.until_on, 'nl')}. Doet u dat "
            "niet, dan kunnen wij de aanvraag buiten behandeling laten.\n"
        ),
        person_id=person.id,
        about=application,
    )


async def stood_still(work: Work, application: Application) -> Sequence[Suspension]:
    """The days on which the term to decide stood still; of a running request until its last day."""
    requests = await queries.completion_requests(work, application.id)
    return [Suspension(each.asked_on, each.ended_on or next_day(each.until_on)) for each in requests]


async def running_request(work: Work, application: Application) -> CompletionRequest:
    """The request that runs; Refused("wrong-state") when there is none."""
    if application.state is not ApplicationState.INCOMPLETE:
        APPLICATION.after(application.state, ApplicationEvent.COMPLETE)
    return (await queries.completion_requests(work, application.id))[-1]


async def complete(work: Work, application_id: UUID) -> Application:
    """The applicant hands in what was lacking; the evidence is frozen again and the term to decide runs on.

    Also after the day that was set, as long as it was not left untreated. Refused("wrong-state"); Invalid as in
    policy.require_submittable.
    """
    application = await own_application(work, application_id)
    work.expect(application)
    request = await running_request(work, application)
    await require_whole(work, application)
    await _take_up(work, application, request)
    return application


async def resume(work: Work, application_id: UUID) -> Application:
    """The secretary takes a file up as it stands once the term has run out. Refused: `term-runs`, `wrong-state`."""
    application = await others_application(work, application_id)
    work.expect(application)
    await _take_up(work, application, await overdue_request(work, application))
    return application


async def overdue_request(work: Work, application: Application) -> CompletionRequest:
    """The request of which the term has run out. Refused("term-runs") before that; as `running_request`."""
    request = await running_request(work, application)
    if work.today <= request.until_on:
        raise Refused("term-runs", until_on=request.until_on)
    return request


async def _take_up(work: Work, application: Application, request: CompletionRequest) -> None:
    digests = await freeze(work, application)
    application.state = APPLICATION.after(application.state, ApplicationEvent.COMPLETE)
    request.ended_on = min(work.today, next_day(request.until_on))
    await work.flush()
    work.log("completion:end", request, ended_on=request.ended_on)
    await expect_decision(work, application, await stood_still(work, application))
    work.log("application:complete", application, due_on=application.decision_due_on, evidence=digests)
    await agenda.done(work, application.id, COMPLETE, LEAVE)


async def change(work: Work, application_id: UUID, changed: ChangedApplication) -> Application:
    """Change what is stated in a draft, or while it is to be completed. Refused("frozen"), Stale."""
    application = await own_application(work, application_id)
    work.expect(application)
    require_editable(application.state)
    for name, value in changed.model_dump(exclude_unset=True).items():
        setattr(application, name, value)
    work.log("application:change", application, fields=sorted(changed.model_fields_set))
    return application


async def remove_proof(work: Work, application_id: UUID, proof_id: UUID) -> ApplicationProof:
    """Take a document out of a draft, or of what is to be completed; its file stays. Refused("frozen")."""
    application = await own_application(work, application_id)
    require_editable(application.state)
    proof = await own_proof(work, application.id, proof_id)
    await work.session.delete(proof)
    await work.flush()
    work.log("application:remove-proof", proof, kind=proof.kind.value)
    return proof

"""Applications: drawn up, handed in, admitted, withdrawn; and what a decision on a first registration does."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from auth import queries as people
from auth.actor import Actor, person_of
from core import agenda
from core.decisions import case_number
from core.errors import Forbidden, Invalid, NotFound
from core.law.terms import Suspension, application_due
from core.panel import service as panel
from core.store.files import Evidence, StoredFile
from core.store.work import Work
from core.texts import day
from core.web.uploads import keep_file
from register.applications import telling
from register.entries import queries
from register.entries.completeness import drawn, require_notes_for_mbo
from register.entries.entry import move
from register.entries.models import Application, ApplicationProof
from register.entries.policy import (
    APPLICATION,
    ROUTE_OF,
    ApplicationEvent,
    ApplicationKind,
    ApplicationState,
    Draft,
    Event,
    Status,
    require_editable,
    require_issued,
    require_may_apply,
    require_route,
    require_submittable,
)
from register.entries.schemas import NewApplication, NewProof

MOST_PROOFS = 20
CASE = "application"
DECIDE, ADMIT = "decide", "admit"


async def draw_up(work: Work, new: NewApplication) -> Application:
    """Start a draft. Refused as policy.require_may_apply; Invalid: no route."""
    registration = await queries.own_registration(work, new.register_code)
    require_notes_for_mbo(new.sector, [one.pedagogic_note for one in new.qualifications])
    running = await queries.open_applications(work, registration.id)
    drafts = all(row.state is ApplicationState.DRAFT for row in running)
    require_may_apply(new.kind, registration.status, {row.kind for row in running}, drafts_alone=drafts)
    route = ROUTE_OF.get(new.kind) or require_route(new.route)
    application = Application(
        number=case_number("A", work.today),
        person_id=registration.person_id,
        registration_id=registration.id,
        register_code=registration.register_code,
        kind=new.kind,
        route=route,
        sector=new.sector,
        qualifications=[one.model_dump() for one in new.qualifications],
        statement=new.statement,
        requested_months=new.requested_months,
        ground=new.ground,
        started_at=work.now,
    )
    work.add(application)
    await work.flush()
    work.log("application:draw-up", application, kind=new.kind.value, route=route.value)
    return application


async def add_proof(work: Work, application_id: UUID, new: NewProof) -> ApplicationProof:
    """Add a document while it may be changed; its file follows.

    Refused("frozen"), Invalid: `too-many-proofs`, `issued-in-future`.
    """
    application = await own_application(work, application_id)
    require_editable(application.state)
    require_issued(new.issued_on, work.today)
    if len(await queries.proofs(work, application.id)) >= MOST_PROOFS:
        raise Invalid("too-many-proofs", most=MOST_PROOFS)
    proof = ApplicationProof(application_id=application.id, person_id=application.person_id, **new.model_dump())
    work.add(proof)
    await work.flush()
    work.log("application:add-proof", proof, kind=new.kind.value)
    return proof


async def attach(work: Work, application_id: UUID, proof_id: UUID, evidence: Evidence) -> StoredFile:
    """Put a file behind a document, in place of an earlier one. Refused("frozen"), Stale."""
    application = await own_application(work, application_id)
    require_editable(application.state)
    proof = await own_proof(work, application.id, proof_id)
    work.expect(proof)
    file = await keep_file(work, application.person_id, evidence)
    proof.file_id, proof.frozen_sha256 = file.id, None
    work.log("application:attach", proof, sha256=file.sha256)
    return file


async def hand_in(work: Work, application_id: UUID, declared: str = "") -> Application:
    """Hand a draft in: the evidence is frozen, and the term to decide starts (Awb 4:13).

    `declared` is the version of the words that the applicant stood for, where they were shown them.
    Invalid as in policy.require_submittable; Refused("wrong-state").
    """
    application = await own_application(work, application_id)
    work.expect(application)
    following = APPLICATION.after(application.state, ApplicationEvent.SUBMIT)
    await require_whole(work, application)
    digests = await freeze(work, application)
    registration = await queries.registration(work, application.registration_id)
    require_may_apply(application.kind, registration.status, ())
    application.state = following
    application.submitted_at, application.received_on = work.now, work.today
    await expect_decision(work, application, ())
    work.log("application:submit", application, due_on=application.decision_due_on, evidence=digests)
    if declared:
        work.log("application:declare", application, wording=declared)
    if application.kind is ApplicationKind.REGISTRATION and registration.status is Status.ENROLLED:
        await move(work, registration, Event.APPLY)
    await _confirm(work, application)
    return application


async def expect_decision(work: Work, application: Application, stood_still: Iterable[Suspension]) -> None:
    """Set the last day to decide (Awb 4:13), later for the days on which the term stood still (4:15), and its task.

    An applicant who was told another day hears of the new one.
    """
    due_on = decision_due(work, application, stood_still)
    application.decision_due_on = due_on
    await agenda.expect(
        work, CASE, application.id, DECIDE, role="secretary", due_on=due_on, register=application.register_code.value
    )
    await telling.tell_due(work, application)


def decision_due(work: Work, application: Application, stood_still: Iterable[Suspension]) -> date:
    """When an application that was received must be decided on."""
    received_on = application.received_on or work.today
    term = work.rules.chosen(application.register_code.value, received_on).terms["application-decision"]
    return application_due(received_on, term.length, stood_still, work.calendar, moves=term.rolled).last_day


async def require_whole(work: Work, application: Application) -> None:
    """Refuse what nobody could decide on: Invalid as in policy.require_submittable."""
    proofs = await queries.proofs(work, application.id)
    with_file = sum(proof.file_id is not None for proof in proofs)
    require_submittable(
        Draft(
            application.kind,
            application.route,
            with_file,
            len(proofs) - with_file,
            application.statement,
            application.requested_months,
            application.ground,
        )
    )


async def freeze(work: Work, application: Application) -> list[str]:
    """Hold the evidence of an application to the files that stand behind it now; their digests."""
    proofs = await queries.proofs(work, application.id)
    for proof in proofs:
        if proof.frozen_sha256 is None and proof.file_id is not None:
            file = await work.session.get(StoredFile, proof.file_id)
            proof.frozen_sha256 = file.sha256 if file else None
            work.log("application:freeze", proof, sha256=proof.frozen_sha256)
    return sorted(proof.frozen_sha256 for proof in proofs if proof.frozen_sha256)


async def _confirm(work: Work, application: Application) -> None:
    application.told_due_on = application.decision_due_on
    person = await people.person(work.session, application.person_id)
    work.send(
        "application-received",
        address=person.email,
        subject=f"Uw aanvraag {application.number} is ontvangen",
        body=(
            f"Wij hebben uw aanvraag {application.number} ontvangen op {day(application.received_on, 'nl')}.\n"
            f"U krijgt uiterlijk op {day(application.decision_due_on, 'nl')} een besluit.\n"
        ),
        person_id=person.id,
        about=application,
    )


async def withdraw(work: Work, application_id: UUID) -> Application:
    """Take an application back before it is decided; a later one starts anew."""
    application = await own_application(work, application_id)
    work.expect(application)
    return await take_back(work, application)


async def take_back(work: Work, application: Application) -> Application:
    """Take an application off every agenda. Refused("wrong-state") once it is decided."""
    await _end(work, application, ApplicationEvent.WITHDRAW)
    return application


async def send_on(work: Work, application_id: UUID, sent_to: str) -> Application:
    """Another body is competent: send it on at once, and tell the applicant (Awb 2:3). Forbidden("own-case");
    Refused("wrong-state") once it is before a committee."""
    application = await others_application(work, application_id)
    work.expect(application)
    application.sent_to = sent_to
    await _end(work, application, ApplicationEvent.SEND_ON)
    await telling.tell_sent_on(work, application, sent_to)
    return application


async def _end(work: Work, application: Application, event: ApplicationEvent) -> None:
    """It is not decided on: off every agenda, and the entry stands as before it was asked."""
    application.state = APPLICATION.after(application.state, event)
    work.log(f"application:{event.value}", application)
    registration = await queries.registration(work, application.registration_id)
    if registration.status is Status.APPLICATION_OPEN:
        await move(work, registration, Event.WITHDRAW)
    await panel.remove_case(work, application.id)
    await agenda.done(work, application.id)


async def read(work: Work, application_id: UUID) -> Application:
    """An application that the actor may see, with a trace when it is somebody else's."""
    application = await queries.application(work, application_id)
    if not isinstance(work.actor, Actor) or work.actor.person_id != application.person_id:
        work.looked("application:read", stream=application.stream(), application=str(application.id))
    return application


async def admit(work: Work, application_id: UUID) -> Application:
    """The secretary finds an application complete: it may go to a session (Awb 4:5). Forbidden("own-case").

    A renewal in a register that checks by sample is drawn for a full check, or not (rl-herreg).
    """
    application = await others_application(work, application_id)
    work.expect(application)
    application.state = APPLICATION.after(application.state, ApplicationEvent.ADMIT)
    application.admitted_by = work.actor.ref
    norms = work.rules.chosen(application.register_code.value, work.today).committee
    application.second_opinion |= application.route.value in norms.second_opinion
    if application.kind is ApplicationKind.REREGISTRATION and norms.sample_check:
        application.sampled = drawn(application.id, work.today, norms.sample_percent)
    work.log("application:admit", application, second_opinion=application.second_opinion, sampled=application.sampled)
    return application


async def others_application(work: Work, id: UUID) -> Application:
    """An application that one deals with for somebody else; Forbidden("own-case")."""
    application = await queries.application(work, id)
    if isinstance(work.actor, Actor) and work.actor.person_id == application.person_id:
        raise Forbidden("own-case")
    return application


async def own_application(work: Work, id: UUID) -> Application:
    """An application of who asks; NotFound("no-such-application") for anybody else's."""
    application = await queries.application(work, id)
    if application.person_id != person_of(work.actor):
        raise NotFound("no-such-application")
    return application


async def own_proof(work: Work, application_id: UUID, proof_id: UUID) -> ApplicationProof:
    """A document of an application; NotFound("no-such-proof")."""
    proof = await work.session.get(ApplicationProof, proof_id)
    if proof is None or proof.application_id != application_id:
        raise NotFound("no-such-proof")
    return proof


async def proof_file(work: Work, application_id: UUID, proof_id: UUID) -> StoredFile:
    """The file behind a document, with a trace of who read it; NotFound for who may not see the application.

    A member of the committee reads it through the session, where recusal is checked.
    """
    application = await queries.application(work, application_id)
    proof = await own_proof(work, application.id, proof_id)
    file = await work.session.get(StoredFile, proof.file_id) if proof.file_id else None
    if file is None:
        raise NotFound("no-such-file")
    work.looked("file:read", stream=application.stream(), file=str(file.id), sha256=file.sha256)
    return file

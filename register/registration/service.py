"""Applications: drawn up, handed in, admitted, withdrawn; and what a decision on a first registration does."""

from collections.abc import Sequence
from uuid import UUID

from auth import queries as people
from auth.actor import Actor, person_of
from core import agenda, panel
from core.decisions import Decision, Verdict, case_number
from core.errors import Forbidden, Invalid, NotFound
from core.files import StoredFile, check, clean_name
from core.terms import application_due
from core.work import Work
from register.assessment.facts import Level
from register.registration import queries
from register.registration.entry import move
from register.registration.models import Application, ApplicationProof, Registration
from register.registration.policy import (
    APPLICATION,
    ApplicationEvent,
    ApplicationKind,
    Draft,
    Event,
    Route,
    require_editable,
    require_may_apply,
    require_submittable,
    title_of,
)
from register.registration.schemas import NewApplication, NewProof

MOST_PROOFS = 20
CASE = "application"
DECIDE, ADMIT = "decide", "admit"


async def draw_up(work: Work, new: NewApplication) -> Application:
    """Start a draft. Refused: `application-open-already`, `in-register`, `not-in-register`."""
    registration = await queries.own_registration(work, new.register_code)
    require_may_apply(new.kind, registration.status, await queries.open_kinds(work, registration.id))
    route = Route.PORTFOLIO if new.kind is ApplicationKind.REREGISTRATION else new.route
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
        started_at=work.now,
    )
    work.add(application)
    await work.flush()
    work.log("application:draw-up", application, kind=new.kind.value, route=route.value)
    return application


async def add_proof(work: Work, application_id: UUID, new: NewProof) -> ApplicationProof:
    """Add a document to a draft; its file follows. Refused("frozen"), Invalid("too-many-proofs")."""
    application = await own_application(work, application_id)
    require_editable(application.state)
    if len(await queries.proofs(work, application.id)) >= MOST_PROOFS:
        raise Invalid("too-many-proofs", most=MOST_PROOFS)
    proof = ApplicationProof(application_id=application.id, person_id=application.person_id, **new.model_dump())
    work.add(proof)
    await work.flush()
    work.log("application:add-proof", proof, kind=new.kind.value)
    return proof


async def attach(work: Work, application_id: UUID, proof_id: UUID, name: str, content: bytes) -> StoredFile:
    """Put a file behind a document, in place of an earlier one; refuses as core.files.check does, and `frozen`."""
    application = await own_application(work, application_id)
    require_editable(application.state)
    proof = await own_proof(work, application.id, proof_id)
    file = await keep_file(work, application.person_id, name, content)
    proof.file_id = file.id
    work.log("application:attach", proof, sha256=file.sha256)
    return file


async def keep_file(work: Work, person_id: UUID, name: str, content: bytes) -> StoredFile:
    """Store an uploaded file for a person: bytes first, durable, then the row that names them."""
    media_type = check(name, content)
    sha256 = await work.files.put(content)
    file = StoredFile(
        person_id=person_id,
        sha256=sha256,
        name=clean_name(name),
        media_type=media_type,
        size=len(content),
        uploaded_at=work.now,
    )
    work.add(file)
    await work.flush()
    work.log("file:store", file, sha256=sha256, size=len(content))
    return file


async def hand_in(work: Work, application_id: UUID) -> Application:
    """Hand a draft in: the evidence is frozen, and the term to decide starts (Awb 4:13).

    Invalid as in policy.require_submittable; Refused("wrong-state").
    """
    application = await own_application(work, application_id)
    work.expect(application)
    following = APPLICATION.after(application.state, ApplicationEvent.SUBMIT)
    proofs = await queries.proofs(work, application.id)
    with_file = sum(proof.file_id is not None for proof in proofs)
    require_submittable(
        Draft(application.kind, application.route, with_file, len(proofs) - with_file, application.statement)
    )
    registration = await queries.registration(work, application.registration_id)
    await _freeze(work, proofs)
    rules = work.rules.chosen(application.register_code.value, work.today)
    term = rules.terms["application-decision"]
    due = application_due(work.today, term.length, (), work.calendar, moves=term.rolled)
    application.state = following
    application.submitted_at, application.received_on, application.decision_due_on = work.now, work.today, due.last_day
    digests = sorted(proof.frozen_sha256 for proof in proofs if proof.frozen_sha256)
    work.log("application:submit", application, due_on=due.last_day, evidence=digests)
    await agenda.expect(work, CASE, application.id, DECIDE, role="secretary", due_on=due.last_day, article="Awb 4:13")
    if application.kind is ApplicationKind.REGISTRATION and registration.status.value == "enrolled":
        await move(work, registration, Event.APPLY)
    await _confirm(work, application)
    return application


async def _freeze(work: Work, proofs: Sequence[ApplicationProof]) -> None:
    for proof in proofs:
        if proof.file_id is not None:
            file = await work.session.get(StoredFile, proof.file_id)
            proof.frozen_sha256 = file.sha256 if file else None
            work.log("application:freeze", proof, sha256=proof.frozen_sha256)


async def _confirm(work: Work, application: Application) -> None:
    person = await people.person(work.session, application.person_id)
    work.send(
        "application-received",
        address=person.email,
        subject=f"Uw aanvraag {application.number} is ontvangen",
        body=(
            f"Wij hebben uw aanvraag {application.number} ontvangen op {application.received_on}.\n"
            f"U krijgt uiterlijk op {application.decision_due_on} een besluit.\n"
        ),
        person_id=person.id,
    )


async def withdraw(work: Work, application_id: UUID) -> Application:
    """Take an application back before it is decided; a later one starts anew."""
    application = await own_application(work, application_id)
    work.expect(application)
    application.state = APPLICATION.after(application.state, ApplicationEvent.WITHDRAW)
    work.log("application:withdraw", application)
    registration = await queries.registration(work, application.registration_id)
    if registration.status.value == "application-open":
        await move(work, registration, Event.WITHDRAW)
    await panel.remove_case(work, application.id)
    await agenda.done(work, application.id)
    return application


async def read(work: Work, application_id: UUID) -> Application:
    """An application that the actor may see, with a trace when it is somebody else's."""
    application = await queries.application(work, application_id)
    if not isinstance(work.actor, Actor) or work.actor.person_id != application.person_id:
        work.log("application:read", None, stream=application.stream(), application=str(application.id))
    return application


async def admit(work: Work, application_id: UUID) -> Application:
    """The secretary finds an application complete: it may go to a session (Awb 4:5). Forbidden("own-case")."""
    application = await queries.application(work, application_id)
    if isinstance(work.actor, Actor) and work.actor.person_id == application.person_id:
        raise Forbidden("own-case")
    work.expect(application)
    application.state = APPLICATION.after(application.state, ApplicationEvent.ADMIT)
    work.log("application:admit", application)
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
    work.log("file:read", None, stream=application.stream(), file=str(file.id), sha256=file.sha256)
    return file


async def take_effect(work: Work, decision: Decision) -> None:
    """What a decision on a first registration does once it is made known (Awb 3:40)."""
    application = await _decided(work, decision.subject_id)
    application.state = APPLICATION.after(application.state, ApplicationEvent.NOTIFY)
    work.log("application:notify", application, decision=str(decision.id))
    registration = await queries.registration(work, application.registration_id)
    if decision.outcome is Verdict.REFUSED:
        if registration.status.value == "application-open":
            await move(work, registration, Event.REFUSE, decision_id=decision.id)
        return
    training = decision.level == Level.IN_TRAINING.value
    await move(
        work,
        registration,
        Event.GRANT_IN_TRAINING if training else Event.GRANT,
        title=title_of(registration.register_code),
        level=decision.level,
        registered_on=decision.decided_on,
        period_began_on=decision.decided_on,
        due_on=decision.due_on,
        decision_id=decision.id,
    )


async def _decided(work: Work, id: UUID) -> Application:
    application = await work.session.get(Application, id)
    if application is None:
        raise NotFound("no-such-application")
    return application


async def registration_of(work: Work, decision: Decision) -> Registration:
    """The entry that a decision on an application is about."""
    application = await _decided(work, decision.subject_id)
    return await queries.registration(work, application.registration_id)

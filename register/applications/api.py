"""Enrolment, applications, the own entries and the public register as JSON."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody, QueryParameter

from auth.permissions import PUBLIC, SIGNED_IN, Permission
from core.store.files import opened
from core.timeline.policy import Line
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place, place_id, versioned
from core.web.uploads import Upload, download
from register.applications import answers, service
from register.applications.timeline import timeline_of
from register.entries import enrolment, queries, search
from register.entries.policy import ApplicationState, Register
from register.entries.schemas import (
    ApplicationView,
    EnrolmentAccepted,
    NewApplication,
    NewEnrolment,
    NewProof,
    ProofView,
    PublicEntryView,
    RegistrationView,
)


# No `Idempotency-Key`: a second enrolment does nothing by itself, and no digest is kept of a body with a password.
@post("/enrolments", requires=PUBLIC, status_code=202, idempotent=False, tags=["register"])
async def enrol(work: WorkDep, data: JSONBody[NewEnrolment]) -> EnrolmentAccepted:
    """Enrol with the data of art. 5(2). The answer does not tell whether the address was known; sign in to go on."""
    await enrolment.enrol_oneself(work, data)
    return EnrolmentAccepted()


@get("/registrations", requires=SIGNED_IN, tags=["register"])
async def registrations(work: WorkDep) -> Sequence[RegistrationView]:
    """Where one stands in each register."""
    rows = await queries.own_registrations(work)
    held = await queries.qualifications(work, [row.id for row in rows])
    return [answers.registration_view(row, held) for row in rows]


@post("/applications", requires=Permission.APPLICATION_FILE, tags=["applications"])
async def draw_up(work: WorkDep, data: JSONBody[NewApplication]) -> Response[ApplicationView]:
    """Start a draft of an application."""
    row = await service.draw_up(work, data)
    return versioned(await answers.application_view(work, row), row.version, 201, Location=f"/v1/applications/{row.id}")


@get("/applications", requires=SIGNED_IN, tags=["applications"])
async def applications(
    request: AnyRequest,
    work: WorkDep,
    in_state: Annotated[ApplicationState | None, QueryParameter(name="state")] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The applications that one may see, without proofs and statement."""
    size = page_size(pageSize)
    after = place_id(cursor)
    rows = await queries.applications(work, in_state, after, size + 1)
    return listed(request, rows, size, lambda row: [str(row.id)], answers.brief)


@get("/applications/{application_id:uuid}", requires=SIGNED_IN, tags=["applications"])
async def application(work: WorkDep, application_id: FromPath[UUID]) -> Response[ApplicationView]:
    """One application with its proofs; a look by somebody else leaves a trace with the applicant."""
    row = await service.read(work, application_id)
    return versioned(await answers.application_view(work, row), row.version)


@get("/applications/{application_id:uuid}/timeline", requires=SIGNED_IN, tags=["applications"])
async def timeline(work: WorkDep, application_id: FromPath[UUID]) -> Sequence[Line]:
    """What happened, what was told and what comes, a line each, with its day and article."""
    return await timeline_of(work, await service.read(work, application_id))


@post("/applications/{application_id:uuid}/proofs", requires=Permission.APPLICATION_FILE, tags=["applications"])
async def add_proof(work: WorkDep, application_id: FromPath[UUID], data: JSONBody[NewProof]) -> Response[ProofView]:
    """Add a document to a draft; its file follows."""
    row = await service.add_proof(work, application_id, data)
    return versioned(answers.proof_view(row, None), row.version, 201)


@post(
    "/applications/{application_id:uuid}/proofs/{proof_id:uuid}/file",
    requires=Permission.APPLICATION_FILE,
    consumes="multipart/form-data",
    tags=["applications"],
)
async def attach(
    work: WorkDep, application_id: FromPath[UUID], proof_id: FromPath[UUID], data: MultipartBody[Upload]
) -> Response[ProofView]:
    """Put a PDF, PNG or JPEG of 10 MiB at most behind a document."""
    evidence = await work.outside(opened(data.file.filename, await data.file.read()))
    file = await service.attach(work, application_id, proof_id, evidence)
    proof = await service.own_proof(work, application_id, proof_id)
    await work.flush()
    return versioned(answers.proof_view(proof, file), proof.version, 201)


@get(
    "/applications/{application_id:uuid}/proofs/{proof_id:uuid}/file",
    requires=SIGNED_IN,
    produces="application/octet-stream",
    tags=["applications"],
)
async def proof_file(work: WorkDep, application_id: FromPath[UUID], proof_id: FromPath[UUID]) -> Response[bytes]:
    """The file behind a document, for who may see the application; the read leaves a trace."""
    file = await service.proof_file(work, application_id, proof_id)
    return download(file, await work.files.get(file.sha256))


@post(
    "/applications/{application_id:uuid}/submission",
    requires=Permission.APPLICATION_FILE,
    if_match=True,
    tags=["applications"],
)
async def hand_in(work: WorkDep, application_id: FromPath[UUID]) -> Response[ApplicationView]:
    """Hand a draft in; its evidence is frozen, and the term to decide starts."""
    row = await service.hand_in(work, application_id)
    await work.flush()
    return versioned(await answers.application_view(work, row), row.version, 201)


@post(
    "/applications/{application_id:uuid}/withdrawal",
    requires=Permission.APPLICATION_FILE,
    if_match=True,
    tags=["applications"],
)
async def withdraw(work: WorkDep, application_id: FromPath[UUID]) -> Response[ApplicationView]:
    """Take an application back before it is decided."""
    row = await service.withdraw(work, application_id)
    await work.flush()
    return versioned(await answers.application_view(work, row), row.version, 201)


@post(
    "/applications/{application_id:uuid}/admission",
    requires=Permission.APPLICATION_ADMIT,
    if_match=True,
    tags=["applications"],
)
async def admit(work: WorkDep, application_id: FromPath[UUID]) -> Response[ApplicationView]:
    """The secretary finds an application complete."""
    row = await service.admit(work, application_id)
    await work.flush()
    return versioned(await answers.application_view(work, row), row.version, 201)


@get("/register-entries", requires=PUBLIC, tags=["public"])
async def find(
    request: AnyRequest,
    work: WorkDep,
    name: FromQuery[str | None] = None,
    number: FromQuery[str | None] = None,
    registerCode: FromQuery[Register | None] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """Who is registered, by register number or by the beginning of a family name (three letters at least)."""
    size = page_size(pageSize)
    rows = await search.find(
        work, name=name, number=number, register=registerCode, after=place(cursor, 3), most=size + 1
    )
    return listed(request, rows, size, search.key_of, search.view)


@get("/register-entries/{register_number:str}", requires=PUBLIC, tags=["public"])
async def entries_of(work: WorkDep, register_number: FromPath[str]) -> Sequence[PublicEntryView]:
    """The public entries under one register number."""
    return await search.by_number(work, register_number)


ROUTES = Router(
    "/",
    route_handlers=[
        enrol,
        registrations,
        draw_up,
        applications,
        application,
        timeline,
        add_proof,
        attach,
        proof_file,
        hand_in,
        withdraw,
        admit,
        find,
        entries_of,
    ],
)

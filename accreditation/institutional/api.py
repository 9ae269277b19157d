"""Institutional accreditations and declarations as JSON."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec.structs import replace

from accreditation.institutional import declaring, queries, service
from accreditation.institutional.models import CourseDeclaration, InstitutionalAccreditation
from accreditation.institutional.queries import Declared
from accreditation.institutional.schemas import (
    DeclarationView,
    InstitutionalView,
    NewDeclaration,
    NewInstitutional,
    NewInstitutionalDecision,
)
from accreditation.providers.api import Taken, taken
from accreditation.providers.schemas import NewMeasure
from auth.permissions import SIGNED_IN, Permission
from auth.schemas import Schema
from core.fields import NeededText
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned

ONE = "/institutional-accreditations/{institutional_id:uuid}"


class NewAcceptance(Schema):
    """With what words a declaration is accepted."""

    reasons: NeededText


async def _answer(work: Work, row: InstitutionalAccreditation, status: int) -> Response[InstitutionalView]:
    (view,) = await service.views(work, [row])
    location = f"/v1/institutional-accreditations/{row.id}"
    return versioned(replace(view, lacking=await service.lacks(work, row)), row.version, status, Location=location)


@post("/institutional-accreditations", requires=Permission.PROVIDER_KEEP)
async def ask(work: WorkDep, data: JSONBody[NewInstitutional]) -> Response[InstitutionalView]:
    """Ask for an institutional accreditation in a register."""
    return await _answer(work, await service.ask(work, data.provider_id, data.register_code), 201)


@get("/institutional-accreditations", requires=SIGNED_IN)
async def several(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """Those of one's own providers, for the secretary all."""
    size = page_size(pageSize)
    rows = await queries.several(work, place_id(cursor), size + 1)
    return listed(request, await service.views(work, rows), size, lambda one: [str(one.id)])


@get(ONE, requires=SIGNED_IN)
async def one(work: WorkDep, institutional_id: FromPath[UUID]) -> Response[InstitutionalView]:
    """One of them, with what lacks as long as it waits."""
    return await _answer(work, await queries.one(work, institutional_id), 200)


@post(ONE + "/decision", requires=Permission.PROVIDER_ADMIT, if_match=True)
async def decide(work: WorkDep, institutional_id: FromPath[UUID], data: JSONBody[NewInstitutionalDecision]) -> Taken:
    """Grant or refuse."""
    return taken(await service.decide(work, institutional_id, data))


@post(ONE + "/withdrawal", requires=Permission.PROVIDER_ADMIT, if_match=True)
async def withdraw(work: WorkDep, institutional_id: FromPath[UUID], data: JSONBody[NewMeasure]) -> Taken:
    """Withdraw: new courses are assessed again."""
    return taken(await service.withdraw(work, institutional_id, data))


def declared_view(found: Declared) -> DeclarationView:
    """A declaration as provider and secretary see it."""
    row, file, course, provider = found
    told = (row.points, row.hours, row.accepted)
    return DeclarationView(
        row.id, row.file_id, course or str(file.answers.get("title", "")), provider, file.register_code, *told
    )


async def _declared(work: Work, row: CourseDeclaration, status: int) -> Response[DeclarationView]:
    found = await queries.declared(work, row.file_id)
    return versioned(declared_view(found), row.version, status)


@post("/course-dossiers/{file_id:uuid}/declaration", requires=Permission.COURSE_APPLY)
async def declare(work: WorkDep, file_id: FromPath[UUID], data: JSONBody[NewDeclaration]) -> Response[DeclarationView]:
    """Declare what a course that was handed in is worth."""
    return await _declared(work, await declaring.declare(work, file_id, data), 201)


@get("/course-dossiers/{file_id:uuid}/declaration", requires=SIGNED_IN)
async def declaration(work: WorkDep, file_id: FromPath[UUID]) -> Response[DeclarationView]:
    """What was declared of a file."""
    found = await queries.declared(work, file_id)
    return versioned(declared_view(found), found[0].version)


@post("/course-dossiers/{file_id:uuid}/declaration/acceptance", requires=Permission.COURSE_ASSESS, if_match=True)
async def accept(work: WorkDep, file_id: FromPath[UUID], data: JSONBody[NewAcceptance]) -> Taken:
    """Take the decision on a declaration, without assessment of content."""
    return taken(await declaring.accept(work, file_id, data.reasons))


@get("/course-declarations", requires=SIGNED_IN)
async def declarations(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The declarations of one's own providers, for the secretary all."""
    size = page_size(pageSize)
    rows = await queries.declarations(work, place_id(cursor), size + 1)
    return listed(request, [declared_view(found) for found in rows], size, lambda view: [str(view.id)])


ROUTES = Router(
    "/",
    route_handlers=[ask, several, one, decide, withdraw, declare, declaration, accept, declarations],
    tags=["accreditation"],
)

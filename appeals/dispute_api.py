"""Objections and appeals as JSON: lists, lodging, the file, and one route for each deed of the table."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody, QueryParameter

from appeals.disputes import dossier, queries
from appeals.disputes.policy import Kind
from appeals.disputes.schemas import DisputeView, KeptGround, NewFiling, ServiceView, TermView
from appeals.outlook import outlook
from appeals.ports import DisputePorts
from appeals.timeline import timeline_of
from appeals.verbs import VERBS, Verb, do, lodge, read
from appeals.views import service_of, view
from auth.permissions import SIGNED_IN
from core.diary import MEDIA_TYPE
from core.errors import Forbidden
from core.store.files import opened
from core.timeline.outlook import Outlook
from core.timeline.policy import Line
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned


class NewPiece(msgspec.Struct):
    """A document; `mandate` where it is one, a `kept_ground` keeps it from the filer (Awb 7:4(6), 7:18(6))."""

    file: UploadFile
    mandate: Literal["true", "false"] = "false"
    kept_ground: KeptGround = ""


PATH = {Kind.OBJECTION: "/objections", Kind.APPEAL: "/appeals"}
TERMS = 200


def _reads(kind: Kind) -> list[HTTPRouteHandler]:
    path, tags = PATH[kind], [kind.value + "s"]

    @get(path, requires=SIGNED_IN, tags=tags, operation_id=f"list-{kind.value}s")
    async def listing(
        request: AnyRequest,
        work: WorkDep,
        in_state: Annotated[str | None, QueryParameter(name="state", max_length=40)] = None,
        cursor: FromQuery[str | None] = None,
        pageSize: FromQuery[int | None] = None,
    ) -> Response[Page]:
        """What the actor filed, handles or sits on; nothing in whose contested decision they took part."""
        size = page_size(pageSize)
        rows = await queries.disputes(work, kind, in_state, place_id(cursor), size + 1)
        shown = [
            {
                "id": row.id,
                "number": row.number,
                "state": row.state,
                "register_code": row.register_code,
                "received_on": row.received_on,
                "decision_due_on": row.decision_due_on,
            }
            for row in rows
        ]
        return listed(request, shown, size, lambda row: [str(row["id"])])

    @post(path, requires=SIGNED_IN, status_code=201, tags=tags, operation_id=f"lodge-{kind.value}")
    async def lodging(work: WorkDep, data: JSONBody[NewFiling]) -> Response[DisputeView]:
        """Lodge, by the numbers on the letters; confirmed at once. The office enters what came by post."""
        row = await lodge(work, kind, data)
        await work.flush()
        file = await queries.file_of(work, row)
        who = await queries.relation(work, row)
        return versioned(view(work, file, who), row.version, status_code=201)

    @get(path + "/{dispute_id:uuid}", requires=SIGNED_IN, tags=tags, operation_id=f"read-{kind.value}")
    async def reading(work: WorkDep, dispute_id: FromPath[UUID]) -> Response[DisputeView]:
        """One of them, with its terms explained step by step."""
        file, who = await read(work, kind, dispute_id)
        return versioned(view(work, file, who), file.dispute.version)

    @post(
        path + "/{dispute_id:uuid}/pieces",
        requires=SIGNED_IN,
        status_code=201,
        consumes="multipart/form-data",
        tags=tags,
        operation_id=f"add-{kind.value}-piece",
    )
    async def adding(
        work: WorkDep,
        dispute_id: FromPath[UUID],
        data: MultipartBody[NewPiece],
    ) -> Response[DisputeView]:
        """Put a PDF, PNG or JPEG of 10 MiB at most into the file, with the next number."""
        evidence = await work.outside(opened(data.file.filename, await data.file.read()))
        file, who = await read(work, kind, dispute_id)
        mandate = data.mandate == "true"
        await dossier.add_piece(work, file, who, evidence, mandate=mandate, kept_ground=data.kept_ground)
        return versioned(view(work, await queries.file_of(work, file.dispute), who), file.dispute.version, 201)

    @get(
        path + "/{dispute_id:uuid}/dossier",
        requires=SIGNED_IN,
        produces="application/zip",
        media_type="application/zip",
        tags=tags,
        operation_id=f"pack-{kind.value}",
    )
    async def packing(work: WorkDep, dispute_id: FromPath[UUID]) -> Response[bytes]:
        """The numbered file with inventory and digests."""
        file, who = await read(work, kind, dispute_id)
        headers = {"Content-Disposition": f'attachment; filename="{file.dispute.number}.zip"'}
        return Response(await dossier.as_zip(work, file, who), media_type="application/zip", headers=headers)

    @get(
        path + "/{dispute_id:uuid}/service",
        requires=SIGNED_IN,
        tags=tags,
        operation_id=f"service-of-{kind.value}",
    )
    async def service(work: WorkDep, dispute_id: FromPath[UUID]) -> Sequence[ServiceView]:
        """How each contested decision was made known, whether it came back, and when its term began.

        For who handles or judges it; Forbidden("not-for-this-role") for the party.
        """
        file, who = await read(work, kind, dispute_id)
        if not (who.handler or who.seated):
            raise Forbidden("not-for-this-role")
        return await service_of(work, file)

    @get(
        path + "/{dispute_id:uuid}/timeline",
        requires=SIGNED_IN,
        tags=tags,
        operation_id=f"timeline-of-{kind.value}",
    )
    async def timeline(work: WorkDep, dispute_id: FromPath[UUID]) -> Sequence[Line]:
        """What happened, what was told and what comes, a line each, with its day and article; each side its own."""
        return await timeline_of(work, *await read(work, kind, dispute_id))

    @get(
        path + "/{dispute_id:uuid}/outlook",
        requires=SIGNED_IN,
        tags=tags,
        operation_id=f"outlook-of-{kind.value}",
    )
    async def standing(work: WorkDep, dispute_id: FromPath[UUID]) -> Outlook:
        """What is due next, what was told last, and which deeds would be refused now and until when.

        For who handles or judges it; Forbidden("not-for-this-role") for the party.
        """
        file, who = await read(work, kind, dispute_id)
        if not (who.handler or who.seated):
            raise Forbidden("not-for-this-role")
        return await outlook(work, file, who)

    @get(
        path + "/{dispute_id:uuid}/decisions/{decision_id:uuid}/letter",
        requires=SIGNED_IN,
        produces="application/pdf",
        media_type="application/pdf",
        tags=tags,
        operation_id=f"letter-in-{kind.value}",
    )
    async def letter(work: WorkDep, dispute_id: FromPath[UUID], decision_id: FromPath[UUID]) -> Response[bytes]:
        """The letter of a contested decision, or of what was decided; before it goes out, as it would go today."""
        file, who = await read(work, kind, dispute_id)
        decision = dossier.decision_in(file, who, decision_id)
        return as_document(decision.number, await work.port(DisputePorts).letter(work, decision))

    @get(
        path + "/{dispute_id:uuid}/dossier/document",
        requires=SIGNED_IN,
        produces="application/pdf",
        media_type="application/pdf",
        tags=tags,
        operation_id=f"bind-{kind.value}",
    )
    async def binding(work: WorkDep, dispute_id: FromPath[UUID]) -> Response[bytes]:
        """The numbered file as one document, every page with its number."""
        file, who = await read(work, kind, dispute_id)
        return as_document(file.dispute.number, await dossier.bound_as_pdf(work, file, who))

    @get(
        path + "/{dispute_id:uuid}/hearing/calendar",
        requires=SIGNED_IN,
        produces="text/calendar",
        media_type="text/calendar",
        tags=tags,
        operation_id=f"calendar-of-{kind.value}",
    )
    async def calendar(work: WorkDep, dispute_id: FromPath[UUID]) -> Response[bytes]:
        """The hearing for a diary (iCalendar)."""
        file, _ = await read(work, kind, dispute_id)
        return Response(await dossier.icalendar(work, file.dispute), media_type=MEDIA_TYPE)

    @get(
        path + "/{dispute_id:uuid}/pieces/{piece_id:uuid}",
        requires=SIGNED_IN,
        produces="application/octet-stream",
        tags=tags,
        operation_id=f"read-{kind.value}-piece",
    )
    async def piece(work: WorkDep, dispute_id: FromPath[UUID], piece_id: FromPath[UUID]) -> Response[bytes]:
        """One document of the file."""
        file, who = await read(work, kind, dispute_id)
        return downloaded(*await dossier.piece_of(work, file, who, piece_id))

    return [listing, lodging, reading, adding, service, timeline, standing, packing, binding, calendar, piece, letter]


def as_document(number: str, content: bytes) -> Response[bytes]:
    """A PDF of ours, by the number of what it is about."""
    headers = {"Content-Disposition": f'attachment; filename="{number}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


def downloaded(media_type: str, content: bytes) -> Response[bytes]:
    """A document as an attachment that no browser will run."""
    headers = {
        "Content-Disposition": f'attachment; filename="stuk.{media_type.rsplit("/")[-1]}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type=media_type, headers=headers)


def _deed(kind: Kind, verb: Verb) -> HTTPRouteHandler:
    """The route of one deed, which reads the schema of the table."""

    async def deed(work: WorkDep, dispute_id: FromPath[UUID], data: Any) -> Response[DisputeView]:
        file = await do(work, verb, kind, dispute_id, data)
        who = await queries.relation(work, file.dispute)
        return versioned(view(work, file, who), file.dispute.version, status_code=201)

    deed.__annotations__["data"] = JSONBody[verb.schema]  # type: ignore[misc, name-defined]
    deed.__doc__ = verb.deed.__doc__
    deed.__name__ = f"{kind.value}_{verb.name.replace('-', '_')}"
    route = post(
        f"{PATH[kind]}/{{dispute_id:uuid}}/{verb.name}",
        requires=verb.requires(kind),
        if_match=True,
        status_code=201,
        tags=[kind.value + "s"],
        operation_id=f"{kind.value}-{verb.name}",
    )
    return route(deed)


@get("/dispute-terms", requires=SIGNED_IN, tags=["objections", "appeals"])
async def running(work: WorkDep) -> Sequence[TermView]:
    """Every term that runs in what the actor handles, nearest first."""
    rows = [pair for kind in Kind for pair in await queries.terms_of(work, kind, TERMS)]
    rows.sort(key=lambda pair: (pair[0].due_on, str(pair[0].id)))
    return [
        TermView(row.id, row.kind.value, row.number, task.task, task.due_on, task.article, task.due_on < work.today)
        for task, row in rows
    ]


ROUTES = Router(
    "/",
    route_handlers=[
        running,
        *(route for kind in Kind for route in (*_reads(kind), *(_deed(kind, v) for v in VERBS[kind]))),
    ],
)

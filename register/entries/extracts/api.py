"""Extracts as JSON and as PDF, and the check of one that somebody was handed."""

from urllib.parse import quote

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth.permissions import PUBLIC, SIGNED_IN
from auth.service import SignInServices
from core import letters
from core.errors import Invalid
from core.fields import Day
from core.store.work import Work
from core.web.http import WorkDep
from register.entries.extracts import service
from register.entries.extracts.paper import paper_of
from register.entries.extracts.schemas import ExtractCheck, NewExtractCheck, SignedExtract

PDF = "application/pdf"


@get("/register-entries/{register_number:str}/extract", requires=PUBLIC, tags=["public"])
async def extract(work: WorkDep, register_number: FromPath[str], on: FromQuery[Day | None] = None) -> SignedExtract:
    """An extract (uittreksel): what the register says of somebody on a day, today unless told; signed."""
    return await service.of_everybody(work, register_number, on)


@get(
    "/register-entries/{register_number:str}/extract/document",
    requires=PUBLIC,
    produces=PDF,
    media_type=PDF,
    tags=["public"],
)
async def document(work: WorkDep, register_number: FromPath[str], on: FromQuery[Day | None] = None) -> Response[bytes]:
    """The same on paper, with a code by which anybody can check it."""
    return await on_paper(work, await service.of_everybody(work, register_number, on))


@get("/own-extract", requires=SIGNED_IN, tags=["register"])
async def own(
    work: WorkDep, on: FromQuery[Day | None] = None, recordedOn: FromQuery[Day | None] = None
) -> SignedExtract:
    """All that the register says of oneself on a day, as we know it now or as we said it on `recordedOn`; signed."""
    return await service.of_oneself(work, on, recordedOn)


@get("/own-extract/document", requires=SIGNED_IN, produces=PDF, media_type=PDF, tags=["register"])
async def own_document(
    work: WorkDep, on: FromQuery[Day | None] = None, recordedOn: FromQuery[Day | None] = None
) -> Response[bytes]:
    """The same on paper."""
    return await on_paper(work, await service.of_oneself(work, on, recordedOn))


@post("/extract-checks", requires=PUBLIC, idempotent=False, status_code=200, tags=["public"])
async def check(work: WorkDep, data: JSONBody[NewExtractCheck]) -> ExtractCheck:
    """Whether an extract is ours, by its signed text or its code, and what has changed since; nothing is stored.

    404 for what we did not sign.
    """
    return await checked(work, data)


@get("/.well-known/jwks.json", requires=PUBLIC)
async def keys(work: WorkDep) -> Response[dict[str, list[dict[str, str]]]]:
    """The public keys under which we sign extracts; the ones before are among them (RFC 7517)."""
    headers = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
    return Response(work.port(SignInServices).extracts.jwks(), headers=headers)


async def checked(work: Work, asked: NewExtractCheck) -> ExtractCheck:
    """The check, in a read of its own: a POST would hold up who writes. Invalid("one-of-two") unless one is given."""
    if bool(asked.signed) == bool(asked.code):
        raise Invalid("one-of-two", [("code", "one-of-two")])
    async with work.means.work(work.actor, write=False) as reading:
        return await service.check(reading, asked)


async def on_paper(work: Work, made: SignedExtract) -> Response[bytes]:
    """An extract as PDF; its name tells of whom and of which day."""
    content = await letters.pdf(work, paper_of(made, work.means.settings))
    name = quote(f"uittreksel-{made.register_number}-{made.on}.pdf")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type=PDF, headers=headers)


ROUTES = Router("/", route_handlers=[extract, document, own, own_document, check])
HANDLERS = [keys]

"""A portfolio out and in, as JSON and ZIP."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromQuery, MultipartBody

from auth.permissions import Permission
from core.store.work import Work
from core.web.asgi import follow_with
from core.web.http import AnyRequest, WorkDep
from core.web.uploads import Upload
from register.entries.policy import Register
from register.portfolio.transfer import service
from register.portfolio.transfer.policy import MOST_UPLOADED
from register.portfolio.transfer.schemas import Document, ImportReport


def summary(request: Request[Any, Any, Any], taken: Document) -> str:
    """A page that stands by itself: no address, no script, no picture."""
    engine = request.app.template_engine
    assert engine is not None
    return str(engine.get_template("transfer/summary.html").render(taken=taken))


ROOM_FOR_PARTS = 2**16


@get(
    "/portfolio/export",
    requires=Permission.PORTFOLIO_READ_OWN,
    produces="application/zip",
    tags=["portfolio"],
)
async def take_out(
    request: AnyRequest, work: WorkDep, register: FromQuery[Register], withFiles: FromQuery[bool] = True
) -> Response[bytes]:
    """Everything of one's own portfolio in a ZIP: `portfolio.json`, a readable summary, and the evidence."""
    return await package(request, work, register, with_files=withFiles)


async def package(request: AnyRequest, work: Work, register: Register, *, with_files: bool) -> Response[bytes]:
    """The answer whose body is written while it is sent."""
    taken = await service.take_out(work, register)
    pieces = service.package(work, taken, summary(request, taken), with_files=with_files)
    follow_with(request.scope, pieces)
    named = f'attachment; filename="portfolio-{register.value}.zip"'
    return Response(b"", media_type="application/zip", headers={"Content-Disposition": named})


@post(
    "/portfolio/import",
    requires=Permission.PORTFOLIO_KEEP,
    consumes="multipart/form-data",
    request_max_body_size=MOST_UPLOADED + ROOM_FOR_PARTS,
    status_code=200,
    tags=["portfolio"],
)
async def bring_in(
    work: WorkDep, register: FromQuery[Register], data: MultipartBody[Upload], dryRun: FromQuery[bool] = False
) -> ImportReport:
    """Bring a ZIP in, entry by entry, with a report; `dryRun` only reports. Sent twice, it stores once."""
    return await service.bring_in(work, register, await data.file.read(), dry_run=dryRun)


ROUTES = Router("/", route_handlers=[take_out, bring_in])
"""Both stand beside the portfolio itself."""

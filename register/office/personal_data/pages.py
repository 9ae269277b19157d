"""What is kept of a person on pages: for themselves with the download, for the office without."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from auth import queries as people
from auth.permissions import SIGNED_IN, Permission
from core.store.work import Work
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, redirect, render
from register.office.personal_data import service
from register.office.personal_data.service import KeptView

HERE = "/mijn/bewaard"
OFFICE = "/kantoor/personen/{person_id:uuid}/inzage"


@get(HERE, requires=SIGNED_IN)
async def own(request: AnyRequest, work: WorkDep) -> Template:
    """What is kept of oneself."""
    return _page(request, work, await service.own(work), download=f"{HERE}/gegevens")


@get(f"{HERE}/gegevens", requires=SIGNED_IN)
async def download(work: WorkDep) -> Response[bytes]:
    """All of it as one file."""
    return as_file(await service.package(work))


def as_file(package: service.Package) -> Response[bytes]:
    """The package as a file that people can read too."""
    content = msgspec.json.format(msgspec.json.encode(package), indent=1)
    headers = {"Content-Disposition": f'attachment; filename="mijn-gegevens-{package.register_number}.json"'}
    return Response(content, media_type="application/json", headers=headers)


@get(OFFICE, requires=Permission.PERSON_KEEP)
async def of(request: AnyRequest, work: WorkDep, person_id: FromPath[UUID]) -> Template:
    """What is kept of somebody who asked for it."""
    found = await service.of(work, person_id)
    person = await people.person(work.session, person_id)
    back = f"/kantoor/personen/{person_id}"
    return _page(request, work, found, name=person.full_name(), back=back, ready=f"{back}/inzage")


@post(OFFICE, requires=Permission.PERSON_KEEP)
async def ready(work: WorkDep, person_id: FromPath[UUID]) -> Redirect:
    """Tell them that it is ready."""
    await service.make_ready(work, person_id)
    return redirect(f"/kantoor/personen/{person_id}/inzage", "kept-ready")


def _page(request: AnyRequest, work: Work, found: KeptView, **more: Any) -> Template:
    context: dict[str, Any] = {"name": "", "back": "/mijn/gegevens", "ready": "", "download": "", **more}
    return render(
        request,
        "people/kept.html",
        work,
        subjects=[
            {
                "title": label(one.subject, "kept-subject"),
                "what": label(one.subject, "kept-about"),
                "number": one.number,
            }
            for one in found.subjects
        ],
        terms=found.terms,
        **context,
    )


HANDLERS = [own, download, of, ready]

"""What is kept of a person on pages: for themselves with the download, for the office without."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Template

from auth import persons
from auth import queries as people
from auth.actor import person_of
from auth.permissions import SIGNED_IN, Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render
from core.web.submissions import Forms
from register.office.personal_data import service
from register.office.personal_data.copy import copy
from register.office.personal_data.service import KeptView
from register.office.retention import service as retention
from register.office.retention.schemas import NewHold

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
    return await _office_page(request, work, person_id, Form())


async def _office_page(request: AnyRequest, work: Work, person_id: UUID, form: Form[Any]) -> Template:
    found = await service.of(work, person_id)
    person = await people.person(work.session, person_id)
    back, own = f"/kantoor/personen/{person_id}", person_id == person_of(work.actor)
    signs_in = bool(await persons.open_accounts(work, person_id))
    return _page(
        request,
        work,
        found,
        form=form,
        name=person.full_name(),
        back=back,
        ready=f"{back}/inzage" if signs_in and not own else "",
        copy="" if own else f"{back}/inzage/kopie",
        held=await retention.held(work, person_id),
        hold="" if own else f"{back}/inzage/langer",
    )


@get(OFFICE + "/kopie", requires=Permission.PERSON_KEEP)
async def printed(work: WorkDep, person_id: FromPath[UUID]) -> Response[bytes]:
    """All of it on paper, for who cannot sign in; that it was made leaves a line with them."""
    package = await service.copy_of(work, person_id)
    person = await people.person(work.session, person_id)
    name = quote(f"Wat wij bewaren van {person.register_number}.pdf")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(await copy(work, person, package), media_type="application/pdf", headers=headers)


on_office_page = Forms(OFFICE, _office_page)
ready = on_office_page("", Permission.PERSON_KEEP, None, service.make_ready, "kept-ready")
hold = on_office_page(
    "/langer",
    Permission.PERSON_KEEP,
    NewHold,
    lambda work, id, new: retention.hold(work, id, new.reasons),
    "retention-held",
)
release = on_office_page("/langer/einde", Permission.PERSON_KEEP, None, retention.release, "retention-released")


def _page(request: AnyRequest, work: Work, found: KeptView, **more: Any) -> Template:
    context: dict[str, Any] = {
        "name": "",
        "back": "/mijn/gegevens",
        "ready": "",
        "copy": "",
        "download": "",
        "hold": "",
        **more,
    }
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


HANDLERS = [own, download, of, printed, ready, hold, release]

"""Leaving the register on a page."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from auth.permissions import Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import render
from core.web.submissions import Forms
from register.committee import departure
from register.entries.views import title_in_words

HERE = "/mijn/uitschrijven/{registration_id:uuid}"


@get(HERE, requires=Permission.APPLICATION_FILE)
async def page(request: AnyRequest, work: WorkDep, registration_id: FromPath[UUID]) -> Template:
    """What leaving means."""
    return await _page(request, work, registration_id, Form())


async def _page(request: AnyRequest, work: Work, registration_id: UUID, form: Form[Any]) -> Template:
    row = await departure.own_entry(work, registration_id)
    return render(
        request,
        "mine/leave.html",
        work,
        form=form,
        register=row.register_code.value,
        title=title_in_words(row.title, row.level),
        version=row.version,
        href=f"/mijn/uitschrijven/{row.id}",
    )


action = Forms(HERE, _page, if_match=True)
leave = action("", Permission.APPLICATION_FILE, None, departure.deregister, "deregistered", "/mijn")

HANDLERS = [page, leave]

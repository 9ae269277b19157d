"""The library on pages: search, read, write without names, publish what somebody else wrote."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from appeals.library import queries, service
from appeals.library.policy import LIBRARY, LibraryEvent
from appeals.library.schemas import NewLibraryEntry, Rewriting
from auth.permissions import Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, redirect, render
from core.web.submissions import Forms

HERE = "/uitspraken"
ONE = HERE + "/{entry_id:uuid}"
PAGE = 50


@get(HERE, requires=Permission.LIBRARY_READ)
async def entries(request: AnyRequest, work: WorkDep) -> Template:
    """What was decided before, by words."""
    words = str(request.query_params.get("q", ""))[:200]
    rows = await queries.entries(work, words, None, None, PAGE)
    shown = [
        {
            "href": f"{HERE}/{row.id}",
            "title": row.title,
            "kind": label(row.kind, "dispute-kind"),
            "outcome": row.outcome,
            "decided_on": row.decided_on,
            "state": row.state.value,
        }
        for row in rows
    ]
    return render(request, "library/list.html", work, form=Form(values={"q": words}), rows=shown, action=HERE)


@get(ONE, requires=Permission.LIBRARY_READ)
async def entry(request: AnyRequest, work: WorkDep, entry_id: FromPath[UUID]) -> Template:
    """One decision."""
    return await _one(request, work, entry_id, Form())


async def _one(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row = await queries.entry(work, id)
    keeps = work.actor.can(Permission.LIBRARY_KEEP)
    paths = {LibraryEvent.REWRITE: "tekst", LibraryEvent.PUBLISH: "publiceren", LibraryEvent.TAKE_BACK: "terugnemen"}
    actions = {
        event.value.replace("-", "_"): f"{HERE}/{id}/{path}"
        for event, path in paths.items()
        if keeps and LIBRARY.may(row.state, event)
    }
    form.values.setdefault("title", row.title)
    form.values.setdefault("text", row.text)
    return render(
        request, "library/one.html", work, form=form, row=row, kind=label(row.kind, "dispute-kind"), actions=actions
    )


prepare = Forms(
    HERE, lambda request, work, form: render(request, "library/list.html", work, form=form, rows=[], action=HERE)
)(
    "",
    Permission.LIBRARY_KEEP,
    NewLibraryEntry,
    service.prepare,
    to=lambda row: redirect(f"{HERE}/{row.id}", "dispute-done"),
)
on_one = Forms(ONE, _one, if_match=True)
rewrite = on_one("/tekst", Permission.LIBRARY_KEEP, Rewriting, service.rewrite, "dispute-done")
publish = on_one("/publiceren", Permission.LIBRARY_KEEP, None, service.publish, "dispute-done")
take_back = on_one("/terugnemen", Permission.LIBRARY_KEEP, None, service.take_back, "dispute-done")

HANDLERS = [entries, prepare, entry, rewrite, publish, take_back]

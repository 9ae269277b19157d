"""The library on pages: search, read, write without names, publish what somebody else wrote."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from appeals.library import queries, service
from appeals.library.policy import LIBRARY, LibraryEvent
from appeals.library.schemas import NewLibraryEntry, Rewriting
from auth.permissions import Permission
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, label, moved, read, render, typed, undone
from core.work import Work

AnyRequest = Request[Any, Any, Any]
HERE = "/uitspraken"
ONE = HERE + "/{entry_id:uuid}"
PAGE = 50


@get(HERE, requires=Permission.LIBRARY_READ, include_in_schema=False)
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


@post(HERE, requires=Permission.LIBRARY_KEEP, include_in_schema=False)
async def prepare(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Write down what was decided in a dispute, without names."""
    form = read(NewLibraryEntry, await typed(request))
    if form.value is None:
        return render(request, "library/list.html", work, form=form, rows=[], action=HERE)
    try:
        row = await service.prepare(work, form.value)
    except MENDABLE as error:
        shown = await undone(work, form, error)
        return render(request, "library/list.html", work, form=shown, rows=[], action=HERE)
    return moved(f"{HERE}/{row.id}", "dispute-done")


@get(ONE, requires=Permission.LIBRARY_READ, include_in_schema=False)
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


@post(f"{ONE}/tekst", requires=Permission.LIBRARY_KEEP, if_match=True, include_in_schema=False)
async def rewrite(request: AnyRequest, work: WorkDep, entry_id: FromPath[UUID]) -> Template | Redirect:
    """Put it in other words."""
    form = read(Rewriting, await typed(request))
    if form.value is None:
        return await _one(request, work, entry_id, form)
    try:
        await service.rewrite(work, entry_id, form.value)
    except MENDABLE as error:
        return await _one(request, work, entry_id, await undone(work, form, error))
    return moved(f"{HERE}/{entry_id}", "dispute-done")


@post(f"{ONE}/publiceren", requires=Permission.LIBRARY_KEEP, if_match=True, include_in_schema=False)
async def publish(request: AnyRequest, work: WorkDep, entry_id: FromPath[UUID]) -> Template | Redirect:
    """Publish what somebody else wrote down."""
    try:
        await service.publish(work, entry_id)
    except MENDABLE as error:
        return await _one(request, work, entry_id, await undone(work, Form(), error))
    return moved(f"{HERE}/{entry_id}", "dispute-done")


@post(f"{ONE}/terugnemen", requires=Permission.LIBRARY_KEEP, if_match=True, include_in_schema=False)
async def take_back(request: AnyRequest, work: WorkDep, entry_id: FromPath[UUID]) -> Template | Redirect:
    """Take it out of sight, to be written anew."""
    try:
        await service.take_back(work, entry_id)
    except MENDABLE as error:
        return await _one(request, work, entry_id, await undone(work, Form(), error))
    return moved(f"{HERE}/{entry_id}", "dispute-done")


HANDLERS = [entries, prepare, entry, rewrite, publish, take_back]

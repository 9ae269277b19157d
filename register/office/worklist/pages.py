"""What waits on a page: every kind of file with its term, filters, and who works on it."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect, Template

from auth import queries as people
from auth.actor import Actor
from auth.permissions import Permission
from auth.schemas import Schema
from core.errors import Forbidden, NotFound
from core.store.work import Work
from core.texts import weekday
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep, cursor
from core.web.pages import MENDABLE, _, form_values, form_with_error, label, options, read, redirect, render
from register.applications.file_views import file_title
from register.office.worklist import queries, service
from register.office.worklist.api import after
from register.office.worklist.policy import OF_MEMBERS, TASKS, Filter, WorkKind, kinds_for
from register.office.worklist.queries import Waiting

HERE = "/werk"
PAGE = 50
PLACES = {
    WorkKind.APPLICATION: "/secretariaat/aanvragen/{id}",
    WorkKind.CONDITION: "/mijn/besluiten/{id}",
    WorkKind.MEASURE: "/maatregelen/{id}",
    WorkKind.CORRECTION: "/correcties/{id}",
    WorkKind.RECONSIDERATION: "/heroverwegingen/{id}",
    WorkKind.DIALOGUE: "/waarderingsgesprekken/{id}",
    WorkKind.PROVIDER: "/accreditatie",
    WorkKind.COURSE: "/accreditatie/dossiers/{id}",
    WorkKind.OBJECTION: "/bezwaren/{id}",
    WorkKind.APPEAL: "/beroepen/{id}",
    WorkKind.NAME_CHANGE: "/kantoor/namen/{id}",
    WorkKind.PUBLICATION: "/kantoor/openbaar/{id}",
}
AGENDAS = {WorkKind.COURSE: "/accreditatie/zittingen/{within}/dossiers/{id}"}
AGENDA = "/zittingen/{within}/dossiers/{id}"
OWN_KINDS = {WorkKind.APPLICATION: "kind", WorkKind.MEASURE: "measure-kind"}


class Giving(Schema):
    """To whom a file goes, and who had it on the page."""

    to: UUID | None = None
    was: UUID | None = None


@get(HERE, requires=Permission.WORK_READ)
async def worklist(
    request: AnyRequest,
    work: WorkDep,
    kind: Annotated[str, QueryParameter(name="soort")] = "",
    task: Annotated[str, QueryParameter(name="taak")] = "",
    whose: Annotated[str, QueryParameter(name="van")] = "",
    overdue: Annotated[bool, QueryParameter(name="telaat")] = False,
    cursor: FromQuery[str | None] = None,
) -> Template:
    """Every file that waits, the nearest last day first."""
    known = WorkKind(kind) if kind in set(WorkKind) else None
    asked = Filter(known, task if task in (*TASKS, *OF_MEMBERS) else "", whose == "mij", whose == "niemand", overdue)
    rows = await queries.waiting(work, asked, after(cursor), PAGE + 1)
    names = await _names(work, rows)
    query = {"soort": kind, "taak": task, "van": whose, "telaat": "true" if overdue else ""}
    more = urlencode({**query, "telaat": overdue, "cursor": _place(rows[PAGE - 1])}) if len(rows) > PAGE else ""
    return render(
        request,
        "worklist/list.html",
        work,
        form=Form(values=query),
        kinds=options(kinds_for(work.actor.can), "work-kind"),
        tasks=options(_tasks(work), "task"),
        takes=work.actor.can(Permission.WORK_TAKE),
        rows=[_shown(work, row, names) for row in rows[:PAGE]],
        filtered=asked != Filter(),
        next=f"{HERE}?{more}" if more else "",
    )


def _place(row: Waiting) -> str:
    return cursor(str(row.due_on), str(row.id))


def _tasks(work: Work) -> list[str]:
    votes = work.actor.can(Permission.SESSION_VOTE) or work.actor.can(Permission.COURSE_VOTE)
    return [*(TASKS if work.actor.can(Permission.WORK_TAKE) else ()), *(OF_MEMBERS if votes else ())]


async def _names(work: Work, rows: Sequence[Waiting]) -> dict[UUID, str]:
    """Who works on the files, and of whom they are."""
    persons = {row.holder for row in rows} | {row.person_id for row in rows}
    return await people.names_of(work.session, {one for one in persons if one})


def _shown(work: Work, row: Waiting, names: dict[UUID, str]) -> dict[str, Any]:
    me = work.actor.person_id if isinstance(work.actor, Actor) else None
    late = (work.today - row.due_on).days
    return {
        "href": _page_of(row),
        "title": _title(row, names),
        "number": row.number,
        "task": label(row.task, "task"),
        "until": weekday(row.due_on),
        "article": row.article,
        "late": _("{n} dagen te laat", n=late) if late > 1 else _("1 dag te laat") if late == 1 else "",
        "holder": names.get(row.holder, "") if row.holder else "",
        "mine": row.holder is not None and row.holder == me,
        "was": row.holder or "",
        "me": me or "",
        "give": f"{HERE}/{row.case_id}" if row.within is None else "",
    }


def _page_of(row: Waiting) -> str:
    wanted = PLACES[row.kind] if row.within is None else AGENDAS.get(row.kind, AGENDA)
    return wanted.format(id=row.leads_to, within=row.within)


def _title(row: Waiting, names: dict[UUID, str]) -> str:
    """What it is and of whom: a person, a course, a provider."""
    own = row.kind in OWN_KINDS
    what = label(row.title, OWN_KINDS[row.kind]) if own else label(row.kind, "work-kind")
    return file_title(what, names.get(row.person_id, "") if row.person_id else "" if own else row.title)


@get(HERE + "/{case_id:uuid}", requires=Permission.WORK_TAKE)
async def handing(request: AnyRequest, work: WorkDep, case_id: FromPath[UUID]) -> Template:
    """Hand a file over to a colleague."""
    return await _handing(request, work, case_id, Form())


async def _handing(request: AnyRequest, work: Work, case_id: UUID, form: Form[Any]) -> Template:
    found = await service.item(work, case_id)
    names = await _names(work, [found])
    colleagues = [(str(id), name) for id, name in await service.colleagues(work, found)]
    return render(
        request, "worklist/hand_over.html", work, form=form, one=_shown(work, found, names), colleagues=colleagues
    )


@post(HERE + "/{case_id:uuid}", requires=Permission.WORK_TAKE)
async def give(request: AnyRequest, work: WorkDep, case_id: FromPath[UUID]) -> Template | Redirect:
    """Take it, hand it over, or let it go."""
    form = read(Giving, await form_values(request))
    if form.value is None:
        return await _handing(request, work, case_id, form)
    try:
        row = await service.give(work, case_id, form.value.to, form.value.was)
    except NotFound:
        raise
    except (*MENDABLE, Forbidden) as error:
        return await _handing(request, work, case_id, await form_with_error(work, form, error))
    return redirect(HERE, "work-released" if row.member_id is None else "work-given")


HANDLERS = [worklist, handing, give]

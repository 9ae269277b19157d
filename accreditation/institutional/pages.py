"""Institutional accreditation on pages: the provider asks and declares, the secretary decides."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from pydantic import Field

from accreditation.courses import hours
from accreditation.courses.award import categories
from accreditation.courses.hours import TypedHours
from accreditation.institutional import declaring, queries, service
from accreditation.institutional.api import NewAcceptance
from accreditation.institutional.policy import GROUNDS, WITHDRAWAL_GROUNDS
from accreditation.institutional.schemas import NewDeclaration, NewInstitutional, NewInstitutionalDecision
from accreditation.providers import queries as providers
from accreditation.providers.schemas import Code, NewMeasure
from auth.permissions import Permission
from auth.schemas import Schema
from core.fields import NeededText, Text
from core.store.work import Work
from core.web.forms import Form
from core.web.http import WorkDep
from core.web.pages import MENDABLE, SAID, AnyRequest, moved, options, read, render, typed, undone
from core.web.submissions import Forms

OWN, DESK = "/aanbieder/instelling", "/accreditatie/instellingen"
SHOWN = 100


@get(OWN, requires=Permission.PROVIDER_KEEP)
async def own(request: AnyRequest, work: WorkDep) -> Template:
    """What one's providers have, may ask, and may declare."""
    return await _own(request, work, Form())


async def _own(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    mine = await providers.own_providers(work)
    ids = {one.id for one in mine}
    rows = [row for row in await queries.several(work, None, SHOWN) if row.provider_id in ids]
    open_files = [pair for one in mine for pair in await queries.may_declare(work, one.id)]
    waiting = [found for found in await queries.declarations(work, None, SHOWN) if found[1].provider_id in ids]
    return render(
        request,
        "institutional/own.html",
        work,
        form=form,
        requests=await service.views(work, rows),
        providers=[(str(one.id), one.name) for one in mine],
        registers=options(
            [one for one in work.rules.registers() if work.rules.chosen(one, work.today).institutional], "register"
        ),
        files=[
            {
                "id": str(file.id),
                "title": file.answers.get("title") or course.title,
                "register": file.register_code,
                "categories": hours.fields(categories(work.rules.chosen(file.register_code, work.today))),
                "action": f"{OWN}/{file.id}",
            }
            for file, course in open_files
        ],
        declared=[
            {"title": file.answers.get("title") or title, "register": file.register_code, "accepted": row.accepted}
            for row, file, title, _name in waiting
        ],
    )


class DeclarationForm(Schema):
    """Points, or hours by category."""

    points: Annotated[int, Field(ge=0, le=1000)] | None = None
    hours: TypedHours = {}

    def filled(self) -> NewDeclaration:
        """As the API takes it."""
        return NewDeclaration(points=self.points, hours=self.hours)


@post(OWN + "/{file_id:uuid}", requires=Permission.COURSE_APPLY)
async def declare(request: AnyRequest, work: WorkDep, file_id: FromPath[UUID]) -> Template | Redirect:
    """Declare what a course is worth."""
    form = hours.read_with(DeclarationForm, await typed(request))
    if form.value is None:
        return await _own(request, work, form)
    try:
        await declaring.declare(work, file_id, form.value.filled())
    except MENDABLE as error:
        return await _own(request, work, await undone(work, form, error))
    return moved(OWN, "course-declared")


@get(DESK, requires=Permission.PROVIDER_ADMIT)
async def desk(request: AnyRequest, work: WorkDep) -> Template:
    """What waits for the secretary, and what stands."""
    return await _desk(request, work, Form())


async def _desk(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    rows = await queries.several(work, None, SHOWN)
    lacks = {row.id: await service.lacks(work, row) for row in rows}
    versions = {row.id: row.version for row in rows}
    decided = await queries.decided_among(work, list(versions))
    return render(
        request,
        "institutional/desk.html",
        work,
        form=form,
        requests=[
            {
                "view": view,
                "version": versions[view.id],
                "lacking": [SAID.label(code, "institutional-ground") for code in lacks[view.id]],
                "decide": f"{DESK}/{view.id}/besluit" if view.state == "applied" and view.id not in decided else "",
                "withdraw": (
                    f"{DESK}/{view.id}/intrekken" if "withdraw" in view.open_moves and view.id not in decided else ""
                ),
            }
            for view in await service.views(work, rows)
        ],
        grounds=options(sorted(GROUNDS), "institutional-ground"),
        withdrawal_grounds=options(sorted(WITHDRAWAL_GROUNDS), "institutional-ground"),
        declared=[
            {
                "title": file.answers.get("title") or title,
                "provider": name,
                "register": file.register_code,
                "worth": _worth(row.points, row.hours),
                "version": row.version,
                "accept": f"{DESK}/verklaringen/{file.id}",
            }
            for row, file, title, name in await queries.declarations(work, None, SHOWN)
            if declaring.waiting(file, row)
        ],
    )


def _worth(points: int | None, by_category: dict[str, int]) -> str:
    return str(points) if points else hours.in_words(by_category)


class DecisionForm(Schema):
    """As the API, with one ground."""

    granted: bool = False
    reasons: NeededText
    ground: Code = ""
    repair: Text = ""


async def _stepped(request: AnyRequest, work: Work, form: Form[Any], deed: Any, done: str) -> Template | Redirect:
    if form.value is None:
        return await _desk(request, work, form)
    try:
        await deed(form.value)
    except MENDABLE as error:
        return await _desk(request, work, await undone(work, form, error))
    return moved(DESK, done)


@post(DESK + "/{one_id:uuid}/besluit", requires=Permission.PROVIDER_ADMIT, if_match=True)
async def decide(request: AnyRequest, work: WorkDep, one_id: FromPath[UUID]) -> Template | Redirect:
    """Grant or refuse."""
    form = read(DecisionForm, await typed(request))

    async def deed(new: DecisionForm) -> None:
        grounds = [new.ground] if new.ground else []
        said = NewInstitutionalDecision(granted=new.granted, reasons=new.reasons, grounds=grounds, repair=new.repair)
        await service.decide(work, one_id, said)

    return await _stepped(request, work, form, deed, "institutional-decided")


class WithdrawalForm(Schema):
    """As the API, with one ground."""

    reasons: NeededText
    ground: Code
    repair: NeededText


@post(DESK + "/{one_id:uuid}/intrekken", requires=Permission.PROVIDER_ADMIT, if_match=True)
async def withdraw(request: AnyRequest, work: WorkDep, one_id: FromPath[UUID]) -> Template | Redirect:
    """Withdraw it for new courses."""
    form = read(WithdrawalForm, await typed(request))

    async def deed(new: WithdrawalForm) -> None:
        await service.withdraw(work, one_id, NewMeasure(reasons=new.reasons, grounds=[new.ground], repair=new.repair))

    return await _stepped(request, work, form, deed, "institutional-withdrawn")


@post(DESK + "/verklaringen/{file_id:uuid}", requires=Permission.COURSE_ASSESS, if_match=True)
async def accept(request: AnyRequest, work: WorkDep, file_id: FromPath[UUID]) -> Template | Redirect:
    """Take the decision on a declaration."""
    form = read(NewAcceptance, await typed(request))

    async def deed(new: NewAcceptance) -> None:
        await declaring.accept(work, file_id, new.reasons)

    return await _stepped(request, work, form, deed, "declaration-accepted")


action = Forms(OWN, _own)
ask = action(
    "",
    Permission.PROVIDER_KEEP,
    NewInstitutional,
    lambda work, new: service.ask(work, new.provider_id, new.register_code),
    "institutional-asked",
    OWN,
)

HANDLERS = [own, ask, declare, desk, decide, withdraw, accept]

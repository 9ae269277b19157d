"""Institutional accreditation on pages: the provider asks and declares, the secretary decides."""

from typing import Annotated, Any

from litestar import get
from litestar.response import Template
from pydantic import Field

from accreditation.courses import hours
from accreditation.courses.award import categories
from accreditation.courses.hours import TypedHours
from accreditation.institutional import declaring, queries, service
from accreditation.institutional.api import NewAcceptance
from accreditation.institutional.policy import GROUNDS, WITHDRAWAL_GROUNDS
from accreditation.institutional.schemas import NewDeclaration, NewInstitutional, NewInstitutionalDecision
from accreditation.providers import queries as providers
from accreditation.providers.schemas import Code
from accreditation.providers.standing_pages import MeasureForm
from auth.permissions import Permission
from auth.schemas import Schema
from core.fields import NeededText, Text
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import SAID, options, render
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

    def decision(self) -> NewInstitutionalDecision:
        """What the service takes."""
        grounds = [self.ground] if self.ground else []
        return NewInstitutionalDecision(grounds=grounds, **self.model_dump(exclude={"ground"}))


desk_form = Forms(DESK, lambda request, work, id, form: _desk(request, work, form), if_match=True)
ask = Forms(OWN, _own)(
    "",
    Permission.PROVIDER_KEEP,
    NewInstitutional,
    lambda work, new: service.ask(work, new.provider_id, new.register_code),
    "institutional-asked",
)
declare = Forms(OWN, lambda request, work, id, form: _own(request, work, form))(
    "/{file_id:uuid}",
    Permission.COURSE_APPLY,
    DeclarationForm,
    lambda work, id, new: declaring.declare(work, id, new.filled()),
    "course-declared",
    reader=hours.read_with,
)
decide = desk_form(
    "/{one_id:uuid}/besluit",
    Permission.PROVIDER_ADMIT,
    DecisionForm,
    lambda work, id, new: service.decide(work, id, new.decision()),
    "institutional-decided",
)
withdraw = desk_form(
    "/{one_id:uuid}/intrekken",
    Permission.PROVIDER_ADMIT,
    MeasureForm,
    lambda work, id, new: service.withdraw(work, id, new.measure()),
    "institutional-withdrawn",
)
accept = desk_form(
    "/verklaringen/{file_id:uuid}",
    Permission.COURSE_ASSESS,
    NewAcceptance,
    lambda work, id, new: declaring.accept(work, id, new.reasons),
    "declaration-accepted",
)

HANDLERS = [own, ask, declare, desk, decide, withdraw, accept]

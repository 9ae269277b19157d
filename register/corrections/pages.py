"""Corrections on pages: ask for one or open it, and one correction with what each may do."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from pydantic import BaseModel, BeforeValidator, Field

from auth import queries as people
from auth.permissions import SIGNED_IN, Permission
from auth.schemas import Schema
from core.decisions import Decision
from core.fields import NeededText, Text
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, label, moved, options, read, render, typed, undone
from core.texts import day
from core.work import Work
from register.assessment.facts import Level
from register.corrections import queries, service, signing, weighing
from register.corrections.models import Correction
from register.corrections.policy import CORRECTION, ENDED, GROUNDS, NOTHING_NEW, VALUATION, CorrectionEvent
from register.corrections.schemas import Found, NewCorrection, NewCorrectionProposal
from register.filed_views import CHANNELS, FiledView
from register.measures.pages import SignForm, ViewForm
from register.registration.forms import TypedDay, in_digits

AnyRequest = Request[Any, Any, Any]
M = TypeVar("M", bound=BaseModel)
HERE = "/correcties"
ONE = HERE + "/{correction_id:uuid}"
PAGE = 100
PATHS = {
    "propose": "voorstel",
    "hear": "zienswijze",
    "file": "ontvangen",
    "end": "termijn-voorbij",
    "sign": "ondertekenen",
    "drop": "stoppen",
}
Number = Annotated[Decimal, BeforeValidator(in_digits), Field(ge=0, le=100_000)]


class ProposalForm(Schema):
    """The new decision as it is typed: what was found otherwise, and why."""

    ground: Annotated[str, Field(max_length=60)]
    reasons: NeededText
    repair: Text = ""
    level: Level | None = None
    issued_on: TypedDay | None = None
    ects: Number | None = None
    points: Number | None = None
    hours: Number | None = None

    def proposal(self) -> NewCorrectionProposal:
        """What the service takes; the ground that nothing is new refuses what was asked."""
        found = {name: getattr(self, name) for name in ("level", "issued_on", "ects", "points", "hours")}
        return NewCorrectionProposal(
            refuses=self.ground == NOTHING_NEW,
            ground=self.ground,
            reasons=self.reasons,
            repair=self.repair,
            found=Found.model_validate(found),
        )


@get(HERE, requires=SIGNED_IN, include_in_schema=False)
async def corrections(request: AnyRequest, work: WorkDep, besluit: FromQuery[str] = "") -> Template:
    """One's own; for the secretary those that run; for a member those to sign; and the form for a new one."""
    return await _corrections(request, work, Form(values={"decision": besluit}))


async def _corrections(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    secretary = work.actor.can(Permission.MEASURE_PROPOSE)
    found = await queries.corrections(work, None, None, PAGE)
    rows = [(row, number) for row, number in found if row.state not in ENDED or not secretary]
    names = await people.names_of(work.session, {row.person_id for row, _ in rows})
    return render(
        request,
        "corrections/list.html",
        work,
        form=form,
        corrections=[_line(row, number, names.get(row.person_id, "")) for row, number in rows],
        actions={"open": HERE},
        secretary=secretary,
    )


def _line(row: Correction, number: str, name: str) -> dict[str, Any]:
    return {
        "href": f"{HERE}/{row.id}",
        "title": name,
        "number": row.number,
        "decision": number,
        "decision_href": f"/mijn/besluiten/{row.decision_id}",
        "register": row.register_code.value,
        "state": row.state.value,
        "asked": row.asked,
    }


@post(HERE, requires=SIGNED_IN, include_in_schema=False)
async def open_one(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Ask for a correction, or open one."""
    form = read(NewCorrection, await typed(request))
    if form.value is None:
        return await _corrections(request, work, form)
    try:
        row = await service.open_correction(work, form.value)
    except MENDABLE as error:
        return await _corrections(request, work, await undone(work, form, error))
    return moved(f"{HERE}/{row.id}", "correction-asked" if row.asked else "correction-opened")


@get(ONE, requires=SIGNED_IN, include_in_schema=False)
async def correction(request: AnyRequest, work: WorkDep, correction_id: FromPath[UUID]) -> Template:
    """One correction; a look by somebody else leaves a trace with the person whom it is about."""
    return await _correction(request, work, correction_id, Form())


async def _correction(request: AnyRequest, work: Work, correction_id: UUID, form: Form[Any]) -> Template:
    row = await service.read(work, correction_id)
    about = await work.session.get_one(Decision, row.decision_id)
    names = await people.names_of(work.session, [row.person_id])
    form.values.setdefault("reasons", row.reasons)
    form.values.setdefault("repair", row.repair)
    grounds = GROUNDS if row.asked else GROUNDS - {NOTHING_NEW}
    return render(
        request,
        "corrections/one.html",
        work,
        form=form,
        correction={
            **_line(row, about.number, names.get(row.person_id, "")),
            "statement": row.statement,
            "ground": label(row.ground, "ground") if row.ground else "",
            "reasons": row.reasons,
            "repair": row.repair,
            "changes": _changes(about, row),
            "view": row.view,
            "hearing_until": row.hearing_until,
            "following": row.following_id and f"/mijn/besluiten/{row.following_id}",
            "digest": row.digest,
            "version": row.version,
        },
        grounds=options(sorted(grounds), "ground"),
        levels=options(Level, "level"),
        valuation=about.kind == VALUATION,
        channels=options(CHANNELS, "channel"),
        actions={deed: f"{HERE}/{row.id}/{path}" for deed, path in PATHS.items() if _open(work, row, deed)},
    )


def _changes(about: Decision, row: Correction) -> list[list[str]]:
    """What the decision gives now, and what the new one will give; a line for each thing that differs."""
    if not row.gives:
        return []
    before = weighing.as_json(weighing.given_by(about))
    return [
        [label(name.replace("_", "-"), "gives"), _said(name, before[name]), _said(name, row.gives[name])]
        for name in ("outcome", "level", "due_on", "worth")
        if before[name] != row.gives[name]
    ]


def _said(name: str, value: Any) -> str:
    if value is None:
        return "–"
    if name == "due_on":
        return day(value)
    return f"{value:g}" if name == "worth" else label(value, name)


def _open(work: Work, row: Correction, deed: str) -> bool:
    own = service.own(work, row)
    secretary = work.actor.can(Permission.MEASURE_PROPOSE) and not own
    may_hear, may_drop = (CORRECTION.may(row.state, each) for each in (CorrectionEvent.HEAR, CorrectionEvent.DROP))
    return {
        "propose": secretary and CORRECTION.may(row.state, CorrectionEvent.PROPOSE),
        "hear": own and may_hear,
        "file": secretary and may_hear,
        "end": secretary and row.state == "intended" and work.today > (row.hearing_until or work.today),
        "sign": work.actor.can(Permission.MEASURE_SIGN) and not own and row.state == "proposed",
        "drop": may_drop and (own if row.asked else secretary),
    }[deed]


async def _deed(
    request: AnyRequest,
    work: Work,
    correction_id: UUID,
    form: Form[M],
    deed: Callable[[M], Awaitable[object]],
    notice: str,
    to: str = "",
) -> Template | Redirect:
    """Do it and move on, or show the same page with what was typed and the reason."""
    if form.value is None:
        return await _correction(request, work, correction_id, form)
    try:
        await deed(form.value)
    except MENDABLE as error:
        return await _correction(request, work, correction_id, await undone(work, form, error))
    return moved(to or f"{HERE}/{correction_id}", notice)


@post(ONE + "/voorstel", requires=Permission.MEASURE_PROPOSE, if_match=True, include_in_schema=False)
async def propose(request: AnyRequest, work: WorkDep, correction_id: FromPath[UUID]) -> Template | Redirect:
    """Fix the text, for somebody else to sign; or tell first what it takes away."""
    form = read(ProposalForm, await typed(request))

    async def deed(new: ProposalForm) -> None:
        await weighing.propose(work, correction_id, new.proposal())

    return await _deed(request, work, correction_id, form, deed, "correction-proposed")


@post(ONE + "/zienswijze", requires=SIGNED_IN, if_match=True, include_in_schema=False)
async def hear(request: AnyRequest, work: WorkDep, correction_id: FromPath[UUID]) -> Template | Redirect:
    """What the person says of it."""
    form = read(ViewForm, await typed(request))
    return await _deed(
        request, work, correction_id, form, lambda new: service.say(work, correction_id, new.view), "heard"
    )


@post(ONE + "/ontvangen", requires=Permission.MEASURE_PROPOSE, if_match=True, include_in_schema=False)
async def file_view(request: AnyRequest, work: WorkDep, correction_id: FromPath[UUID]) -> Template | Redirect:
    """Write down what the person said on paper or by telephone, for a colleague to sign."""
    form = read(FiledView, await typed(request))

    async def deed(new: FiledView) -> None:
        await service.file_view(work, correction_id, new)

    return await _deed(request, work, correction_id, form, deed, "proposal-made")


@post(ONE + "/termijn-voorbij", requires=Permission.MEASURE_PROPOSE, if_match=True, include_in_schema=False)
async def close_hearing(request: AnyRequest, work: WorkDep, correction_id: FromPath[UUID]) -> Template | Redirect:
    """Go on once the term passed unused."""
    form = Form(value=Schema())
    return await _deed(
        request, work, correction_id, form, lambda _new: service.close_hearing(work, correction_id), "hearing-over"
    )


@post(ONE + "/ondertekenen", requires=Permission.MEASURE_SIGN, if_match=True, include_in_schema=False)
async def sign(request: AnyRequest, work: WorkDep, correction_id: FromPath[UUID]) -> Template | Redirect:
    """Sign exactly what was read; the correction closes for who signed, so on to the list."""
    form = read(SignForm, await typed(request))
    return await _deed(
        request,
        work,
        correction_id,
        form,
        lambda new: signing.sign(work, correction_id, new.digest),
        "measure-signed",
        HERE,
    )


@post(ONE + "/stoppen", requires=SIGNED_IN, if_match=True, include_in_schema=False)
async def drop(request: AnyRequest, work: WorkDep, correction_id: FromPath[UUID]) -> Template | Redirect:
    """Give it up."""
    form = Form(value=Schema())
    return await _deed(
        request, work, correction_id, form, lambda _new: service.drop(work, correction_id), "correction-dropped", HERE
    )


HANDLERS = [corrections, open_one, correction, propose, hear, file_view, close_hearing, sign, drop]

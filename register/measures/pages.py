"""Measures on pages: the secretary's list, and one measure with what each may do: say, propose, sign, give up."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from pydantic import BaseModel, Field

from auth import queries as people
from auth.actor import Actor
from auth.permissions import SIGNED_IN, Permission
from auth.schemas import Schema
from core.fields import Identifier, NeededText, Text
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, label, moved, options, read, render, typed, undone
from core.work import Work
from register.filed_views import CHANNELS, FiledView
from register.measures import queries, service
from register.measures.models import Measure
from register.measures.policy import ENDED, GROUNDS, MeasureKind, MeasureState
from register.measures.schemas import NewMeasure, NewProposal
from register.registration.forms import TypedDay
from register.registration.policy import Register

AnyRequest = Request[Any, Any, Any]
M = TypeVar("M", bound=BaseModel)
HERE = "/maatregelen"
ONE = HERE + "/{measure_id:uuid}"
PAGE = 100


class IntentForm(Schema):
    """A measure that is intended; the words of the library where none are typed."""

    register_number: Identifier
    register_code: Register
    kind: MeasureKind
    ground: Annotated[str, Field(max_length=60)]
    reasons: Text = ""
    repair: Text = ""

    def measure(self) -> NewMeasure:
        """What the service takes."""
        return NewMeasure(**self.model_dump(exclude={"ground"}), grounds=[self.ground])


class ViewForm(Schema):
    """What the person says."""

    view: NeededText


class ProposalForm(Schema):
    """The exact text and day of a strike-off."""

    effect_on: TypedDay
    reasons: NeededText
    repair: NeededText

    def proposal(self) -> NewProposal:
        """What the service takes."""
        return NewProposal.model_validate(self.model_dump())


class SignForm(Schema):
    """The proposal that was read."""

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Nothing(Schema):
    """A button and nothing else."""


@get(HERE, requires=SIGNED_IN, include_in_schema=False)
async def measures(request: AnyRequest, work: WorkDep) -> Template:
    """One's own; for the secretary those that run and the entries that may lapse; for a member those to sign."""
    return await _measures(request, work, Form())


async def _measures(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    may = work.actor.can(Permission.MEASURE_PROPOSE)
    rows = [row for row in await queries.measures(work, None, None, PAGE) if row.state not in ENDED or not may]
    names = await people.names_of(work.session, {row.person_id for row in rows})
    return render(
        request,
        "measures/list.html",
        work,
        form=form,
        measures=[_line(row, names.get(row.person_id, "")) for row in rows],
        candidates=await queries.candidates(work, PAGE) if may else [],
        kinds=options(MeasureKind, "measure-kind"),
        registers=options(Register, "register"),
        grounds=options(sorted({code for codes in GROUNDS.values() for code in codes}), "ground"),
        actions={"intend": HERE} if may else {},
    )


def _line(row: Measure, name: str) -> dict[str, Any]:
    return {
        "href": f"{HERE}/{row.id}",
        "title": name,
        "number": row.number,
        "kind": label(row.kind, "measure-kind"),
        "register": row.register_code.value,
        "state": row.state.value,
        "hearing_until": row.hearing_until,
    }


@post(HERE, requires=Permission.MEASURE_PROPOSE, include_in_schema=False)
async def intend(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Tell somebody that a measure is intended."""
    form = read(IntentForm, await typed(request))
    if form.value is None:
        return await _measures(request, work, form)
    try:
        row = await service.intend(work, form.value.measure())
    except MENDABLE as error:
        return await _measures(request, work, await undone(work, form, error, grounds="ground"))
    return moved(f"{HERE}/{row.id}", "intended")


@get(ONE, requires=SIGNED_IN, include_in_schema=False)
async def measure(request: AnyRequest, work: WorkDep, measure_id: FromPath[UUID]) -> Template:
    """One measure; a look by somebody else leaves a trace with the person whom it is about."""
    return await _measure(request, work, measure_id, Form())


async def _measure(request: AnyRequest, work: Work, measure_id: UUID, form: Form[Any]) -> Template:
    row = await service.read(work, measure_id)
    names = await people.names_of(work.session, [row.person_id])
    form.values.setdefault("reasons", row.reasons)
    form.values.setdefault("repair", row.repair)
    return render(
        request,
        "measures/one.html",
        work,
        form=form,
        measure={
            **_line(row, names.get(row.person_id, "")),
            "grounds": [label(code, "ground") for code in row.ground_codes()],
            "reasons": row.reasons,
            "repair": row.repair,
            "effect_on": row.effect_on,
            "view": row.view,
            "digest": row.digest,
            "version": row.version,
        },
        channels=options(CHANNELS, "channel"),
        actions={deed: f"{HERE}/{row.id}/{path}" for deed, path in PATHS.items() if _open(work, row, deed)},
    )


PATHS = {
    "hear": "zienswijze",
    "file": "ontvangen",
    "end": "termijn-voorbij",
    "propose": "voorstel",
    "sign": "ondertekenen",
    "drop": "laten-vallen",
}


def _open(work: Work, row: Measure, deed: str) -> bool:
    own = isinstance(work.actor, Actor) and work.actor.person_id == row.person_id
    secretary = work.actor.can(Permission.MEASURE_PROPOSE) and not own
    state, waits = row.state, {MeasureState.INTENDED, MeasureState.HEARD}
    return {
        "hear": own and state in waits,
        "file": secretary and state in waits,
        "end": secretary and state is MeasureState.INTENDED and work.today > row.hearing_until,
        "propose": secretary
        and row.kind is MeasureKind.STRIKE_OFF
        and state in {MeasureState.HEARD, MeasureState.PROPOSED},
        "sign": work.actor.can(Permission.MEASURE_SIGN) and not own and state is MeasureState.PROPOSED,
        "drop": secretary and state in waits | {MeasureState.PROPOSED},
    }[deed]


async def _deed(
    request: AnyRequest,
    work: Work,
    measure_id: UUID,
    form: Form[M],
    deed: Callable[[M], Awaitable[object]],
    notice: str,
    to: str = "",
) -> Template | Redirect:
    """Do it and move on, or show the same page with what was typed and the reason."""
    if form.value is None:
        return await _measure(request, work, measure_id, form)
    try:
        await deed(form.value)
    except MENDABLE as error:
        return await _measure(request, work, measure_id, await undone(work, form, error))
    return moved(to or f"{HERE}/{measure_id}", notice)


@post(ONE + "/zienswijze", requires=SIGNED_IN, if_match=True, include_in_schema=False)
async def hear(request: AnyRequest, work: WorkDep, measure_id: FromPath[UUID]) -> Template | Redirect:
    """What the person says of it."""
    form = read(ViewForm, await typed(request))

    async def deed(new: ViewForm) -> None:
        await service.say(work, measure_id, new.view)

    return await _deed(request, work, measure_id, form, deed, "heard")


@post(ONE + "/ontvangen", requires=Permission.MEASURE_PROPOSE, if_match=True, include_in_schema=False)
async def file_view(request: AnyRequest, work: WorkDep, measure_id: FromPath[UUID]) -> Template | Redirect:
    """Write down what the person said on paper or by telephone, for a colleague to sign."""
    form = read(FiledView, await typed(request))

    async def deed(new: FiledView) -> None:
        await service.file_view(work, measure_id, new)

    return await _deed(request, work, measure_id, form, deed, "proposal-made")


@post(ONE + "/termijn-voorbij", requires=Permission.MEASURE_PROPOSE, if_match=True, include_in_schema=False)
async def close_hearing(request: AnyRequest, work: WorkDep, measure_id: FromPath[UUID]) -> Template | Redirect:
    """Go on once the term passed unused."""
    form = Form(value=Nothing())
    return await _deed(
        request, work, measure_id, form, lambda _new: service.close_hearing(work, measure_id), "hearing-over"
    )


@post(ONE + "/voorstel", requires=Permission.MEASURE_PROPOSE, if_match=True, include_in_schema=False)
async def propose(request: AnyRequest, work: WorkDep, measure_id: FromPath[UUID]) -> Template | Redirect:
    """Fix the text and the day, for somebody else to sign."""
    form = read(ProposalForm, await typed(request))
    return await _deed(
        request, work, measure_id, form, lambda new: service.propose(work, measure_id, new.proposal()), "proposed"
    )


@post(ONE + "/ondertekenen", requires=Permission.MEASURE_SIGN, if_match=True, include_in_schema=False)
async def sign(request: AnyRequest, work: WorkDep, measure_id: FromPath[UUID]) -> Template | Redirect:
    """Sign exactly what was read; the measure closes for who signed, so on to the list."""
    form = read(SignForm, await typed(request))

    async def deed(new: SignForm) -> None:
        work.expect(await queries.measure(work, measure_id))
        await service.sign(work, measure_id, new.digest)

    return await _deed(request, work, measure_id, form, deed, "measure-signed", HERE)


@post(ONE + "/laten-vallen", requires=Permission.MEASURE_PROPOSE, if_match=True, include_in_schema=False)
async def drop(request: AnyRequest, work: WorkDep, measure_id: FromPath[UUID]) -> Template | Redirect:
    """Give it up."""
    form = Form(value=Nothing())
    return await _deed(request, work, measure_id, form, lambda _new: service.drop(work, measure_id), "dropped")


HANDLERS = [measures, intend, measure, hear, file_view, close_hearing, propose, sign, drop]

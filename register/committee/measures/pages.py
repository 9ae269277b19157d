"""Measures on pages: the secretary's list, and one measure with what each may do: say, propose, sign, give up."""

from typing import Annotated, Any, TypeVar
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Template
from pydantic import BaseModel, Field

from auth import queries as people
from auth.actor import Actor
from auth.permissions import SIGNED_IN, Permission
from auth.schemas import Schema
from core.fields import Identifier, NeededText, Text, TypedDay
from core.store.work import Work
from core.timeline.policy import Reader
from core.web import timeline
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, options, redirect, render
from core.web.submissions import Forms
from register.applications.timeline import reader_of
from register.committee.filed_views import CHANNELS, FiledView
from register.committee.measures import queries, service
from register.committee.measures.models import Measure
from register.committee.measures.policy import ENDED, GROUNDS, MeasureKind, MeasureState
from register.committee.measures.schemas import NewMeasure, NewProposal
from register.committee.measures.timeline import timeline_of
from register.entries.policy import Register

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
    answer: Text = ""

    def proposal(self) -> NewProposal:
        """What the service takes."""
        return NewProposal.model_validate(self.model_dump())


class SignForm(Schema):
    """The proposal that was read."""

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


@get(HERE, requires=SIGNED_IN)
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


@get(ONE, requires=SIGNED_IN)
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
        timeline=timeline.shown(await timeline_of(work, row), own=reader_of(work, row.person_id) is Reader.PARTY),
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


async def _sign(work: Work, measure_id: UUID, new: SignForm) -> None:
    work.expect(await queries.measure(work, measure_id))
    await service.sign(work, measure_id, new.digest)


SECRETARY = Permission.MEASURE_PROPOSE
action = Forms(ONE, _measure, if_match=True)
HANDLERS = [
    measures,
    measure,
    Forms(HERE, _measures)(
        "",
        SECRETARY,
        IntentForm,
        lambda work, new: service.intend(work, new.measure()),
        to=lambda row: redirect(f"{HERE}/{row.id}", "intended"),
        names={"grounds": "ground"},
    ),
    action("/zienswijze", SIGNED_IN, ViewForm, lambda work, id, new: service.say(work, id, new.view), "heard"),
    action("/ontvangen", SECRETARY, FiledView, service.file_view, "proposal-made"),
    action("/termijn-voorbij", SECRETARY, None, service.close_hearing, "hearing-over"),
    action(
        "/voorstel",
        SECRETARY,
        ProposalForm,
        lambda work, id, new: service.propose(work, id, new.proposal()),
        "proposed",
    ),
    # A measure closes for who signed it, so on to the list.
    action("/ondertekenen", Permission.MEASURE_SIGN, SignForm, _sign, "measure-signed", to=HERE),
    action("/laten-vallen", SECRETARY, None, service.drop, "dropped"),
]

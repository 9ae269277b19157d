"""Corrections on pages: ask for one or open it, and one correction with what each may do."""

from decimal import Decimal
from typing import Annotated, Any, TypeVar
from uuid import UUID

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from pydantic import BaseModel, BeforeValidator, Field

from auth import queries as people
from auth.permissions import SIGNED_IN, Permission
from auth.schemas import Schema
from core.decisions import Decision
from core.fields import NeededText, Text, TypedDay, in_digits
from core.store.work import Work
from core.texts import day
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, options, redirect, render
from core.web.submissions import Forms
from register.committee.corrections import queries, service, signing, weighing
from register.committee.corrections.models import Correction
from register.committee.corrections.policy import CORRECTION, ENDED, GROUNDS, NOTHING_NEW, VALUATION, CorrectionEvent
from register.committee.corrections.schemas import Found, NewCorrection, NewCorrectionProposal
from register.committee.filed_views import CHANNELS, FiledView
from register.committee.measures.pages import SignForm, ViewForm
from register.rules.assessment.facts import Level

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


@get(HERE, requires=SIGNED_IN)
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


@get(ONE, requires=SIGNED_IN)
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


SECRETARY = Permission.MEASURE_PROPOSE
action = Forms(ONE, _correction, if_match=True)
HANDLERS = [
    corrections,
    correction,
    Forms(HERE, _corrections)(
        "",
        SIGNED_IN,
        NewCorrection,
        service.open_correction,
        to=lambda row: redirect(f"{HERE}/{row.id}", "correction-asked" if row.asked else "correction-opened"),
    ),
    action(
        "/voorstel",
        SECRETARY,
        ProposalForm,
        lambda work, id, new: weighing.propose(work, id, new.proposal()),
        "correction-proposed",
    ),
    action("/zienswijze", SIGNED_IN, ViewForm, lambda work, id, new: service.say(work, id, new.view), "heard"),
    action("/ontvangen", SECRETARY, FiledView, service.file_view, "proposal-made"),
    action("/termijn-voorbij", SECRETARY, None, service.close_hearing, "hearing-over"),
    # A correction closes for who signed it or gave it up, so on to the list.
    action(
        "/ondertekenen",
        Permission.MEASURE_SIGN,
        SignForm,
        lambda work, id, new: signing.sign(work, id, new.digest),
        "measure-signed",
        HERE,
    ),
    action("/stoppen", SIGNED_IN, None, service.drop, "correction-dropped", HERE),
]

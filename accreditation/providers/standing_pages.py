"""The providers that stand, for who admits them: where each stands, and proposing to suspend or to withdraw."""

from typing import Any, Literal
from uuid import UUID

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from accreditation.providers import intentions, queries, service
from accreditation.providers.policy import AUTHORISATION, MEASURE_GROUNDS, AuthorisationEvent
from accreditation.providers.schemas import Code, NewIntention, NewMeasure
from accreditation.providers.timeline import timeline_of
from auth.permissions import Permission
from auth.schemas import Schema
from core import decisions, proposals
from core.errors import Refused
from core.fields import NeededText, Text
from core.proposals import Proposal
from core.store.work import Work
from core.web import timeline
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, options, redirect, render
from core.web.submissions import Forms

HERE = "/accreditatie/aanbieders"
ONE = HERE + "/{authorisation_id:uuid}"
SHOWN = 100
MEASURES = {AuthorisationEvent.SUSPEND: service.SUSPENSION, AuthorisationEvent.WITHDRAW: service.WITHDRAWAL}


class MeasureForm(Schema):
    """As the API, with one ground."""

    ground: Code
    reasons: NeededText
    repair: NeededText
    answer: Text = ""
    urgent: Text = ""

    def measure(self) -> NewMeasure:
        """What the service takes."""
        return NewMeasure(
            reasons=self.reasons, grounds=[self.ground], repair=self.repair, answer=self.answer, urgent=self.urgent
        )


class IntentionForm(Schema):
    """What is meant, with one ground."""

    meant_ground: Code
    meant_reasons: NeededText


class SpokenForm(Schema):
    """What the provider said by word of mouth."""

    view: NeededText


@get(HERE, requires=Permission.PROVIDER_ADMIT)
async def listing(request: AnyRequest, work: WorkDep, q: FromQuery[str | None] = None) -> Template:
    """Who is admitted or suspended, by name."""
    found = await queries.standing_ones(work, q or "", SHOWN)
    return render(
        request,
        "provider/standing_list.html",
        work,
        form=Form(values={"q": q or ""}),
        rows=[
            {
                "href": f"{HERE}/{row.id}",
                "name": provider.name,
                "town": provider.town,
                "register": row.register_code,
                "state": row.state,
            }
            for row, provider in found
        ],
        intentions=[
            {
                "href": f"/aanbieders/{row.provider_id}/voornemens/{row.id}",
                "name": name,
                "kind": label(row.kind, "decision-kind"),
                "register": row.register_code,
                "until": row.view_until,
                "viewed": bool(row.view),
            }
            for row, name in await intentions.all_running(work, SHOWN)
        ],
    )


@get(ONE, requires=Permission.PROVIDER_ADMIT)
async def standing(request: AnyRequest, work: WorkDep, authorisation_id: FromPath[UUID]) -> Template:
    """Where a provider stands in one register, and what may be proposed."""
    return await _standing(request, work, authorisation_id, Form())


async def _standing(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row = await queries.authorisation(work, id)
    provider = await queries.by_id(work, row.provider_id)
    own = await queries.is_member(work, row.provider_id)
    waits = [one for one in await proposals.waiting_about(work, row.id) if one.expires_on >= work.today]
    decided = await decisions.waiting_about(work, row.id) or ""
    idle = not (own or waits or decided)
    kinds = [kind for event, kind in MEASURES.items() if idle and AUTHORISATION.may(row.state, event)]
    kind = kinds[0] if kinds else ""
    meant = await intentions.running(work, row.id, kind) if kind else None
    restores = idle and AUTHORISATION.may(row.state, AuthorisationEvent.RESTORE)
    return render(
        request,
        "provider/standing.html",
        work,
        form=form,
        provider={"name": provider.name, "number": provider.number, "kvk": provider.kvk_number, "town": provider.town},
        register=row.register_code,
        state=row.state,
        version=row.version,
        own=own,
        waiting=[f"/voorstellen/{one.id}" for one in waits],
        decided=decided,
        kind=kind,
        meant=meant and {"told_on": meant.told_on, "until": meant.view_until, "view": meant.view},
        intend=f"{HERE}/{row.id}/voornemen" if kind and meant is None else "",
        say=f"{HERE}/{row.id}/zienswijze" if meant else "",
        propose=f"{HERE}/{row.id}/maatregel" if kind else "",
        urgent=kind == service.SUSPENSION and meant is None,
        restore=f"{HERE}/{row.id}/herstel" if restores else "",
        grounds=options(sorted(MEASURE_GROUNDS), "ground"),
        timeline=timeline.shown(await timeline_of(work, row.id, row.provider_id, row.register_code), own=own),
    )


async def _propose(work: Work, id: UUID, new: MeasureForm) -> Proposal:
    """Propose what comes next: a suspension, or the withdrawal of who is suspended. Nothing moves yet."""
    return await service.propose_measure(work, id, new.measure(), await _kind(work, id))


async def _intend(work: Work, id: UUID, new: IntentionForm) -> None:
    kind = await _kind(work, id)
    said = NewIntention(kind=kind, reasons=new.meant_reasons, grounds=[new.meant_ground])
    await service.intend_measure(work, id, said)


async def _kind(work: Work, id: UUID) -> Literal["provider-suspension", "provider-withdrawal"]:
    suspends = AUTHORISATION.may((await queries.authorisation(work, id)).state, AuthorisationEvent.SUSPEND)
    return "provider-suspension" if suspends else "provider-withdrawal"


async def _spoken(work: Work, id: UUID, new: SpokenForm) -> None:
    meant = await intentions.running(work, id, await _kind(work, id))
    if meant is None:
        raise Refused("intention-first")
    await intentions.say(work, meant.id, new.view)


action = Forms(ONE, _standing, if_match=True)
intend = action(
    "/voornemen",
    Permission.PROVIDER_ADMIT,
    IntentionForm,
    _intend,
    "provider-told",
    names={"grounds": "meant_ground", "reasons": "meant_reasons"},
)
spoken = action("/zienswijze", Permission.PROVIDER_ADMIT, SpokenForm, _spoken, "view-written", if_match=False)
propose = action(
    "/maatregel",
    Permission.PROVIDER_ADMIT,
    MeasureForm,
    _propose,
    to=lambda proposal: redirect(f"/voorstellen/{proposal.id}", "proposal-made"),
)
restore = action("/herstel", Permission.PROVIDER_ADMIT, None, service.restore, "suspension-ended")

HANDLERS = [listing, standing, intend, spoken, propose, restore]

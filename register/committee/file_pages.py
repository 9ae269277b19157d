"""One file on a page: read, vote, step aside, decide. Every look leaves a trace."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from auth import queries as people
from auth.actor import Actor
from auth.permissions import Permission
from core import panel, panel_queries
from core.decisions import Decision
from core.errors import NotFound
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, label, moved, options, read, render, typed, undone
from core.panel import PanelItem, PanelSession
from core.voting import ItemState, SessionState
from core.work import Work
from register.committee import agenda, queries, service
from register.committee.forms import RECUSAL_GROUNDS, RecuseForm, RulingForm, TransferForm, VoteForm
from register.committee.policy import COMMITTEE_GROUNDS
from register.committee.service import File, MeasureFile
from register.committee.views import activities_shown, assessment_shown, facts_shown, session_title
from register.decisions import service as decisions
from register.grounds import library
from register.measures import service as measures
from register.registration import queries as registrations
from register.registration.api import download, in_place
from register.registration.policy import Route
from register.registration.views import proof_of

AnyRequest = Request[Any, Any, Any]
FILE = "/zittingen/{session_id:uuid}/dossiers/{item_id:uuid}"


@get(FILE, requires=Permission.SESSION_READ, traces=True, include_in_schema=False)
async def file(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID], item_id: FromPath[UUID]) -> Template:
    """Read a file."""
    return await _file(request, work, session_id, item_id, Form())


async def _file(request: AnyRequest, work: Work, session_id: UUID, item_id: UUID, form: Form[Any]) -> Template:
    found = await _read(work, item_id)
    if isinstance(found, MeasureFile):
        return await _measure(request, work, session_id, found, form)
    if found.session.id != session_id:
        raise NotFound("no-such-item")
    application, here = found.application, f"/zittingen/{session_id}/dossiers/{item_id}"
    names = await people.names_of(work.session, [application.person_id])
    votes = await panel.votes_on(work, [item_id])
    proofs = await registrations.proofs_with_files(work, application.id)
    known = await registrations.known_decision(work, application.id)
    decision = await decisions.decision(work, known) if known and work.actor.can(Permission.DECISION_READ) else None
    my_vote = await queries.own_vote(work, item_id)
    rules = work.rules.chosen(application.register_code.value, work.today)
    _propose_words(request, found, form)
    return render(
        request,
        "committee/item.html",
        work,
        form=form,
        item={
            "title": application.number,
            "kind": label(application.kind, "kind"),
            "route": label(application.route, "route"),
            "register": application.register_code.value,
            "state": application.state.value,
            "version": found.item.version,
            "applicant": names.get(application.person_id, ""),
            "decide_by": application.decision_due_on,
            "received_on": application.received_on,
            "rule_set": label(found.assessment.rule_set or rules.name, "rule-set"),
            "text": application.statement,
        },
        session={"title": session_title(found.session), "href": f"/zittingen/{session_id}"},
        facts=facts_shown(found.facts),
        activities=activities_shown(found.facts, found.assessment),
        proofs=[proof_of(proof, stored, f"{here}/bewijsstukken") for proof, stored in proofs],
        assessment=assessment_shown(found.assessment),
        cast=len(votes),
        quorum=found.session.quorum,
        my_vote=my_vote or "",
        grounds=options(sorted({*COMMITTEE_GROUNDS, *found.assessment.grounds}), "ground"),
        recusal_grounds=options(RECUSAL_GROUNDS, "recusal"),
        levels=options(rules.levels, "level") if application.route is Route.FREE_FORM else [],
        actions=_actions(work, found, here, my_vote),
        here=here,
        sessions=await _others(work, found.session),
        decision=_decided(decision),
        earlier=await _earlier(work, application.person_id, application.register_code.value, application.id),
        waiting_text=_waiting(found),
    )


async def _read(work: Work, item_id: UUID) -> File | MeasureFile:
    """The file of an application, or of a measure."""
    item, _session = await panel.item_of(work, item_id)
    measure = item.case_kind == measures.CASE
    return await (service.read_measure(work, item_id) if measure else service.read(work, item_id))


def _propose_words(request: AnyRequest, found: File, form: Form[Any]) -> None:
    """What the library says of the ground that was chosen, or of what the rules come to; the secretary edits it."""
    register, answer = found.application.register_code.value, found.assessment
    chosen = request.query_params.get("grond", "")
    if chosen in library.codes():
        said = library.refused(register, [chosen])
    elif answer.outcome.value == "refused":
        said = library.refused(register, answer.grounds)
    else:
        said = library.granted(register, found.application.kind.value, answer.outcome.value)
    for name, text in (("ground", chosen), ("reasons", said.reasons), ("repair", said.repair)):
        form.values.setdefault(name, text)


async def _others(work: Work, session: PanelSession) -> list[tuple[str, str]]:
    """The sessions to which a file may be taken."""
    if not work.actor.can(Permission.SESSION_PLAN):
        return []
    found = await panel_queries.taking_files(work, queries.seen(work))
    return [(str(one.id), session_title(one)) for one in found if one.id != session.id]


async def _measure(request: AnyRequest, work: Work, session_id: UUID, found: MeasureFile, form: Form[Any]) -> Template:
    """A measure on the agenda: what is intended, and what the person said of it."""
    if found.session.id != session_id:
        raise NotFound("no-such-item")
    row, here = found.measure, f"/zittingen/{session_id}/dossiers/{found.item.id}"
    names = await people.names_of(work.session, [row.person_id])
    my_vote = await queries.own_vote(work, found.item.id)
    form.values.setdefault("reasons", row.reasons)
    form.values.setdefault("repair", row.repair)
    return render(
        request,
        "committee/measure.html",
        work,
        form=form,
        item={
            "title": row.number,
            "kind": label(row.kind, "measure-kind"),
            "state": found.item.state.value,
            "version": found.item.version,
            "applicant": names.get(row.person_id, ""),
        },
        session={"title": session_title(found.session), "href": f"/zittingen/{session_id}"},
        measure={
            "grounds": [label(code, "ground") for code in row.ground_codes()],
            "reasons": row.reasons,
            "view": row.view,
        },
        cast=len(await panel.votes_on(work, [found.item.id])),
        quorum=found.session.quorum,
        my_vote=my_vote or "",
        recusal_grounds=options(RECUSAL_GROUNDS, "recusal"),
        actions=_actions(work, found, here, my_vote),
        waiting_text=_waiting(found),
    )


async def _again(request: AnyRequest, work: Work, session_id: UUID, item_id: UUID, form: Form[Any]) -> Template:
    """The page comes back with its mistakes: nothing of the request is kept, but that the file was read is."""
    await work.session.rollback()
    await work.means.do(work.actor, lambda aside: _read(aside, item_id))
    return await _file(request, work, session_id, item_id, form)


async def _earlier(work: Work, person_id: UUID, register: str, but: UUID) -> list[dict[str, Any]]:
    """What was decided about the person in this register before; who may read decisions finds them behind a link."""
    opens = work.actor.can(Permission.DECISION_READ)
    return [
        {
            "href": f"/mijn/besluiten/{row.id}" if opens else "",
            "kind": label(row.kind, "decision-kind"),
            "outcome": row.outcome.value,
            "number": row.number,
            "on": row.notified_on,
        }
        for row in await decisions.earlier(work, person_id, register, but)
    ]


def _decided(decision: Decision | None) -> dict[str, Any] | None:
    return {"href": f"/mijn/besluiten/{decision.id}", "outcome": decision.outcome.value} if decision else None


def _waiting(found: File | MeasureFile) -> str:
    """Why nobody can vote yet, or "" when they can."""
    return label(found.session.state, "voting") if found.session.state is not SessionState.OPEN else ""


def _actions(work: Work, found: File | MeasureFile, here: str, my_vote: str | None) -> dict[str, str]:
    if found.item.state is not ItemState.LISTED or not isinstance(work.actor, Actor):
        return {}
    voting = found.session.state is SessionState.OPEN
    member = work.actor.can(Permission.SESSION_VOTE)
    actions = {"vote": f"{here}/stem"} if member and voting and my_vote is None else {}
    actions |= {"recuse": f"{here}/verschoning"} if member else {}
    if work.actor.can(Permission.SESSION_PLAN):
        actions |= {"take_off": f"{here}/van-de-agenda", "transfer": f"{here}/andere-zitting"}
    return actions | ({"decide": f"{here}/besluit"} if voting and work.actor.can(Permission.SESSION_DECIDE) else {})


@get(FILE + "/bewijsstukken/{proof_id:uuid}", requires=Permission.SESSION_READ, traces=True, include_in_schema=False)
async def file_proof(
    work: WorkDep,
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
    proof_id: FromPath[UUID],
    hier: FromQuery[bool] = False,
) -> Response[bytes]:
    """A document of the file, to keep or to look at in its page."""
    stored = await service.proof(work, item_id, proof_id)
    return (in_place if hier else download)(stored, await work.files.get(stored.sha256))


async def _expect(work: Work, item_id: UUID) -> None:
    """The file as it stood when the form was drawn up."""
    if row := await work.session.get(PanelItem, item_id):
        work.expect(row)


@post(FILE + "/stem", requires=Permission.SESSION_VOTE, include_in_schema=False)
async def vote(
    request: AnyRequest, work: WorkDep, session_id: FromPath[UUID], item_id: FromPath[UUID]
) -> Template | Redirect:
    """Vote."""
    form = read(VoteForm, await typed(request))
    if form.value is None:
        return await _again(request, work, session_id, item_id, form)
    try:
        await service.vote(work, item_id, form.value.cast())
    except MENDABLE as error:
        return await _again(request, work, session_id, item_id, await undone(work, form, error))
    return moved(f"/zittingen/{session_id}/dossiers/{item_id}", "voted")


@post(FILE + "/verschoning", requires=Permission.SESSION_VOTE, include_in_schema=False)
async def recuse(
    request: AnyRequest, work: WorkDep, session_id: FromPath[UUID], item_id: FromPath[UUID]
) -> Template | Redirect:
    """Step aside; the file closes for this member, so on to the agenda."""
    form = read(RecuseForm, await typed(request))
    if form.value is None:
        return await _again(request, work, session_id, item_id, form)
    try:
        await service.recuse(work, item_id, form.value.recusal().ground)
    except MENDABLE as error:
        return await _again(request, work, session_id, item_id, await undone(work, form, error))
    return moved(f"/zittingen/{session_id}", "recused")


@post(FILE + "/besluit", requires=Permission.SESSION_DECIDE, if_match=True, include_in_schema=False)
async def decide(
    request: AnyRequest, work: WorkDep, session_id: FromPath[UUID], item_id: FromPath[UUID]
) -> Template | Redirect:
    """Count the votes and take the decision that follows."""
    form = read(RulingForm, await typed(request))
    if form.value is None:
        return await _again(request, work, session_id, item_id, form)
    try:
        await _expect(work, item_id)
        _tally, decision = await service.decide(work, item_id, form.value.ruling())
    except MENDABLE as error:
        return await _again(request, work, session_id, item_id, await undone(work, form, error, grounds="ground"))
    return moved(f"/zittingen/{session_id}", "decided" if decision else "returned")


@post(FILE + "/van-de-agenda", requires=Permission.SESSION_PLAN, if_match=True, include_in_schema=False)
async def take_off(
    request: AnyRequest, work: WorkDep, session_id: FromPath[UUID], item_id: FromPath[UUID]
) -> Template | Redirect:
    """Take the file off the agenda: it waits for another one."""
    try:
        await _expect(work, item_id)
        await agenda.take_off(work, item_id)
    except MENDABLE as error:
        return await _again(request, work, session_id, item_id, await undone(work, Form(), error))
    return moved(f"/zittingen/{session_id}", "taken-off")


@post(FILE + "/andere-zitting", requires=Permission.SESSION_PLAN, if_match=True, include_in_schema=False)
async def carry_over(
    request: AnyRequest, work: WorkDep, session_id: FromPath[UUID], item_id: FromPath[UUID]
) -> Template | Redirect:
    """Take the file to another session."""
    form = read(TransferForm, await typed(request))
    if form.value is None:
        return await _again(request, work, session_id, item_id, form)
    try:
        await _expect(work, item_id)
        await agenda.carry_over(work, item_id, form.value.to_session)
    except MENDABLE as error:
        return await _again(request, work, session_id, item_id, await undone(work, form, error))
    return moved(f"/zittingen/{session_id}", "carried-over")


HANDLERS = [file, file_proof, vote, recuse, decide, take_off, carry_over]

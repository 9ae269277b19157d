"""One file on a page: read, vote, step aside, decide. Every look leaves a trace."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from auth import queries as people
from auth.actor import Actor
from auth.permissions import Permission
from core import panel
from core.decisions import Decision
from core.errors import NotFound
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, label, moved, options, read, render, typed, undone
from core.panel import PanelItem
from core.voting import ItemState, SessionState
from core.work import Work
from register.committee import queries, service
from register.committee.forms import RECUSAL_GROUNDS, RecuseForm, RulingForm, VoteForm
from register.committee.policy import COMMITTEE_GROUNDS
from register.committee.views import activities_shown, assessment_shown, facts_shown, session_title
from register.decisions import service as decisions
from register.registration import queries as registrations
from register.registration.api import download
from register.registration.policy import Route
from register.registration.views import proof_of

AnyRequest = Request[Any, Any, Any]
FILE = "/zittingen/{session_id:uuid}/dossiers/{item_id:uuid}"


@get(FILE, requires=Permission.SESSION_READ, traces=True, include_in_schema=False)
async def file(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID], item_id: FromPath[UUID]) -> Template:
    """Read a file."""
    return await _file(request, work, session_id, item_id, Form())


async def _file(request: AnyRequest, work: Work, session_id: UUID, item_id: UUID, form: Form[Any]) -> Template:
    found = await service.read(work, item_id)
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
        decision=_decided(decision),
        waiting_text=_waiting(found),
    )


async def _again(request: AnyRequest, work: Work, session_id: UUID, item_id: UUID, form: Form[Any]) -> Template:
    """The page comes back with its mistakes: nothing of the request is kept, but that the file was read is."""
    await work.session.rollback()
    await work.means.do(work.actor, lambda aside: service.read(aside, item_id))
    return await _file(request, work, session_id, item_id, form)


def _decided(decision: Decision | None) -> dict[str, Any] | None:
    return {"href": f"/mijn/besluiten/{decision.id}", "outcome": decision.outcome.value} if decision else None


def _waiting(found: service.File) -> str:
    """Why nobody can vote yet, or "" when they can."""
    return label(found.session.state, "voting") if found.session.state is not SessionState.OPEN else ""


def _actions(work: Work, found: service.File, here: str, my_vote: str | None) -> dict[str, str]:
    if found.item.state is not ItemState.LISTED or not isinstance(work.actor, Actor):
        return {}
    voting = found.session.state is SessionState.OPEN
    member = work.actor.can(Permission.SESSION_VOTE)
    actions = {"vote": f"{here}/stem"} if member and voting and my_vote is None else {}
    actions |= {"recuse": f"{here}/verschoning"} if member else {}
    return actions | ({"decide": f"{here}/besluit"} if voting and work.actor.can(Permission.SESSION_DECIDE) else {})


@get(FILE + "/bewijsstukken/{proof_id:uuid}", requires=Permission.SESSION_READ, traces=True, include_in_schema=False)
async def file_proof(
    work: WorkDep, session_id: FromPath[UUID], item_id: FromPath[UUID], proof_id: FromPath[UUID]
) -> Response[bytes]:
    """A document of the file."""
    stored = await service.proof(work, item_id, proof_id)
    return download(stored, await work.files.get(stored.sha256))


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


HANDLERS = [file, file_proof, vote, recuse, decide]

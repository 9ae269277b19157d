"""A file on the agenda as its page shows it: what was asked, what the rules make of it, what one may do now."""

from typing import Any
from uuid import UUID

from litestar.response import Template

from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Permission
from core.decisions import Decision
from core.errors import NotFound
from core.panel import queries as panel_queries
from core.panel import service as panel
from core.panel.service import PanelItem, PanelSession
from core.panel.votes import ItemState, SessionState
from core.panel.votes import Outcome as Votes
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest
from core.web.pages import _, label, options, render
from register.applications.file_views import activities_shown, assessment_shown, facts_shown, file_title
from register.committee.doubts.service import doubts_of
from register.committee.grounds import library
from register.committee.measures import service as measures
from register.committee.ruling import NewRuling
from register.committee.sessions import queries, service
from register.committee.sessions.forms import RECUSAL_GROUNDS
from register.committee.sessions.policy import grounds_to_choose
from register.committee.sessions.queries import COMMITTEE
from register.committee.sessions.service import File, MeasureFile
from register.committee.sessions.views import session_title, until_in_words
from register.entries import queries as registrations
from register.entries.policy import ApplicationKind, Route
from register.entries.views import proof_of
from register.notification import service as decisions
from register.rules.assessment.answer import Outcome


async def shown(request: AnyRequest, work: Work, session_id: UUID, item_id: UUID, form: Form[Any]) -> Template:
    """The page of one file; reading it leaves a trace."""
    found = await read_file(work, item_id)
    if isinstance(found, MeasureFile):
        return await _measure(request, work, session_id, found, form)
    if found.session.id != session_id:
        raise NotFound("no-such-item")
    application, here = found.application, f"/zittingen/{session_id}/dossiers/{item_id}"
    names = await people.names_of(work.session, [application.person_id])
    proofs = await registrations.proofs_with_files(work, application.id)
    known = await registrations.known_decision(work, application.id)
    decision = await decisions.decision(work, known) if known and work.actor.can(Permission.DECISION_READ) else None
    my_vote = await queries.own_vote(work, item_id)
    rules = work.rules.chosen(application.register_code.value, work.today)
    raised = await doubts_of(work, application.id)
    await _propose_words(request, work, found, form)
    return render(
        request,
        "committee/item.html",
        work,
        form=form,
        item={
            "title": file_title(label(application.kind, "kind"), names.get(application.person_id, "")),
            "number": application.number,
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
        activities=await activities_shown(work, application, found.facts, found.assessment),
        proofs=[proof_of(proof, stored, f"{here}/bewijsstukken") for proof, stored in proofs],
        assessment=assessment_shown(found.assessment, found.facts, decision, until_in_words(found.item.summary)),
        count=await panel_queries.count_shown(
            work,
            found.item,
            keeps=work.actor.can(Permission.SESSION_DECIDE),
            reader=work.actor.person_id if isinstance(work.actor, Actor) else None,
        ),
        quorum=found.session.quorum,
        my_vote=my_vote or "",
        views=[(f"/zienswijzen/{one.id}", one.raised_on) for one in raised],
        ask_view=f"/secretariaat/aanvragen/{application.id}/zienswijze"
        if work.actor.can(Permission.APPLICATION_ADMIT)
        else "",
        grounds=options(
            grounds_to_choose(found.assessment.grounds, postponement=application.kind is ApplicationKind.POSTPONEMENT),
            "ground",
        ),
        recusal_grounds=options(RECUSAL_GROUNDS, "recusal"),
        levels=options(rules.levels, "level") if application.route is Route.FREE_FORM else [],
        actions=_actions(work, found, here, my_vote),
        letter=_letter(found, here),
        following=await _following(work, found.item),
        here=here,
        sessions=await _others(work, found.session),
        decision=_decided(decision),
        earlier=await _earlier(work, application.person_id, application.register_code.value, application.id),
        waiting_text=_waiting(found, my_vote),
    )


async def read_file(work: Work, item_id: UUID) -> File | MeasureFile:
    """The file of an application, or of a measure."""
    item, _session = await panel.item_of(work, item_id, COMMITTEE)
    measure = item.case_kind == measures.CASE
    return await (service.read_measure(work, item_id) if measure else service.read(work, item_id))


async def _propose_words(request: AnyRequest, work: Work, found: File, form: Form[Any]) -> None:
    """What the library says of the ground that was chosen, or of what the votes come to; the secretary edits it."""
    chosen = request.query_params.get("grond", "")
    said = await words_of(work, found, chosen if chosen in library.codes() else "")
    for name, text in (("ground", chosen), ("reasons", said.reasons), ("repair", said.repair)):
        form.values.setdefault(name, text)


async def words_of(work: Work, found: File | MeasureFile, ground: str = "") -> NewRuling:
    """The words with which a decision would begin: of the library, on this ground; of a measure what was intended.

    Without a ground they follow the votes, and the rules while there is no majority.
    """
    if isinstance(found, MeasureFile):
        return NewRuling(reasons=found.measure.reasons, repair=found.measure.repair)
    register, answer = found.application.register_code.value, found.assessment
    votes = await service.leaning(work, found.item)
    if ground or votes is Votes.LOST:
        said = library.refused(register, [ground] if ground else answer.grounds)
    else:
        outcome = Outcome.GRANTED if answer.outcome is Outcome.REFUSED else answer.outcome
        said = library.granted(register, found.application.kind.value, outcome.value)
    return NewRuling(reasons=said.reasons, grounds=[ground] if ground else [], repair=said.repair)


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
            "title": file_title(label(row.kind, "measure-kind"), names.get(row.person_id, "")),
            "number": row.number,
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
        count=await panel_queries.count_shown(
            work,
            found.item,
            keeps=work.actor.can(Permission.SESSION_DECIDE),
            reader=work.actor.person_id if isinstance(work.actor, Actor) else None,
        ),
        quorum=found.session.quorum,
        my_vote=my_vote or "",
        recusal_grounds=options(RECUSAL_GROUNDS, "recusal"),
        actions=_actions(work, found, here, my_vote),
        letter=_letter(found, here),
        following=await _following(work, found.item),
        waiting_text=_waiting(found, my_vote),
    )


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


def _waiting(found: File | MeasureFile, my_vote: str | None) -> str:
    """Why nobody can vote yet, or what comes after one's vote; "" when it is one's turn."""
    if found.session.state is not SessionState.OPEN:
        return label(found.session.state, "voting")
    if found.item.state is ItemState.LISTED and my_vote:
        return _("Zodra iedereen heeft gestemd, legt de secretaris het besluit vast.")
    return ""


def _letter(found: File | MeasureFile, here: str) -> str:
    """Where the letter stands that would go, while nothing is decided; a letter of one's own has no level yet."""
    open_form = isinstance(found, File) and found.application.route is Route.FREE_FORM
    return f"{here}/brief" if found.item.state is ItemState.LISTED and not open_form else ""


def voter_of(work: Work) -> UUID | None:
    """The actor, where they vote."""
    return person_of(work.actor) if work.actor.can(Permission.SESSION_VOTE) else None


async def _following(work: Work, item: PanelItem) -> dict[str, Any]:
    """The place of a file on its agenda, and the next one that waits for the actor."""
    at, of, following = await panel_queries.place_of(work, item, voter_of(work))
    href = f"/zittingen/{item.session_id}/dossiers/{following}" if following else ""
    return {"at": at, "of": of, "href": href}


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

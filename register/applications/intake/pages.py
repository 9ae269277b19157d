"""One file on the secretary's page: read, find complete, ask to complete, leave untreated, advise."""

from functools import partial
from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from auth import queries as people
from auth.permissions import Permission
from core.store.work import Work
from core.web import timeline
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, options, render
from core.web.submissions import Forms
from register.applications import completing, leaving
from register.applications import service as applications
from register.applications.file_views import activities_shown, assessment_shown, facts_shown, file_title
from register.applications.intake import service
from register.applications.intake.forms import AskForm, LeaveForm, NoteForm
from register.applications.intake.policy import READABLE, Advice
from register.applications.outlook import outlook
from register.applications.silence.pages import penalty_due
from register.applications.silence.schemas import FiledNotice
from register.applications.silence.service import WAITING, decide_penalty, file_notice, notice_on
from register.applications.timeline import timeline_of
from register.entries import queries
from register.entries.completeness import Lacking
from register.entries.models import Application
from register.entries.policy import APPLICATION, ApplicationState
from register.entries.schemas import NewLeaving, SendingOn
from register.entries.views import proof_of

FILE = "/secretariaat/aanvragen/{application_id:uuid}"
MOVES: dict[str, Any] = {"requires": Permission.APPLICATION_ADMIT, "if_match": True}


@get(FILE, requires=Permission.APPLICATION_ADMIT)
async def file(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template:
    """Read a file."""
    return await _file(request, work, application_id, Form())


async def _file(request: AnyRequest, work: Work, application_id: UUID, form: Form[Any]) -> Template:
    found = await service.read(work, application_id)
    row = found.application
    names = await people.names_of(work.session, [row.person_id])
    proofs = await queries.proofs_with_files(work, row.id)
    requests = await queries.completion_requests(work, row.id)
    rules = work.rules.chosen(row.register_code.value, work.today)
    return render(
        request,
        "committee/intake.html",
        work,
        form=form,
        file={
            "title": file_title(label(row.kind, "kind"), names.get(row.person_id, "")),
            "number": row.number,
            "kind": label(row.kind, "kind"),
            "route": label(row.route, "route"),
            "register": row.register_code.value,
            "state": row.state.value,
            "version": row.version,
            "applicant": names.get(row.person_id, ""),
            "received_on": row.received_on,
            "decide_by": row.decision_due_on,
            "rule_set": label(found.assessment.rule_set or rules.name, "rule-set"),
            "text": row.statement,
            "second_opinion": row.second_opinion,
            "sampled": row.sampled,
        },
        facts=facts_shown(found.facts),
        activities=await activities_shown(work, row, found.facts, found.assessment),
        assessment=assessment_shown(found.assessment, found.facts),
        proofs=[proof_of(proof, stored, f"/mijn/aanvragen/{row.id}/bewijsstukken") for proof, stored in proofs],
        requests=[
            {"items": [label(one, "lacking") for one in each.items], "note": each.note, "until_on": each.until_on}
            for each in requests
        ],
        notes=[{"advice": label(each.advice, "advice"), "text": each.text} for each in found.notes],
        timeline=timeline.shown(await timeline_of(work, row), own=False),
        outlook=timeline.standing(await outlook(work, row)),
        lacking=options(Lacking, "lacking"),
        advices=options(Advice, "advice"),
        penalty=await penalty_due(work, row),
        actions=_actions(work, found, late=bool(requests) and work.today > requests[-1].until_on)
        | await _notice(work, row),
    )


async def _notice(work: Work, row: Application) -> dict[str, str]:
    """The address of taking in a notice of default on paper, once there can be one."""
    late = row.state in WAITING and row.decision_due_on is not None and row.decision_due_on < work.today
    if not late or await notice_on(work, row.id) is not None:
        return {}
    return {"notice": f"/secretariaat/aanvragen/{row.id}/ingebrekestelling"}


def _actions(work: Work, found: service.Opened, *, late: bool) -> dict[str, str]:
    """The addresses of what this state allows the secretary."""
    row = found.application
    here, moves = f"/secretariaat/aanvragen/{row.id}", APPLICATION.open(row.state)
    actions = {"admit": f"{here}/toelaten"} if "admit" in moves else {}
    actions |= {"ask": f"{here}/aanvullen"} if "ask-completion" in moves else {}
    actions |= {"send": f"{here}/doorsturen"} if "send-on" in moves else {}
    if row.state is ApplicationState.INCOMPLETE and late:
        actions |= {"resume": f"{here}/oppakken", "leave": f"{here}/buiten-behandeling"}
    if row.state in READABLE:
        actions |= {"note": f"{here}/advies"} | ({} if row.second_opinion else {"second": f"{here}/tweede-lezer"})
    return actions


async def _ask(work: Work, id: UUID, new: AskForm) -> None:
    await completing.ask_completion(work, id, new.request())


async def _leave(work: Work, id: UUID, new: LeaveForm) -> None:
    await leaving.leave_untreated(work, id, NewLeaving(reasons=new.leave_reasons))


ADMIT = Permission.APPLICATION_ADMIT
action = partial(Forms(FILE, _file, if_match=True), names={"reasons": "leave_reasons"})
HANDLERS = [
    file,
    action("/aanvullen", ADMIT, AskForm, _ask, "completion-asked", boxes=["items"]),
    action("/oppakken", ADMIT, None, completing.resume, "resumed"),
    action("/buiten-behandeling", ADMIT, LeaveForm, _leave, "left-untreated"),
    action(
        "/doorsturen", ADMIT, SendingOn, lambda work, id, new: applications.send_on(work, id, new.sent_to), "sent-on"
    ),
    action(
        "/ingebrekestelling",
        ADMIT,
        FiledNotice,
        lambda work, id, new: file_notice(work, id, new.received_on),
        "notice-filed",
    ),
    action("/dwangsom", ADMIT, None, decide_penalty, "penalty-set"),
    action("/tweede-lezer", ADMIT, None, service.ask_second_opinion, "second-asked"),
    action(
        "/advies",
        ADMIT,
        NoteForm,
        lambda work, id, new: service.write_note(work, id, new.note()),
        "advised",
        if_match=False,
    ),
]

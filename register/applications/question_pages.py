"""One's own application on pages: one question a screen, each answer kept at once, back and forth as one likes.

A draft is asked everything in turn; what is to be completed is asked the same way, one piece at a time.
"""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from auth.permissions import Permission
from core.errors import NotFound
from core.store.files import Evidence, opened
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import ACCEPT, MAX_SIZE, SAID, form_values, options, read, redirect, render, uploaded
from core.web.submissions import submitted
from register.applications import service
from register.applications.answering import answer, change_proof, own_open
from register.applications.asked import held_qualifications, typed_of
from register.applications.choosing import BY_BUREAU, programmes
from register.applications.drafts import CHECK, Draft, the_draft
from register.applications.question_forms import MonthsForm, ProgrammeForm, form_of
from register.applications.questions import (
    NOT_COMPLETED,
    OF_DOCUMENT,
    Question,
    kinds_to_choose,
    likely_kind,
    routes_open,
)
from register.entries.models import Application, ApplicationProof
from register.entries.policy import EDITABLE, ApplicationState, Route
from register.entries.schemas import NewProof
from register.entries.views import proof_of, route_choices
from register.rules.assessment.facts import Level, Sector

HERE = "/mijn/aanvragen/{application_id:uuid}"
READS: dict[str, Any] = {"requires": Permission.APPLICATION_FILE}


@get(HERE + "/verder", **READS)
async def go_on(work: WorkDep, application_id: FromPath[UUID]) -> Redirect:
    """To the first question that is open, or to the last look."""
    row = await service.own_application(work, application_id)
    if row.state is not ApplicationState.DRAFT:
        return redirect(f"/mijn/aanvragen/{row.id}")
    return redirect((await the_draft(work, row)).resumed())


@get(HERE + "/vragen/{question:str}", **READS)
async def ask(
    request: AnyRequest,
    work: WorkDep,
    application_id: FromPath[UUID],
    question: FromPath[str],
    naar: FromQuery[str | None] = None,
) -> Template | Redirect:
    """One question about the application."""
    return await _ask(request, work, application_id, _named(question, of_document=False), None, naar)


@post(HERE + "/vragen/{question:str}", if_match=True, **READS)
async def keep(
    request: AnyRequest,
    work: WorkDep,
    application_id: FromPath[UUID],
    question: FromPath[str],
    naar: FromQuery[str | None] = None,
) -> Template | Redirect:
    """Keep the answer and go on."""
    return await _keep(request, work, application_id, _named(question, of_document=False), None, naar)


@get(HERE + "/bewijsstukken/nieuw", **READS)
async def ask_new(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template | Redirect:
    """What the next document is."""
    return await _ask(request, work, application_id, Question.DOCUMENT, None, None)


@post(HERE + "/bewijsstukken/nieuw", **READS)
async def keep_new(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template | Redirect:
    """Add a document; its programme and its file follow."""
    return await _keep(request, work, application_id, Question.DOCUMENT, None, None)


@get(HERE + "/bewijsstukken/{proof_id:uuid}/vragen/{question:str}", **READS)
async def ask_of(
    request: AnyRequest,
    work: WorkDep,
    application_id: FromPath[UUID],
    proof_id: FromPath[UUID],
    question: FromPath[str],
    naar: FromQuery[str | None] = None,
) -> Template | Redirect:
    """One question about a document."""
    return await _ask(request, work, application_id, _named(question, of_document=True), proof_id, naar)


@post(HERE + "/bewijsstukken/{proof_id:uuid}/vragen/{question:str}", if_match=True, **READS)
async def keep_of(
    request: AnyRequest,
    work: WorkDep,
    application_id: FromPath[UUID],
    proof_id: FromPath[UUID],
    question: FromPath[str],
    naar: FromQuery[str | None] = None,
) -> Template | Redirect:
    """Keep the answer about a document and go on."""
    return await _keep(request, work, application_id, _named(question, of_document=True), proof_id, naar)


def _named(question: str, *, of_document: bool) -> Question:
    if question not in set(Question) or (Question(question) in OF_DOCUMENT) != of_document:
        raise NotFound("no-such-application")
    return Question(question)


async def _ask(
    request: AnyRequest, work: Work, id: UUID, question: Question, document: UUID | None, onward: str | None
) -> Template | Redirect:
    row = await service.own_application(work, id)
    if row.state not in EDITABLE:
        return redirect(f"/mijn/aanvragen/{row.id}")
    draft = await the_draft(work, row)
    if draft.completing and question in NOT_COMPLETED:
        return redirect(draft.here)
    proof, at = draft.proof(document), draft.place(question, document)
    if earlier := draft.open_before(at):
        return redirect(earlier)
    form: Form[Any] = Form(values=typed_of(row, proof, await held_qualifications(work, row)))
    if question is Question.DOCUMENT and proof is None and row.qualifications:
        form.values["kind"] = likely_kind(draft.asked, row.qualifications)
    return await _screen(request, work, draft, question, document, onward, form)


async def _keep(
    request: AnyRequest, work: Work, id: UUID, question: Question, document: UUID | None, onward: str | None
) -> Template | Redirect:
    given, file = await form_values(request), await uploaded(request, "file") if question is Question.FILE else None

    async def back(request: AnyRequest, work: Work, *named: Any) -> Template:
        draft = await the_draft(work, await own_open(work, id))
        return await _screen(request, work, draft, question, document, onward, named[-1])

    async def kept(given: dict[str, str]) -> Template | Redirect:
        evidence = await work.outside(opened(*file)) if file else None
        draft = await the_draft(work, await own_open(work, id))
        if draft.completing and question in NOT_COMPLETED:
            return redirect(draft.here)
        form, proof = read(form_of(question, len(draft.row.qualifications)), given), draft.proof(document)
        draft.place(question, document)
        if question is Question.FILE and evidence is None and proof is not None and proof.file_id is None:
            form.wrong("file", SAID.sentence("file-not-chosen"))
        if (
            question is Question.STATEMENT
            and draft.row.route is Route.FREE_FORM
            and not form.values.get("statement", "").strip()
        ):
            form.wrong("statement", SAID.sentence("letter-missing"))
        if question is Question.MONTHS and isinstance(form.value, MonthsForm):
            most = work.rules.chosen(draft.row.register_code.value, work.today).postponement.max_months
            if form.value.requested_months > most:
                form.wrong("requested_months", SAID.sentence("postponement-too-long", most=most))
        by_bureau = question is Question.PROGRAMME and proof is not None and proof.kind in BY_BUREAU
        if by_bureau and not form.errors and not (form.values.get("chosen") or form.values.get("programme_code")):
            form.wrong("chosen", SAID.sentence("bureau-not-chosen"))
        if form.value is None or form.errors:
            return await _screen(request, work, draft, question, document, onward, form)
        said = form.value.answer() if isinstance(form.value, ProgrammeForm) else form.value.model_dump()
        about = await _answered(work, draft, question, document, said, evidence)
        await work.flush()
        draft = await the_draft(work, draft.row)
        following = draft.end if onward == CHECK else draft.after(draft.place(question, about))
        return redirect(following, "saved" if following == draft.here else "")

    return await submitted(request, work, Form(values=given, value=given), back, kept)


async def _answered(
    work: Work,
    draft: Draft,
    question: Question,
    document: UUID | None,
    said: dict[str, Any],
    evidence: Evidence | None,
) -> UUID | None:
    """Keep one answer; the document that it is about."""
    id = draft.row.id
    if question is Question.DOCUMENTS:
        return None
    if question not in OF_DOCUMENT:
        await answer(work, id, question, said)
        return None
    if document is None:
        return (await service.add_proof(work, id, NewProof.model_validate(said))).id
    if question is not Question.FILE:
        await change_proof(work, id, document, said)
    elif evidence is not None:
        await service.attach(work, id, document, evidence)
    return document


async def _screen(
    request: AnyRequest,
    work: Work,
    draft: Draft,
    question: Question,
    document: UUID | None,
    onward: str | None,
    form: Form[Any],
) -> Template:
    row, kinds = draft.row, kinds_to_choose(draft.asked, document)
    proof, file = next((one for one in draft.documents if one[0].id == document), (None, None))
    postponement = work.rules.chosen(row.register_code.value, work.today).postponement
    choice = {}
    if question is Question.PROGRAMME and proof is not None:
        choice = await programmes(work, row, proof, request.query_params.get("zoek"))
        form.values.setdefault("chosen", form.values.pop("programme_code", "") if not form.summary else "")
    to_check = onward == CHECK
    return render(
        request,
        "mine/question.html",
        work,
        form=form,
        question=question.name.lower(),
        kind=row.kind.value,
        register=row.register_code.value,
        teacher=draft.asked.teacher,
        completing=draft.completing,
        version=_version(row, proof, question),
        back=draft.end if to_check else draft.before(question, document),
        action=request.scope["path"] + (f"?naar={CHECK}" if to_check else ""),
        routes=route_choices(routes_open(draft.asked.kinds), row.register_code),
        sectors=[(value, said[:1].upper() + said[1:]) for value, said in options(Sector, "sector")],
        names=list(draft.asked.qualifications),
        document=proof.kind.value if proof else "",
        kinds=options(kinds, "proof"),
        levels=options((Level.ONE, Level.TWO), "level"),
        choice=choice,
        search=request.scope["path"],
        reroute="" if draft.completing else f"{draft.here}/vragen/{Question.ROUTE.value}",
        onward=onward if to_check else "",
        file=file.name if file else "",
        documents=[
            {**proof_of(proof, one, f"{draft.here}/bewijsstukken"), "id": str(proof.id)}
            for proof, one in draft.documents
        ],
        more=f"{draft.here}/bewijsstukken/nieuw",
        grounds=options(postponement.grounds, "postponement-ground"),
        most_months=postponement.max_months,
        letter=row.route is Route.FREE_FORM,
        by_portfolio=row.route is Route.PORTFOLIO,
        accept=ACCEPT,
        max_size=MAX_SIZE,
    )


def _version(row: Application, proof: ApplicationProof | None, question: Question) -> int | None:
    """Of what the screen changes; one more document changes nothing that stands."""
    if question in OF_DOCUMENT:
        return proof.version if proof else None
    return row.version


HANDLERS = [go_on, ask, keep, ask_new, keep_new, ask_of, keep_of]

"""The provider's side on pages: its runs, lists pasted or uploaded, what became of each row, and corrections."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from accreditation.attendance import counting, queries, service
from accreditation.attendance.forms import ReasonForm, WithdrawForm
from accreditation.attendance.lists import rows_of
from accreditation.attendance.policy import Outcome, Source
from accreditation.attendance.receiving import Result
from accreditation.attendance.schemas import NewRow
from accreditation.attendance.views import outcome_of, sent_detail, taken_back, worth_in_words
from accreditation.courses.models import Course
from accreditation.runs import queries as runs
from accreditation.runs.models import Meeting, Run
from accreditation.runs.policy import RunState
from auth.permissions import Permission
from core.store.work import Work
from core.texts import day, spoken
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import SAID, _, form_values, label, one_list, render, uploaded
from core.web.submissions import Forms, submitted

REPORT = "/presentie"
SHOWN = 100
ROWS_SHOWN = 200
"""Of a longer list only the rows that were not accepted are shown."""
MOST_OF_A_CELL = 60


@get(REPORT, requires=Permission.ATTENDANCE_REPORT)
async def own_runs(request: AnyRequest, work: WorkDep) -> Template:
    """The runs of one's provider, to report attendance of."""
    rows = await runs.own_runs(work, None, None, SHOWN)
    titles = await runs.titles_of(work, {row.course_id for row in rows})
    sent = await queries.sent_counts(work, [row.id for row in rows])
    shown = [
        {
            "href": f"{REPORT}/{row.id}",
            "title": titles[row.course_id],
            "starts_on": row.starts_on,
            "place": row.place,
            "state": label("over" if _is_over(row, work.today) else row.state, "run-state"),
            "sent": sent.get(row.id, 0),
            "due": row.state is RunState.PLANNED and row.starts_on <= work.today and row.id not in sent,
        }
        for row in rows
    ]
    return render(request, "attendance/runs.html", work, runs=shown)


@get(REPORT + "/{run_id:uuid}", requires=Permission.ATTENDANCE_REPORT)
async def run(request: AnyRequest, work: WorkDep, run_id: FromPath[UUID]) -> Template:
    """One run: what was sent, and a place to paste or upload more."""
    return await _run(request, work, run_id, Form())


async def _run(
    request: AnyRequest,
    work: Work,
    run_id: UUID,
    form: Form[Any],
    results: Sequence[Result] = (),
    there: int = 0,
    lines: Mapping[int, NewRow] | None = None,
) -> Template:
    row = await runs.own_run(work, run_id)
    course = await runs.own_course(work, row.course_id)
    meetings = (await runs.meetings_of(work, [row.id])).get(row.id, ())
    rows = await queries.sent_for(work, run_id, None, SHOWN)
    accredited = await counting.accredited_for(work, rows)
    return render(
        request,
        "attendance/run.html",
        work,
        form=form,
        run=row,
        title=course.title,
        facts=_facts(row, course),
        meetings=[_meeting(one) for one in meetings],
        version=row.version,
        standing=row.state is RunState.PLANNED,
        begun=row.starts_on <= work.today,
        action=f"{REPORT}/{run_id}",
        counted=[(label(outcome, "attendance-outcome"), n) for outcome, n in _counted(results).items()],
        results=[
            _result(one, (lines or {}).get(one.line))
            for one in results
            if len(results) <= ROWS_SHOWN or one.outcome is not Outcome.ACCEPTED
        ],
        sent=[
            {
                "number": one.sent_number,
                "ended_on": one.ended_on,
                "outcome": label("taken-back" if taken_back(one) else outcome_of(one), "attendance-outcome"),
                "href": f"{REPORT}/regel/{one.id}",
            }
            for one in rows
        ],
        there=there,
        worth=sorted({worth_in_words(accredited[one.id]) for one in rows if not taken_back(one)}),
    )


def _is_over(row: Run, today: date) -> bool:
    return row.state is RunState.PLANNED and row.ends_on < today


def _facts(row: Run, course: Course) -> list[tuple[str, Any]]:
    return [
        (_("Vorm"), label(row.form, "given")),
        (_("Plaats"), row.place),
        (_("Aantal plaatsen"), row.capacity),
        (_("Uw naam voor de cursus (externalCourseID)"), course.external_id or course.code),
        (_("Uw naam voor de uitvoering (externalEditionID)"), row.external_id),
        (_("Nummer van de cursus (PECourseID)"), course.pe_course_id),
        (_("Nummer van de uitvoering (PEEditionID)"), row.pe_edition_id),
        (_("Reden van intrekken"), row.withdrawn_reason),
    ]


def _meeting(row: Meeting) -> dict[str, Any]:
    return {"starts_at": row.starts_at, "ends_at": row.ends_at, "name": row.external_id or row.pe_meeting_id}


def _counted(results: Sequence[Result]) -> dict[Outcome, int]:
    found = Counter(one.outcome for one in results)
    return {outcome: found[outcome] for outcome in Outcome if found[outcome]}


def _result(one: Result, row: NewRow | None) -> dict[str, Any]:
    why = SAID.sentence(one.code, spoken()) if one.outcome is Outcome.REFUSED else ""
    sent = _as_sent(row, one.code) if row else ""
    return {"line": one.line, "outcome": label(one.outcome, "attendance-outcome"), "sent": sent, "why": why}


def _as_sent(row: NewRow, code: str) -> str:
    """Number and name as they came; a citizen service number is shown to nobody, not even who sent it."""
    number = "" if code == "looks-like-bsn" else row.register_number
    cells = (
        cell if len(cell) <= MOST_OF_A_CELL else cell[:MOST_OF_A_CELL].rstrip() + "…" for cell in (number, row.name)
    )
    return "; ".join(cell for cell in cells if cell)


@post(REPORT + "/{run_id:uuid}", requires=Permission.ATTENDANCE_REPORT, status_code=200)
async def report(request: AnyRequest, work: WorkDep, run_id: FromPath[UUID]) -> Template | Redirect:
    """Take a pasted or uploaded list in, and show what became of each row. Sending it again changes nothing."""
    form: Form[Any] = Form(values=await form_values(request))
    file = await uploaded(request, "file")

    async def take() -> Template:
        content = one_list(form.values.get("rows", ""), file)
        rows, unread = await work.outside(rows_of(content, str(run_id)))
        row = await runs.own_run(work, run_id)
        source = Source.FILE if file else Source.PAGE
        batch, results = await service.report_lines(work, row.provider_id, rows, unread, source)
        await work.flush()
        there = batch.accepted + batch.to_be_checked - batch.stored
        return await _run(request, work, run_id, Form(), results, there, dict(rows))

    return await submitted(request, work, form, _run, take)


@get(REPORT + "/regel/{id:uuid}", requires=Permission.ATTENDANCE_REPORT)
async def sent(request: AnyRequest, work: WorkDep, id: FromPath[UUID]) -> Template:
    """One row that was sent, with its history, and a place to correct it."""
    return await _sent(request, work, id, Form())


async def _sent(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row, batch, events = await service.sent(work, id)
    found = sent_detail(row, batch, events, (await counting.accredited_for(work, [row]))[row.id])
    here = f"{REPORT}/regel/{id}"
    moves = {"reverse": ("terugnemen", _("Neem terug")), "restore": ("terugzetten", _("Zet terug"))}
    return render(
        request,
        "attendance/sent.html",
        work,
        form=form,
        back=f"{REPORT}/{found.run_id}",
        version=row.version,
        facts=[
            (label("sent-number", "field"), found.register_number),
            (label("ended-on", "field"), day(found.ended_on)),
            (_("Gestuurd via"), label(found.source, "attendance-source")),
            (_("Uitkomst"), label("taken-back" if found.taken_back else found.outcome, "attendance-outcome")),
            (_("Waar het telt"), "" if found.taken_back else worth_in_words(found.counts_in)),
        ],
        accepted=found.outcome == Outcome.ACCEPTED.value and not found.taken_back,
        history=[(one.at, label(one.what, "attendance-event")) for one in found.history],
        reason=found.reason,
        moves=[(f"{here}/{moves[move][0]}", moves[move][1]) for move in found.open_moves],
    )


on_sent = Forms(REPORT, _sent)
take_back = on_sent(
    "/regel/{id:uuid}/terugnemen",
    Permission.ATTENDANCE_REPORT,
    ReasonForm,
    lambda work, id, new: service.take_back(work, id, new.reason),
    "attendance-taken-back",
    REPORT + "/regel/{id}",
)
restore = on_sent(
    "/regel/{id:uuid}/terugzetten",
    Permission.ATTENDANCE_REPORT,
    ReasonForm,
    lambda work, id, new: service.restore(work, id, new.reason),
    "attendance-put-back",
    REPORT + "/regel/{id}",
)
withdraw = Forms(REPORT + "/{run_id:uuid}", _run)(
    "/intrekken",
    Permission.RUN_KEEP,
    WithdrawForm,
    lambda work, id, new: service.withdraw_run(work, id, new.withdrawal),
    "run-withdrawn",
)

HANDLERS = [own_runs, run, report, sent, take_back, restore, withdraw]

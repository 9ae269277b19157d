"""Attendance as JSON: lists of providers, one's own, and what waits for a second pair of eyes."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from accreditation.attendance import counting, credits, inbox, queries, service
from accreditation.attendance.models import Attendance
from accreditation.attendance.policy import State
from accreditation.attendance.schemas import (
    AttendanceView,
    ListResult,
    NewAssignment,
    NewClaim,
    NewList,
    Reason,
    SentDetail,
    SentView,
)
from accreditation.attendance.views import attendance_view, brief, list_view, sent_detail, sent_view
from accreditation.runs import queries as runs
from accreditation.runs.api import run_view
from accreditation.runs.schemas import RunView, Withdrawal
from auth.actor import Actor
from auth.permissions import SIGNED_IN, Permission
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned


class Waiting(StrEnum):
    """What waits for a second pair of eyes."""

    HELD = "held"
    DISPUTED = "disputed"
    UNMATCHED = "unmatched"


@post("/attendances/bulk", requires=Permission.ATTENDANCE_REPORT, tags=["attendance"])
async def report(work: WorkDep, data: JSONBody[NewList]) -> ListResult:
    """Report attendance, up to 10,000 rows: each is accepted, to be checked, or refused with a code.

    What is accepted is a claim. A row sent again is accepted and booked once.
    """
    batch, results = await service.report(work, data)
    return list_view(batch, results)


@get("/runs/{run_id:uuid}/attendances", requires=Permission.ATTENDANCE_REPORT, tags=["attendance"])
async def sent(
    request: AnyRequest,
    work: WorkDep,
    run_id: FromPath[UUID],
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """What was sent for a run of one's own."""
    size = page_size(pageSize)
    rows = await queries.sent_for(work, run_id, place_id(cursor), size + 1)
    accredited = await counting.accredited_for(work, rows)
    views = [sent_view(row, accredited[row.id]) for row in rows]
    return listed(request, views, size, lambda row: [str(row.id)])


@get("/sent-attendances/{id:uuid}", requires=Permission.ATTENDANCE_REPORT, tags=["attendance"])
async def sent_one(work: WorkDep, id: FromPath[UUID]) -> Response[SentDetail]:
    """One row that one sent, with its history: a correction takes back, it wipes nothing out."""
    row, batch, events = await service.sent(work, id)
    accredited = await counting.accredited_for(work, [row])
    return versioned(sent_detail(row, batch, events, accredited[row.id]), row.version)


@post("/sent-attendances/{id:uuid}/reversal", requires=Permission.ATTENDANCE_REPORT, if_match=True, tags=["attendance"])
async def take_back(work: WorkDep, id: FromPath[UUID], data: JSONBody[Reason]) -> Response[SentView]:
    """Take a row back: what was booked is reversed, with history, and the person is told."""
    row = await service.take_back(work, id, data.reason)
    return await _sent(work, row)


async def _sent(work: Work, row: Attendance) -> Response[SentView]:
    await work.flush()
    accredited = await counting.accredited_for(work, [row])
    return versioned(sent_view(row, accredited[row.id]), row.version, 201)


@post(
    "/sent-attendances/{id:uuid}/restoration",
    requires=Permission.ATTENDANCE_REPORT,
    if_match=True,
    tags=["attendance"],
)
async def restore(work: WorkDep, id: FromPath[UUID], data: JSONBody[Reason]) -> Response[SentView]:
    """Put a row back that one took back by mistake; it counts once somebody looked."""
    row = await service.restore(work, id, data.reason)
    return await _sent(work, row)


@post("/runs/{run_id:uuid}/withdrawal", requires=Permission.RUN_KEEP, if_match=True, tags=["attendance"])
async def withdraw(work: WorkDep, run_id: FromPath[UUID], data: JSONBody[Withdrawal]) -> Response[RunView]:
    """Withdraw a run: every claim for it is reversed, and every participant is told."""
    row = await service.withdraw_run(work, run_id, data.reason)
    await work.flush()
    meetings = (await runs.meetings_of(work, [row.id])).get(row.id, ())
    return versioned(run_view(row, meetings), row.version, 201)


@get("/attendances", requires=Permission.ATTENDANCE_CLAIM, tags=["attendance"])
async def own(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """One's own attendances, with what became of each."""
    size = page_size(pageSize)
    rows = await queries.own_attendances(work, place_id(cursor), size + 1)
    shown = await credits.runs_shown(work.session, {row.run_id for row in rows})
    views = [attendance_view(row, shown, own=True) for row in rows]
    return listed(request, views, size, lambda row: [str(row.id)])


@get("/attendances/{id:uuid}", requires=SIGNED_IN, tags=["attendance"])
async def attendance(work: WorkDep, id: FromPath[UUID]) -> Response[AttendanceView]:
    """One attendance of one's own, or for a second pair of eyes: that look leaves a trace with the person."""
    return await _answer(work, await service.read(work, id))


async def _answer(work: Work, row: Attendance, status: int = 200) -> Response[AttendanceView]:
    await work.flush()
    shown = await credits.runs_shown(work.session, [row.run_id])
    mine = isinstance(work.actor, Actor) and work.actor.person_id == row.person_id
    return versioned(attendance_view(row, shown, own=mine), row.version, status)


@post("/attendances/{id:uuid}/dispute", requires=Permission.ATTENDANCE_CLAIM, if_match=True, tags=["attendance"])
async def dispute(work: WorkDep, id: FromPath[UUID], data: JSONBody[Reason]) -> Response[AttendanceView]:
    """Say that it is not so; it does not count until that is settled."""
    return await _answer(work, await service.dispute(work, id, data.reason), 201)


@post("/attendances/claims", requires=Permission.ATTENDANCE_CLAIM, tags=["attendance"])
async def claim(work: WorkDep, data: JSONBody[NewClaim]) -> Response[AttendanceView]:
    """Claim what was sent under a wrong number or a former name, by what one knows of it."""
    return await _answer(work, await inbox.claim(work, data), 201)


@get("/attendance-queue", requires=Permission.ATTENDANCE_JUDGE, tags=["attendance"])
async def queue(
    request: AnyRequest,
    work: WorkDep,
    in_state: Annotated[Waiting, QueryParameter(name="state")],
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """What waits for a second pair of eyes, longest first; it tells nothing of whose it is until it is opened."""
    size = page_size(pageSize)
    rows = await queries.waiting(work, State(in_state.value), place_id(cursor), size + 1)
    shown = await credits.runs_shown(work.session, {row.run_id for row in rows})
    views = [brief(row, shown) for row in rows]
    return listed(request, views, size, lambda row: [str(row.id)])


@post("/attendances/{id:uuid}/release", requires=Permission.ATTENDANCE_JUDGE, if_match=True, tags=["attendance"])
async def release(work: WorkDep, id: FromPath[UUID], data: JSONBody[Reason]) -> Response[AttendanceView]:
    """A second pair of eyes finds it sound: it counts."""
    return await _answer(work, await service.look_at(work, id, sound=True, reason=data.reason), 201)


@post("/attendances/{id:uuid}/rejection", requires=Permission.ATTENDANCE_JUDGE, if_match=True, tags=["attendance"])
async def reject(work: WorkDep, id: FromPath[UUID], data: JSONBody[Reason]) -> Response[AttendanceView]:
    """A second pair of eyes finds that it cannot be: it will not count."""
    return await _answer(work, await service.look_at(work, id, sound=False, reason=data.reason), 201)


@post("/attendances/{id:uuid}/sustaining", requires=Permission.ATTENDANCE_JUDGE, if_match=True, tags=["attendance"])
async def sustain(work: WorkDep, id: FromPath[UUID], data: JSONBody[Reason]) -> Response[AttendanceView]:
    """The person is right: it is taken back."""
    return await _answer(work, await service.settle_dispute(work, id, sustained=True, reason=data.reason), 201)


@post("/attendances/{id:uuid}/overruling", requires=Permission.ATTENDANCE_JUDGE, if_match=True, tags=["attendance"])
async def overrule(work: WorkDep, id: FromPath[UUID], data: JSONBody[Reason]) -> Response[AttendanceView]:
    """It was so after all: it counts again."""
    return await _answer(work, await service.settle_dispute(work, id, sustained=False, reason=data.reason), 201)


@post("/attendances/{id:uuid}/assignment", requires=Permission.ATTENDANCE_JUDGE, if_match=True, tags=["attendance"])
async def assign(work: WorkDep, id: FromPath[UUID], data: JSONBody[NewAssignment]) -> Response[AttendanceView]:
    """Say whose an item of the inbox is."""
    return await _answer(work, await inbox.assign(work, id, data), 201)


@post("/attendances/{id:uuid}/dismissal", requires=Permission.ATTENDANCE_JUDGE, if_match=True, tags=["attendance"])
async def dismiss(work: WorkDep, id: FromPath[UUID], data: JSONBody[Reason]) -> Response[AttendanceView]:
    """An item of the inbox is nobody's."""
    return await _answer(work, await inbox.dismiss(work, id, data.reason), 201)


ROUTES = Router(
    "/",
    route_handlers=[
        report,
        sent,
        sent_one,
        take_back,
        restore,
        withdraw,
        own,
        attendance,
        dispute,
        claim,
        queue,
        release,
        reject,
        sustain,
        overrule,
        assign,
        dismiss,
    ],
)

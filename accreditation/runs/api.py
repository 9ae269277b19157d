"""Runs as JSON, for their providers."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from litestar import Response, Router, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody

from accreditation.runs import queries, service
from accreditation.runs.models import Meeting, Run
from accreditation.runs.policy import RUN
from accreditation.runs.schemas import ChangedRun, MeetingView, NewRun, RunView
from auth.permissions import Permission
from core.errors import Invalid
from core.records import filled
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place, versioned


def meeting_view(row: Meeting) -> MeetingView:
    """One meeting as its provider sees it."""
    return MeetingView(row.id, row.pe_meeting_id, row.external_id, row.starts_at, row.ends_at)


def run_view(row: Run, meetings: Sequence[Meeting] = ()) -> RunView:
    """One run as its provider sees it."""
    return filled(RunView, row, open_moves=RUN.open(row.state), meetings=[meeting_view(each) for each in meetings])


async def _answer(work: Work, row: Run, status: int = 200) -> Response[RunView]:
    found = await queries.meetings_of(work, [row.id])
    return versioned(run_view(row, found.get(row.id, ())), row.version, status)


@post("/courses/{course_id:uuid}/runs", requires=Permission.RUN_KEEP, tags=["attendance"])
async def plan(work: WorkDep, course_id: FromPath[UUID], data: JSONBody[NewRun]) -> Response[RunView]:
    """Plan a run of an accredited course; it must end inside the accreditation."""
    row = await service.plan(work, course_id, data)
    return await _answer(work, row, 201)


@get("/runs", requires=Permission.RUN_KEEP, tags=["attendance"])
async def runs(
    request: AnyRequest,
    work: WorkDep,
    course: FromQuery[UUID | None] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The runs of one's own providers, the latest first."""
    size = page_size(pageSize)
    after = place(cursor, 2)
    rows = await queries.own_runs(work, course, _place(after) if after else None, size + 1)
    meetings = await queries.meetings_of(work, [row.id for row in rows])
    views = [run_view(row, meetings.get(row.id, ())) for row in rows]
    return listed(request, views, size, lambda row: [row.starts_on.isoformat(), str(row.id)])


def _place(keys: list[str]) -> tuple[date, UUID]:
    try:
        return date.fromisoformat(keys[0]), UUID(keys[1])
    except ValueError as error:
        raise Invalid("cursor", [("cursor", "cursor")]) from error


@get("/runs/{run_id:uuid}", requires=Permission.RUN_KEEP, tags=["attendance"])
async def run(work: WorkDep, run_id: FromPath[UUID]) -> Response[RunView]:
    """One run with its meetings."""
    return await _answer(work, await queries.own_run(work, run_id))


@patch("/runs/{run_id:uuid}", requires=Permission.RUN_KEEP, if_match=True, tags=["attendance"])
async def change(work: WorkDep, run_id: FromPath[UUID], data: JSONBody[ChangedRun]) -> Response[RunView]:
    """Change days, place or seats."""
    row = await service.change(work, run_id, data)
    await work.flush()
    return await _answer(work, row)


ROUTES = Router("/", route_handlers=[plan, runs, run, change])

"""Runs: planned inside the accreditation, changed while nobody was there yet, withdrawn with notice."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from sqlmodel import col

from accreditation.courses.models import CourseAccreditation
from accreditation.providers import queries as providers
from accreditation.runs import queries
from accreditation.runs.models import Meeting, Run, sitting
from accreditation.runs.policy import RUN, RunEvent, Span, require_run
from accreditation.runs.ports import RunPorts
from accreditation.runs.schemas import ChangedRun, NewMeeting, NewRun
from core.clock import AMSTERDAM
from core.errors import Refused
from core.store.drawing import drawn
from core.store.work import Work


def draw_number() -> int:
    """A number for platforms that keep whole numbers; it tells nothing of how many there are."""
    return 100_000_000 + secrets.randbelow(900_000_000)


async def plan(work: Work, course_id: UUID, new: NewRun) -> Run:
    """Plan a run of an own course; NotFound("no-such-course"), Invalid as policy.require_run.

    Refused("provider-not-admitted") where its provider lost the admission to each register in which it would count.
    """
    course = await queries.own_course(work, course_id)
    sittings = [sitting(*instants(each)) for each in new.meetings]
    spans = await _spans(work, course.id, new.ends_on)
    require_run(new.form, new.starts_on, new.ends_on, new.place, new.capacity, sittings, spans)
    await _require_admitted(work, course.id, course.provider_id, new.ends_on)
    run = Run(
        provider_id=course.provider_id,
        course_id=course.id,
        pe_edition_id=await drawn(work.session, col(Run.pe_edition_id), draw_number),
        external_id=new.external_id,
        form=new.form,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        place=new.place,
        capacity=new.capacity,
    )
    work.add(run)
    await work.flush()
    work.log("run:plan", run, starts_on=run.starts_on, ends_on=run.ends_on, capacity=run.capacity)
    for each, at in zip(new.meetings, sittings, strict=True):
        meeting = Meeting(
            run_id=run.id,
            pe_meeting_id=await drawn(work.session, col(Meeting.pe_meeting_id), draw_number),
            external_id=each.external_id,
            starts_at=at.starts_at,
            ends_at=at.ends_at,
        )
        work.add(meeting)
        work.log("meeting:plan", meeting, run=str(run.id), on=at.first_on)
    await work.flush()
    return run


async def change(work: Work, run_id: UUID, new: ChangedRun) -> Run:
    """Change days, place or seats; Invalid as policy.require_run.

    Refused: `wrong-state` once withdrawn, `run-attended` for other days once somebody was there: credits rest on them;
    `provider-not-admitted` for other days, as plan.
    """
    run = await queries.own_run(work, run_id)
    work.expect(run)
    run.state = RUN.after(run.state, RunEvent.CHANGE)
    given = {name: value for name, value in new.model_dump().items() if value not in (None, getattr(run, name))}
    if given.keys() & {"starts_on", "ends_on"} and await work.port(RunPorts).attended(work, run.id):
        raise Refused("run-attended")
    for name, value in given.items():
        setattr(run, name, value)
    meetings = (await queries.meetings_of(work, [run.id])).get(run.id, ())
    spans = await _spans(work, run.course_id, run.ends_on)
    sittings = [meeting.sitting() for meeting in meetings]
    require_run(run.form, run.starts_on, run.ends_on, run.place, run.capacity, sittings, spans)
    if given.keys() & {"starts_on", "ends_on"}:
        await _require_admitted(work, run.course_id, run.provider_id, run.ends_on)
    work.log("run:change", run, changed=sorted(given), starts_on=run.starts_on, ends_on=run.ends_on)
    return run


async def _require_admitted(work: Work, course_id: UUID, provider_id: UUID, ends_on: date) -> None:
    """What ended before the admission was lost may still be entered; later runs would never be in the agenda."""
    registers = {one.register_code for one in await _covering(work, course_id, ends_on)}
    rows = [one for one in await providers.authorisations(work, [provider_id]) if one.register_code in registers]
    since = await providers.lost_since(work, rows)
    if any(row.id not in since or ends_on < since[row.id] for row in rows):
        return
    if since:
        raise Refused("provider-not-admitted", since=max(since.values()).isoformat())


async def _covering(work: Work, course_id: UUID, ends_on: date) -> Sequence[CourseAccreditation]:
    found = (await queries.accreditations_of(work, [course_id])).get(course_id, ())
    return [one for one in found if one.covers(ends_on)]


async def _spans(work: Work, course_id: UUID, ends_on: date) -> Sequence[Span]:
    return [span(one) for one in await _covering(work, course_id, ends_on)]


def span(one: CourseAccreditation) -> Span:
    """The days of an accreditation."""
    return Span(one.from_on, one.until_on)


def instants(new: NewMeeting) -> tuple[datetime, datetime]:
    """When a meeting begins and ends, from a day and two times in the Netherlands."""
    begins, ends = (datetime.combine(new.held_on, time.fromisoformat(at), AMSTERDAM) for at in (new.begins, new.ends))
    return begins, ends

"""Attendance: reported by providers, taken back by them, disputed by people, looked at by a second pair of eyes."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from accreditation.attendance import credits, finding, queries
from accreditation.attendance.credits import CourseCredit
from accreditation.attendance.models import Attendance, AttendanceBatch
from accreditation.attendance.policy import ATTENDANCE, Cause, Event, Outcome, Source, require_reversible, restoring
from accreditation.attendance.reading import Sent, clean, day_of, number_of
from accreditation.attendance.receiving import Result, receive
from accreditation.attendance.schemas import NewList, NewRow
from accreditation.attendance.settling import settle
from accreditation.runs import queries as runs
from accreditation.runs.models import Run
from accreditation.runs.policy import RUN, RunEvent, RunState
from auth import queries as people
from auth.actor import Actor
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.store.audit import events_about
from core.store.work import Work


async def report(work: Work, new: NewList, source: Source = Source.API) -> tuple[AttendanceBatch, list[Result]]:
    """Take a list in for a provider of the actor.

    NotFound("no-such-provider"), Refused("not-authorised"): the provider stands in no register.
    """
    return await report_lines(work, new.provider_id, list(enumerate(new.rows, 1)), (), source)


async def report_lines(
    work: Work,
    provider_id: UUID | None,
    rows: Sequence[tuple[int, NewRow]],
    unread: Sequence[tuple[int, str]],
    source: Source,
) -> tuple[AttendanceBatch, list[Result]]:
    """The same for the lines of a file; `unread` are those that are no rows, with their codes."""
    provider = provider_of(work, provider_id)
    if not await finding.authorised_registers(work, provider):
        raise Refused("not-authorised")
    sent, refused = read_rows(rows)
    refused += [Result(line, Outcome.REFUSED, code) for line, code in unread]
    return await receive(work, provider, source, sent, refused)


def provider_of(work: Work, asked: UUID | None) -> UUID:
    """The provider that is meant: the only one of the actor, or the one that is named."""
    actor = work.actor
    own = actor.organisations if isinstance(actor, Actor) else frozenset()
    if asked is None and len(own) == 1:
        return next(iter(own))
    if asked is None or not runs.may_act_for(work, asked):
        raise NotFound("no-such-provider")
    return asked


def read_rows(rows: Sequence[tuple[int, NewRow]]) -> tuple[list[Sent], list[Result]]:
    """The rows that can be read, and a refusal for each that cannot."""
    sent, unread = [], []
    for line, row in rows:
        try:
            sent.append(
                Sent(
                    line=line,
                    number=number_of(row.register_number),
                    name=clean(row.name, 160),
                    run_id=clean(row.run_id, 60),
                    course=clean(row.course, 60),
                    run=clean(row.run, 60),
                    meeting=clean(row.meeting, 60),
                    ended_on=day_of(row.ended_on),
                )
            )
        except Invalid as error:
            unread.append(Result(line, Outcome.REFUSED, error.code))
    return sent, unread


async def take_back(work: Work, id: UUID, reason: str) -> Attendance:
    """A provider corrects what it sent: a reversal, with history; the person is told. Refused("wrong-state")."""
    row = await queries.provided(work, id)
    work.expect(row)
    require_reversible(row.state, row.cause)
    return await move(work, row, Event.REVERSE, Cause.PROVIDER, reason)


async def restore(work: Work, id: UUID, reason: str) -> Attendance:
    """A provider takes its own correction back; a second pair of eyes looks, or whoever it is of claims it.

    Refused: `not-taken-back-by-provider`, `run-withdrawn`.
    """
    row = await queries.provided(work, id)
    work.expect(row)
    if (await runs.own_run(work, row.run_id)).state is RunState.WITHDRAWN:
        raise Refused("run-withdrawn")
    event = restoring(row.state, row.cause, matched=row.person_id is not None)
    return await move(work, row, event, None, reason)


async def dispute(work: Work, id: UUID, reason: str) -> Attendance:
    """Somebody says that they were not there, or not so: it does not count until that is settled."""
    row = await queries.own_attendance(work, id)
    if not isinstance(work.actor, Actor) or row.person_id != work.actor.person_id:
        raise Forbidden("not-for-this-role")
    work.expect(row)
    return await move(work, row, Event.DISPUTE, None, reason)


async def settle_dispute(work: Work, id: UUID, *, sustained: bool, reason: str) -> Attendance:
    """A second pair of eyes settles a dispute: it is taken back, or counts again. Forbidden("own-case")."""
    row = await _judged(work, id)
    event, cause = (Event.SUSTAIN, Cause.DISPUTE) if sustained else (Event.OVERRULE, None)
    return await move(work, row, event, cause, reason)


async def look_at(work: Work, id: UUID, *, sound: bool, reason: str) -> Attendance:
    """A second pair of eyes lets what was held count, or not. Forbidden("own-case")."""
    row = await _judged(work, id)
    event, cause = (Event.RELEASE, None) if sound else (Event.REJECT, Cause.SECOND_EYES)
    return await move(work, row, event, cause, reason)


async def sent(work: Work, id: UUID) -> tuple[Attendance, AttendanceBatch, Sequence[Mapping[str, Any]]]:
    """A row that one sent, with its list and what the trail tells of it."""
    row = await queries.provided(work, id)
    batch = await work.session.get_one(AttendanceBatch, row.batch_id)
    return row, batch, await events_about(work.session, row.id)


async def read(work: Work, id: UUID) -> Attendance:
    """An attendance of one's own, or for a second pair of eyes: that look leaves a trace with the person."""
    row = await queries.own_attendance(work, id)
    if not isinstance(work.actor, Actor) or row.person_id != work.actor.person_id:
        work.looked("attendance:read", stream=row.stream(), attendance=str(row.id))
    return row


async def _judged(work: Work, id: UUID) -> Attendance:
    row = await queries.own_attendance(work, id)
    if isinstance(work.actor, Actor) and row.person_id == work.actor.person_id:
        raise Forbidden("own-case")
    work.expect(row)
    return row


async def move(work: Work, row: Attendance, event: Event, cause: Cause | None, said: str) -> Attendance:
    """Move one attendance, make the books follow, and tell the person what changed."""
    before, row.state = row.state, ATTENDANCE.after(row.state, event)
    row.cause, row.said = cause, said
    work.log(f"attendance:{event.value}", row, state=row.state.value, cause=cause.value if cause else None)
    await work.flush()
    if row.person_id is not None:
        await settle(work, {row.run_id: await finding.run_of(work, row.run_id)}, [row.person_id])
        by_others = not isinstance(work.actor, Actor) or work.actor.person_id != row.person_id
        if by_others and row.state is not before:
            await _tell(work, [row])
    return row


async def withdraw_run(work: Work, run_id: UUID, reason: str) -> Run:
    """Withdraw a run: whatever was claimed for it is taken back, and every participant is told.

    Refused("wrong-state") when it was withdrawn before.
    """
    run = await runs.own_run(work, run_id)
    work.expect(run)
    run.state, run.withdrawn_reason = RUN.after(run.state, RunEvent.WITHDRAW), reason
    rows = await queries.standing_in(work, run.id)
    for row in rows:
        row.state = ATTENDANCE.after(row.state, Event.REVERSE)
        row.cause = Cause.RUN_WITHDRAWN
        # One stream for all: a head for each of thousands of people would be locked.
        work.log("attendance:reverse", row, stream=f"run/{run.id}", cause=row.cause.value)
    work.log("run:withdraw", run, attendances=len(rows))
    await work.flush()
    persons = {row.person_id for row in rows if row.person_id}
    await settle(work, {run.id: await finding.run_of(work, run.id)}, queries.those_in(run.id))
    await _tell(work, [row for row in rows if row.person_id in persons])
    return run


async def _tell(work: Work, rows: Sequence[Attendance]) -> None:
    """A message to each person whose credit may have changed; what happened stands behind the sign-in."""
    addresses = await people.addresses_of(work.session, {row.person_id for row in rows if row.person_id})
    for person_id, address in addresses.items():
        work.send(
            "attendance-changed",
            address=address,
            subject="Er is iets veranderd in uw presentie",
            body=(
                "De presentie bij een cursus is veranderd, en daarmee misschien wat er in uw portfolio meetelt.\n"
                "Log in bij Bekwaam en kijk bij Mijn presentie. Bent u het er niet mee eens, dan kunt u dat daar "
                "zeggen.\n"
            ),
            person_id=person_id,
        )


async def credits_of(work: Work, person_id: UUID, register: str) -> Sequence[CourseCredit]:
    """What somebody has from courses in a register, for the portfolio to read beside its own ledger."""
    return await credits.credits_of(work, person_id, register)

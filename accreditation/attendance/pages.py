"""Attendance on pages: a person sees, claims and disputes their own, the office looks with a second pair of eyes."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from accreditation.attendance import counting, credits, inbox, queries, service
from accreditation.attendance.forms import ClaimForm, JudgeForm, ReasonForm
from accreditation.attendance.policy import State
from accreditation.attendance.ports import AttendancePorts
from accreditation.attendance.schemas import NewAssignment
from accreditation.attendance.views import JUDGES, in_words
from auth import queries as people
from auth.actor import person_of
from auth.permissions import Permission
from core.errors import Invalid
from core.store.work import Work
from core.texts import day
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, label, redirect, render
from core.web.submissions import Forms

OWN, JUDGE = "/mijn/presentie", "/presentie-controle"
SHOWN = 100


@get(OWN, requires=Permission.ATTENDANCE_CLAIM)
async def own(request: AnyRequest, work: WorkDep) -> Template:
    """What providers said of one's presence, and what may be missing."""
    return await _own(request, work, Form())


async def _own(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    me = person_of(work.actor)
    rows = await queries.own_attendances(work, None, SHOWN)
    counted = await counting.counted(work, me, await work.port(AttendancePorts).registers_of(work, me), rows)
    offered = await inbox.suggestions(work)
    shown = await credits.runs_shown(work.session, {row.run_id for row in (*rows, *offered)})
    return render(
        request,
        "attendance/mine.html",
        work,
        form=form,
        attendances=[
            {
                "course": shown[row.run_id].title,
                "provider": shown[row.run_id].provider,
                "ended_on": row.ended_on,
                "said": in_words(counted[row.id]),
                "version": row.version,
                "action": f"{OWN}/{row.id}/betwisten" if row.state is State.COUNTING else "",
            }
            for row in rows
        ],
        offered=[
            {"course": shown[row.run_id].title, "ended_on": row.ended_on, "action": f"{OWN}/{row.id}/claim"}
            for row in offered
        ],
        action=f"{OWN}/claim",
    )


@post(OWN + "/{id:uuid}/claim", requires=Permission.ATTENDANCE_CLAIM)
async def claim_offered(work: WorkDep, id: FromPath[UUID]) -> Redirect:
    """Claim what was shown."""
    await inbox.claim_suggested(work, id)
    return redirect(OWN, "attendance-claimed")


@get(JUDGE, requires=Permission.ATTENDANCE_JUDGE)
async def queue(request: AnyRequest, work: WorkDep) -> Template:
    """What waits for a second pair of eyes; it tells nothing of whose it is until it is opened."""
    groups = []
    for state in JUDGES:
        rows = await queries.waiting(work, state, None, SHOWN)
        shown = await credits.runs_shown(work.session, {row.run_id for row in rows})
        items = [
            {
                "href": f"{JUDGE}/{row.id}",
                "course": shown[row.run_id].title,
                "ended_on": row.ended_on,
                "line": row.line,
                "doubts": ", ".join(label(code, "doubt") for code in row.doubt_codes()),
            }
            for row in rows
        ]
        groups.append({"title": label(state, "attendance-state"), "items": items})
    return render(request, "attendance/queue.html", work, groups=groups)


@get(JUDGE + "/{id:uuid}", requires=Permission.ATTENDANCE_JUDGE)
async def item(request: AnyRequest, work: WorkDep, id: FromPath[UUID]) -> Template:
    """One of them; the look leaves a trace with the person."""
    return await _item(request, work, id, Form())


async def _item(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row = await service.read(work, id)
    shown = (await credits.runs_shown(work.session, [row.run_id]))[row.run_id]
    unmatched = row.state is State.UNMATCHED
    near = await inbox.candidates(work, row) if unmatched else ()
    also = await inbox.elsewhere(work, row)
    others = await credits.runs_shown(work.session, {UUID(stay.run) for stay in also})
    person = {row.person_id} if row.person_id else set()
    names, numbers = await people.names_of(work.session, person), await people.numbers_of(work.session, person)
    moves = JUDGES.get(row.state, ())
    return render(
        request,
        "attendance/item.html",
        work,
        form=form,
        facts=[
            (label("course", "field"), shown.title),
            (label("provider", "field"), shown.provider),
            (label("ended-on", "field"), day(row.ended_on)),
            (_("Wie"), f"{names[row.person_id]} ({numbers[row.person_id]})" if row.person_id else ""),
            (label("sent-number", "field"), row.sent_number),
            (label("sent-name", "field"), row.sent_name),
            (label("said", "field"), row.said),
        ],
        doubts=[label(code, "doubt") for code in row.doubt_codes()],
        elsewhere=[
            _(
                "{course} van {provider}, in {place} op {day}",
                course=others[UUID(stay.run)].title,
                provider=others[UUID(stay.run)].provider,
                place=stay.place,
                day=stay.first_on,
            )
            for stay in also
        ],
        candidates=[f"{one.register_number} · {one.name}" for one in near],
        unmatched=unmatched,
        moves=[(move, label(move, "attendance-move")) for move in moves],
        version=row.version,
        action=f"{JUDGE}/{row.id}",
    )


async def _judge(work: Work, id: UUID, said: JudgeForm) -> None:
    reason = said.reason
    if said.move in {"release", "reject"}:
        await service.look_at(work, id, sound=said.move == "release", reason=reason)
    elif said.move in {"sustain", "overrule"}:
        await service.settle_dispute(work, id, sustained=said.move == "sustain", reason=reason)
    elif said.move == "dismiss":
        await inbox.dismiss(work, id, reason)
    elif said.register_number:
        await inbox.assign(work, id, NewAssignment(register_number=said.register_number, reason=reason))
    else:
        raise Invalid("invalid-input", [("register_number", "field-missing")])


claim = Forms(OWN, _own)("/claim", Permission.ATTENDANCE_CLAIM, ClaimForm, inbox.claim, "attendance-claimed", OWN)
dispute = Forms(OWN + "/{id:uuid}", lambda request, work, id, form: _own(request, work, form))(
    "/betwisten",
    Permission.ATTENDANCE_CLAIM,
    ReasonForm,
    lambda work, id, new: service.dispute(work, id, new.reason),
    "attendance-disputed",
    OWN,
)
judge = Forms(JUDGE + "/{id:uuid}", _item)(
    "", Permission.ATTENDANCE_JUDGE, JudgeForm, _judge, "attendance-judged", JUDGE
)

HANDLERS = [own, claim, claim_offered, dispute, queue, item, judge]

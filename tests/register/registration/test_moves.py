"""Every move of an entry and of an application, made by the service or chore that makes it, and read from the trail.

The machines are the same on every database; the journeys run on both.
"""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from sqlmodel import col, select

from auth.actor import SYSTEM, Actor
from auth.models import Person
from auth.permissions import Role
from core.decisions import Channel, Decision, Effects, Verdict, case_number, make_known, take
from core.panel.service import PanelItem, PanelSession
from core.panel.votes import Outcome, Tally
from core.store.audit import TrailEvent
from core.store.db import new_id
from core.store.work import Work
from register.applications import completing, leaving, service
from register.committee import departure
from register.committee.cases import CaseSource
from register.committee.measures import service as measures
from register.committee.measures import source
from register.committee.measures.policy import MeasureKind
from register.committee.measures.schemas import NewMeasure, NewProposal
from register.committee.ruling import NewRuling
from register.committee.sessions import applications
from register.entries.completeness import Lacking
from register.entries.models import Application, CompletionRequest, Registration
from register.entries.policy import (
    APPLICATION,
    REGISTRATION,
    ApplicationEvent,
    ApplicationKind,
    ApplicationState,
    Event,
    Register,
    Route,
    Status,
)
from register.entries.schemas import NewApplication, NewCompletionRequest, NewLeaving
from register.service.sweep import sweep
from tests.register.portfolio.world import World, world_on

TODAY = date(2025, 6, 20)
LETTER = {"register_code": Register.LEADERS_PO, "route": Route.FREE_FORM, "statement": "Ik leid al jaren een school."}
KINDS = {
    Event.GRANT: ApplicationKind.REGISTRATION,
    Event.GRANT_IN_TRAINING: ApplicationKind.REGISTRATION,
    Event.REFUSE: ApplicationKind.REGISTRATION,
    Event.RENEW: ApplicationKind.REREGISTRATION,
    Event.REFUSE_RENEWAL: ApplicationKind.REREGISTRATION,
    Event.POSTPONE: ApplicationKind.POSTPONEMENT,
    Event.CHANGE_LEVEL: ApplicationKind.LEVEL_CHANGE,
}
REFUSALS = {Event.REFUSE, Event.REFUSE_RENEWAL}
# Moves that only a decision in the place of another one makes (Awb 7:11, or a correction).
BY_ANOTHER_DECISION = {
    (Status.POSTPONED, Event.POSTPONE),
    (Status.CONDITIONAL, Event.POSTPONE),
    (Status.LAPSED, Event.POSTPONE),
    (Status.CONDITIONAL, Event.GRANT),
    (Status.IN_TRAINING, Event.GRANT_IN_TRAINING),
}
MADE: dict[str, set[tuple[str, str, str]]] = {}


async def an_entry(world: World, status: Status, due_on: date = date(2025, 10, 1)) -> tuple[Actor, UUID]:
    """Somebody whose entry says so, and whose portfolio runs where it should."""
    who = await world.person()
    entry_id = await world.registered(who, date(2020, 10, 1), due_on)
    async with world.means.work(SYSTEM) as work:
        row = await work.session.get_one(Registration, entry_id)
        row.status = status
        work.log("registration:set-up", row, status=status.value)
    return who, entry_id


async def an_application(
    world: World, entry_id: UUID, state: ApplicationState, kind: ApplicationKind = ApplicationKind.REGISTRATION
) -> UUID:
    """An application about an entry that stands where it is said to."""
    async with world.means.work(SYSTEM) as work:
        entry = await work.session.get_one(Registration, entry_id)
        row = Application(
            number=case_number("A", work.today),
            person_id=entry.person_id,
            registration_id=entry.id,
            register_code=entry.register_code,
            kind=kind,
            route=Route.FREE_FORM,
            statement="Ik leid al jaren een school.",
            state=state,
            started_at=work.now,
            received_on=work.today,
        )
        work.add(row)
        await work.flush()
        work.log("application:set-up", row, state=state.value)
    return row.id


async def decided(
    world: World, application_id: UUID, kind: str, outcome: Verdict, *, level: str | None = None, again: bool = False
) -> None:
    """A decision on an application, made known with its effect; `again`: in the place of a refusal."""
    replaced: UUID | None = None
    if again:
        async with world.means.bound(Effects({kind: _nothing})).work(SYSTEM) as work:
            earlier = await _take(work, application_id, kind, Verdict.REFUSED, None, 0)
            await make_known(work, earlier, Channel.POST, str)
            replaced = earlier.id
    async with world.means.work(SYSTEM) as work:
        row = await _take(work, application_id, kind, outcome, level, 1 if again else 0, replaced)
        await make_known(work, row, Channel.POST, str)


async def _nothing(_work: Work, _decision: Decision) -> None:
    """A refusal that changed nothing."""


async def _take(
    work: Work,
    application_id: UUID,
    kind: str,
    outcome: Verdict,
    level: str | None,
    number: int,
    replaces: UUID | None = None,
) -> Decision:
    application = await work.session.get_one(Application, application_id)
    return await take(
        work,
        Decision(
            number=case_number("B", work.today),
            kind=kind,
            subject_kind="application",
            subject_id=application.id,
            round=number,
            person_id=application.person_id,
            register_code=application.register_code.value,
            outcome=outcome,
            level=level,
            due_on=None if outcome is Verdict.REFUSED else date(2030, 10, 1),
            grounds="points-short" if outcome is Verdict.REFUSED else "",
            reasons="Zoals het is.",
            repair="Meer." if outcome is Verdict.REFUSED else "",
            rule_set="schoolleiders-po-2022",
            taken_by="panel_session/1",
            decided_on=work.today,
            replaces=replaces,
        ),
    )


async def make_the_move(world: World, status: Status, event: Event) -> None:
    """Make one move of an entry as the house makes it."""
    # Six months under conditions are over before an entry lapses.
    who, entry_id = await an_entry(world, status, *([date(2024, 10, 1)] if event is Event.LAPSE else []))
    if event in KINDS:
        file = await an_application(world, entry_id, ApplicationState.DECIDED, KINDS[event])
        outcome = Verdict.REFUSED if event in REFUSALS else Verdict.GRANTED
        level = "in-opleiding" if event is Event.GRANT_IN_TRAINING else "niveau-2"
        again = (status, event) in BY_ANOTHER_DECISION
        await decided(world, file, KINDS[event].value, outcome, level=level, again=again)
    elif event in {Event.APPLY, Event.WITHDRAW}:
        async with world.means.work(who) as work:
            file = (await service.draw_up(work, NewApplication(**LETTER))).id if event is Event.APPLY else None
        file = file or await an_application(world, entry_id, ApplicationState.SUBMITTED)
        async with world.means.work(who) as work:
            await (service.hand_in if event is Event.APPLY else service.withdraw)(work, file)
    elif event in {Event.PASS_DUE_DATE, Event.PASS_LIMIT}:
        await sweep(world.means, date(2025, 10, 2))
    elif event is Event.DEREGISTER:
        async with world.means.work(who) as work:
            await departure.deregister(work, entry_id)
    else:
        await measured(world, who, MeasureKind(event.value))


async def measured(world: World, who: Actor, kind: MeasureKind) -> None:
    """A lapse by vote, or a strike-off by two persons: heard, decided, made known, carried out on its day."""
    secretary, member = await world.person(Role.SECRETARY), await world.person(Role.COMMITTEE_MEMBER)
    async with world.means.work(SYSTEM) as work:
        number = (await work.session.get_one(Person, who.person_id)).register_number
    ground = "conditional-term-passed" if kind is MeasureKind.LAPSE else "evidence-forged"
    async with world.means.work(secretary) as work:
        new = NewMeasure(register_number=number, register_code=Register.LEADERS_PO, kind=kind, grounds=[ground])
        id = (await measures.intend(work, new)).id
    async with world.means.work(who) as work:
        await measures.record_view(work, id, "Ik begrijp het.")
    tomorrow = TODAY + timedelta(days=1)
    async with world.means.work(secretary) as work:
        if kind is MeasureKind.LAPSE:
            await source.put_on(work, id)
            decision = await carried(
                work, source.SOURCE, id, NewRuling(reasons="De termijn is voorbij.", answer="Goed.")
            )
        else:
            text = NewProposal(effect_on=tomorrow, reasons="Vals.", repair="Vraag opnieuw aan.", answer="Goed.")
            digest = (await measures.propose(work, id, text)).digest
    if kind is MeasureKind.STRIKE_OFF:
        async with world.means.work(member) as work:
            decision = await measures.sign(work, id, digest)
    async with world.means.work(SYSTEM) as work:
        await make_known(work, await work.session.get_one(Decision, decision.id), Channel.POST, str)
    if kind is MeasureKind.STRIKE_OFF:
        await sweep(world.means, tomorrow)


async def carried(work: Work, room: CaseSource, case: UUID, ruling: NewRuling) -> Decision:
    """What a room decides when all votes are for; the voting itself is told in tests/journeys."""
    session = PanelSession(committee="registration", held_on=TODAY, chair_id=new_id(), quorum=4)
    work.add(session)
    await work.flush()
    work.log("session:plan", session)
    item = PanelItem(session_id=session.id, case_kind=room.name, case_id=case, position=1)
    work.add(item)
    await work.flush()
    work.log("session:list", item, stream=f"panel_session/{session.id}")
    decision = await room.decide(work, item, session, Tally(4, 0, 0, Outcome.CARRIED), ruling)
    assert decision is not None
    return decision


async def make_the_move_of_an_application(world: World, state: ApplicationState, event: ApplicationEvent) -> None:
    """Make one move of an application as the house makes it."""
    # An entry waits as long as its application does; before and after that nobody asks anything of it.
    waits = state not in {ApplicationState.DRAFT, ApplicationState.LEFT_UNTREATED}
    who, entry_id = await an_entry(world, Status.APPLICATION_OPEN if waits else Status.ENROLLED)
    file = await an_application(world, entry_id, state)
    async with world.means.work(SYSTEM) as work:
        if state is ApplicationState.INCOMPLETE:
            await _asked(work, file)
    actor = who if event in {ApplicationEvent.SUBMIT, ApplicationEvent.COMPLETE, ApplicationEvent.WITHDRAW} else SYSTEM
    async with world.means.work(actor) as work:
        if event is ApplicationEvent.SUBMIT:
            await service.hand_in(work, file)
        elif event is ApplicationEvent.COMPLETE:
            await completing.complete(work, file)
        elif event is ApplicationEvent.WITHDRAW:
            await service.withdraw(work, file)
        elif event is ApplicationEvent.SEND_ON:
            await service.send_on(work, file, "De commissie van een ander register")
        elif event is ApplicationEvent.ADMIT:
            await service.admit(work, file)
        elif event is ApplicationEvent.ASK_COMPLETION:
            await completing.ask_completion(work, file, NewCompletionRequest(items=[Lacking.PROOF]))
        elif event is ApplicationEvent.LIST:
            await applications.SOURCE.put_on(work, file)
        elif event is ApplicationEvent.RETURN:
            await applications.SOURCE.send_back(work, file, new_id())
        elif event is ApplicationEvent.DECIDE:
            await carried(work, applications.SOURCE, file, NewRuling(reasons="De brief overtuigt.", level="niveau-1"))
        elif event is ApplicationEvent.LEAVE:
            await leaving.leave_untreated(work, file, NewLeaving(reasons="Niets ontvangen."))
    if event is ApplicationEvent.NOTIFY:
        await decided(world, file, "registration", Verdict.REFUSED)
    if event is ApplicationEvent.REOPEN:
        await decided(world, file, "leave-untreated", Verdict.GRANTED, again=True)


async def _asked(work: Work, file: UUID) -> None:
    application = await work.session.get_one(Application, file)
    request = CompletionRequest(
        application_id=file,
        person_id=application.person_id,
        items=["proof"],
        asked_on=date(2025, 5, 26),
        until_on=date(2025, 6, 9),
    )
    work.add(request)
    await work.flush()
    work.log("completion:ask", request)


async def made(make_database, tmp_path) -> set[tuple[str, str, str]]:
    """Every move, made once for all cases: machine, state and event, as the trail tells them."""
    if not MADE:
        async with world_on(make_database("sqlite"), tmp_path, TODAY) as world:
            for (state, event), _ in APPLICATION.moves.items():
                await make_the_move_of_an_application(world, state, event)
            for (status, event), _ in sorted(REGISTRATION.moves.items(), key=lambda each: "pass" in each[0][1]):
                await make_the_move(world, status, event)
            await world.require_sound_trail()
            MADE["all"] = await told(world)
    return MADE["all"]


async def told(world: World) -> set[tuple[str, str, str]]:
    """The moves that the trail tells of, from the state in which each row stood."""
    found: set[tuple[str, str, str]] = set()
    async with world.reading() as work:
        wanted = select(TrailEvent).where(col(TrailEvent.object_kind).in_(("registration", "application")))
        lines = (await work.session.exec(wanted.order_by(col(TrailEvent.object_id), col(TrailEvent.seq)))).all()
    for before, line in pairwise(lines):
        if before.object_id == line.object_id:
            found |= set(_move(before, line))
    return found


def _move(before: TrailEvent, line: TrailEvent) -> Iterable[tuple[str, str, str]]:
    kind, _, verb = line.action.partition(":")
    stood = json.loads(before.facts).get("status" if kind == "registration" else "state")
    if stood:
        yield kind, stood, verb


CASES = [
    *(("registration", *move) for move in REGISTRATION.moves),
    *(("application", *move) for move in APPLICATION.moves),
]


@pytest.mark.parametrize(("machine", "state", "event"), CASES, ids=["-".join(map(str, case)) for case in CASES])
async def test_the_move_is_made(make_database, tmp_path, machine, state, event):
    assert (machine, state.value, event.value) in await made(make_database, tmp_path)


async def test_every_state_of_an_entry_and_of_an_application_is_reached(make_database, tmp_path):
    moves = await made(make_database, tmp_path)

    entries = [(Status(state), Event(event)) for kind, state, event in moves if kind == "registration"]
    reached = {REGISTRATION.moves[each] for each in entries if each in REGISTRATION.moves}
    assert reached | {REGISTRATION.start} == set(Status)

"""Every move of the two machines, each made by the deed that makes it."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from appeals.chambers import service as chambers
from appeals.disputes import handling, lodging, queries, unheard, upkeep
from appeals.disputes import schemas as s
from appeals.disputes.filing import FiledBy, FilingChannel
from appeals.disputes.models import Contested, Dispute, Hearing, Seat
from appeals.disputes.policy import APPEAL, OBJECTION, Kind, Outcome, Waiver, require_waiver
from appeals.objections import service as objections
from core.clock import AMSTERDAM
from core.decisions import Decision, DecisionState
from core.errors import Invalid, Refused
from core.store.work import Work
from tests.appeals.disputing import a_refusal
from tests.appeals.test_disputes import ON_SQLITE
from tests.builders import MEMBERS, House, a_leader
from tests.journeys.disputing import CHAMBER

TODAY = date(2025, 3, 3)
Deed = Callable[[Work, Dispute], Awaitable[None]]


def deed(act: Callable[..., Awaitable[None]], new: Any, **facts: Any) -> Deed:
    """A deed of the table on a dispute of which some facts are given."""

    async def do(work: Work, row: Dispute) -> None:
        for name, value in facts.items():
            setattr(row, name, value)
        await work.flush()
        await act(work, await queries.file_of(work, row), new)

    return do


async def acknowledge(work: Work, row: Dispute) -> None:
    await lodging.acknowledge(work, row)


async def reopen(work: Work, row: Dispute) -> None:
    row.ended_on = TODAY
    await objections.reopen(work, row)


async def notify(work: Work, row: Dispute) -> None:
    """What was decided is made known: it was heard, so it can be decided first."""
    row.state = "heard"
    decided = DEEDS[row.kind]["decide"]
    await decided(work, row)
    room = objections if row.kind is Kind.OBJECTION else chambers
    await work.flush()
    await room.notify(work, await queries.file_of(work, row), s.Nothing())


async def close(work: Work, row: Dispute) -> None:
    """Nobody appealed; or, sent back, it was decided anew."""
    start = row.state
    await notify(work, row)
    if start == "remitted":
        row.state = "remitted"
        first = await queries.contested_of(work, row)
        again = await queries.dispute(work, Kind.OBJECTION, first[0][1].subject_id)
        again.ended_on, again.remitted_on = TODAY, TODAY
        work.log("test:end", again)
    await work.flush()
    while await upkeep.close(work, date(2025, 6, 1)):
        await work.flush()


async def remit(work: Work, row: Dispute) -> None:
    """A chamber that annuls and sends back."""
    row.state = "heard"
    for seat in (await queries.file_of(work, row)).seats:
        seat.vote = "sent-back"
        work.log("test:vote", seat)
    ruling = s.Ruling(outcome=Outcome.SENT_BACK, reasons="Er is niet gehoord.")
    await deed(chambers.decide, ruling)(work, row)
    await work.flush()
    await chambers.notify(work, await queries.file_of(work, row), s.Nothing())


async def forward(work: Work, row: Dispute) -> None:
    """By the handler; an appeal, and an objection that only came in, by what they are about."""
    await deed(handling.forward, s.Forwarding(sent_to="DUO"))(work, row)


WHEN = s.NewHearing(held_on=TODAY + timedelta(days=30), place="Utrecht")
COMMON: dict[str, Deed] = {
    "acknowledge": acknowledge,
    "ask-repair": deed(handling.ask_repair, s.AskRepair(missing=["signature"])),
    "repair": deed(handling.repair, s.Repair(repaired=["signature"]), missing="signature", repair_until=TODAY),
    "pass-term": deed(handling.pass_term, s.Nothing(), missing="signature", repair_until=date(2025, 3, 2)),
    "schedule": deed(handling.schedule, WHEN),
    "hear": deed(handling.hear, s.Minutes(minutes="Gehoord.")),
    "withdraw": deed(handling.withdraw, s.Withdrawal()),
    "notify": notify,
    "close": close,
    "forward": forward,
}
DISMISSED = s.Ruling(outcome=Outcome.DISMISSED, reasons="Ongegrond.")
WAIVED = s.WaiveHearing(ground=Waiver.WAIVED, waiver_reasons="Zij ziet ervan af.")
DEEDS: dict[Kind, dict[str, Deed]] = {
    Kind.OBJECTION: {
        **COMMON,
        "check": deed(objections.check, s.Check(advisory=False)),
        "waive-hearing": deed(unheard.waive_hearing, WAIVED, hearing_declined_on=TODAY),
        "advise": deed(objections.advise, s.Advice(advice="Ongegrond."), advisory=True),
        "decide": deed(objections.decide, DISMISSED, draft=DISMISSED.model_dump(mode="json")),
        "remit": reopen,
    },
    Kind.APPEAL: {
        **COMMON,
        "check": deed(chambers.check, s.CheckAppeal(defence_until=date(2025, 3, 31))),
        "receive-defence": deed(chambers.receive_defence, s.Defence(defence="Wij blijven erbij.")),
        "waive-hearing": deed(unheard.waive_hearing, WAIVED, hearing_declined_on=TODAY),
        "decide": deed(chambers.decide, DISMISSED),
        "remit": remit,
    },
}
MOVES = [
    pytest.param(kind, sorted(machine.moves.items(), key=str), id=kind.value)
    for kind, machine in ((Kind.OBJECTION, OBJECTION), (Kind.APPEAL, APPEAL))
]


async def a_dispute(house: House, work: Work, kind: Kind, state: str, about: Decision) -> Dispute:
    """One that stands somewhere, with a panel that voted, and a hearing that is today."""
    row = Dispute(
        kind=kind,
        number=f"{about.number}-{work.now.microsecond}"[:20],
        person_id=house.id_of("nadia"),
        register_code="schoolleiders-po",
        state=state,
        filed_by=FiledBy.PERSON,
        channel=FilingChannel.WEB,
        received_at=work.now,
        received_on=TODAY,
        decision_due_on=date(2025, 6, 2),
        chamber="registration" if kind is Kind.APPEAL else "",
    )
    work.add(row)
    await work.flush()
    members = MEMBERS[:4] if kind is Kind.OBJECTION else CHAMBER
    seats = [
        Seat(dispute_id=row.id, member_id=house.id_of(who), chair=not n, vote="dismissed")
        for n, who in enumerate(members)
    ]
    at = datetime(2025, 3, 3, 9, tzinfo=AMSTERDAM)
    days = {"documents_until": date(2025, 2, 20), "inspection_from": date(2025, 2, 24)}
    hearing = Hearing(dispute_id=row.id, person_id=row.person_id, held_at=at, held_on=TODAY, place="Zwolle", **days)
    lodged = Contested(dispute_id=row.id, person_id=row.person_id, decision_id=about.id, last_day=date(2025, 3, 27))
    for each in (*seats, hearing, lodged):
        work.add(each)
    await work.flush()
    for each in (row, *seats, hearing, lodged):
        work.log("test:make", each)
    return row


@pytest.mark.parametrize(("kind", "moves"), MOVES)
@ON_SQLITE
async def test_each_move_is_made_by_its_deed(house: House, kind: Kind, moves: list[Any]):
    await a_leader(house.world, "nadia")
    for (state, event), after in moves:
        about = await a_refusal(house, "nadia", date(2025, 2, 13))
        house.on(TODAY)

        async def make(work: Work, about: Decision = about, state: Any = state, event: Any = event) -> str:
            contested = about
            if kind is Kind.APPEAL:
                objection = await a_dispute(house, work, Kind.OBJECTION, "heard", about)
                objection.number = f"Z{about.number}"[:20]
                await notify(work, objection)
                await work.flush()
                contested = (await queries.file_of(work, objection)).decision  # type: ignore[assignment]
                assert contested.state is DecisionState.NOTIFIED
            row = await a_dispute(house, work, kind, state.value, contested)
            await DEEDS[kind][event.value](work, row)
            return row.state

        assert await house.system(make) == after.value, f"{state} {event}"


@pytest.mark.parametrize("ground", list(Waiver))
@pytest.mark.parametrize("kind", list(Kind))
def test_a_hearing_is_waived_only_on_a_ground_that_the_law_knows(kind: Kind, ground: Waiver):
    """Five in objection (Awb 7:3), four in appeal (7:17)."""
    if kind is Kind.APPEAL and ground is Waiver.FULLY_MET:
        with pytest.raises(Invalid):
            require_waiver(kind, ground, TODAY, TODAY - timedelta(days=1), TODAY)
    else:
        require_waiver(kind, ground, TODAY, TODAY - timedelta(days=1), TODAY)


@pytest.mark.parametrize("ground", [ground for ground in Waiver if ground is not Waiver.FULLY_MET])
@pytest.mark.parametrize("kind", list(Kind))
def test_only_the_party_gives_up_being_heard(kind: Kind, ground: Waiver):
    """What is evident, or left unanswered, needs no word of the party; giving up a right does."""
    if ground is Waiver.NO_REPLY:
        with pytest.raises(Refused, match="not-asked"):
            require_waiver(kind, ground, None, TODAY, TODAY)
    if ground is Waiver.WAIVED:
        with pytest.raises(Refused, match="not-declined"):
            require_waiver(kind, ground, None, TODAY - timedelta(days=1), TODAY)
    else:
        require_waiver(kind, ground, None, TODAY - timedelta(days=1), TODAY)

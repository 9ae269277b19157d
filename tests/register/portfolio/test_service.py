"""Portfolios through the services, on both databases."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from auth.permissions import Role
from core.decisions import Channel, Decision, DecisionState, Verdict
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.store.files import made_here
from core.store.outbox import OutboxMessage
from register.entries.models import Appointment
from register.entries.policy import Register
from register.portfolio import queries, service
from register.portfolio.policy import EntryKind, EntryState
from register.portfolio.schemas import ChangedEntry, NewEntry, NewValuation
from register.portfolio.views import portfolio_view
from tests.register.portfolio.world import PDF, world_on

BEGAN, DUE = date(2020, 2, 1), date(2025, 2, 1)
DAY = date(2024, 5, 1)
NO = NewValuation(points=0, reasons="Niets te zien.", grounds=["evidence-insufficient"], repair="Voeg een verslag toe.")


@pytest.fixture
async def world(database_url, tmp_path):
    async with world_on(database_url, tmp_path) as made:
        yield made


@pytest.fixture
async def leader(world):
    who = await world.person()
    await world.registered(who, BEGAN, DUE)
    return who


@pytest.fixture
async def assessor(world):
    return await world.person(Role.ASSESSOR)


async def view(world, who, register=Register.LEADERS_PO):
    async with world.reading(who) as work:
        found = await queries.own_portfolio(work, register)
        return portfolio_view(found, queries.rules_of(work, found))


async def test_a_valuation_is_a_decision_that_is_made_known_at_once_and_books_the_points(world, leader, assessor):
    entry_id = await world.handed_in(leader, DAY, points=60)

    decision_id = await world.valued(assessor, entry_id, 60)

    async with world.reading() as work:
        decision = await work.session.get_one(Decision, decision_id)
        sent = (await work.session.exec(select(OutboxMessage))).all()
    assert (decision.kind, decision.outcome, decision.state) == ("valuation", Verdict.GRANTED, DecisionState.NOTIFIED)
    assert (decision.channel, decision.notified_on) == (Channel.MESSAGE_BOX, date(2025, 6, 20))
    assert decision.last_day_to_object == date(2025, 8, 1)
    assert "1 augustus 2025" in decision.remedy
    assert [message.topic for message in sent] == ["entry-valued", "decision"]
    found = await view(world, leader)
    assert [(line.cause, line.points) for line in found.ledger] == [("booked", 60)]
    assert [period.points for period in found.periods] == [60]
    await world.require_sound_trail()


async def test_a_rejection_has_a_ground_and_says_what_would_repair_it(world, leader, assessor):
    entry_id = await world.handed_in(leader, DAY)

    async with world.means.work(assessor) as work:
        with pytest.raises(Invalid, match="decision-incomplete"):
            await service.value_entry(work, entry_id, NewValuation(points=0, reasons="Nee."))
    async with world.means.work(assessor) as work:
        with pytest.raises(Invalid, match="unknown-ground"):
            await service.value_entry(work, entry_id, NO.model_copy(update={"grounds": ["zomaar"]}))
    async with world.means.work(assessor) as work:
        _, decision = await service.value_entry(work, entry_id, NO)

    assert (decision.outcome, decision.ground_codes()) == (Verdict.REFUSED, ["evidence-insufficient"])
    assert (await world.entry(entry_id)).state is EntryState.REJECTED
    assert (await view(world, leader)).ledger == []


async def test_less_than_was_claimed_is_a_refusal_in_part_and_takes_a_ground(world, leader, assessor):
    entry_id = await world.handed_in(leader, DAY, points=60)

    async with world.means.work(assessor) as work:
        with pytest.raises(Invalid, match="decision-incomplete"):
            await service.value_entry(work, entry_id, NewValuation(points=40, reasons="Iets minder."))
    async with world.means.work(assessor) as work:
        new = NewValuation(points=40, reasons="Iets minder.", grounds=["too-light"], repair="Meer verdieping.")
        _, decision = await service.value_entry(work, entry_id, new)

    assert decision.outcome is Verdict.PARTLY_GRANTED
    assert [period.points for period in (await view(world, leader)).periods] == [40]


async def test_nobody_values_their_own_entry(world):
    both = await world.person(Role.PROFESSIONAL, Role.ASSESSOR)
    await world.registered(both, BEGAN, DUE)
    entry_id = await world.handed_in(both, DAY)

    async with world.means.work(both) as work:
        with pytest.raises(Forbidden, match="own-case"):
            await service.value_entry(work, entry_id, NewValuation(points=10, reasons="Mooi."))
        assert await queries.queue(work, None, 10) == []


async def test_nobody_looks_into_the_portfolio_of_a_colleague(world, leader, assessor):
    entry_id = await world.handed_in(leader, DAY)
    async with world.means.work(leader) as work:
        for who in (leader, assessor):
            post = Appointment(
                person_id=who.person_id, board_number="12345", location_code="00AA00", role="director",
                appointed_on=BEGAN,
            )  # fmt: skip
            work.add(post)
            work.log("appointment:add", post)

    async with world.means.work(assessor) as work:
        for deed in (service.read_entry(work, entry_id), service.value_entry(work, entry_id, NO)):
            with pytest.raises(Forbidden, match="conflict-of-interest"):
                await deed


async def test_a_stranger_does_not_know_of_an_entry_and_an_assessor_leaves_a_trace(world, leader, assessor):
    entry_id = await world.handed_in(leader, DAY)
    other = await world.person()

    async with world.means.work(other) as work:
        with pytest.raises(NotFound, match="no-such-entry"):
            await service.read_entry(work, entry_id)
    async with world.means.work(assessor) as work:
        _, own = await service.read_entry(work, entry_id)
        assert not own
        assert [(look.action, look.stream) for look in work.looks] == [("portfolio:read", f"person/{leader.person_id}")]
    async with world.means.work(leader) as work:
        await service.read_entry(work, entry_id)
        assert work.looks == []


async def test_an_assessor_sees_nothing_before_it_is_handed_in_or_after_it_is_valued(world, leader, assessor):
    entry_id = await world.handed_in(leader, DAY)
    await world.valued(assessor, entry_id, 30)

    async with world.means.work(assessor) as work:
        with pytest.raises(NotFound):
            await service.read_entry(work, entry_id)
        with pytest.raises(Refused, match="wrong-state"):
            await service.value_entry(work, entry_id, NewValuation(points=10, reasons="Nog eens."))


async def test_evidence_is_frozen_once_it_is_handed_in(world, leader):
    entry_id = await world.handed_in(leader, DAY)

    async with world.means.work(leader) as work:
        with pytest.raises(Refused, match="entry-frozen"):
            await service.attach_evidence(work, entry_id, made_here("anders.pdf", PDF + b"\n"))
        with pytest.raises(Refused, match="entry-frozen"):
            await service.change_entry(work, entry_id, ChangedEntry(title="Taal"))
    async with world.reading(leader) as work:
        file, content = await service.evidence(work, entry_id)
    assert content.startswith(PDF)
    assert (await world.entry(entry_id)).frozen_sha256 == file.sha256


async def test_a_draft_can_be_changed_and_what_is_left_out_stays(world, leader):
    async with world.means.work(leader) as work:
        new = NewEntry(register_code=Register.LEADERS_PO, kind=EntryKind.COURSE, title="Taal", done_on=DAY, points=30)
        entry = await service.add_entry(work, new)
    async with world.means.work(leader) as work:
        await service.change_entry(work, entry.id, ChangedEntry(title="Rekenen", points=None))

    changed = await world.entry(entry.id)
    assert (changed.title, changed.claimed_points, changed.done_on) == ("Rekenen", None, DAY)


async def test_without_evidence_nothing_is_handed_in_and_a_day_before_the_first_period_is_refused(world, leader):
    async with world.means.work(leader) as work:
        new = NewEntry(register_code=Register.LEADERS_PO, kind=EntryKind.COURSE, title="Taal", done_on=DAY)
        entry = await service.add_entry(work, new)
        with pytest.raises(Invalid) as refused:
            await service.submit_entry(work, entry.id)
    assert refused.value.errors == (("evidence", "evidence-missing"),)
    with pytest.raises(Refused, match="outside-period"):
        await world.handed_in(leader, date(2020, 1, 31))


async def test_what_is_withdrawn_is_taken_back_from_the_ledger(world, leader, assessor):
    entry_id = await world.accepted(leader, assessor, DAY, 70)

    async with world.means.work(leader) as work:
        await service.withdraw_entry(work, entry_id)

    found = await view(world, leader)
    assert [(line.cause, line.points) for line in found.ledger] == [("booked", 70), ("reversed", -70)]
    assert [period.points for period in found.periods] == [0]
    await world.require_sound_trail()


async def test_a_corrected_valuation_replaces_the_decision_and_keeps_the_history(world, leader, assessor):
    entry_id = await world.accepted(leader, assessor, DAY, 40)

    async with world.means.work(assessor) as work:
        new = NewValuation(points=80, reasons="Bij nader inzien meer.")
        entry, decision = await service.correct_valuation(work, entry_id, new)

    async with world.reading() as work:
        earlier = await work.session.get_one(Decision, decision.replaces)
    assert (earlier.state, decision.round, entry.state) == (DecisionState.REPLACED, 1, EntryState.ACCEPTED)
    found = await view(world, leader)
    assert [(line.cause, line.points) for line in found.ledger] == [("booked", 40), ("reversed", -40), ("booked", 80)]
    assert [period.points for period in found.periods] == [80]
    await world.require_sound_trail()


async def test_a_rejected_entry_counts_after_all_when_its_valuation_is_replaced(world, leader, assessor):
    entry_id = await world.handed_in(leader, DAY)
    async with world.means.work(assessor) as work:
        await service.value_entry(work, entry_id, NO)

    async with world.means.work(assessor) as work:
        entry, _ = await service.correct_valuation(work, entry_id, NewValuation(points=20, reasons="Toch wel."))

    assert entry.state is EntryState.ACCEPTED
    assert [period.points for period in (await view(world, leader)).periods] == [20]


async def test_hours_of_a_teacher_count_at_once_and_a_sample_can_take_them_back(world, assessor):
    teacher = await world.person()
    await world.registered(teacher, BEGAN, date(2026, 2, 1), Register.TEACHERS)

    facts = {"hours": Decimal("7.25"), "contact_hours": Decimal(4), "category": "SUBJECT"}
    entry_id = await world.handed_in(teacher, DAY, Register.TEACHERS, **facts)

    assert (await world.entry(entry_id)).state is EntryState.ACCEPTED
    found = await view(world, teacher, Register.TEACHERS)
    assert (found.measure, [period.hours for period in found.periods]) == ("hours", [7.25])
    async with world.means.work(assessor) as work:
        new = NewValuation(reasons="Niet geweest.", grounds=["not-attended"], repair="Stuur het certificaat.")
        entry, _ = await service.correct_valuation(work, entry_id, new)
    assert entry.state is EntryState.REVOKED
    assert [period.hours for period in (await view(world, teacher, Register.TEACHERS)).periods] == [0]
    await world.require_sound_trail()


async def test_a_new_period_after_a_lapse_stops_the_one_before(world, leader, assessor):
    await world.accepted(leader, assessor, DAY, 50)
    async with world.means.work(leader) as work:
        registration = (await queries.own_portfolio(work, Register.LEADERS_PO)).registration
        await service.open_period(work, registration, date(2025, 6, 20), date(2030, 6, 20))

    found = await view(world, leader)

    assert [(one.points, one.running, one.counts_until) for one in found.periods] == [
        (50, False, date(2025, 6, 19)),
        (0, True, None),
    ]
    assert [(one.counts, one.why) for one in found.activities] == [(False, "period-closed")]


async def test_a_postponed_period_ends_later(world, leader):
    async with world.means.work(leader) as work:
        registration = (await queries.own_portfolio(work, Register.LEADERS_PO)).registration
        await service.postpone_period(work, registration, date(2026, 2, 1))

    assert [one.due_on for one in (await view(world, leader)).periods] == [date(2026, 2, 1)]


async def test_every_kind_of_activity_counts_for_teachers_and_waits_for_a_valuation_for_leaders(
    world, leader, assessor
):
    """The seven of driestar, informal learning, a master and a peer review: no norm looks at the kind."""
    teacher = await world.person()
    await world.registered(teacher, BEGAN, DUE, Register.TEACHERS)
    about = {"hours": Decimal(8), "category": "SUBJECT_DIDACTIC"}
    for at, kind in enumerate(EntryKind):
        day = DAY + timedelta(days=at)
        hours = await world.handed_in(teacher, day, Register.TEACHERS, kind=kind, **about)
        points = await world.handed_in(leader, day, kind=kind)
        assert (await world.entry(hours)).state is EntryState.ACCEPTED
        assert (await world.entry(points)).state is EntryState.UNDER_VALUATION
        await world.valued(assessor, points, 10)

    async with world.reading(teacher) as work:
        found = await queries.own_portfolio(work, Register.TEACHERS)
    async with world.reading(leader) as work:
        led = await queries.own_portfolio(work, Register.LEADERS_PO)
    assert sum(line.hundredths for line in found.lines) == 8 * 100 * len(EntryKind)
    assert sum(line.points for line in led.lines) == 10 * len(EntryKind)

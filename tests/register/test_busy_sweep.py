"""The sweep over a busy world: all that time does at once. Twice is once, and the queries do not grow with it."""

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import select

from accreditation.courses.models import CourseAccreditation
from auth.models import Person
from core.decisions import Decision, DecisionState, Verdict, case_number
from core.store.audit import TrailEvent
from core.store.work import Work
from register.committee.measures.models import Measure
from register.committee.measures.policy import MeasureKind, MeasureState
from register.entries.models import Appointment, EntryVersion, PublicEntry, Registration
from register.entries.policy import Register, Status
from register.service.sweep import sweep
from tests.accreditation.growth import grow_courses
from tests.builders import PLACES, House
from tests.house.test_query_counts import counting
from tests.register.test_chores import NOTHING

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)

DAY = date(2029, 10, 1)
PAST, NEAR = date(2029, 9, 30), date(2029, 11, 15)


async def busy(house: House, numbers: range) -> None:
    """For each number: six entries that time does something to, and a course that ends soon and one that ended."""

    async def deed(work: Work) -> None:
        for n in numbers:
            first, second = await _person(work, 2 * n), await _person(work, 2 * n + 1)
            await _entry(work, first, Register.LEADERS_PO, Status.REGISTERED, PAST)
            await _entry(work, first, Register.LEADERS_VO, Status.IN_TRAINING, PAST)
            await _entry(work, first, Register.TEACHERS, Status.POSTPONED, PAST)
            struck = await _entry(work, second, Register.LEADERS_PO, Status.REGISTERED, date(2031, 1, 1))
            await _strike_off(work, struck)
            await _entry(work, second, Register.LEADERS_VO, Status.REGISTERED, NEAR)
            await _entry(work, second, Register.TEACHERS, Status.REGISTERED, NEAR)
            await grow_courses(work, house.id_of("aanbieder"), 2 * n)
            await grow_courses(work, house.id_of("aanbieder"), 2 * n + 1)
        for row in (await work.session.exec(select(CourseAccreditation).order_by(CourseAccreditation.id))).all():
            if row.state == "accredited":
                row.until_on = NEAR
                work.log("test:near", row)

    await house.system(deed)


async def _person(work: Work, n: int) -> UUID:
    person = Person(
        register_number=f"{50_000_000 + n}",
        given_name="Anna",
        family_name=f"Bakker {n}",
        address="Dorpsstraat 1",
        postcode="1234AB",
        town="Ons Dorp",
        email=f"anna{n}@voorbeeld.example",
        telephone="0201234567",
        enrolled_at=work.now,
    )
    work.add(person)
    await work.flush()
    place = PLACES[n % len(PLACES)]
    post = Appointment(
        person_id=person.id,
        board_number=place.board_number,
        location_code=place.code,
        role="director",
        appointed_on=date(2029, 9, 1),
    )
    work.add(post)
    await work.flush()
    for row in (person, post):
        work.log("test:busy", row)
    return person.id


async def _entry(work: Work, person_id: UUID, register: Register, status: Status, due_on: date) -> Registration:
    row = Registration(
        person_id=person_id,
        register_code=register,
        status=status,
        registered_on=date(2024, 10, 1),
        period_began_on=date(2024, 10, 1),
        due_on=due_on,
    )
    work.add(row)
    await work.flush()
    work.log("test:busy", row)
    return row


async def _strike_off(work: Work, entry: Registration) -> None:
    measure = Measure(
        number=case_number("M", work.today),
        person_id=entry.person_id,
        registration_id=entry.id,
        register_code=entry.register_code,
        kind=MeasureKind.STRIKE_OFF,
        state=MeasureState.NOTIFIED,
        grounds="evidence-forged",
        reasons="Vals.",
        repair="Vraag opnieuw aan.",
        hearing_until=PAST,
        effect_on=PAST,
    )
    work.add(measure)
    await work.flush()
    decision = Decision(
        number=case_number("B", work.today),
        kind="strike-off",
        subject_kind="measure",
        subject_id=measure.id,
        person_id=entry.person_id,
        register_code=entry.register_code.value,
        outcome=Verdict.WITHDRAWN,
        state=DecisionState.NOTIFIED,
        reasons="Vals.",
        rule_set="schoolleiders-po-2022",
        taken_by="system",
        decided_on=PAST,
    )
    work.add(decision)
    await work.flush()
    measure.decision_id = decision.id
    await work.flush()
    for row in (decision, measure):
        work.log("test:busy", row)


async def asked(house: House, on: date = DAY) -> tuple[int, object]:
    """How many questions a sweep asks the database, the outbox aside, and what it did."""
    with counting(house) as seen:
        swept = await sweep(house.means, on)
    return sum(each.lstrip().startswith("SELECT") and "outbox_message" not in each for each in seen), swept


async def everything(house: House) -> list[object]:
    """All entries, their history and their faces, and how long the trail is."""
    async with house.means.database.reading() as session:
        entries = (await session.exec(select(Registration).order_by(Registration.id))).all()
        faces = (await session.exec(select(PublicEntry).order_by(PublicEntry.register_number))).all()
        told = [
            (await session.exec(select(sa.func.count()).select_from(each))).one() for each in (TrailEvent, EntryVersion)
        ]
        return [*(row.model_dump() for row in (*entries, *faces)), *told]


async def test_a_busy_sweep_is_done_once_and_asks_no_more_for_more(house: House):
    house.on(DAY)
    await sweep(house.means, DAY)
    await busy(house, range(2))
    few, first = await asked(house)
    await busy(house, range(2, 12))
    many, second = await asked(house)
    before = await everything(house)
    third = await sweep(house.means, DAY)

    assert (first.conditional, first.limits_passed, first.struck_off, first.reminded) == (4, 2, 2, 4)
    assert (second.conditional, second.limits_passed, second.struck_off, second.reminded) == (20, 10, 10, 20)
    assert (first.accreditations_warned, second.accreditations_warned) == (4, 20)
    assert many == few
    assert third == NOTHING
    assert await everything(house) == before
    async with house.means.database.reading() as session:
        struck = select(EntryVersion.holds_from).where(EntryVersion.event == "strike-off").distinct()
        assert (await session.exec(struck)).all() == [PAST]  # from the day that was decided, however late the sweep

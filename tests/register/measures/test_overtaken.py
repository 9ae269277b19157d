"""A lapse that was decided and not made known: what the person asks meanwhile is decided first, and may overtake it."""

from datetime import date
from uuid import UUID

import pytest

from core.decisions import Channel, Decision
from core.errors import Refused
from core.store.work import Work
from register.applications import service as registration
from register.committee import departure
from register.committee.measures import service as measures
from register.committee.measures.models import Measure
from register.committee.measures.policy import MeasureKind
from register.committee.measures.schemas import NewMeasure
from register.committee.ruling import NewRuling
from register.entries.entry import registration_of
from register.entries.policy import ApplicationKind, Register
from register.entries.schemas import NewApplication
from register.notification import service as decisions
from register.office.imports.command import import_register
from register.rules.assessment.facts import Role as Post
from tests.builders import PLACES, House
from tests.deciding import sat
from tests.faults.files import problems
from tests.register.takeover.files import a_file, a_line

DECIDED = date(2025, 1, 7)
LATER = date(2025, 1, 9)


async def lapsing(house: House, who: str = "haast") -> tuple[UUID, UUID]:
    """Due 30 June 2024, with 120 points; the lapse was decided on 7 January 2025. The measure, the decision."""
    house.on(date(2024, 9, 2))
    vo = {"register": Register.LEADERS_VO, "post": Post.DIRECTOR, "place": PLACES[7], "relation": "plain"}
    await house.world.professional(who, given="Leo", prefix="", family="Leider", appointed_on=date(2019, 8, 1), **vo)
    number = house.number_of(who)
    known = {"register_number": number, "email": f"{who}@voorbeeld.example", "status": "onder voorwaarden"}
    line = a_line(1, registered_on="2020-12-01", due_on="2024-06-30", **known)
    assert (await import_register(house.means, "oud", a_file(line))).new == 1
    house.on(DECIDED)
    new = NewMeasure(
        register_number=number,
        register_code=Register.LEADERS_PO,
        kind=MeasureKind.LAPSE,
        grounds=["conditional-term-passed"],
    )
    measure = await house.world.by("secretaris", lambda work: _id(measures.intend(work, new)))
    await house.world.by(who, lambda work: _id(measures.record_view(work, measure, "Ik ben er bijna.")))
    return measure, await sat(house, measure, NewRuling(reasons="De zes maanden zijn voorbij.", answer="Dat kan nog."))


async def _id(deed) -> UUID:
    return (await deed).id


async def renewal(house: House, who: str = "haast") -> UUID:
    """Asked today, and found complete."""

    async def ask(work: Work) -> UUID:
        new = NewApplication(register_code=Register.LEADERS_PO, kind=ApplicationKind.REREGISTRATION)
        row = await registration.draw_up(work, new)
        await registration.hand_in(work, row.id)
        return row.id

    application = await house.world.by(who, ask)
    await house.world.by("secretaris", lambda work: registration.admit(work, application))
    return application


async def known(house: House, decision: UUID, channel: Channel | None = None, sent_on: date | None = None) -> None:
    await house.world.by("secretaris", lambda work: decisions.notify(work, decision, channel, sent_on))


async def stand(house: House, measure: UUID, decision: UUID, who: str = "haast") -> tuple[str, str, str]:
    """Where the entry, the measure and its decision stand."""

    async def look(work: Work) -> tuple[str, str, str]:
        entry = await registration_of(work, house.id_of(who), Register.LEADERS_PO)
        row, taken = await work.session.get_one(Measure, measure), await work.session.get_one(Decision, decision)
        assert entry is not None
        return entry.status.value, row.state.value, taken.state.value

    return await house.system(look)


async def test_what_was_asked_before_the_lapse_is_known_is_decided_first_and_overtakes_it(house: House):
    measure, lapse = await lapsing(house)
    house.on(LATER)
    application = await renewal(house)

    with pytest.raises(Refused, match="renewal-waits"):
        await known(house, lapse, Channel.POST, LATER)
    before = await stand(house, measure, lapse)
    await known(house, await sat(house, application, NewRuling(reasons="120 punten.")))

    assert before == ("conditional", "decided", "taken")
    assert await stand(house, measure, lapse) == ("registered", "dropped", "withdrawn")
    with pytest.raises(Refused, match="wrong-state"):
        await known(house, lapse)
    assert await problems(house) == []


async def test_a_lapse_that_was_known_first_works_and_what_was_asked_after_it_renews(house: House):
    """The letter went on 8 January, the renewal was asked on the 9th, before the office wrote the sending down."""
    measure, lapse = await lapsing(house)
    house.on(LATER)
    application = await renewal(house)

    await known(house, lapse, Channel.POST, date(2025, 1, 8))
    between = await stand(house, measure, lapse)
    await known(house, await sat(house, application, NewRuling(reasons="120 punten.")))

    assert between == ("lapsed", "carried-out", "notified")
    assert (await stand(house, measure, lapse))[0] == "registered"
    assert await problems(house) == []


async def test_who_leaves_before_the_lapse_is_known_is_not_touched_by_it(house: House):
    measure, lapse = await lapsing(house)

    async def leave(work: Work) -> None:
        entry = await registration_of(work, house.id_of("haast"), Register.LEADERS_PO)
        assert entry is not None
        await departure.deregister(work, entry.id)

    await house.world.by("haast", leave)

    assert await stand(house, measure, lapse) == ("deregistered", "dropped", "withdrawn")
    assert await problems(house) == []

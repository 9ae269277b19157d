"""The hearing (hoorzitting) in somebody's diary: planned, moved, dropped, and held again on new facts."""

from datetime import date

from icalendar import Calendar, Event

from tests.builders import Client, House, a_leader
from tests.journeys.disputing import ADVISERS, done, object_to, refused_leader, seated, unheard


async def in_the_diary(client: Client, path: str) -> Event:
    answer = await client.get(f"{path}/hearing/calendar")
    assert answer.headers["content-type"].startswith("text/calendar")
    (entry,) = Calendar.from_ical(answer.content).walk("VEVENT")
    return entry


async def test_a_hearing_that_is_moved_stays_one_event_and_one_that_is_dropped_is_cancelled(house: House):
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    nadia = await house.client("nadia")
    path = f"/objections/{(await object_to(nadia, refusal['number']))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)

    await done(adviser, path, "hearing", {"held_on": "2024-11-05", "at": "14:00", "place": "Utrecht"})
    planned = await in_the_diary(nadia, path)
    await done(adviser, path, "hearing", {"held_on": "2024-11-12", "at": "10:30", "place": "Zwolle"})
    moved = await in_the_diary(nadia, path)
    await unheard(house, adviser, path)
    dropped = await in_the_diary(nadia, path)

    assert planned["UID"] == moved["UID"] == dropped["UID"]
    assert [one["SEQUENCE"] for one in (planned, moved, dropped)] == [0, 1, 2]
    assert [str(one["STATUS"]) for one in (planned, moved, dropped)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    # 14:00 on 5 November and 10:30 on 12 November are winter time: one hour ahead of UTC.
    assert planned["DTSTART"].dt.isoformat() == "2024-11-05T13:00:00+00:00"
    assert moved["DTSTART"].dt.isoformat() == "2024-11-12T09:30:00+00:00"
    assert str(moved["LOCATION"]) == "Zwolle"
    # Asked for on 1 October at ten, summer time: the stamp is that moment, not that of the hearing.
    assert planned["DTSTAMP"].dt.isoformat() == "2024-10-01T08:00:00+00:00"

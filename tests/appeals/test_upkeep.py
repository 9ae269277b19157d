"""What time does to a dispute: the daily sweep moves it on, tells who must know, and does nothing twice."""

from datetime import date
from typing import Any
from uuid import UUID

from register.service.sweep import sweep
from tests.appeals.disputing import a_refusal
from tests.appeals.test_disputes import ON_SQLITE
from tests.appeals.test_told import body_of
from tests.builders import House, a_leader, a_teacher
from tests.journeys.disputing import ADVISERS, CHAMBER, by_body, done, object_to, seated, unheard, voted
from tests.mailed import mails


async def swept(house: House, on: date, name: str) -> int:
    """What one chore did on a day; doing it again does nothing."""
    house.on(on)
    number = int(getattr(await sweep(house.means, on), name))
    assert getattr(await sweep(house.means, on), name) == 0
    return number


async def state_of(house: House, who: str, path: str) -> dict[str, Any]:
    return dict((await (await house.client(who)).get(path)).json())


async def test_an_omission_that_nobody_repaired_moves_on_the_day_after(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal.number))['id']}"
    asked = await done(await house.client("adviseur1"), path, "repair-request", {"missing": ["signature"]})
    assert asked["repair_until"] == "2025-03-17"

    assert await swept(house, date(2025, 3, 17), "omissions_passed") == 0
    assert await swept(house, date(2025, 3, 18), "omissions_passed") == 1

    assert (await state_of(house, "nadia", path))["state"] == "not-repaired"


@ON_SQLITE
async def test_the_file_lies_open_from_a_week_before_the_hearing(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal.number))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    await done(adviser, path, "hearing", {"held_on": "2025-03-20", "at": "14:00", "place": "Utrecht"})

    assert await swept(house, date(2025, 3, 12), "files_opened") == 0
    assert await swept(house, date(2025, 3, 13), "files_opened") == 1  # Thursday a week before (Awb 7:4(2))

    assert "20 maart 2025" in await body_of(house, "objection-file-open")


@ON_SQLITE
async def test_a_term_that_nears_and_runs_out_is_told_once_and_then_costs_money(house: House):
    """Worked example A of rules 5.4: due on Thursday 8 May 2025 without an advisory committee."""
    await a_teacher(house.world, "tess")
    refusal = await a_refusal(house, "tess", date(2025, 2, 13), register="leraren")
    house.on(date(2025, 3, 3))
    path = f"/objections/{(await object_to(await house.client('tess'), refusal.number))['id']}"

    assert await swept(house, date(2025, 4, 23), "terms_warned") == 0
    assert await swept(house, date(2025, 4, 24), "terms_warned") == 1  # two weeks before
    assert await swept(house, date(2025, 5, 8), "terms_warned") == 0
    assert await swept(house, date(2025, 5, 9), "terms_warned") == 1

    near, over = await mails(house, "dispute-term-near"), await mails(house, "dispute-term-over")
    assert len(near) == len(over) == len(ADVISERS)
    assert "ingebrekestelling" in await body_of(house, "objection-late")
    house.on(date(2025, 5, 9))
    await done(await house.client("tess"), path, "default-notice")
    assert await swept(house, date(2025, 5, 23), "penalties_running") == 0  # the last day of grace
    assert await swept(house, date(2025, 5, 24), "penalties_running") == 1
    terms = (await (await house.client("adviseur1")).get("/dispute-terms")).json()
    # 42 days from Saturday 24 May; the penalty counts every day (Awb 4:17(1))
    assert {one["task"]: one["due_on"] for one in terms}["penalty"] == "2025-07-04"


@ON_SQLITE
async def test_what_nobody_can_appeal_against_in_time_any_more_is_closed(house: House):
    await a_leader(house.world, "nadia")
    first = await a_refusal(house, "nadia", date(2025, 2, 13))
    second = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    paths = [await dismissed(house, one.number) for one in (first, second)]
    numbers = [(await state_of(house, "nadia", path))["decision_id"] for path in paths]
    house.on(date(2025, 4, 14))  # six weeks: the last day
    nadia = await house.client("nadia")
    appealed = (await nadia.get(f"/decisions/{numbers[1]}")).json()["number"]
    appeal = await nadia.post("/appeals", {"decisions": [appealed], "grounds": "Niet eens."})
    assert appeal.status_code == 201, appeal.text

    # a letter posted on 14 April may come in until Tuesday 22 April: the 21st is Easter Monday (Awb 6:9(2))
    assert await swept(house, date(2025, 4, 22), "disputes_closed") == 0
    assert await swept(house, date(2025, 4, 23), "disputes_closed") == 1

    assert [(await state_of(house, "nadia", path))["state"] for path in paths] == ["closed", "notified"]
    back = f"/appeals/{appeal.json()['id']}"
    await sent_back(house, back)
    assert (await state_of(house, "nadia", paths[1]))["state"] == "admissibility-checked"
    assert await swept(house, date(2025, 4, 24), "disputes_closed") == 0
    await done(await house.client("nadia"), paths[1], "withdrawal")
    assert await swept(house, date(2025, 4, 25), "disputes_closed") == 1
    assert (await state_of(house, "nadia", back))["state"] == "closed"


async def dismissed(house: House, number: str) -> str:
    """An objection that was dismissed without a hearing; where it stands."""
    path = f"/objections/{UUID((await object_to(await house.client('nadia'), number))['id'])}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    await unheard(house, adviser, path)
    await voted(house, path, ADVISERS, "dismissed")
    await done(adviser, path, "advice", {"advice": "Ongegrond."})
    decider = await house.client("griffier-bezwaar")
    await by_body(house, path, {"outcome": "dismissed", "reasons": "Het advies wordt gevolgd."})
    await done(decider, path, "notification")
    return path


async def sent_back(house: House, path: str) -> None:
    """A chamber that annuls without a hearing, and sends back."""
    registrar = await house.client("griffier")
    await done(registrar, path, "admissibility", {"defence_until": "2025-05-05"})
    await seated(house, registrar, path, CHAMBER)
    await unheard(house, registrar, path)
    await voted(house, path, CHAMBER, "sent-back")
    await done(registrar, path, "decision", {"outcome": "sent-back", "reasons": "Er is niet gehoord."})
    await done(registrar, path, "notification")

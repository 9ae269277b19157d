"""Uitstel and another level, through the API: a later due date in whole or in part, and a predicate that changes."""

from datetime import date

from accreditation.offer import service as offer
from core.store.work import Work
from register.service.sweep import sweep
from tests.builders import House
from tests.faults.files import problems
from tests.journeys.steps import apply, decide
from tests.journeys.test_herregistratie import registered_leader

POSTPONEMENT = {"register_code": "schoolleiders-po", "kind": "postponement", "ground": "long-illness"}


async def entry_of(house: House, who: str) -> tuple[str, str | None, str | None]:
    (entry,) = (await (await house.client(who)).get("/registrations")).json()
    return entry["status"], entry["due_on"], entry["level"]


async def test_a_timely_request_keeps_one_registered_and_is_granted_in_part(house: House):
    """Registered 1 February 2021 for four years; 30 months are asked, 24 may be given."""
    await registered_leader(house, "ziek")
    house.on(date(2025, 1, 30))
    leader = await house.client("ziek")
    file = await apply(leader, {**POSTPONEMENT, "requested_months": 30}, None)
    house.on(date(2025, 2, 10))
    await sweep(house.means, date(2025, 2, 10))
    assert await entry_of(house, "ziek") == ("registered", "2025-02-01", "niveau-2")

    known = await decide(house, file, "for", {"reasons": "Langdurig ziek.", "repair": "Meer dan 24 kan niet."})

    assert (known["outcome"], known["due_on"], known["grounds"]) == (
        "partly-granted",
        "2027-02-01",
        ["months-above-maximum"],
    )
    assert await entry_of(house, "ziek") == ("postponed", "2027-02-01", "niveau-2")
    portfolio = (await leader.get("/portfolio", params={"register": "schoolleiders-po"})).json()
    assert [period["due_on"] for period in portfolio["periods"]] == ["2027-02-01"]
    await sweep(house.means, date(2027, 2, 1))
    assert (await entry_of(house, "ziek"))[0] == "postponed"
    await sweep(house.means, date(2027, 2, 2))
    assert (await entry_of(house, "ziek"))[0] == "conditional"
    assert await problems(house) == []


async def test_without_a_ground_it_is_refused_and_the_due_date_does_the_rest(house: House):
    await registered_leader(house, "druk")
    house.on(date(2025, 1, 6))
    leader = await house.client("druk")
    no_months = await leader.post("/applications", POSTPONEMENT)
    unfinished = await leader.move(f"/applications/{no_months.json()['id']}", "submission")
    await leader.move(f"/applications/{no_months.json()['id']}", "withdrawal")
    file = await apply(leader, {**POSTPONEMENT, "ground": "too-busy", "requested_months": 6}, None)

    known = await decide(house, file, "against", {"reasons": "Drukte is geen grond.", "repair": "Noem een grond."})

    assert unfinished.json()["errors"][0]["code"] == "field-missing"
    assert (known["outcome"], known["grounds"]) == ("refused", ["ground-not-accepted"])
    await sweep(house.means, date(2025, 2, 2))
    assert (await entry_of(house, "druk"))[0] == "conditional"
    too_late = await leader.post("/applications", {**POSTPONEMENT, "requested_months": 6})
    assert (too_late.status_code, too_late.json()["code"]) == (409, "not-in-register")
    assert await problems(house) == []


async def test_c_11_a_master_from_before_the_registration_changes_the_predicate(house: House):
    await registered_leader(house, "hoger")
    house.on(date(2024, 9, 12))
    leader = await house.client("hoger")
    await house.system(a_master)

    file = await apply(
        leader,
        {"register_code": "schoolleiders-po", "kind": "level-change"},
        {"kind": "master", "programme_code": "MEM", "issued_on": "2019-07-01"},
    )
    known = await decide(house, file, "for", {"reasons": "Een passende master."})

    assert (known["outcome"], known["level"]) == ("granted", "master")
    assert await entry_of(house, "hoger") == ("registered", "2025-02-01", "master")
    assert await problems(house) == []


async def a_master(work: Work) -> None:
    await offer.accredit(
        work,
        "MEM",
        "schoolleiders-po",
        kind="master",
        name="Master Educational Management",
        provider="Universiteit",
        ects=60,
        from_on=date(2018, 1, 1),
        until_on=date(2023, 12, 31),
    )

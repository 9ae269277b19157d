"""Herregistratie: five years of learning, the assessment line by line, and the next date; through the API only."""

from datetime import date

from tests.builders import TEACHING_DEGREE, House, a_leader, a_teacher
from tests.journeys.steps import a_diploma, an_application, apply, decide, learn

RENEWAL = {"kind": "reregistration", "route": "portfolio"}


async def registered_leader(house: House, who: str, on: date = date(2021, 2, 1)) -> None:
    house.on(on)
    await a_leader(house.world, who)
    file = await apply(await house.client(who), an_application(), a_diploma("2020-07-03"))
    await decide(house, file, "for", {"reasons": "Binnen de accreditatie."})


def a_course(day: str, points: int) -> dict[str, object]:
    return {"register_code": "schoolleiders-po", "kind": "course", "title": "Cursus", "done_on": day, "points": points}


async def test_c_07_a_leader_renews_by_the_ladder_from_the_old_due_date(house: House):
    await registered_leader(house, "ladder")
    for day, points in ((date(2022, 3, 18), 60), (date(2023, 11, 9), 65)):
        house.on(day)
        await learn(house, "ladder", a_course(day.isoformat(), points), points)
    house.on(date(2024, 11, 25))
    leader = await house.client("ladder")
    foreseen = (await leader.get("/portfolio/assessment", params={"register": "schoolleiders-po"})).json()

    file = await apply(leader, an_application(**RENEWAL), None)
    known = await decide(house, file, "for", {"reasons": "125 punten."})

    assert foreseen["due_on"] == "2031-02-01"
    # Registered 1 February 2021 for four years (set of 2020), 125 points: six years from 1 February 2025 (po-prof).
    assert (known["outcome"], known["due_on"], known["rule_set"]) == ("granted", "2031-02-01", "schoolleiders-po-2022")
    (entry,) = (await leader.get("/registrations")).json()
    assert (entry["status"], entry["due_on"]) == ("registered", "2031-02-01")
    portfolio = (await leader.get("/portfolio", params={"register": "schoolleiders-po"})).json()
    assert len(portfolio["periods"]) == 2


async def test_a_renewal_below_the_ladder_is_refused_and_says_what_is_missing(house: House):
    await registered_leader(house, "kort")
    house.on(date(2022, 3, 18))
    await learn(house, "kort", a_course("2022-03-18", 59), 59)
    house.on(date(2024, 11, 25))
    leader = await house.client("kort")

    file = await apply(leader, an_application(**RENEWAL), None)
    known = await decide(
        house, file, "against", {"reasons": "59 punten.", "grounds": ["points-short"], "repair": "Nog één punt."}
    )

    assert (known["outcome"], known["grounds"]) == ("refused", ["points-short"])
    (entry,) = (await leader.get("/registrations")).json()
    assert (entry["status"], entry["due_on"]) == ("registered", "2025-02-01")


async def test_a_teacher_keeps_a_portfolio_in_hours_and_sees_what_counted(house: House):
    house.on(date(2026, 2, 12))
    await a_teacher(house.world, "tess")
    teacher = await house.client("tess")
    application = an_application("leraren", qualifications=[{"name": "Groepsleraar po"}])
    file = await apply(teacher, application, a_diploma("2021-07-02", TEACHING_DEGREE))
    await decide(house, file, "for", {"reasons": "Erkend diploma."})
    for day, hours in ((date(2026, 3, 19), "120"), (date(2027, 3, 19), "90")):
        house.on(day)
        entry = {
            "register_code": "leraren", "kind": "course", "title": "Nascholing", "done_on": day.isoformat(),
            "hours": hours, "contact_hours": hours, "category": "PEDAGOGIC", "valuation": "not-validated",
        }  # fmt: skip
        await learn(house, "tess", entry, None)
    house.on(date(2030, 12, 1))
    teacher = await house.client("tess")

    file = await apply(
        teacher,
        {
            "register_code": "leraren",
            "sector": "po",
            **RENEWAL,
            "qualifications": [{"name": "Groepsleraar po", "work_hours": 4000}],
        },
        None,
    )
    known = await decide(house, file, "for", {"reasons": "210 uren."})

    assert (known["outcome"], known["due_on"], known["rule_set"]) == ("granted", "2036-02-12", "leraren-2026")


async def test_c_08_a_late_renewal_counts_from_the_old_due_date(house: House):
    await registered_leader(house, "laat")
    for day, points in ((date(2023, 5, 8), 60), (date(2025, 5, 8), 44)):  # the second after the due date
        house.on(day)
        await learn(house, "laat", a_course(day.isoformat(), points), points)
    house.on(date(2025, 6, 20))
    leader = await house.client("laat")

    file = await apply(leader, an_application(**RENEWAL), None)
    known = await decide(house, file, "for", {"reasons": "104 punten."})

    assert (known["outcome"], known["due_on"]) == ("granted", "2030-02-01")

"""One thing is said the same on every page: by whom it is looked at, what it was used for, which days a period has."""

from datetime import date

from tests.builders import House
from tests.journeys.steps import an_application, apply, decide, learn
from tests.journeys.test_herregistratie import RENEWAL, a_course, registered_leader
from tests.pages import signed_in


async def renewed_leader(house: House, who: str = "ladder") -> None:
    """Registered on 1 February 2021 for four years, and renewed in November 2024."""
    await registered_leader(house, who)
    for day, points in ((date(2022, 3, 18), 60), (date(2023, 11, 9), 65)):
        house.on(day)
        await learn(house, who, a_course(day.isoformat(), points), points)
    house.on(date(2024, 11, 25))
    file = await apply(await house.client(who), an_application(**RENEWAL), None)
    await decide(house, file, "for", {"reasons": "125 punten."})


async def test_a_used_activity_says_for_which_renewal_it_was_used(house: House) -> None:
    await renewed_leader(house)

    leader = await signed_in(house, "ladder")
    await leader.open("/mijn/portfolio")
    used = "Gebruikt voor de herregistratie waarover op 25 november 2024 is besloten"
    assert leader.text.count(used) == 2
    assert "Telt niet mee" not in leader.text
    activities = (await (await house.client("ladder")).get("/portfolio?register=schoolleiders-po")).json()["activities"]
    assert {one["used_on"] for one in activities} == {"2024-11-25"}
    await leader.open(f"/mijn/portfolio/{activities[0]['entry_id']}")
    assert used in leader.text


async def test_a_period_has_the_same_days_on_every_page(house: House) -> None:
    await renewed_leader(house)

    leader = await signed_in(house, "ladder")
    await leader.open("/mijn/portfolio")
    assert "Van 2 februari 2025 tot en met 1 februari 2031" in leader.text
    await leader.open("/mijn/delen")
    assert "2 februari 2025 tot en met 1 februari 2031" in leader.text
    assert "1 februari 2025 tot en met 1 februari 2031" not in leader.text.replace("2 februari", "")


async def test_seventy_points_are_on_the_way_to_eighty_on_every_page(house: House) -> None:
    await registered_leader(house, "ladder", date(2022, 9, 1))
    house.on(date(2023, 3, 18))
    await learn(house, "ladder", a_course("2023-03-18", 70), 70)

    leader = await signed_in(house, "ladder")
    for path in ("/mijn/portfolio", "/mijn"):
        await leader.open(path)
        assert "70 van 80 punten" in leader.text, path
        assert "van 60" not in leader.text, path
    await leader.open("/mijn/portfolio")
    assert "Met nog 10 punten: 4 jaar" in leader.text
    (norm,) = (await (await house.client("ladder")).get("/portfolio?register=schoolleiders-po")).json()["norms"]
    assert (norm["need"], norm["short"], norm["towards"]) == (60, 0, 80)

"""One thing is said the same on every page: by whom it is looked at, what it was used for, which days a period has."""

from datetime import date

from tests.builders import TEACHING_DEGREE, House, a_leader, a_teacher
from tests.journeys.disputing import refused_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide, learn
from tests.journeys.test_herregistratie import RENEWAL, a_course, registered_leader
from tests.journeys.test_uittreksel import text_of
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


async def test_a_level_is_called_once(house: House) -> None:
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    leader = await signed_in(house, "leo")
    await leader.open(f"/mijn/aanvragen/{file}")
    known = await decide(house, file, "for", {"reasons": "Binnen de accreditatie."})

    for path in (f"/mijn/besluiten/{known['id']}", f"/mijn/aanvragen/{file}", "/mijn", "/cijfers"):
        await leader.open(path)
        assert leader.page.status_code == 200, path
        assert "iveau niveau" not in leader.text, path
    await leader.open(f"/mijn/besluiten/{known['id']}")
    assert "Niveau 2" in leader.text
    letter = await leader.http.get(f"/mijn/besluiten/{known['id']}/brief")
    assert "iveau niveau" not in text_of(letter.content)
    assert "Niveau 2" in text_of(letter.content)


async def test_an_old_decision_does_not_say_to_do_something_by_a_day_that_has_passed(house: House) -> None:
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    leader = await signed_in(house, "nadia")
    await leader.open(f"/mijn/besluiten/{refusal['id']}")
    assert "Doe dat uiterlijk op" in leader.text

    house.on(date(2025, 6, 2))
    leader = await signed_in(house, "nadia")
    for path in (f"/mijn/besluiten/{refusal['id']}", "/mijn", "/mijn/berichten"):
        await leader.open(path)
        assert "Doe dat uiterlijk op" not in leader.text, path
    await leader.open(f"/mijn/besluiten/{refusal['id']}")
    assert "U kon bezwaar maken tot en met" in leader.text


async def test_hours_that_count_unchecked_say_so(house: House) -> None:
    house.on(date(2026, 2, 12))
    await a_teacher(house.world, "tess")
    application = an_application("leraren", qualifications=[{"name": "Groepsleraar po"}])
    file = await apply(await house.client("tess"), application, a_diploma("2021-07-02", TEACHING_DEGREE))
    await decide(house, file, "for", {"reasons": "Erkend diploma."})
    house.on(date(2026, 3, 19))
    entry = {
        "register_code": "leraren", "kind": "course", "title": "Nascholing", "done_on": "2026-03-19",
        "hours": "20", "category": "PEDAGOGIC", "valuation": "not-validated",
    }  # fmt: skip
    await learn(house, "tess", entry, None)

    teacher = await signed_in(house, "tess")
    await teacher.open("/mijn/portfolio")
    await teacher.press("Nascholing")
    assert "De activiteit telt meteen mee. Niemand heeft haar nog nagekeken" in teacher.text

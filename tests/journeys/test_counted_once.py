"""Every hour counts once: the same activity or the same evidence of a day is not handed in twice."""

from datetime import date
from typing import Any

from tests.builders import PDF, House
from tests.journeys.test_herregistratie import registered_leader
from tests.pages import Browser, signed_in

PROOF = {"file": ("bewijs.pdf", PDF, "application/pdf")}
OTHER = {"file": ("ander.pdf", PDF + b"\n% een ander bewijs\n", "application/pdf")}
TALE = {"what": "Rekenen in groep 3", "done_on": "1-6-2024", "amount": "8", "category": "course"}


async def add(one: Browser, files: dict[str, Any] = PROOF, hand_in: str = "1", **said: str) -> None:
    await one.open("/mijn/portfolio")
    await one.send("/mijn/portfolio", files=files, **{**TALE, **said}, valuation="afterwards", hand_in=hand_in)


async def standing(house: House) -> list[tuple[str, int]]:
    found = (await (await house.client("tess")).get("/portfolio-entries")).json()
    return sorted((one["title"], one["claimed_points"]) for one in found["items"] if one["state"] == "under-valuation")


async def test_the_same_activity_is_refused_by_its_name_with_what_to_do(house: House):
    await registered_leader(house, "tess")
    house.on(date(2024, 6, 10))
    one = await signed_in(house, "tess")
    await add(one)
    assert one.page.status_code == 200, one.text

    await add(one, files=OTHER, what=" rekenen in  Groep 3")
    assert one.page.status_code == 409
    assert "Van 1 juni 2024 hebt u al ingediend: Rekenen in groep 3" in one.text
    assert "geef haar dan een andere titel" in one.text
    await add(one, what="Taal in groep 3", amount="4")
    assert one.page.status_code == 409
    assert "Dit bewijs hebt u al ingediend bij: Rekenen in groep 3, van 1 juni 2024." in one.text
    assert await standing(house) == [("Rekenen in groep 3", 8)]

    await add(one, files=OTHER, what="Taal in groep 3")
    assert one.page.status_code == 200, one.text
    await add(one, done_on="2-6-2024")
    assert one.page.status_code == 200, one.text
    assert len(await standing(house)) == 3


async def test_drafts_may_repeat_and_one_that_was_taken_back_stands_no_more(house: House):
    await registered_leader(house, "tess")
    house.on(date(2024, 6, 10))
    one = await signed_in(house, "tess")
    client = await house.client("tess")
    await add(one)
    await add(one, hand_in="")
    assert one.page.status_code == 200, one.text
    mine = (await client.get("/portfolio-entries")).json()["items"]
    ids = {each["state"]: each["id"] for each in mine}

    refused = await client.move(f"/portfolio-entries/{ids['draft']}", "submission")
    assert (refused.status_code, refused.json()["code"]) == (409, "proof-handed-in-already")
    await one.open(f"/mijn/portfolio/{ids['draft']}")
    await one.send(f"/mijn/portfolio/{ids['draft']}/indienen")
    assert one.page.status_code == 409
    assert "Elk uur telt één keer." in one.text

    await one.open(f"/mijn/portfolio/{ids['under-valuation']}")
    await one.send(f"/mijn/portfolio/{ids['under-valuation']}/intrekken")
    await one.open(f"/mijn/portfolio/{ids['draft']}")
    await one.send(f"/mijn/portfolio/{ids['draft']}/indienen")
    assert one.page.status_code == 200, one.text
    assert await standing(house) == [("Rekenen in groep 3", 8)]

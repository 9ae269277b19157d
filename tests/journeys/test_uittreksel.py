"""Een uittreksel geven en controleren: from a decision of the committee to what a stranger is told years later."""

from datetime import date

from register.chores import sweep
from tests.builders import House, a_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.pages import browser, signed_in


async def test_an_extract_is_handed_over_and_checked_before_and_after_the_registration_lapses(house: House):
    await a_leader(house.world, "nadia", given="Nadia", family="Haddad")
    leader, stranger = await house.client("nadia"), await house.client()
    file = await apply(leader, an_application(), a_diploma("2024-08-31"))
    await decide(house, file, "for", {"reasons": "Het diploma valt binnen de accreditatie."})

    own = (await leader.get("/own-extract")).json()
    public = (await stranger.get(f"/register-entries/{own['register_number']}/extract")).json()
    at_once = (await stranger.post("/extract-checks", {"signed": own["signed"]})).json()

    assert (own["own"][0]["due_on"], public["own"]) == ("2029-09-12", [])
    assert (at_once["correct"], at_once["current"]) == (True, True)
    page = await signed_in(house, "nadia")
    await page.open("/mijn/uittreksel")
    assert "12 september 2029" in page.text

    house.on(date(2029, 9, 13))
    await sweep(house.means, date(2029, 9, 13))

    later = (await stranger.post("/extract-checks", {"code": public["code"]})).json()
    assert (later["correct"], later["current"]) == (True, False)
    assert [(each["fact"], each["said"], each["now"]) for each in later["changed"]] == [
        ("status", "registered", "conditional")
    ]
    reader = browser(house)
    await reader.open("/uittreksel-controleren")
    await reader.send("/uittreksel-controleren", code=own["signed"])
    assert "nu staat er iets anders" in reader.text
    assert "Onder voorwaarden" in reader.text

"""The timeline of an objection: each reader sees a line of what happened and what comes, on page and in the API."""

from datetime import date

from tests.appeals.test_channel import letters, on_paper
from tests.appeals.test_told import HEARING, objected
from tests.builders import House
from tests.journeys.disputing import ADVISERS, by_body, done, seated, voted
from tests.timelines import lines, new_since, on_page


async def test_the_timeline_of_a_late_objection_that_is_repaired_heard_and_decided(house: House):
    """Of a refusal of 12 September 2024, so until 24 October; six weeks after that are 5 December."""
    path = await objected(house, date(2024, 10, 28), grounds="")
    page = path.replace("objections", "bezwaren")
    lodged = await lines(house, "nadia", path)
    assert lodged == [
        "2024-10-28 lodged",
        "2024-10-28 due",
        "2024-10-28 objection-received",
        "> 2024-12-05 decide",
    ]

    await done(await house.client("adviseur1"), path, "repair-request", {"missing": ["grounds"]})
    asked = await lines(house, "nadia", path)
    assert await new_since(house, "nadia", path, lodged) == [
        "2024-10-28 repair-asked",
        "2024-10-28 due",
        "2024-10-28 objection-omission",
        "2024-10-28 objection-due",
        "> 2024-11-11 repair",  # fourteen days
        "> 2024-12-19 decide",  # and so long the term stands still
    ]
    told = await on_page(house, "nadia", page)
    assert "Gevraagd om aan te vullen" in told
    assert "tot en met 11 november 2024 · reglement, zoals Awb 6:6" in told
    assert "aan u, berichtenbox" in told

    house.on(date(2024, 11, 4))
    await done(await house.client("nadia"), path, "repair", {"grounds": "Het klopt niet."})
    adviser = await house.client("adviseur1")
    excuse = {"excused": "yes", "excuse_reasons": "Zij lag in het ziekenhuis."}
    await done(adviser, path, "admissibility", {"advisory": True, **excuse})
    await seated(house, adviser, path, ADVISERS)
    await done(adviser, path, "hearing", {"held_on": "2024-11-25", **HEARING})
    planned = await lines(house, "nadia", path)
    assert [one for one in await new_since(house, "nadia", path, asked) if one.startswith(">")] == [
        "> 2024-11-14 documents",  # the eleventh day before it (Awb 7:4(1))
        "> 2024-11-18 inspection",  # a week before it
        "> 2024-11-25 hearing",
        "> 2025-01-22 decide",  # 5 December and six weeks for the committee, and the seven days of the omission
    ]
    assert "2024-11-04 objection-hearing" in planned

    house.on(date(2024, 11, 25))
    await done(await house.client("adviseur1"), path, "minutes", {"minutes": "Zij is gehoord."})
    await voted(house, path, ADVISERS, "dismissed")
    await done(await house.client("adviseur1"), path, "advice", {"advice": "Het diploma is te laat."})
    await by_body(house, path, {"outcome": "dismissed", "reasons": "Wij volgen het advies."})
    # of advice, draft, votes and a decision that is not made known the party reads nothing
    assert await new_since(house, "nadia", path, planned) == ["2024-11-25 heard", "> 2025-01-22 decide"]
    inside = await lines(house, "griffier-bezwaar", path)
    assert [one for one in inside if one.startswith("2024-11-25")] == [
        "2024-11-25 heard",
        "2024-11-25 advised",
        "2024-11-25 drafted",
        "2024-11-25 decided",
        "2024-11-25 objection-draft",
    ]
    assert "2024-11-04 objection-hearing-panel" in inside
    assert not any("vote" in one or "seat" in one for one in inside)

    await done(await house.client("griffier-bezwaar"), path, "notification")
    assert (await lines(house, "nadia", path))[-4:] == [
        "2024-11-25 made-known",
        "2024-11-25 decision",
        "2024-11-25 objection-decided",
        "> 2025-01-06 may-appeal",  # six weeks
    ]
    assert "Laatste dag voor beroep" in await on_page(house, "nadia", page)
    assert "Besloten, nog niet bekendgemaakt" not in await on_page(house, "nadia", page)

    house.on(date(2025, 1, 7))  # nothing is promised on a day that has passed
    assert not any(one.startswith(">") for one in await lines(house, "nadia", path))
    outside = await (await house.client("bestuur")).get(f"{path}/timeline")
    assert (outside.status_code, outside.json()["code"]) == (404, "no-such-objection")


async def test_a_letter_on_paper_stands_on_the_timeline_of_its_party_from_the_day_it_went(house: House):
    path = await on_paper(house)  # 3 March 2025
    waiting = await lines(house, "nadia", path)
    office = await on_page(house, "griffier-bezwaar", path.replace("objections", "bezwaren"))
    (receipt,) = await letters(house)
    house.on(date(2025, 3, 5))
    await (await house.client("bureau")).move(f"/case-letters/{receipt.id}", "posting", {"sent_on": "2025-03-05"})

    assert "2025-03-03 objection-received" not in waiting
    assert "wacht op de post" in office
    assert "2025-03-05 objection-received" in await lines(house, "nadia", path)


async def test_who_waits_too_long_sees_until_when_and_from_when_silence_can_be_appealed(house: House):
    """Six weeks after 24 October are 5 December; a notice of the 6th gives two weeks, until the 20th."""
    path = await objected(house)
    house.on(date(2024, 12, 6))
    await done(await house.client("nadia"), path, "default-notice")

    assert (await lines(house, "nadia", path))[-3:] == [
        "2024-12-06 notice-given",
        "2024-12-06 objection-notice",
        "> 2024-12-21 may-appeal-silence",
    ]

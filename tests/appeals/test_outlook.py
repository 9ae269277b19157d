"""The page of a case says what is due, what was told last, and what would be refused now; pressing it is refused so."""

from datetime import date
from typing import Any

from tests.appeals.test_channel import letters, on_paper
from tests.appeals.test_told import HEARING, objected
from tests.builders import House
from tests.journeys.disputing import ADVISERS, body_seated, done, seated, voted
from tests.timelines import on_page

BODIES: dict[str, dict[str, Any]] = {
    "admissibility": {"advisory": True},
    "hearing": {"held_on": "2024-12-16", **HEARING},
    "minutes": {"minutes": "Zij is gehoord."},
    "votes": {"outcome": "dismissed"},
    "advice": {"advice": "Ongegrond."},
    "draft": {"outcome": "dismissed", "reasons": "Het diploma is te laat."},
    "decision": {"outcome": "dismissed", "reasons": "Het diploma is te laat."},
}
NO = {"waived": "Zij ziet ervan af.", "no-reply": "Er kwam geen antwoord."}


async def refused_now(house: House, who: str, path: str) -> dict[str, str | None]:
    """What would be refused to somebody now, with the day until which; each is tried, and is refused so."""
    client = await house.client(who)
    answer = await client.get(f"{path}/outlook")
    assert answer.status_code == 200, answer.text
    found: dict[str, str | None] = {}
    for one in answer.json()["wrong_now"]:
        deed, of = one["deed"], one["of"]
        new = {"ground": of, "waiver_reasons": NO[of]} if of else BODIES.get(deed, {})
        pressed = await client.move(path, deed, new)
        assert pressed.status_code in {400, 403, 409}, (deed, pressed.text)
        assert pressed.json()["code"] == one["code"], (deed, pressed.text)
        found[f"{deed} {of}".strip() + f": {one['code']}"] = one["until"]
    return found


async def test_the_office_reads_what_would_be_refused_now_and_is_refused_exactly_that(house: House):
    path = await objected(house, date(2024, 10, 28), grounds="")
    assert await refused_now(house, "adviseur1", path) == {"admissibility: omission-first": None}

    await done(await house.client("adviseur1"), path, "repair-request", {"missing": ["grounds"]})
    assert await refused_now(house, "adviseur1", path) == {"repair-expiry: repair-term-runs": "2024-11-11"}
    page = await on_page(house, "adviseur1", path.replace("objections", "bezwaren"))
    assert "De termijn om aan te vullen loopt nog tot en met 11 november 2024." in page
    assert "Verzuim aanvullen: 11 november 2024 (reglement, zoals Awb 6:6)" in page
    assert "Andere beslisdatum bij bezwaar, 28 oktober 2024 (aan de betrokkene, berichtenbox)" in page

    house.on(date(2024, 11, 4))
    await done(await house.client("nadia"), path, "repair", {"grounds": "Het klopt niet."})
    excuse = {"excused": "yes", "excuse_reasons": "Zij lag in het ziekenhuis."}
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True, **excuse})
    before = {"hearing-waiver waived: not-declined": None, "hearing-waiver no-reply: not-asked": None}
    assert await refused_now(house, "adviseur1", path) == {"hearing: no-chair": None, **before}

    await done(adviser, path, "hearing-question", {"reply_until": "2024-11-11"})
    await seated(house, adviser, path, ADVISERS)
    before["hearing-waiver no-reply: not-asked"] = "2024-11-11"
    assert await refused_now(house, "adviseur1", path) == before
    await done(await house.client("adviseur1"), path, "hearing", {"held_on": "2024-11-25", **HEARING})
    assert await refused_now(house, "adviseur1", path) == {"minutes: not-held-yet": "2024-11-25", **before}

    house.on(date(2024, 11, 25))
    await done(await house.client("adviseur1"), path, "minutes", {"minutes": "Zij is gehoord."})
    assert await refused_now(house, "adviseur1", path) == {
        "advice: no-majority": None,
        "draft: not-advised": None,
        "decision: not-advised": None,
    }
    await voted(house, path, ADVISERS, "dismissed")
    await done(await house.client("adviseur1"), path, "advice", {"advice": "Het diploma is te laat."})
    assert await refused_now(house, "griffier-bezwaar", path) == {"decision: body-decides": None}
    await body_seated(house, path)
    assert "decision: body-decides" in await refused_now(house, "griffier-bezwaar", path)

    house.on(date(2025, 1, 23))  # the day after the last one
    assert (await refused_now(house, "griffier-bezwaar", path))["adjournment: term-passed"] == "2025-01-22"
    late = (await (await house.client("griffier-bezwaar")).get(f"{path}/outlook")).json()["due"]
    assert [(one["task"], one["due_on"], one["breached"]) for one in late] == [("decide", "2025-01-22", True)]
    theirs = await (await house.client("nadia")).get(f"{path}/outlook")
    assert (theirs.status_code, theirs.json()["code"]) == (403, "not-for-this-role")


async def test_the_office_reads_which_letter_waits_for_the_post_and_which_came_back(house: House):
    path = await on_paper(house)  # 3 March 2025
    page = path.replace("objections", "bezwaren")
    waits = await on_page(house, "griffier-bezwaar", page)
    (receipt,) = await letters(house)
    office = await house.client("bureau")
    await office.move(f"/case-letters/{receipt.id}", "posting", {"sent_on": "2025-03-03"})
    went = (await (await house.client("griffier-bezwaar")).get(f"{path}/outlook")).json()
    await office.move(f"/case-letters/{receipt.id}", "return", {"cause": "moved"})
    back = (await (await house.client("griffier-bezwaar")).get(f"{path}/outlook")).json()

    assert "Bezwaar ontvangen, 3 maart 2025 (aan de betrokkene, post, wacht op de post)" in waits
    assert (went["told_last"]["what"], went["told_last"]["way"], went["not_arrived"]) == (
        "objection-received",
        "post",
        [],
    )
    assert back["told_last"] is None
    assert [one["went"] for one in back["not_arrived"]] == ["bounced", "to-post"]

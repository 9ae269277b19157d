"""The letter of a decision: for its addressee and who sends it, and checked by whoever holds it."""

import re
from uuid import UUID

from auth.actor import SYSTEM
from core.decisions import Decision
from register.decisions.letters import code_of, is_genuine, letter_of
from tests.builders import MEMBERS, House, a_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.pages import browser, signed_in

RULING = {
    "reasons": "Het diploma is te laat behaald.",
    "repair": "Een ander bewijs.",
}


async def refused(house: House) -> dict:
    """A leader whose diploma is a day too late (C-02)."""
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-09-05"))
    return await decide(house, file, "against", RULING)


async def row_of(house: House, id: str) -> Decision:
    async with house.means.work(SYSTEM, write=False) as work:
        return await work.session.get_one(Decision, UUID(id))


async def test_the_letter_goes_to_its_addressee_and_leaves_a_trace_for_others(house: House):
    decision = await refused(house)
    path = f"/decisions/{decision['id']}/letter"

    own = await (await house.client("leo")).get(path)
    sender = await (await house.client("secretaris")).get(path)
    stranger = await (await house.client(MEMBERS[0])).get(path)

    assert (own.status_code, own.headers["content-type"]) == (200, "application/pdf")
    assert own.content.startswith(b"%PDF-")
    assert own.content == sender.content
    assert own.headers["cache-control"] == "no-store"
    assert stranger.status_code == 404


async def test_the_letter_says_what_a_reader_needs_to_object(house: House):
    row = await row_of(house, (await refused(house))["id"])
    letter = letter_of(row, ("Leo Leider",), "https://register.example")
    told = " ".join([part.heading + " " + " ".join([*part.paragraphs, *part.items]) for part in letter.parts])

    assert row.remedy in told
    assert "U kunt bezwaar maken tot en met" in told
    assert RULING["reasons"] in told
    assert RULING["repair"] in told
    assert code_of(row) in letter.verification


async def test_a_letter_is_checked_by_number_and_code_and_by_nothing_less(house: House):
    row = await row_of(house, (await refused(house))["id"])
    code = code_of(row)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code)

    right = await house.http.get("/v1/letter-checks", params={"number": row.number, "code": code.lower()})
    wrong = await house.http.get("/v1/letter-checks", params={"number": row.number, "code": "7KQ4-MX2B-9TRC"})
    nobody = await house.http.get("/v1/letter-checks", params={"number": "B2026-222222", "code": code})
    blind = await house.http.get("/v1/letter-checks")

    assert right.json() | {"notified_on": ""} == {
        "number": row.number, "kind": "registration", "notified_on": "", "stands": True,
    }  # fmt: skip
    assert (wrong.status_code, nobody.status_code, blind.status_code) == (404, 404, 400)
    same = {**wrong.json(), "instance": None, "request_id": None}
    assert same == {**nobody.json(), "instance": None, "request_id": None}


async def test_a_changed_decision_is_no_longer_the_one_on_the_letter(house: House):
    row = await row_of(house, (await refused(house))["id"])
    code = code_of(row)

    row.reasons += " En nog iets."

    assert not is_genuine(row, code)
    assert is_genuine(row, code_of(row).replace("-", " ").lower())


async def test_whoever_holds_a_letter_checks_it_on_the_page(house: House):
    row = await row_of(house, (await refused(house))["id"])
    one = browser(house)

    good = await one.open(f"/brief-controleren?number={row.number}&code={code_of(row)}")
    bad = await one.open(f"/brief-controleren?number={row.number}&code=")

    assert "Deze brief is echt" in good.text
    assert "Leo" not in good.text
    assert bad.status_code == 400
    assert "Fout:" in bad.text

    leader = await signed_in(house, "leo")
    await leader.open(f"/mijn/besluiten/{row.id}")
    assert f'href="/mijn/besluiten/{row.id}/brief"' in leader.page.text

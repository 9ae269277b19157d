"""The papers of a contested decision in the file: its letter and what was handed in, once, for all in the case."""

from datetime import date

from tests.appeals.disputing import a_refusal
from tests.builders import House, a_leader
from tests.journeys.disputing import done, object_to


async def test_the_papers_of_a_decision_come_into_the_file_once(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    nadia, adviser = await house.client("nadia"), await house.client("adviseur1")
    path = f"/objections/{(await object_to(nadia, refusal.number))['id']}"
    await done(adviser, path, "admissibility", {"advisory": True})

    await done(adviser, path, "papers", {})

    seen = (await nadia.get(path)).json()["pieces"]
    letters = [(one["maker"], one["made_on"]) for one in seen if one["title"] == f"Besluit {refusal.number}.pdf"]
    assert letters == [("body", "2025-02-13")]
    piece = await nadia.get(f"{path}/pieces/{seen[-1]['id']}", headers={"Accept": "*/*"})
    letter = await nadia.get(f"{path}/decisions/{refusal.id}/letter", headers={"Accept": "*/*"})
    assert (piece.content[:4], letter.content[:4]) == (b"%PDF", b"%PDF")
    again = await adviser.move(path, "papers", {})
    assert (again.status_code, again.json()["code"]) == (409, "papers-there")
    assert (await nadia.move(path, "papers", {})).status_code == 403
    other = await a_refusal(house, "nadia", date(2025, 2, 14))
    strange = await adviser.get(f"{path}/decisions/{other.id}/letter", headers={"Accept": "*/*"})
    assert (strange.status_code, strange.json()["code"]) == (404, "no-such-decision")

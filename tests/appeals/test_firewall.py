"""Nobody handles a dispute about their own work: not in another role, by a second account, or later (Awb 7:5)."""

from datetime import date

import pytest

from auth.permissions import Role
from auth.service import grant, take_back
from tests.appeals.disputing import a_refusal
from tests.appeals.test_disputes import ON_SQLITE
from tests.appeals.test_upkeep import dismissed
from tests.builders import MEMBERS, House, a_leader
from tests.journeys.disputing import ADVISERS, CHAMBER, done, object_to, refused_leader
from tests.two_persons import by_two


async def may_not(house: House, who: str, path: str, handler: str) -> None:
    """Somebody neither knows of a dispute nor gets a seat in it."""
    client = await house.client(who)
    assert (await client.get(path)).status_code == 404
    kind = path.rpartition("/")[0]
    assert (await client.get(kind)).json()["items"] == []
    assert (await client.get("/dispute-terms")).json() == []
    seat = {"member_id": str(house.id_of(who)), "chair": False}
    refused = await (await house.client(handler)).move(path, "seats", seat)
    assert (refused.status_code, refused.json()["code"]) == (403, "conflict-of-interest")


@ON_SQLITE
async def test_who_voted_or_signed_is_shut_out_in_every_other_role(house: House):
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal['number']))['id']}"
    for who in (MEMBERS[0], "secretaris"):
        await house.system(lambda work, who=who: grant(work, house.id_of(who), Role.OBJECTION_ADVISER, work.today))
    await done(await house.client("adviseur1"), path, "admissibility", {"advisory": True})

    await may_not(house, MEMBERS[0], path, "adviseur1")  # voted
    await may_not(house, "secretaris", path, "adviseur1")  # prepared, and took the decision


@ON_SQLITE
async def test_who_advised_on_the_objection_is_shut_out_of_the_appeal(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = await dismissed(house, refusal.number)
    nadia = await house.client("nadia")
    decision = (await nadia.get(f"/decisions/{(await nadia.get(path)).json()['decision_id']}")).json()
    for who in (ADVISERS[1], "griffier-bezwaar"):
        await house.system(lambda work, who=who: grant(work, house.id_of(who), Role.APPEALS_MEMBER, work.today))

    answer = await nadia.post("/appeals", {"decisions": [decision["number"]], "grounds": "Niet eens."})
    appeal = f"/appeals/{answer.json()['id']}"

    await may_not(house, ADVISERS[1], appeal, "griffier")  # advised
    await may_not(house, "griffier-bezwaar", appeal, "griffier")  # decided on the objection
    assert (await (await house.client(CHAMBER[0])).get(appeal)).status_code == 200


@pytest.mark.parametrize("merged", ["before", "after"])
@ON_SQLITE
async def test_a_double_that_became_one_with_a_handler_counts_as_them(house: House, merged: str):
    """The secretary of the refusal, who left, turns out to be the same person as an adviser."""
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13), by="secretaris2")
    house.on(date(2025, 3, 3))
    kept, double = house.id_of("adviseur3"), {"double": house.number_of("secretaris2")}

    async def one() -> None:
        """Who has a role of the staff is not merged: both end, and the adviser is appointed anew."""
        adviser, secretary = Role.OBJECTION_ADVISER, Role.SECRETARY
        await house.system(lambda work: take_back(work, kept, adviser, ""))
        await house.system(lambda work: take_back(work, house.id_of("secretaris2"), secretary, ""))
        assert (await by_two(house, "bureau", f"/people/{kept}", "merge", double)).status_code == 201
        await house.system(lambda work: grant(work, kept, adviser, work.today))

    if merged == "before":
        await one()
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal.number))['id']}"
    if merged == "after":
        assert (await (await house.client("adviseur3")).get(path)).status_code == 200
        await one()
    await done(await house.client("adviseur1"), path, "admissibility", {"advisory": True})

    await may_not(house, "adviseur3", path, "adviseur1")

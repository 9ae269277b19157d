"""Nobody handles a dispute about their own work: not in another role, by a second account, or later (Awb 7:5)."""

from datetime import date

import pytest

from auth.permissions import Role
from auth.service import grant, take_back
from tests.appeals.disputing import a_refusal
from tests.appeals.test_disputes import ON_SQLITE
from tests.appeals.test_upkeep import dismissed
from tests.builders import MEMBERS, House, a_leader
from tests.journeys.disputing import ADVISERS, CHAMBER, done, given, object_to, refused_leader, seated
from tests.pages import signed_in
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
    seat = {"member_id": str(house.id_of("griffier-bezwaar")), "chair": False}
    refused = await (await house.client("griffier")).move(appeal, "seats", seat)
    assert (
        refused.json()["code"] == "conflict-of-interest"
    )  # recorded the decision: speaks for the body, judges nothing


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
        await given(house, path.rpartition("/")[2], "adviseur3", was="adviseur1")
        assert (await (await house.client("adviseur3")).get(path)).status_code == 200
        await one()
        await given(house, path.rpartition("/")[2], "adviseur1", was="adviseur3")
    await done(await house.client("adviseur1"), path, "admissibility", {"advisory": True})

    await may_not(house, "adviseur3", path, "adviseur1")


@ON_SQLITE
async def test_an_adviser_reads_the_objections_that_were_given_to_them_or_where_they_sit_and_no_other(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    lodged = await object_to(await house.client("nadia"), refusal.number)
    path, registrar = f"/objections/{lodged['id']}", await house.client("griffier-bezwaar")
    await done(registrar, path, "admissibility", {"advisory": True})

    async def seen(who: str) -> list[int]:
        """Every door of the file: resource, dossier, terms of the house, page."""
        client, page = await house.client(who), await signed_in(house, who)
        listed = (await client.get("/objections")).json()["items"] + (await client.get("/dispute-terms")).json()
        listed += (await client.get("/work-items")).json()["items"]
        papers = [(await client.get(path + end)).status_code for end in ("", "/service", "/dossier")]
        return [*papers, (await page.open(f"/bezwaren/{lodged['id']}")).status_code, min(len(listed), 1)]

    nobody = await seen("adviseur2")
    missing = await (await house.client("adviseur2")).get(f"/objections/{house.id_of('nadia')}")
    told = (await (await house.client("adviseur2")).get(path)).json()
    assert nobody == [404, 404, 404, 404, 0]
    same = ("type", "status", "title", "detail", "code")
    assert [told.get(name) for name in same] == [missing.json().get(name) for name in same]
    taken = await (await house.client("adviseur2")).post(
        f"/work-items/{lodged['id']}/assignment", {"to": str(house.id_of("adviseur2")), "was": None}
    )
    assert (taken.status_code, taken.json()["code"]) == (404, "no-such-work")

    await given(house, lodged["id"], "adviseur2", was="adviseur1")
    assert (await (await house.client("adviseur1")).get(path)).status_code == 404
    assert (await (await house.client("adviseur2")).get(path)).status_code == 200
    await seated(house, registrar, path, ADVISERS)
    assert [(await (await house.client(who)).get(path)).status_code for who in ADVISERS] == [200, 200, 200]


@ON_SQLITE
async def test_a_member_of_the_chamber_reads_the_appeals_where_they_sit_and_no_other(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = await dismissed(house, refusal.number)
    nadia = await house.client("nadia")
    decision = (await nadia.get(f"/decisions/{(await nadia.get(path)).json()['decision_id']}")).json()
    lodged = await nadia.post("/appeals", {"decisions": [decision["number"]], "grounds": "Niet eens."})
    appeal = f"/appeals/{lodged.json()['id']}"
    member, registrar = await house.client(CHAMBER[0]), await house.client("griffier")

    assert (await member.get(appeal)).status_code == 404
    assert (await member.get("/appeals")).json()["items"] == []
    assert (await (await signed_in(house, CHAMBER[0])).open(appeal.replace("appeals", "beroepen"))).status_code == 404

    await done(registrar, appeal, "seats", {"member_id": str(house.id_of(CHAMBER[0])), "chair": True})
    assert (await member.get(appeal)).status_code == 200
    assert (await (await house.client(CHAMBER[1])).get(appeal)).status_code == 404


@ON_SQLITE
async def test_a_proposal_about_an_objection_is_not_there_for_who_may_not_read_that(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal.number))['id']}"
    registrar = await house.client("griffier-bezwaar")
    piece = await registrar.upload(f"{path}/pieces")
    assert piece.status_code == 201, piece.text
    act = {"act": "withdrawal", "piece_id": piece.json()["pieces"][-1]["id"], "filed_channel": "post"}
    await done(registrar, path, "filed-acts", act)

    (proposal,) = (await (await house.client("adviseur1")).get("/proposals")).json()["items"]
    stranger = await house.client("adviseur2")
    assert (await stranger.get("/proposals")).json()["items"] == []
    assert (await stranger.get(f"/proposals/{proposal['id']}")).status_code == 404
    page = await signed_in(house, "adviseur2")
    assert (await page.open(f"/voorstellen/{proposal['id']}")).status_code == 404

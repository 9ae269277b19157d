"""Providers: duplicates, admission, members, suspension and withdrawal, each allowed, refused, and not for others."""

from datetime import date

from accreditation.providers.service import name_key
from tests.accreditation.steps import PO, a_provider, admitted, known, ok, submitted
from tests.builders import House
from tests.intended import measured

MEASURE = {"reasons": "De controle toonde gebreken.", "grounds": ["audit-finding"], "repair": "Herstel de registratie."}


def test_names_are_the_same_whatever_their_capitals_accents_and_signs():
    assert name_key("  Académie  De-Brug! ") == name_key("academie de brug")
    assert name_key("Academie De Brug") != name_key("Academie De Burg")


async def standing(house: House, provider: str, who: str = "secretaris") -> dict:
    found = await (await house.client(who)).get(f"/providers/{provider}")
    return (await ok(found, 200))["authorisations"][0]


async def test_the_same_name_blocks_and_the_same_postcode_warns(house: House):
    one, other = await house.client("aanbieder"), await house.client("aanbieder2")
    await ok(await one.post("/providers", a_provider()))

    twice = await other.post("/providers", a_provider("ACADEMIE de brug"))
    assert (twice.status_code, twice.json()["errors"][0]["code"]) == (400, "provider-name-taken")
    near = await ok(await other.post("/providers", a_provider("Instituut Verder")))
    assert near["warnings"] == ["same-postcode"]


async def test_a_provider_is_decided_on_within_two_weeks_and_a_refusal_can_be_repaired(house: House):
    house.on(date(2025, 4, 4))  # two weeks end on Good Friday 18 April: on to Tuesday 22 April
    client, secretary = await house.client("aanbieder"), await house.client("secretaris")
    provider = await ok(await client.post("/providers", a_provider(staff_level="mbo")))
    asked = provider["authorisations"][0]
    assert asked["decide_by_on"] == "2025-04-22"
    path = f"/provider-authorisations/{asked['id']}"

    granted = await secretary.move(path, "decision", {"granted": True, "reasons": "Toch."})
    assert (granted.status_code, granted.json()["code"]) == (409, "rules-refuse")
    bare = await secretary.move(path, "decision", {"granted": False, "reasons": "Nee."})
    assert bare.status_code == 400  # without what would repair it
    assert (await client.move(path, "decision", {"granted": True, "reasons": "Zelf."})).status_code == 403
    refused = {"granted": False, "reasons": "De docenten zijn mbo.", "repair": "Zet hbo-docenten in."}
    decision = await known(house, (await ok(await secretary.move(path, "decision", refused)))["decision_id"])

    assert (decision["outcome"], decision["grounds"]) == ("refused", ["staff-level-too-low"])
    assert (await standing(house, provider["id"]))["state"] == "refused"
    again = await ok(await client.post(f"/providers/{provider['id']}/authorisations", {"register_code": PO}))
    assert (again["state"], again["round"]) == ("applied", 1)


async def test_a_provider_does_not_exist_for_who_does_not_act_for_it(house: House):
    provider = await admitted(house)
    stranger = await house.client("aanbieder2")

    assert (await stranger.get(f"/providers/{provider}")).status_code == 404
    new = {"provider_id": provider, "registers": [PO]}
    assert (await stranger.post("/course-applications", new)).status_code == 404


async def test_an_invited_member_reads_the_decisions_and_no_longer_after_leaving(house: House):
    provider = await admitted(house)
    owner, guest = await house.client("aanbieder"), await house.client("aanbieder2")
    asked = await standing(house, provider, "aanbieder")
    decision = f"/decisions/{asked['decision_id']}"
    assert (await guest.get(decision)).status_code == 404
    await ok(await owner.post(f"/providers/{provider}/invitations", {"email": "a@b.example", "role": "attendance"}))
    async with house.means.database.reading() as session:
        from sqlmodel import select

        from core.store.outbox import OutboxMessage

        bodies = [row.body for row in await session.exec(select(OutboxMessage)) if row.topic == "provider-invitation"]
    code = bodies[-1].split("deze code in: ")[1].split("\n")[0]

    await ok(await guest.post("/provider-memberships", {"code": code}))

    assert (await guest.post("/provider-memberships", {"code": code})).status_code == 404  # once
    assert (await guest.get(decision)).status_code == 200
    drawn = await guest.post("/course-applications", {"provider_id": provider, "registers": [PO]})
    assert (drawn.status_code, drawn.json()["code"]) == (403, "member-role")
    members = (await owner.get(f"/providers/{provider}/members")).json()
    leaving = next(one for one in members if one["role"] == "attendance")
    last = next(one for one in members if one["role"] == "owner")
    kept = await owner.http.delete(f"/v1/providers/{provider}/members/{last['id']}", headers=owner.headers)
    assert (kept.status_code, kept.json()["code"]) == (409, "last-owner")
    gone = await owner.http.delete(f"/v1/providers/{provider}/members/{leaving['id']}", headers=owner.headers)
    assert gone.status_code == 204
    assert (await guest.get(decision)).status_code == 404


async def test_a_provider_is_suspended_restored_withdrawn_and_may_apply_for_nothing_meanwhile(house: House):
    provider = await admitted(house)
    secretary = await house.client("secretaris")
    path = f"/provider-authorisations/{(await standing(house, provider))['id']}"
    early = await secretary.move(path, "withdrawal", MEASURE)
    assert (early.status_code, early.json()["code"]) == (409, "wrong-state")

    await known(house, (await ok(await measured(house, path, "suspension", MEASURE)))["decision_id"])
    client = await house.client("aanbieder")
    drawn = await client.post("/course-applications", {"provider_id": provider, "registers": [PO]})
    assert (drawn.status_code, drawn.json()["code"]) == (409, "not-authorised")
    assert (await ok(await secretary.move(path, "restoration")))["state"] == "authorised"
    await submitted(house, provider)
    await known(house, (await ok(await measured(house, path, "suspension", MEASURE)))["decision_id"])
    decision = await known(house, (await ok(await measured(house, path, "withdrawal", MEASURE)))["decision_id"])

    assert decision["last_day_to_object"] is not None
    assert (await standing(house, provider))["state"] == "withdrawn"


async def test_a_provider_leaves_a_register_of_its_own_will(house: House):
    provider = await admitted(house)
    path = f"/provider-authorisations/{(await standing(house, provider))['id']}"

    assert (await ok(await (await house.client("aanbieder")).move(path, "end")))["state"] == "ended"


async def test_nothing_moves_a_provider_about_which_a_decision_waits_to_be_made_known(house: House):
    provider = await admitted(house)
    path = f"/provider-authorisations/{(await standing(house, provider))['id']}"
    suspended = (await ok(await measured(house, path, "suspension", MEASURE)))["decision_id"]

    again = await (await house.client("secretaris")).move(path, "suspension", MEASURE)
    left = await (await house.client("aanbieder")).move(path, "end")

    assert [(one.status_code, one.json()["code"]) for one in (again, left)] == [(409, "decided-already")] * 2
    await known(house, suspended)
    assert (await standing(house, provider))["state"] == "suspended"
    withdrawn = (await ok(await measured(house, path, "withdrawal", MEASURE)))["decision_id"]
    restored = await (await house.client("secretaris")).move(path, "restoration")
    assert (restored.status_code, restored.json()["code"]) == (409, "decided-already")
    await known(house, withdrawn)
    assert (await standing(house, provider))["state"] == "withdrawn"

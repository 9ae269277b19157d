"""What a party does, nobody else does: by themselves or who speaks for them, or by a piece that two persons read."""

from datetime import date

import pytest

from appeals.disputes.filed import ACTS
from appeals.disputes.policy import Kind
from appeals.disputes.queries import Relation
from appeals.verbs import VERBS
from auth.permissions import Role
from auth.service import take_back
from tests.builders import PDF, House, a_leader
from tests.journeys.disputing import done, object_to, refused_leader
from tests.mailed import mails

PARTY = {"withdrawal", "repair", "consent", "default-notice", "hearing-renunciation"}
ONLINE = {"costs-request", "interim-request"}
"""What a party also says in its own letter, which is filed as a piece."""
RELATIONS = [Relation(filer=f, handler=h, seated=s) for f in (0, 1) for h in (0, 1) for s in (0, 1)]


@pytest.mark.parametrize("verb", [verb for kind in Kind for verb in VERBS[kind]], ids=lambda verb: verb.name)
@pytest.mark.parametrize("who", RELATIONS, ids=str)
def test_nobody_but_the_party_does_an_act_of_the_party_and_it_does_no_other(verb, who):
    if verb.name in PARTY | ONLINE:
        assert verb.open_to(who) == bool(who.filer)
    elif not (who.handler or who.seated):
        assert not verb.open_to(who)


def test_each_act_can_also_come_in_on_paper():
    assert {act.value for act in ACTS} == PARTY


async def test_an_adviser_withdraws_nobodys_objection_and_a_letter_takes_two(house: House):
    """H1: an adviser posted to `…/withdrawal`, and the objection of a citizen ended without a message."""
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal['number']))['id']}"
    adviser, registrar = await house.client("adviseur1"), await house.client("griffier-bezwaar")
    for client in (adviser, registrar):
        for act in ("withdrawal", "consent"):
            data = {} if act == "withdrawal" else {"consented_until": "2025-12-31"}
            refused = await client.move(path, act, data)
            assert (refused.status_code, refused.json()["code"]) == (403, "not-for-this-role"), act

    files = {"file": ("brief.pdf", PDF, "application/pdf")}
    added = (await registrar.post(f"{path}/pieces", files=files)).json()
    piece = added["pieces"][-1]["id"]
    await done(registrar, path, "filed-acts", {"act": "withdrawal", "piece_id": piece, "filed_channel": "post"})
    assert (await registrar.get(path)).json()["state"] != "withdrawn"
    (waiting,) = (await registrar.get("/proposals", params={"state": "proposed"})).json()["items"]
    own = await registrar.move(f"/proposals/{waiting['id']}", "signature")
    assert own.json()["code"] == "own-proposal"
    signed = await adviser.move(f"/proposals/{waiting['id']}", "signature")

    assert signed.status_code == 201, signed.text
    assert (await registrar.get(path)).json()["state"] == "withdrawn"
    assert "nadia@voorbeeld.example" in {mail.address for mail in await mails(house, "objection-withdrawn")}


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_a_seat_without_its_role_opens_nothing(house: House):
    """Whose role ended, or who gave no second factor, no longer reads the file in which they have a seat."""
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal['number']))['id']}"
    registrar, adviser = await house.client("griffier-bezwaar"), await house.client("adviseur1")
    await done(registrar, path, "admissibility", {"advisory": True})
    await done(registrar, path, "seats", {"member_id": str(house.id_of("adviseur1")), "chair": True})
    assert (await adviser.get(path)).status_code == 200

    await house.system(lambda work: take_back(work, house.id_of("adviseur1"), Role.OBJECTION_ADVISER, ""))

    assert (await adviser.get(path)).status_code == 404

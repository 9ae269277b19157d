"""Deeds of two persons: nothing moves before the second signature, no right goes over, a mistake can be undone."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from auth import reset
from auth.permissions import Role
from core.law.days import add_days
from core.proposals import LIVES_DAYS
from register.office.proposals import service
from register.office.proposals.service import DEEDS
from tests.builders import House, a_leader
from tests.deciding import taken
from tests.faults.files import problems
from tests.journeys.steps import make_known
from tests.mailed import mails
from tests.pages import signed_in
from tests.two_persons import by_two, signed

ONE = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
OPERATIONAL = {"idempotency_record", "login_session", "known_device", "sign_in_failure", "account"}


async def everything(house: House) -> dict[str, int]:
    """How often each row of the house was written, proposals and the trail about them apart."""
    async with house.means.database.reading() as session:
        connection = await session.connection()
        found = {}
        for table in SQLModel.metadata.sorted_tables:
            if table.name in OPERATIONAL or table.name.startswith(("proposal", "trail_")):
                continue
            number = sa.select(sa.func.count(), sa.func.sum(table.c.version) if "version" in table.c else sa.null())
            found[table.name] = str((await connection.execute(number.select_from(table))).one())
        return found


async def propose(house: House, who: str, verb: str, data: Any = None) -> Any:
    return await (await house.client("bureau")).move(f"/people/{house.id_of(who)}", verb, data)


async def test_a_puppet_that_is_merged_into_an_administrator_gains_nothing(house: House):
    """C1 to the letter: a stranger enrols and signs in, a clerk merges the puppet into the administrator."""
    for who in ("beheer", "beheerder"):
        await house.world.staff(who, Role.ADMIN, "plain", "Ada", "", "Beheer")
    await a_leader(house.world, "pop", family="Pop")
    puppet = await house.client("pop")
    before = await everything(house)

    refused = await propose(house, "beheer", "merge", {"double": house.number_of("pop")})
    other_way = await propose(house, "pop", "merge", {"double": house.number_of("beheer")})

    for answer in (refused, other_way):
        assert (answer.status_code, answer.json()["code"]) == (409, "staff-role")
    assert await everything(house) == before
    assert (await puppet.get("/me")).json()["roles"] == ["professional"]
    assert (await puppet.get("/role-grants")).status_code == 403


async def test_of_a_double_nothing_that_opens_goes_over(house: House):
    """Also between two who have no role: the open token dies, no role or account moves, both addresses are told."""
    await a_leader(house.world, "leo")
    await a_leader(house.world, "pop", family="Pop")
    puppet, victim = await house.client("pop"), await house.client("leo")
    before = await everything(house)
    proposal = await propose(house, "leo", "merge", {"double": house.number_of("pop")})
    assert await everything(house) == before
    path = f"/proposals/{proposal.json()['id']}"
    clerk, second = await house.client("bureau"), await house.client("bureau2")
    own = await clerk.move(path, "signature")
    assert (own.status_code, own.json()["code"]) == (403, "own-proposal")
    assert (await puppet.get(path)).status_code == (await victim.get(path)).status_code == 404
    told = (await second.get(path)).json()
    assert {one["code"] for one in told["ends"]} == {"entry", "account", "role"}
    assert await everything(house) == before

    assert (await second.move(path, "signature")).json()["state"] == "signed"

    assert (await puppet.get("/me")).status_code == 401
    assert (await (await house.client()).post("/token", house.sign_in_of("pop"))).status_code == 401
    assert (await victim.get("/me")).status_code == 200
    assert {mail.address for mail in await mails(house, "people-merged")} == {
        "leo@voorbeeld.example",
        "pop@voorbeeld.example",
    }
    assert await problems(house) == []


@ONE
async def test_a_proposal_is_refused_when_either_person_changed_withdrawn_and_forgotten(house: House):
    await a_leader(house.world, "leo")
    await a_leader(house.world, "pop", family="Pop")
    number = {"double": house.number_of("pop")}
    proposal = await propose(house, "leo", "merge", number)
    assert (await propose(house, "leo", "merge", number)).json()["code"] == "waits-for-signature"
    hidden = await propose(house, "pop", "hiding", {"ground": "threat"})
    assert hidden.status_code == 201

    changed = await signed(house, proposal, "bureau2")
    assert (changed.status_code, changed.json()["code"]) == (409, "changed-since-proposal")
    second = await house.client("bureau2")
    path = f"/proposals/{proposal.json()['id']}"
    assert (await second.move(path, "withdrawal")).json()["code"] == "not-own-proposal"
    assert (await (await house.client("bureau")).move(path, "withdrawal")).json()["state"] == "withdrawn"
    assert (await second.move(path, "signature")).json()["code"] == "wrong-state"

    again = await propose(house, "leo", "merge", number)
    house.on(add_days(house.world.clock.at.date(), LIVES_DAYS + 1))
    late = await signed(house, again, "bureau2")
    assert (late.status_code, late.json()["code"]) == (409, "proposal-expired")
    assert await house.system(service.expire) == 1
    assert (await second.get(f"/proposals/{again.json()['id']}")).json()["state"] == "expired"


async def test_a_death_that_was_noted_by_mistake_is_undone_by_two(house: House):
    await a_leader(house.world, "leo")
    await make_known(await house.client("secretaris"), str(await taken(house, "leo")))
    number, day = house.number_of("leo"), {"deceased_on": "2024-09-10"}
    noted = await by_two(house, "bureau", f"/people/{house.id_of('leo')}", "death", day)
    assert noted.status_code == 201, noted.text
    assert (await house.http.get(f"/v1/register-entries/{number}")).status_code == 404

    undone = await by_two(house, "bureau", f"/people/{house.id_of('leo')}", "death-undoing")

    assert undone.status_code == 201, undone.text
    (entry,) = (await house.http.get(f"/v1/register-entries/{number}")).json()
    assert entry["status"] == "registered"
    assert (await (await house.client()).post("/token", house.sign_in_of("leo"))).status_code == 401
    assert await reset.answer_all(house.means) == 1  # opened by a link, never with the old password
    assert (await propose(house, "leo", "death-undoing")).json()["code"] == "not-deceased"
    assert await problems(house) == []


@ONE
async def test_a_lost_second_factor_goes_by_two_of_the_office(house: House):
    client = await house.client("beoordelaar")
    gone = await by_two(house, "bureau", f"/people/{house.id_of('beoordelaar')}", "second-factor-reset")
    assert gone.status_code == 201, gone.text

    assert (await client.get("/me")).status_code == 401
    typed = {name: value for name, value in house.sign_in_of("beoordelaar").items() if name != "otp"}
    token = (await (await house.client()).post("/token", typed)).json()["access_token"]
    client.headers = {"Authorization": f"Bearer {token}"}
    assert (await client.get("/me")).json()["roles"] == []
    assert [one.address for one in await mails(house, "second-factor-reset")] == ["beoordelaar@voorbeeld.example"]


@ONE
async def test_a_death_says_what_follows_before_it_is_proposed(house: House):
    await a_leader(house.world, "leo")
    office = await signed_in(house, "bureau")
    await office.open(f"/kantoor/personen/{house.id_of('leo')}")
    await office.send("/overlijden", deceased_on="10-9-2024")
    assert "Is deze persoon overleden?" in office.text, office.text
    assert "Het account: wie is ingelogd, is meteen uitgelogd" in office.text
    assert "10 september 2024" in office.text

    await office.send("/overlijden")

    assert "Er is nog niets veranderd" in office.text, office.text
    await office.open(f"/kantoor/personen/{house.id_of('leo')}")
    assert "Overleden op 10" not in office.text
    assert "Dit wacht op een tweede handtekening" in office.text
    second = await signed_in(house, "bureau2")
    await second.open("/voorstellen")
    await second.press("Een overlijden noteren: Leo Leider")
    await second.send("/tekenen")
    assert "Het is uitgevoerd" in second.text, second.text


def test_every_deed_that_weighs_is_one_of_two_persons():
    """The contract's list, but for roles, strike-off and correction, which have machines of their own."""
    assert {"merge", "death", "provider-suspension", "provider-withdrawal"} <= DEEDS.keys()

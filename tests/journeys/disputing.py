"""The steps of objection and appeal, each through the API only."""

from datetime import date
from typing import Any

from tests.builders import MEMBERS, Client, House, a_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide

ADVISERS = ("adviseur1", "adviseur2", "adviseur3")
CHAMBER = ("beroep1", "beroep2", "beroep3")


async def done(client: Client, path: str, verb: str, json: object = None) -> dict[str, Any]:
    """Do a deed on a dispute, and what it then says."""
    answer = await client.move(path, verb, {} if json is None else json)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def refused_leader(house: House, who: str) -> dict[str, Any]:
    """C-02: a diploma five days after the accreditation is refused; the decision as it was made known."""
    client = await house.client(who)
    file = await apply(client, an_application(), a_diploma("2024-09-05"))
    return await decide(house, file, "against", {"reasons": "Na de accreditatie.", "repair": "Doe een assessment."})


async def object_to(client: Client, *numbers: str, **more: Any) -> dict[str, Any]:
    """Lodge an objection, which the registrar gives to the first adviser."""
    answer = await client.post("/objections", {"decisions": list(numbers), "grounds": "Het klopt niet.", **more})
    assert answer.status_code == 201, answer.text
    assert client.house is not None
    await given(client.house, answer.json()["id"])
    return dict(answer.json())


async def given(house: House, dispute: str, to: str = ADVISERS[0], was: str | None = None) -> None:
    """The registrar hands an objection to an adviser."""
    registrar = await house.client("griffier-bezwaar")
    had = str(house.id_of(was)) if was else None
    answer = await registrar.post(f"/work-items/{dispute}/assignment", {"to": str(house.id_of(to)), "was": had})
    assert answer.status_code == 201, answer.text


async def seated(house: House, handler: Client, path: str, members: tuple[str, ...]) -> None:
    """Three people sit, the first in the chair."""
    for n, member in enumerate(members):
        await done(handler, path, "seats", {"member_id": str(house.id_of(member)), "chair": n == 0})


async def unheard(house: House, handler: Client, path: str, who: str = "nadia") -> None:
    """The party says that it does not want to be heard, and nobody is."""
    await done(await house.client(who), path, "hearing-renunciation")
    await done(handler, path, "hearing-waiver", {"ground": "waived", "waiver_reasons": "Zij ziet ervan af."})


async def voted(house: House, path: str, members: tuple[str, ...], outcome: str) -> None:
    """Everybody votes alike."""
    for member in members:
        await done(await house.client(member), path, "votes", {"outcome": outcome})


async def body_seated(house: House, path: str, members: tuple[str, ...] = MEMBERS[::-1], most: int = 4) -> list[str]:
    """So many members of the body sit, the first in the chair: who had no hand in it, or whoever may besides."""
    registrar = await house.client("griffier-bezwaar")
    seats = (await registrar.get(path)).json()["seats"]
    sits = {one["member_id"] for one in seats if not (one["advises"] or one["recused"])}
    found = [member for member in members if str(house.id_of(member)) in sits]
    for member in members:
        if len(found) < most and member not in found:
            answer = await registrar.move(path, "seats", {"member_id": str(house.id_of(member)), "chair": not found})
            assert answer.status_code in {201, 403}, answer.text
            found += [member] if answer.status_code == 201 else []
    assert len(found) == most
    return found


async def body_voted(house: House, path: str, ruling: dict[str, Any], members: tuple[str, ...] = MEMBERS[::-1]) -> None:
    """A draft is laid before members of the body, who vote for it."""
    sits = await body_seated(house, path, members)
    await done(await house.client("griffier-bezwaar"), path, "draft", ruling)
    await voted(house, path, tuple(sits), ruling["outcome"])


async def by_body(
    house: House, path: str, ruling: dict[str, Any], members: tuple[str, ...] = MEMBERS[::-1]
) -> dict[str, Any]:
    """The body decides as it votes, and the secretary records it."""
    await body_voted(house, path, ruling, members)
    return await done(await house.client("griffier-bezwaar"), path, "decision", ruling)


async def heard(house: House, handler: Client, path: str, on: date) -> None:
    """A hearing is planned, and held on its day."""
    await done(handler, path, "hearing", {"held_on": on.isoformat(), "at": "14:00", "place": "Utrecht"})
    house.on(on)
    handler.headers = (await house.client("adviseur1" if "objections" in path else "griffier")).headers
    await done(handler, path, "minutes", {"minutes": "Beide partijen zijn gehoord."})


async def upheld(house: House, who: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A refusal on 12 September 2024 that was objected to and withdrawn for a grant; the refusal, and the objection."""
    await a_leader(house.world, who)
    refusal = await refused_leader(house, who)
    house.on(date(2024, 10, 1))
    path = f"/objections/{(await object_to(await house.client(who), refusal['number']))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    await done(adviser, path, "hearing-waiver", {"ground": "fully-met", "waiver_reasons": "Zij krijgt gelijk."})
    await voted(house, path, ADVISERS, "upheld")
    await done(adviser, path, "advice", {"advice": "Het diploma is van 30 augustus."})
    decider = await house.client("griffier-bezwaar")
    replacement = {"decision_id": refusal["id"], "reasons": "Op tijd behaald.", "issued_on": "2024-08-30"}
    ruling = {"outcome": "upheld", "reasons": "Het advies wordt gevolgd.", "replacements": [replacement]}
    await by_body(house, path, ruling)
    return refusal, await done(decider, path, "notification")

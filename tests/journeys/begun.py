"""Where a chain begins: a story of a case that was told once, and of which each chain gets a copy."""

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.accreditation.steps import ok
from tests.appeals.test_revoked import struck_off
from tests.builders import House, Peopled, a_leader, open_house
from tests.journeys.disputing import (
    ADVISERS,
    body_seated,
    by_body,
    done,
    object_to,
    refused_leader,
    seated,
    unheard,
    voted,
)
from tests.journeys.steps import learn
from tests.journeys.test_herregistratie import a_course
from tests.register.measures.test_measures import registered

WHO = "nadia"
START = date(2024, 10, 1)


class Begun(Peopled):
    """A template in which a story has begun; who goes on with a copy of it keeps its files in the same place."""

    def __init__(self, folder: Path, story: Callable[[House], Awaitable[object]]) -> None:
        super().__init__(folder / "keys")
        self.files, self._story = folder / "files", story
        self.folder.mkdir()
        self.files.mkdir()

    async def fill(self, url: str) -> None:
        await super().fill(url)
        async with open_house(url, self.files, self) as house:
            await self._story(house)
            self.people[url.split(":")[0]] = (house.world.people, house.world.ids)


async def refused(house: House) -> dict[str, Any]:
    await a_leader(house.world, WHO)
    return await refused_leader(house, WHO)


async def given_less(house: House) -> None:
    """Thirty points of the forty that were claimed."""
    await registered(house, WHO)
    id = await learn(house, WHO, a_course("2024-09-12", 40), None)
    less = {"points": 30, "grounds": ["evidence-insufficient"], "reasons": "Een deel.", "repair": "Voeg bewijs toe."}
    await ok(await (await house.client("beoordelaar")).post(f"/portfolio-entries/{id}/valuation", less))
    (valued,) = [one for one in (await (await house.client(WHO)).get("/decisions")).json()["items"] if one["repair"]]
    await unheard(house, await house.client(ADVISERS[0]), await checked(house, valued["number"]), WHO)


async def struck(house: House) -> None:
    decision = await struck_off(house, WHO)
    await body_seated(house, await checked(house, decision["number"]))


async def checked(house: House, number: str) -> str:
    """An objection that was found in order, and is treated without a committee."""
    house.on(START)
    path = f"/objections/{(await object_to(await house.client(WHO), number))['id']}"
    await done(await house.client(ADVISERS[0]), path, "admissibility", {"advisory": False})
    return path


async def advised(house: House) -> str:
    """An objection on which a committee advised to dismiss it."""
    refusal = await refused(house)
    house.on(START)
    path = f"/objections/{(await object_to(await house.client(WHO), refusal['number']))['id']}"
    adviser = await house.client(ADVISERS[0])
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    await unheard(house, adviser, path, WHO)
    await voted(house, path, ADVISERS, "dismissed")
    await done(adviser, path, "advice", {"advice": "Na de accreditatie."})
    return path


async def dismissed(house: House) -> None:
    path = await advised(house)
    await by_body(house, path, {"outcome": "dismissed", "reasons": "Het advies."})
    await done(await house.client("griffier-bezwaar"), path, "notification")


STORIES: dict[str, Callable[[House], Awaitable[object]]] = {
    "refused": refused,
    "given-less": given_less,
    "struck-off": struck,
    "advised": advised,
    "dismissed": dismissed,
}
"""Where a chain may begin."""

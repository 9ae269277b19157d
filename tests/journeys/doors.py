"""The doors by which a case is handled in the long stories: the same deeds through the API only, or through pages only.

What somebody knows of it is read by the same door.
"""

import re
from datetime import date
from typing import Any, Protocol

from sqlmodel import col, select

from core.decisions import Decision
from core.texts import day
from tests.appeals.test_dossier import text_of
from tests.builders import MEMBERS, House
from tests.journeys.hands import ByApi, ByPages
from tests.journeys.steps import make_known
from tests.pages import Browser

PAGE = {"/objections": "/bezwaren", "/appeals": "/beroepen"}
BODY = MEMBERS[::-1]
BAD = {"kind": "programme", "programme_code": "SLO-2018", "issued_on": "2024-09-05"}
"""Five days after the accreditation."""
LESS = {"reasons": "Na de accreditatie.", "repair": "Doe een assessment."}


class Door(Protocol):
    """What a story asks of a door."""

    house: House

    async def apply(self, who: str) -> str:
        """An application with a diploma of after the accreditation; its id."""

    async def refuse(self, application: str) -> None:
        """A session votes against it, and it is made known."""

    async def strike_off(self, who: str, ground: str, effect_on: str) -> None:
        """Intended, answered, proposed, signed by another, made known."""

    async def notice(self, who: str, application: str) -> None:
        """Notice of default on an application."""

    async def lodge(self, who: str, kind: str, number: str, grounds: str, asks_costs: bool = False) -> str:
        """An objection or appeal; its path."""

    async def assign(self, case: str, to: str) -> None:
        """The registrar hands an objection to an adviser."""

    async def deed(self, who: str, case: str, name: str, **said: Any) -> bool:
        """One deed in a case; whether it was done."""

    async def reads(self, who: str, case: str) -> str:
        """All that somebody reads of a case; empty for who may not know of it."""

    async def letter(self, who: str, decision: Decision) -> str:
        """The words of a decision, as its addressee gets them."""


class Through:
    """What both doors have: who is signed in today."""

    house: House

    def __init__(self, house: House) -> None:
        super().__init__(house)  # type: ignore[call-arg]
        self.since = house.world.clock.at.date()

    def fresh(self) -> None:
        """Nobody stays signed in overnight."""
        if self.house.world.clock.at.date() != self.since:
            self.known.clear()  # type: ignore[attr-defined]
            self.since = self.house.world.clock.at.date()


class ApiDoor(Through, ByApi):
    """Through `/v1` only."""

    async def _client(self, who: str) -> Any:
        self.fresh()
        return await super()._client(who)

    async def apply(self, who: str) -> str:
        await self.register(who, "programme", BAD)
        items = (await (await self._client(who)).get("/applications")).json()["items"]
        return str(items[-1]["id"])

    async def refuse(self, application: str) -> None:
        secretary = await self._client("secretaris")
        assert (await secretary.move(f"/applications/{application}", "admission")).status_code == 201
        ids = [str(self.house.id_of(member)) for member in MEMBERS[:4]]
        new = {"held_on": self.house.world.clock.at.date().isoformat(), "chair_id": ids[0], "members": ids}
        session = f"/committee-sessions/{(await secretary.post('/committee-sessions', new)).json()['id']}"
        (item,) = (await secretary.post(f"{session}/agenda", {})).json()["items"]
        assert (await secretary.move(session, "opening")).status_code == 201
        for member in MEMBERS[:4]:
            cast = await (await self._client(member)).post(f"/agenda-items/{item['id']}/votes", {"vote": "against"})
            assert cast.status_code == 201, cast.text
        ruled = await secretary.post(f"/agenda-items/{item['id']}/decision", LESS)
        assert ruled.status_code == 201, ruled.text
        await make_known(secretary, ruled.json()["decision"]["id"])

    async def notice(self, who: str, application: str) -> None:
        given = await (await self._client(who)).move(f"/applications/{application}", "default-notice")
        assert given.status_code == 201, given.text

    async def lodge(self, who: str, kind: str, number: str, grounds: str, asks_costs: bool = False) -> str:
        new = {"decisions": [number], "grounds": grounds, "asks_costs": asks_costs}
        answer = await (await self._client(who)).post(kind, new)
        assert answer.status_code == 201, answer.text
        return f"{kind}/{answer.json()['id']}"

    async def assign(self, case: str, to: str) -> None:
        new = {"to": str(self.house.id_of(to)), "was": None}
        answer = await (await self._client("griffier-bezwaar")).post(f"/work-items/{case[-36:]}/assignment", new)
        assert answer.status_code == 201, answer.text

    async def deed(self, who: str, case: str, name: str, **said: Any) -> bool:
        replaced = {one: said.pop(one) for one in ("decision_id", "replacing_reasons", "issued_on") if one in said}
        if replaced:
            replaced["reasons"] = replaced.pop("replacing_reasons")
            said["replacements"] = [replaced]
        answer = await (await self._client(who)).move(case, name, said)
        return bool(answer.status_code == 201)

    async def reads(self, who: str, case: str) -> str:
        client = await self._client(who)
        lines = await client.get(f"{case}/timeline")
        if lines.status_code == 404:
            return ""
        found = (await client.get(case)).json()
        days = [f"{day(date.fromisoformat(one['on']), 'nl')} {one['article']} {one['what']}" for one in lines.json()]
        return " ".join([str(found), *days])

    async def letter(self, who: str, decision: Decision) -> str:
        found = (await (await self._client(who)).get(f"/decisions/{decision.id}")).json()
        return f"{found['reasons']} {found['remedy']}".replace("\xa0", " ")


class PagesDoor(Through, ByPages):
    """Through pages only, each form as it stands there."""

    async def _browser(self, who: str) -> Browser:
        self.fresh()
        return await super()._browser(who)

    async def apply(self, who: str) -> str:
        await self.register(who, "programme", BAD)
        return (await self._browser(who)).path.split("/")[3]

    async def refuse(self, application: str) -> None:
        secretary = await self._browser("secretaris")
        await secretary.open(f"/secretariaat/aanvragen/{application}")
        await secretary.send("/toelaten")
        ids = [str(self.house.id_of(member)) for member in MEMBERS[:4]]
        today = self.house.world.clock.at.date()
        await secretary.open("/zittingen")
        await secretary.send(
            "/zittingen", held_on=f"{today.day}-{today.month}-{today.year}", members=ids, chair_id=ids[0]
        )
        session = secretary.path
        await secretary.send("/agenda/vullen", size="40")
        await secretary.send("/openen")
        (dossier,) = set(re.findall(f'href="({session}/dossiers/[^"]+)"', secretary.page.text))
        for member in MEMBERS[:4]:
            one = await self._browser(member)
            await one.open(dossier)
            await one.send("/stem", vote="against")
        await secretary.open(dossier)
        await secretary.send("/besluit", **LESS)
        await secretary.open(session)
        await secretary.send("/bekendmaken")
        assert secretary.page.status_code == 200, secretary.text

    async def notice(self, who: str, application: str) -> None:
        one = await self._browser(who)
        await one.open(f"/mijn/aanvragen/{application}")
        await one.send("/ingebrekestelling")
        assert one.page.status_code == 200, one.text

    async def lodge(self, who: str, kind: str, number: str, grounds: str, asks_costs: bool = False) -> str:
        one, new = await self._browser(who), f"{PAGE[kind]}/nieuw"
        await one.open(f"{new}?besluit={number}")
        typed = {"asks_costs": "true"} if asks_costs else {}
        await one.send(new, decisions=number, grounds=grounds, **typed)
        assert one.path.startswith(PAGE[kind]), one.text
        assert "is ontvangen" in one.text, one.text
        return f"{kind}/{one.path.split('/')[2]}"

    async def assign(self, case: str, to: str) -> None:
        one, work = await self._browser("griffier-bezwaar"), f"/werk/{case[-36:]}"
        await one.open(work)
        await one.send(work, to=str(self.house.id_of(to)))

    async def deed(self, who: str, case: str, name: str, **said: Any) -> bool:
        one = await self._browser(who)
        await one.open(page_of(case))
        if f'{page_of(case)}/{name}"' not in one.page.text:  # a page offers no deed of somebody else
            return False
        typed = {field: "true" if value is True else value for field, value in said.items() if value is not False}
        await one.send(f"/{name}", **typed)
        return one.page.status_code == 200

    async def reads(self, who: str, case: str) -> str:
        one = await self._browser(who)
        await one.open(page_of(case))
        return one.text if one.page.status_code == 200 else ""

    async def letter(self, who: str, decision: Decision) -> str:
        one = await self._browser(who)
        await one.open(f"/mijn/besluiten/{decision.id}/brief")
        return " ".join(text_of(one.page.content).replace("\xa0", " ").split())


DOORS: dict[str, type[ApiDoor] | type[PagesDoor]] = {"api": ApiDoor, "pages": PagesDoor}


def page_of(case: str) -> str:
    """The page of a case."""
    kind, id = case.rsplit("/", 1)
    return f"{PAGE[kind]}/{id}"


async def decision_on(house: House, who: str, kind: str) -> Decision:
    """The last decision of a kind about somebody."""
    async with house.means.database.reading() as session:
        wanted = select(Decision).where(Decision.person_id == house.id_of(who), Decision.kind == kind)
        return (await session.exec(wanted.order_by(col(Decision.id).desc()))).first()  # type: ignore[return-value]

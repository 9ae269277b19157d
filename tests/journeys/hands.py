"""The hands by which a story is done: through the API or through pages, each with the same verbs."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tests.builders import MEMBERS, Client, House
from tests.journeys import asking, steps
from tests.pages import Browser, signed_in

PO = "schoolleiders-po"
Proof = Mapping[str, str]


class Hands(Protocol):
    """What people of the register do."""

    house: House

    async def register(self, who: str, route: str, proof: Proof | None, statement: str = "") -> None:
        """Apply for a first entry, or for one anew."""

    async def change_level(self, who: str, proof: Proof) -> None:
        """Ask for another predicate."""

    async def postpone(self, who: str, months: int, ground: str) -> None:
        """Ask for a later due date."""

    async def renew(self, who: str) -> None:
        """Ask for the next period."""

    async def sit(self, level: str = "", alone: bool = False) -> None:
        """One sitting on everything that waits, made known: as the rules say, or decided alone, with a level."""

    async def strike_off(self, who: str, ground: str, effect_on: str) -> None:
        """Intended, answered, proposed, signed by another, made known."""

    async def intend_lapse(self, who: str) -> None:
        """Tell somebody whose six months have passed, who answers."""


class ByApi:
    """Through `/v1` only."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.known: dict[str, Client] = {}

    async def _client(self, who: str) -> Client:
        """Somebody who stays signed in for the whole story."""
        if who not in self.known:
            self.known[who] = await self.house.client(who)
        return self.known[who]

    async def _apply(self, who: str, asked: Mapping[str, Any], proof: Proof | None) -> None:
        await steps.apply(await self._client(who), {"register_code": PO, **asked}, proof and dict(proof))

    async def register(self, who: str, route: str, proof: Proof | None, statement: str = "") -> None:
        await self._apply(who, {"route": route, "statement": statement}, proof)

    async def change_level(self, who: str, proof: Proof) -> None:
        await self._apply(who, {"kind": "level-change"}, proof)

    async def postpone(self, who: str, months: int, ground: str) -> None:
        await self._apply(who, {"kind": "postponement", "requested_months": months, "ground": ground}, None)

    async def renew(self, who: str) -> None:
        await self._apply(who, {"kind": "reregistration"}, None)

    async def sit(self, level: str = "", alone: bool = False, answer: str = "") -> None:
        alone = alone or bool(level or answer)
        secretary = await self._client("secretaris")
        for one in (await secretary.get("/applications", params={"state": "submitted"})).json()["items"]:
            assert (await secretary.move(f"/applications/{one['id']}", "admission")).status_code == 201
        ids = [str(self.house.id_of(member)) for member in MEMBERS[:4]]
        today = self.house.world.clock.at.date().isoformat()
        plan = {"held_on": today, "chair_id": ids[0], "members": ids}
        session = f"/committee-sessions/{(await secretary.post('/committee-sessions', plan)).json()['id']}"
        items = (await secretary.post(f"{session}/agenda", {})).json()["items"]
        assert (await secretary.move(session, "opening")).status_code == 201
        for member in MEMBERS[:4]:
            one = await self._client(member)
            cast = await one.post(f"{session}/votes", {"vote": "for", "items": [item["id"] for item in items]})
            assert cast.status_code == 201, cast.text
        if alone:
            (item,) = items
            text = {"reasons": "De brief overtuigt.", **_given(level=level, answer=answer)}
            ruled = await secretary.post(f"/agenda-items/{item['id']}/decision", text)
            assert ruled.status_code == 201, ruled.text
        else:
            _all_done(await secretary.post(f"{session}/decisions", {}))
        _all_done(await secretary.post(f"{session}/notifications", {}))

    async def strike_off(self, who: str, ground: str, effect_on: str) -> None:
        secretary, path = await self._intend(who, "strike-off", ground)
        text = {
            "reasons": "Zoals gemeld.",
            "answer": "Dat verandert het niet.",
            "repair": "Vraag opnieuw aan.",
            "effect_on": effect_on,
        }
        proposed = (await secretary.move(path, "proposal", text)).json()
        member = await self._client(MEMBERS[0])
        signed = await member.move(path, "signature", {"digest": proposed["digest"]})
        assert signed.status_code == 201, signed.text
        await steps.make_known(secretary, signed.json()["id"])

    async def intend_lapse(self, who: str) -> None:
        await self._intend(who, "lapse", "conditional-term-passed")

    async def _intend(self, who: str, kind: str, ground: str) -> tuple[Client, str]:
        secretary = await self._client("secretaris")
        number = self.house.number_of(who)
        new = {"register_number": number, "register_code": PO, "kind": kind, "grounds": [ground]}
        intended = await secretary.post("/measures", new)
        assert intended.status_code == 201, intended.text
        path = f"/measures/{intended.json()['id']}"
        heard = await (await self._client(who)).move(path, "views", {"view": "Ik begrijp het."})
        assert heard.status_code == 201, heard.text
        return secretary, path


def _given(**said: str) -> dict[str, str]:
    return {name: value for name, value in said.items() if value}


def _all_done(answer: Any) -> None:
    assert answer.status_code == 201, answer.text
    results: Sequence[Mapping[str, str]] = answer.json()
    assert {one["result"] for one in results} <= {"done"}, results


class ByPages:
    """Through the pages only, each form as it stands there."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.known: dict[str, Browser] = {}

    async def _browser(self, who: str) -> Browser:
        """Somebody who stays signed in for the whole story."""
        if who not in self.known:
            self.known[who] = await signed_in(self.house, who)
        return self.known[who]

    async def register(self, who: str, route: str, proof: Proof | None, statement: str = "") -> None:
        one = await self._browser(who)
        await asking.begin(one, route)
        await self._answer(one, statement=statement, **(proof or {}))

    async def change_level(self, who: str, proof: Proof) -> None:
        one = await self._browser(who)
        await one.open("/mijn/niveau")
        await one.send("/mijn/niveau")
        await self._answer(one, **proof)

    async def _answer(self, one: Browser, **answers: str) -> None:
        await asking.answer(one, **answers)
        await asking.hand_in(one)

    async def postpone(self, who: str, months: int, ground: str) -> None:
        one = await self._browser(who)
        await one.open("/mijn/uitstel")
        await one.send("/mijn/uitstel")
        await self._answer(one, requested_months=str(months), ground=ground)

    async def renew(self, who: str) -> None:
        one = await self._browser(who)
        await one.open("/mijn/herregistratie")
        await one.send("/mijn/herregistratie")
        await self._answer(one)

    async def sit(self, level: str = "", alone: bool = False, answer: str = "") -> None:
        alone = alone or bool(level or answer)
        secretary = await self._browser("secretaris")
        await secretary.open("/secretariaat")
        while "/toelaten" in secretary.page.text:
            await secretary.send("/toelaten")
        ids = [str(self.house.id_of(member)) for member in MEMBERS[:4]]
        today = self.house.world.clock.at.date()
        held_on = f"{today.day}-{today.month}-{today.year}"
        await secretary.open("/zittingen")
        await secretary.send("/zittingen", held_on=held_on, members=ids, chair_id=ids[0])
        session = secretary.path
        await secretary.send("/agenda/vullen", size="40")
        await secretary.send("/openen")
        listed = [part.split('"', 1) for part in secretary.page.text.split(f'href="{session}/dossiers/')[1:]]
        dossiers = [dossier for dossier, _about in listed]
        # What is in the sample (steekproef) is read whole: nobody votes on it together with the rest.
        apart = dossiers[:1] if alone else [dossier for dossier, about in listed if "stem er apart over" in about]
        for member in MEMBERS[:4]:
            one = await self._browser(member)
            if not alone and len(apart) < len(dossiers):
                await one.open(session)
                await one.send("/stemmen", together="for")
            for dossier in apart:
                await one.open(f"{session}/dossiers/{dossier}")
                await one.send("/stem", vote="for")
        if alone:
            await secretary.open(f"{session}/dossiers/{dossiers[0]}")
            await secretary.send("/besluit", reasons="De brief overtuigt.", **_given(level=level, answer=answer))
        await secretary.open(session)
        if not alone:
            await secretary.send("/besluiten")
        await secretary.send("/bekendmaken")

    async def strike_off(self, who: str, ground: str, effect_on: str) -> None:
        secretary, address = await self._intend(who, kind="strike-off", ground=ground)
        year, month, day = effect_on.split("-")
        text = {"reasons": "Zoals gemeld.", "answer": "Dat verandert het niet."}
        await secretary.send("/voorstel", effect_on=f"{day}-{month}-{year}", **text)
        member = await self._browser(MEMBERS[0])
        await member.open(address)
        await member.send("/ondertekenen")
        await secretary.open("/secretariaat")
        await secretary.send("/bekendmaken")

    async def intend_lapse(self, who: str) -> None:
        await self._intend(who)

    async def _intend(self, who: str, **typed: str) -> tuple[Browser, str]:
        """With nothing typed: the button beside the one whose months have passed."""
        secretary = await self._browser("secretaris")
        await secretary.open("/maatregelen")
        if typed:
            typed = {"register_number": self.house.number_of(who), "register_code": PO, **typed}
            await secretary.send("/maatregelen", **typed)
        else:
            await secretary.send("/maatregelen")
        address = secretary.path
        person = await self._browser(who)
        await person.open(address)
        await person.send("/zienswijze", view="Ik begrijp het.")
        await secretary.open(address)
        return secretary, address


HANDS = {"api": ByApi, "pages": ByPages}

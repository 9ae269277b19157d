"""Random chains of decision, objection, appeal and new decision: after every step everything that is derived agrees."""

from collections import Counter
from datetime import date
from random import Random
from typing import Any

import pytest

from core.law.terms import add_days
from register.checks.decisions import findings
from register.service.sweep import sweep
from tests.builders import Client, House, a_leader
from tests.faults.files import problems
from tests.journeys.disputing import ADVISERS, CHAMBER, by_body, done, object_to, refused_leader, seated, unheard, voted

GOOD, BAD = "2024-08-30", "2024-09-05"  # within the accreditation, and five days after it
GIVEN, SILENT = ("upheld", "partly-upheld"), ("dismissed", "dismissed-corrected", "inadmissible")
RULINGS = ("dismissed", "inadmissible", "sent-back", "effects-maintained", "decided-in-place")


class Chain:
    """One refusal and all that follows from it; the dice choose."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.dice, self.told = house, Random(seed), [f"seed {seed}"]
        self.today = date(2024, 10, 1)

    async def step(self, what: str) -> None:
        """Everything agrees; time goes on, and the sweep with it."""
        self.told.append(what)
        async with self.house.means.database.snapshot() as session:
            found = [str(one) async for one in findings(self.house.means, session, Counter())]
        assert found == [], (self.told, found)
        self.today = add_days(self.today, self.dice.randint(1, 20))
        self.house.on(self.today)
        await sweep(self.house.means, self.today)

    async def mine(self) -> Client:
        return await self.house.client("nadia")

    async def standing(self) -> dict[str, Any]:
        """The decision on the application that stands now."""
        rows = (await (await self.mine()).get("/decisions")).json()["items"]
        return next(one for one in rows if one["kind"] == "registration" and one["state"] == "notified")

    async def ruling(self, outcome: str) -> dict[str, Any]:
        """What is decided, with another decision where the outcome asks for one."""
        new: dict[str, Any] = {"outcome": outcome, "reasons": "Daarom."}
        if outcome == "inadmissible":
            new["ground"] = "no-interest"
        if outcome in (*GIVEN, "decided-in-place"):
            standing = await self.standing()
            # Nobody is worse off for having contested a decision: what was given stays given.
            grants = self.dice.random() < 0.6 or standing["outcome"] != "refused"
            other = {"decision_id": standing["id"], "reasons": "Zo staat het nu."}
            wrong = {"grounds": ["outside-accreditation-period"], "repair": "Doe een assessment."}
            new["replacements"] = [{**other, "issued_on": GOOD if grants else BAD, **({} if grants else wrong)}]
        return new

    async def handled(self, path: str) -> dict[str, Any]:
        """From checked, or sent back, to made known."""
        outcome = self.dice.choice(GIVEN + SILENT)
        adviser, decider = await self.house.client("adviseur1"), await self.house.client("griffier-bezwaar")
        await unheard(self.house, adviser, path)
        await voted(self.house, path, ADVISERS, outcome)
        await done(adviser, path, "advice", {"advice": "Zoals gestemd."})
        await by_body(self.house, path, await self.ruling(outcome))
        known = await done(decider, path, "notification")
        await self.step(f"objection {outcome}")
        return known

    async def objected(self) -> tuple[str, dict[str, Any]]:
        decision = await self.standing()
        path = f"/objections/{(await object_to(await self.mine(), decision['number']))['id']}"
        await self.step("lodged")
        adviser = await self.house.client("adviseur1")
        await done(adviser, path, "admissibility", {"advisory": True})
        await seated(self.house, adviser, path, ADVISERS)
        if self.dice.random() < 0.15:
            gone = await done(await self.mine(), path, "withdrawal")
            await self.step("withdrawn")
            return path, gone
        return path, await self.handled(path)

    async def appealed(self, decision_id: str) -> str:
        """A ruling on a decision on objection."""
        client = await self.mine()
        number = (await client.get(f"/decisions/{decision_id}")).json()["number"]
        answer = await client.post("/appeals", {"decisions": [number], "grounds": "Ik blijf erbij."})
        assert answer.status_code == 201, answer.text
        path, registrar = f"/appeals/{answer.json()['id']}", await self.house.client("griffier")
        await self.step("appealed")
        registrar = await self.house.client("griffier")
        late = {"excused": "yes", "excuse_reasons": "De brief kwam laat."} if answer.json()["late"] else {}
        await done(registrar, path, "admissibility", {"defence_until": add_days(self.today, 14).isoformat(), **late})
        await seated(self.house, registrar, path, CHAMBER)
        await unheard(self.house, registrar, path)
        outcome = self.dice.choice(RULINGS)
        await voted(self.house, path, CHAMBER, outcome)
        await done(registrar, path, "decision", await self.ruling(outcome))
        await done(registrar, path, "notification")
        await self.step(f"ruled {outcome}")
        return outcome

    async def run(self) -> None:
        await a_leader(self.house.world, "nadia")
        await refused_leader(self.house, "nadia")
        self.house.on(self.today)
        path, known = await self.objected()
        if known["state"] == "withdrawn":
            return
        while await self.appealed(known["decision_id"]) == "sent-back":
            known = await self.handled(path)
        assert await problems(self.house) == [], self.told


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", [3, 115])
async def test_a_chain_of_disputes_leaves_everything_in_agreement(house: House, seed: int):
    await Chain(house, seed).run()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
async def test_many_chains_of_disputes_leave_everything_in_agreement(house: House, seed: int):
    await Chain(house, seed).run()

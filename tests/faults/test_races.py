"""Contradictory deeds at once: one of them happens, the others are told so, and the house stays sound."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from core.decisions import Decision
from core.panel.service import PanelItem, PanelRecusal, PanelVote
from core.store.audit import TrailEvent
from register.entries.models import Application
from tests.builders import MEMBERS, Client, House
from tests.faults.files import listed, problems
from tests.faults.server import servers
from tests.journeys.steps import vote
from tests.register.sharing.steps import ACTIVITY, a_leader_with_a_portfolio

pytestmark = pytest.mark.differs

CONTRADICTIONS = 64
COPIES = 16


async def decide_at_once(clients: Sequence[Client], item: str) -> Counter[int]:
    """Half of them grant at one level, half at another, each with reasons of its own."""

    async def one(n: int) -> int:
        body = {"reasons": f"Reden {n}.", "level": "niveau-1" if n % 2 else "master"}
        return (await clients[n % len(clients)].post(f"{item}/decision", body, timeout=60)).status_code

    return Counter(await asyncio.gather(*map(one, range(CONTRADICTIONS))))


async def decisions(house: House) -> list[tuple[Decision, str]]:
    async with house.means.database.reading() as session:
        wanted = select(Decision, Application.state).join(Application, Application.id == Decision.subject_id)
        return list(await session.exec(wanted))


async def test_of_64_contradictory_decisions_one_stands_and_63_are_told(house):
    secretary, (item,) = await listed(house, 1)
    await vote(house, item, "for")

    answers = await decide_at_once([secretary], item)

    assert answers == {201: 1, 409: 63}
    assert [state for _, state in await decisions(house)] == ["decided"]
    assert await problems(house) == []


@pytest.mark.thorough
@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
async def test_two_servers_on_one_database_take_one_decision(house):
    secretary, (item,) = await listed(house, 1)
    await vote(house, item, "for")

    async with servers(house, 2) as (one, other), httpx.AsyncClient() as http:
        clients = [Client(At(http, server.url), secretary.headers) for server in (one, other)]
        answers = await decide_at_once(clients, item)

    assert answers == {201: 1, 409: 63}
    assert [state for _, state in await decisions(house)] == ["decided"]
    assert await problems(house) == []


class At:
    """A client that always asks one server."""

    def __init__(self, http: httpx.AsyncClient, url: str) -> None:
        self.http, self.url = http, url

    async def post(self, path: str, **more: object) -> httpx.Response:
        return await self.http.post(self.url + path, **more)  # type: ignore[arg-type]


async def test_who_stepped_aside_never_votes_afterwards(house):
    """Vote against recusal is the write skew that only SERIALIZABLE, or one writer, prevents (F11)."""
    _, items = await listed(house, 3)
    members = [await house.client(name) for name in MEMBERS[:2]]

    for item in items:
        await asyncio.gather(
            *(each.post(f"{item}/votes", {"vote": "for"}) for each in members),
            *(each.post(f"{item}/recusals", {"ground": "family"}) for each in members),
        )

    async with house.means.database.reading() as session:
        votes = {(row.item_id, row.member_id): row.id for row in await session.exec(select(PanelVote))}
        recusals = [*await session.exec(select(PanelRecusal))]
    events = await order_of_events(house)
    assert len(recusals) == 6
    for (item_id, member), vote_id in votes.items():
        case = await case_of(house, item_id)
        (aside,) = [row.id for row in recusals if (row.case_id, row.member_id) == (case, member)]
        assert events[vote_id] < events[aside]
    assert await problems(house) == []


async def test_a_decision_counts_no_vote_of_who_stepped_aside_before_it(house):
    """Four votes are the quorum, so a recusal before the decision leaves none."""
    secretary, items = await listed(house, 3)
    member = await house.client(MEMBERS[0])
    for item in items:
        await vote(house, item, "for")

    for item in items:
        decided, recused = await asyncio.gather(
            secretary.post(f"{item}/decision", {"reasons": "De brief overtuigt.", "level": "niveau-1"}),
            member.post(f"{item}/recusals", {"ground": "family"}),
        )
        assert decided.status_code in {201, 409}, decided.text
        if recused.status_code == 201 and decided.status_code == 201:
            events = await order_of_events(house)
            assert events[UUID(item.rsplit("/", 1)[-1])] < events[UUID(recused.json()["id"])]
        if decided.status_code == 409:
            assert decided.json()["code"] == "no-quorum"
    assert await problems(house) == []


async def order_of_events(house: House) -> dict[UUID, int]:
    """The last place in its session's stream of everything that was logged there."""
    async with house.means.database.reading() as session:
        wanted = select(TrailEvent).where(TrailEvent.stream.like("panel_session/%"))
        rows = sorted(await session.exec(wanted), key=lambda row: row.seq)
        return {UUID(row.object_id): row.seq for row in rows}


async def case_of(house: House, item_id: UUID) -> UUID:
    async with house.means.database.reading() as session:
        return (await session.get_one(PanelItem, item_id)).case_id


async def test_of_one_activity_handed_in_sixteen_times_at_once_one_stands(house: House):
    """Hours are compared by the person's own chain, not by SERIALIZABLE: sixteen copies, one place."""
    await a_leader_with_a_portfolio(house)
    client = await house.client("nadia")
    paths = []
    for _ in range(COPIES):
        added = await client.post("/portfolio-entries", {**ACTIVITY})
        paths.append(f"/portfolio-entries/{added.json()['id']}")
        assert (await client.upload(f"{paths[-1]}/evidence", "certificaat.pdf")).status_code == 201

    answers = Counter(
        each.status_code for each in await asyncio.gather(*(client.move(path, "submission") for path in paths))
    )

    assert answers == {201: 1, 409: COPIES - 1}

"""How an entry stands: the days of its history, and what everybody reads of it."""

from datetime import date
from itertools import pairwise

from core.law.days import next_day
from tests.builders import House


async def history(house: House, who: str) -> list[tuple[str, str | None, str]]:
    """The days on which an entry stood, and how; no day between them is left out."""
    client = await house.client(who)
    (entry,) = (await client.get("/registrations")).json()
    lines = (await client.get(f"/registrations/{entry['id']}/history")).json()["standings"]
    for one, following in pairwise(lines):
        assert next_day(date.fromisoformat(one["until_on"])).isoformat() == following["from_on"], lines
    return [(one["from_on"], one["until_on"], one["status"]) for one in lines]


async def shown(house: House, who: str) -> list[tuple[str, str | None, str | None]]:
    """What everybody reads of somebody in the public register: status, level, last day; nothing of who is not in it."""
    found = await house.http.get(f"/v1/register-entries/{house.number_of(who)}")
    lines = found.json() if found.status_code == 200 else []
    return [(one["status"], one["level"], one["valid_until"]) for one in lines]


async def shown_on(house: House, who: str, on: str) -> list[str]:
    """How somebody stood on a day, as everybody may ask."""
    found = await house.http.get(f"/v1/register-entries/{house.number_of(who)}/standing?on={on}")
    return [one["status"] for one in found.json()] if found.status_code == 200 else []

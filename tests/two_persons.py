"""What two persons do, at the API: one proposes, another signs."""

from typing import Any

import httpx

from tests.builders import House


async def signed(house: House, answer: httpx.Response, second: str) -> httpx.Response:
    """The signature under what was just proposed, by a second person; the proposal must have been taken."""
    assert answer.status_code == 201, answer.text
    client = await house.client(second)
    return await client.move(f"/proposals/{answer.json()['id']}", "signature")


async def by_two(house: House, first: str, resource: str, verb: str, data: Any = None, second: str = "") -> Any:
    """Proposed by one and signed by another; the first refusal is the answer."""
    answer = await (await house.client(first)).move(resource, verb, data)
    return await signed(house, answer, second or f"{first}2") if answer.status_code == 201 else answer

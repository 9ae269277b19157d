"""What the house wrote to somebody, and the links in it."""

import re

from sqlmodel import col, select

from auth import reset
from core.store.outbox import OutboxMessage
from tests.builders import House


async def mails(house: House, topic: str) -> list[OutboxMessage]:
    """The messages of a topic, the oldest first; questions about passwords are answered before."""
    await reset.answer_all(house.means)
    async with house.means.database.reading() as session:
        wanted = select(OutboxMessage).where(OutboxMessage.topic == topic).order_by(col(OutboxMessage.id))
        return list(await session.exec(wanted))


async def link(house: House, topic: str) -> str:
    """The path of the link in the last message of a topic."""
    found = re.search(r"http://testserver(/\S+)", (await mails(house, topic))[-1].body)
    assert found, topic
    return found[1]


async def token(house: House, topic: str) -> str:
    """The secret in the last message of a topic."""
    return (await link(house, topic)).rpartition("/")[2]

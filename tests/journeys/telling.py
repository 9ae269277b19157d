"""A case as it is told in a long story: who does what by which door, what each then knows, and what was written."""

from datetime import date

from sqlmodel import col, select

from core.decisions import Decision
from core.store.outbox import OutboxMessage
from register.notification.models import BoxMessage
from register.service.sweep import sweep
from tests.builders import House
from tests.journeys.doors import BODY, Door, decision_on

OUTSIDE = ("bestuur", "aanbieder", "toezicht")
"""They hear nothing of a case, and find nothing."""


def written(lines: str) -> list[str]:
    """Who must have been written to, day by day."""
    return [line.strip() for line in lines.strip().splitlines()]


class Post:
    """What was written to each party since it was last read: letters in the box, and mails."""

    def __init__(self, house: House) -> None:
        self.house, self.read = house, set[str]()
        self.log: list[str] = []
        """By day and topic: to whom was written."""

    async def new(self) -> dict[str, dict[str, str]]:
        """By who it went to, the words of each message by its topic."""
        async with self.house.means.database.reading() as session:
            placed = (await session.exec(select(BoxMessage).order_by(col(BoxMessage.id)))).all()
            sent = (await session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))).all()
        names = {self.house.id_of(one): one for one in self.house.world.ids}
        found: dict[str, dict[str, str]] = {}
        for key, to, topic, body in (
            *((f"b{one.id}", names[one.person_id], one.topic, one.body) for one in placed),
            *((f"m{one.id}", one.address.partition("@")[0], one.topic, one.body) for one in sent),
        ):
            if key not in self.read:
                self.read.add(key)
                told = found.setdefault(to, {})
                told[topic] = " ".join(f"{told.get(topic, '')} {body}".split())
        today = self.house.world.clock.at.date()
        topics = sorted({topic for told in found.values() for topic in told})
        for topic in topics:
            to = sorted(who.removesuffix(".commissie") for who, told in found.items() if topic in told)
            self.log.append(f"{today} {topic}: {' '.join(to)}")
        return found


class Case:
    """A case as it is told: by which door, on which day, and what was written since."""

    def __init__(self, door: Door) -> None:
        self.door, self.house, self.post = door, door.house, Post(door.house)
        self.path = ""

    async def on(self, on: date) -> None:
        """A day comes, and with it the sweep."""
        self.house.on(on)
        await sweep(self.house.means, on)

    async def does(self, who: str, name: str, **said: object) -> None:
        assert await self.door.deed(who, self.path, name, **said), (who, name)

    async def knows(self, who: str, *words: str) -> None:
        """What somebody reads of it now holds all of these: days, and the articles that they rest on."""
        read = await self.door.reads(who, self.path)
        assert [each for each in words if each not in read] == [], (who, read)

    async def written(self, **to: dict[str, list[str]]) -> None:
        """To whom was written since, about what, and words that stand in it; nobody else got anything."""
        found = await self.post.new()
        about = {who: {*topics} for who, topics in found.items()}
        assert about == {who.replace("_", "-").replace("-dot-", "."): {*topics} for who, topics in to.items()}, about
        for who, topics in to.items():
            told = found[who.replace("_", "-").replace("-dot-", ".")]
            for topic, words in topics.items():
                assert [each for each in words if each not in told[topic]] == [], (who, topic, told[topic])

    async def seat(self, handler: str, *members: str) -> None:
        for member in members:
            await self.does(handler, "seats", member_id=str(self.house.id_of(member)), chair=member == members[0])

    async def seat_body(self) -> list[str]:
        """Four members of the committee, the first in the chair: who had no hand in it, or whoever may besides."""
        sits: list[str] = []
        for member in BODY:
            said = {"member_id": str(self.house.id_of(member)), "chair": not sits}
            if len(sits) < 4 and await self.door.deed("griffier-bezwaar", self.path, "seats", **said):
                sits.append(member)
        assert len(sits) == 4
        return sits

    async def vote(self, members: list[str] | tuple[str, ...], outcome: str) -> None:
        for member in members:
            await self.does(member, "votes", outcome=outcome)

    async def hidden(self) -> None:
        """Who has nothing to do with it finds nothing, and the public register says nothing of it."""
        for who in OUTSIDE:
            assert await self.door.reads(who, self.path) == "", who

    async def decided(self, who: str, kind: str, *words: str) -> Decision:
        """The letter of the last decision of a kind, as its addressee reads it."""
        decision = await decision_on(self.house, who, kind)
        told = await self.door.letter(who, decision)
        assert [each for each in words if each not in told] == [], told
        return decision

"""What the seed stands on: a clock that it sets, people with sign-ins, and works in somebody's name."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from auth import queries as people
from auth import service as auth
from auth.actor import SYSTEM, Actor
from auth.permissions import SECOND_FACTOR, Role
from auth.schemas import NewPerson
from auth.service import SignInServices
from core.clock import AMSTERDAM, FixedClock, legal_day
from core.settings import Settings
from core.store.db import new_id
from core.store.work import Means, Work
from register.entries import enrolment
from register.entries.policy import Register
from register.entries.schemas import NewEnrolment
from register.rules.assessment.facts import Role as Post
from register.service.context import open_means

T = TypeVar("T")
MORNING = time(10, 0)


@dataclass
class SignIn:
    """One line of the file of sign-ins."""

    role: str
    relation: str
    name: str
    email: str
    password: str
    totp_secret: str | None
    register_number: str | None


@dataclass(frozen=True)
class Place:
    """A real school with its board."""

    board_number: str
    code: str


@dataclass
class World:
    """The world in the making; `ids` finds a person by e-mail name."""

    means: Means
    doors: SignInServices
    clock: FixedClock
    people: list[SignIn] = field(default_factory=list)
    ids: dict[str, UUID] = field(default_factory=dict)
    attendance: dict[str, Any] = field(default_factory=dict)
    """One provider's PE-online identity, with a course, a run and three participants."""

    def on(self, day: date, at: time = MORNING) -> None:
        """Go to a day, ten in the morning in Amsterdam unless told."""
        self.clock.at = datetime.combine(day, at, AMSTERDAM)

    async def has_people(self) -> bool:
        async with self.means.database.reading() as session:
            return await people.anybody(session)

    async def system(self, deed: Callable[[Work], Awaitable[T]]) -> T:
        """Something that the house does."""
        return await self.means.do(SYSTEM, deed)

    async def by(self, who: str, deed: Callable[[Work], Awaitable[T]]) -> T:
        """Something that a person does, with the roles that they hold that day."""
        async with self.means.database.reading() as session:
            account = await people.account_of(session, self.ids[who])
            roles, organisations = await people.held(session, self.ids[who], legal_day(self.clock.at))
        return await self.means.do(self._actor(who, account.id, roles, organisations), deed)

    def _actor(self, who: str, account_id: UUID, roles: frozenset[Role], organisations: frozenset[UUID]) -> Actor:
        """In a session that began with every code that was needed."""
        return Actor.of(self.ids[who], account_id, new_id(), roles, organisations, second_factor=True)

    async def staff(self, who: str, role: Role, relation: str, given: str, prefix: str, family: str) -> None:
        """Somebody who works for the register, a provider or a board."""
        new = NewPerson(**_details(who, given, prefix, family))

        async def deed(work: Work) -> str | None:
            person = await auth.add_person(work, new, role)
            assert person is not None
            self._remember(who, role, relation, new, person)
            return await self._second_factor(work, role, person.id)

        secret = await self.system(deed)
        self.people[-1].totp_secret = secret

    async def professional(
        self,
        who: str,
        relation: str,
        given: str,
        prefix: str,
        family: str,
        *,
        register: Register,
        post: Post,
        place: Place,
        appointed_on: date,
        also: Role | None = None,
    ) -> None:
        """Somebody who enrols in a register; `also` gives a second role, such as a seat on the committee."""
        new = NewEnrolment(
            **_details(who, given, prefix, family),
            register_code=register,
            role=post,
            board_number=place.board_number,
            location_code=place.code,
            appointed_on=appointed_on,
        )

        async def deed(work: Work) -> str | None:
            entry = await enrolment.enrol(work, new)
            assert entry is not None
            person = await people.person(work.session, entry.person_id)
            if also is not None:
                await auth.grant(work, person.id, also, work.today)
            self._remember(who, also or Role.PROFESSIONAL, relation, new, person)
            return await self._second_factor(work, also, person.id)

        secret = await self.system(deed)
        self.people[-1].totp_secret = secret

    async def _second_factor(self, work: Work, role: Role | None, person_id: UUID) -> str | None:
        if role not in SECOND_FACTOR:
            return None
        return await auth.give_second_factor(work, person_id)

    def _remember(self, who: str, role: Role, relation: str, new: NewPerson, person: Any) -> None:
        self.ids[who] = person.id
        self.people.append(
            SignIn(role.value, relation, person.full_name(), new.email, new.password, None, person.register_number)
        )


def _details(who: str, given: str, prefix: str, family: str) -> dict[str, Any]:
    return {
        "given_name": given,
        "prefix": prefix,
        "family_name": family,
        "address": "Voorbeeldstraat 1",
        "postcode": "3511AA",
        "town": "Utrecht",
        "email": f"{who}@voorbeeld.example",
        "telephone": "030 1234567",
        "message_box": True,
        "password": secrets.token_urlsafe(16),
    }


def open_world(settings: Settings, doors: SignInServices) -> World:
    """A world on the settings' database, at the day on which its story begins."""
    clock = FixedClock(datetime(2021, 1, 4, 10, tzinfo=AMSTERDAM))
    return World(open_means(settings, clock).bound(doors), doors, clock)

"""A small house to test in: people of each role on a few real schools, a clock that stands still, and clients."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar
from passlib.totp import TOTP

from accreditation.offer import service as offer
from accreditation.programmes.models import HigherEducationProgramme
from auth import queries as people
from auth.actor import SYSTEM
from auth.passwords import Passwords
from auth.permissions import Role
from core.clock import AMSTERDAM, FixedClock
from core.settings import from_environment
from core.store.db import Database
from core.store.files import FileStore
from core.store.work import Means, Work
from core.web.asgi import ASGIApp
from register.entries.policy import Register
from register.rules.assessment.facts import Role as Post
from register.schools.duo.rows import Kind, Source
from register.schools.models import Board, Location
from register.seed.documents import certificate
from register.seed.world import Place, SignIn, World
from register.service.app import create_litestar, surrounded
from register.service.context import open_means, open_sign_in

PDF = certificate("Diploma")
PLACES = [Place(f"4000{n}", f"0{n}AA00") for n in range(1, 9)]
CHEAP = {"memory_kib": 64, "rounds": 1}
# The staff was there before any story begins.
BEFORE = date(2020, 1, 6)
PROGRAMME = "SLO-2018"
TEACHING_DEGREE = "34808"
MEMBERS = tuple(f"lid{n}.commissie" for n in range(1, 7))
ACCREDITORS = tuple(f"lid{n}.accreditatie" for n in range(1, 6))


@dataclass
class Client:
    """One person at the API: bearer token, JSON, and the last `ETag` of each address."""

    http: httpx.AsyncClient
    headers: dict[str, str] = field(default_factory=dict)
    house: "House | None" = None

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.http.get(f"/v1{path}", headers={**self.headers, **more.pop("headers", {})}, **more)

    async def post(self, path: str, json: object = None, **more: Any) -> httpx.Response:
        headers = {**self.headers, **more.pop("headers", {})}
        if json is not None:
            more["json"] = json
        return await self.http.post(f"/v1{path}", headers=headers, **more)

    async def patch(self, path: str, json: object, version: str) -> httpx.Response:
        return await self.http.patch(f"/v1{path}", json=json, headers={**self.headers, "If-Match": version})

    async def move(self, resource: str, verb: str, json: object = None) -> httpx.Response:
        """A moving POST on a resource, with the version that stands."""
        found = await self.get(resource)
        assert found.status_code == 200, found.text
        return await self.post(f"{resource}/{verb}", json, headers={"If-Match": found.headers["etag"]})

    async def upload(self, path: str, name: str = "diploma.pdf", content: bytes = PDF) -> httpx.Response:
        return await self.post(path, files={"file": (name, content, "application/pdf")})


@dataclass
class House:
    """The running service on one database, with everybody in it."""

    world: World
    app: Any
    http: httpx.AsyncClient
    folder: Path

    @property
    def means(self) -> Means:
        return self.world.means

    def on(self, day: date, at: time = time(10)) -> None:
        """Set the legal moment."""
        self.world.on(day, at)

    def keeps_files_in(self, store: FileStore) -> None:
        """From now on the service keeps its files somewhere else."""
        self.world.means = replace(self.means, files=store)
        framework().state["means"] = self.means

    def binds(self, port: object) -> None:
        """From now on the service has this port as well."""
        self.world.means = self.means.bound(port)
        framework().state["means"] = self.means

    def sign_in_of(self, who: str) -> dict[str, str]:
        """What somebody types: e-mail, password, and a fresh one-time code where the role needs it."""
        email = f"{who}@voorbeeld.example"
        known = next(person for person in self.world.people if person.email == email)
        typed = {"email": email, "password": known.password}
        if known.totp_secret:
            typed["otp"] = TOTP(known.totp_secret).generate(datetime.now(UTC)).token  # noqa: TID251
        return typed

    async def client(self, who: str | None = None) -> Client:
        """Somebody at the API; nobody signed in when no one is named. Codes work once, so the used one is forgotten."""
        client = Client(self.http, house=self)
        if who is None:
            return client
        answer = await client.post("/token", self.sign_in_of(who))
        assert answer.status_code == 200, answer.text
        client.headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        await self.system(self._forget_code(who))
        return client

    def _forget_code(self, who: str) -> Callable[[Work], Awaitable[None]]:
        async def deed(work: Work) -> None:
            account = await people.account_of(work.session, self.world.ids[who])
            if account.totp_counter:
                account.totp_counter = 0
                work.log("account:code", account)

        return deed

    async def system(self, deed: Callable[[Work], Awaitable[Any]]) -> Any:
        return await self.means.do(SYSTEM, deed)

    def number_of(self, who: str) -> str:
        email = f"{who}@voorbeeld.example"
        return str(next(person.register_number for person in self.world.people if person.email == email))

    def id_of(self, who: str) -> UUID:
        return self.world.ids[who]


async def a_leader(world: World, who: str, place: Place = PLACES[7], **more: Any) -> None:
    """A director in primary education; one line to vary."""
    details = {"relation": "plain", "given": "Leo", "prefix": "", "family": "Leider", "appointed_on": date(2019, 8, 1)}
    await world.professional(who, register=Register.LEADERS_PO, post=Post.DIRECTOR, place=place, **{**details, **more})


async def a_teacher(world: World, who: str, place: Place = PLACES[6], **more: Any) -> None:
    """A teacher in primary education; one line to vary."""
    details = {
        "relation": "plain",
        "given": "Tess",
        "prefix": "de",
        "family": "Leraar",
        "appointed_on": date(2019, 8, 1),
    }
    await world.professional(who, register=Register.TEACHERS, post=Post.TEACHER, place=place, **{**details, **more})


async def people_the_house(world: World) -> None:
    """Eight schools, the accredited offer, and two or more people who may be needed."""

    async def ground(work: Work) -> None:
        for place in PLACES:
            work.add(Board(number=place.board_number, name=f"Stichting ‘t Bestuur {place.board_number}"))
            await work.flush()
            work.add(
                Location(
                    code=place.code,
                    brin=place.code[:4],
                    kind=Kind.BO,
                    name=f"Basisschool De Één {place.code}",
                    name_key="basisschool",
                    board_number=place.board_number,
                    town="ZWOLLE",
                    town_key="zwolle",
                    source=Source.PO_LIST,
                    listed=True,
                )
            )
        work.add(a_teaching_degree())
        await offer.accredit(
            work,
            PROGRAMME,
            Register.LEADERS_PO.value,
            kind="programme",
            name="Schoolleider vakbekwaam",
            provider="Academie",
            ects=30,
            from_on=date(2018, 9, 1),
            until_on=date(2024, 8, 31),
        )

    await world.system(ground)
    await world.staff("secretaris", Role.SECRETARY, "plain", "Sam", "", "Secretaris")
    await world.staff("bureau", Role.OFFICE, "plain", "Bert", "", "Bureau")
    await world.staff("bureau2", Role.OFFICE, "plain", "Bea", "", "Bureau")
    await world.staff("beoordelaar", Role.ASSESSOR, "plain", "Bo", "", "Beoordelaar")
    await world.staff("bestuur", Role.BOARD, "plain", "Bas", "", "Bestuur")
    await world.staff("griffier-bezwaar", Role.SECRETARY, "plain", "Gerda", "", "Griffier")
    await world.staff("griffier", Role.APPEALS_SECRETARY, "plain", "Gré", "", "Griffier")
    for n in range(1, 4):
        await world.staff(f"adviseur{n}", Role.OBJECTION_ADVISER, "plain", "Ada", "", "Adviseur")
        await world.staff(f"beroep{n}", Role.APPEALS_MEMBER, "plain", "Bea", "", "Beroep")
    await world.staff("secretaris2", Role.SECRETARY, "plain", "Sem", "", "Secretaris")
    await world.staff("aanbieder", Role.PROVIDER, "owner", "Anna", "", "Aanbieder")
    await world.staff("aanbieder2", Role.PROVIDER, "plain", "Arie", "", "Aanbieder")
    for who in ACCREDITORS:
        await world.staff(who, Role.ACCREDITATION_MEMBER, "plain", "Ans", "", "Accreditatie")
    await world.staff("toezicht", Role.AUDITOR, "plain", "Toos", "", "Toezicht")
    for place, who in zip(PLACES, MEMBERS, strict=False):
        await a_leader(world, who, place, given="Lies", family="Lid", also=Role.COMMITTEE_MEMBER)


def a_teaching_degree() -> HigherEducationProgramme:
    """The degree on which most teachers register."""
    return HigherEducationProgramme(
        unit_code="1001O4375",
        offer_code="",
        own_name="",
        study_choice_check="",
        croho_code=TEACHING_DEGREE,
        kind="opleiding",
        name="Opleiding tot leraar Basisonderwijs",
        level="hbo-ba",
        document_kind="getuigschrift",
        accreditor="NVAO",
        board_code="100B349",
        board_name="Hogeschool",
    )


def a_world(url: str, folder: Path) -> World:
    """Means and doors on a database, with cheap passwords."""
    values = {"DATABASE_URL": url, "FOLDER": str(folder), "ORIGIN": "http://testserver"}
    settings = from_environment({f"BEKWAAM_{name}": value for name, value in values.items()})
    doors = open_sign_in(settings, Passwords(**CHEAP), makes=True)
    clock = FixedClock(datetime.combine(BEFORE, time(10), AMSTERDAM))
    means = open_means(settings, clock).bound(doors)
    compile_once(means.database)
    return World(means, doors, clock)


_SPOKEN: dict[tuple[str, str], tuple[Any, Any]] = {}


def compile_once(database: Database) -> None:
    """Let every database of this process share what was compiled for the first of its kind: a fifth of all the time."""
    for use in ("reads", "writes", "_compared"):
        engine = getattr(database, use).sync_engine
        spoken = _SPOKEN.setdefault((engine.name, use), (engine.dialect, engine._compiled_cache))
        engine.dialect, engine._compiled_cache = spoken
        engine.pool._dialect = engine.dialect


@dataclass
class Peopled:
    """Fills a template database once, and remembers who is in it; their codes need the same key file everywhere."""

    folder: Path
    people: dict[str, tuple[list[SignIn], dict[str, UUID]]] = field(default_factory=dict)

    async def fill(self, url: str) -> None:
        """People a migrated database, once for each kind."""
        world = a_world(url, self.folder)
        await people_the_house(world)
        self.people[url.split(":")[0]] = (world.people, world.ids)
        await world.means.database.close()
        world.doors.passwords.close()


@cache
def framework() -> Litestar:
    """The framework's application, made once in a process: two seconds for every route that there is."""
    with TemporaryDirectory() as folder:
        world = a_world(f"sqlite+aiosqlite:///{folder}/none.db", Path(folder))
        return create_litestar(world.means)


def the_service(means: Means) -> ASGIApp:
    """The whole service on these means; everything that is not a route hangs on the state."""
    app = framework()
    app.state.update({"means": means, "stopping": False})
    return surrounded(app, means)


@asynccontextmanager
async def open_house(url: str, folder: Path, peopled: Peopled, at: date = date(2024, 9, 12)) -> AsyncIterator[House]:
    """The whole service on a peopled database, at a legal moment that tests set."""
    shutil.copy(peopled.folder / "bekwaam.key", folder / "bekwaam.key")
    world = a_world(url, folder)
    known, ids = peopled.people[url.split(":")[0]]
    world.people, world.ids = list(known), dict(ids)
    world.on(at)
    doors = world.doors
    app = the_service(world.means)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as http:
        try:
            yield House(world, app, http, folder)
        finally:
            await world.means.database.close()
            doors.passwords.close()

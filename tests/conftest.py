"""Fixtures for every test: fresh databases of both kinds."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import settings

from tests.builders import House, Peopled, open_house
from tests.databases import KINDS, Databases
from tests.postgres import Place

PLACE = pytest.StashKey[Place]()
PARTS = {
    "quick": "stories on SQLite, on both databases what may differ between the two, and nothing that is thorough",
    "rest": "what quick left out",
    "all": "everything",
}
# How long one example takes says how busy the machine is; speed is measured in benchmarks.
settings.register_profile("whatever-the-machine", deadline=None)
settings.load_profile("whatever-the-machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "; ".join(f"{part}: {meaning}" for part, meaning in PARTS.items())
    parser.addoption("--part", choices=list(PARTS), default="quick", help=told)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Choose what runs in minutes, or the rest: `.ci/run` runs both."""
    chosen = config.getoption("--part")
    if chosen == "all":
        return
    groups: dict[bool, list[pytest.Item]] = {True: [], False: []}
    for item in items:
        groups[is_for_later(item)].append(item)
    kept = chosen == "rest"
    config.hook.pytest_deselected(items=groups[not kept])
    items[:] = groups[kept]


def is_for_later(item: pytest.Item) -> bool:
    """Whether it is thorough, or tells a story of the whole house on PostgreSQL that SQLite tells as well."""
    if any(item.get_closest_marker(name) for name in ("thorough", "browser")):
        return True
    call = getattr(item, "callspec", None)
    on_postgresql = call is not None and call.params.get("house") == "postgresql"
    return on_postgresql and item.get_closest_marker("differs") is None


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[PLACE] = Place()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Under xdist the controller owns the place, and tells each worker."""
    node.workerinput["place"] = str(node.config.stash[PLACE].folder)  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    if place := config.stash.get(PLACE, None):
        place.close()


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config) -> Iterator[Databases]:
    """Databases of wider scope than a test: `.make(kind, like="migrated")`, `.drop(url)`, `.define(name, fill)`."""
    inputs = getattr(pytestconfig, "workerinput", None)
    folder = Path(inputs["place"]) if inputs else pytestconfig.stash[PLACE].folder
    made = Databases(folder, inputs["workerid"] if inputs else "only")
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgres_url(databases: Databases) -> str:
    """The server itself: its maintenance database, as superuser."""
    return databases.postgres.url("postgres")


@pytest.fixture
def make_database(databases: Databases) -> Iterator[Callable[..., str]]:
    """`make_database("postgresql")`: a migrated database of this test's own; `like=` names another template."""
    made: list[str] = []

    def make(kind: str, like: str = "migrated") -> str:
        made.append(databases.make(kind, like))
        return made[-1]

    yield make
    for url in made:
        databases.drop(url)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, make_database: Callable[..., str]) -> str:
    """A migrated database of this test's own; the test runs on both kinds."""
    return make_database(request.param)


@pytest.fixture(scope="session")
def peopled(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Peopled:
    """The template that every house is a copy of."""
    found = Peopled(tmp_path_factory.mktemp("peopled"))
    databases.define("peopled", found.fill)
    return found


@pytest_asyncio.fixture(params=KINDS)
async def house(
    request: pytest.FixtureRequest, peopled: Peopled, make_database: Callable[..., str], tmp_path: Path
) -> AsyncIterator[House]:
    """The whole service on both databases, with its people in it (tests.builders)."""
    async with open_house(make_database(request.param, like="peopled"), tmp_path, peopled) as found:
        yield found

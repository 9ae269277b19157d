"""Schools and boards over HTTP: public, paged, versioned."""

from collections.abc import AsyncIterator

import httpx
import pytest
from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide

from core import texts
from core.web.http import provide_work
from core.web.problems import HANDLERS
from core.web.unit_of_work import Edge, Nobody, learn_queries
from register.schools import api
from register.schools.duo.reading import read
from register.schools.duo_import import store
from tests.register.schools.files import history_file, past, po_file, po_line


@pytest.fixture
async def client(means) -> AsyncIterator[httpx.AsyncClient]:
    async with means.work(Nobody()) as work:
        lines = [po_line(f"05OC{n:02}", name=f"School {n:02}", town="SNEEK" if n % 2 else "BALK") for n in range(5)]
        await store(work, [("po", read(po_file(*lines))), ("history", read(history_file(past("1", "0", "0", "0"))))])
    app = Litestar(
        [Router("/v1", route_handlers=[api.ROUTES])],
        dependencies={"work": Provide(provide_work)},
        exception_handlers=HANDLERS,
        middleware=[Edge],
        state=State({"means": means, "texts": texts.load()}),
        openapi_config=None,
    )
    learn_queries(app)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


async def test_schools_come_in_pages_that_link_to_the_next(client):
    first = await client.get("/v1/schools", params={"name": "school", "pageSize": 3})
    second = await client.get(first.links["next"]["url"])

    assert [row["name"] for row in first.json()["items"]] == ["School 00", "School 01", "School 02"]
    assert [row["name"] for row in second.json()["items"]] == ["School 03", "School 04"]
    assert "next" not in second.links


async def test_schools_are_picked_by_town_board_and_day(client):
    async def codes(**query: str) -> list[str]:
        return [row["code"] for row in (await client.get("/v1/schools", params=query)).json()["items"]]

    assert await codes(town="sneek") == ["05OC01", "05OC03"]
    assert await codes(boardNumber="41797") == []
    assert await codes(boardNumber="41797", openOn="1997-07-31") == ["00AR00"]


async def test_a_school_and_its_board_have_a_version(client):
    school = await client.get("/v1/schools/05OC01")
    board = await client.get(f"/v1/boards/{school.json()['board_number']}")

    assert (school.status_code, school.headers["etag"], school.json()["town"]) == (200, '"1"', "SNEEK")
    assert (board.status_code, board.json()["number"]) == (200, "32073")
    assert board.headers["etag"]


async def test_boards_come_in_pages(client):
    first = await client.get("/v1/boards", params={"pageSize": 1})

    assert [row["number"] for row in first.json()["items"]] == ["32073"]
    second = await client.get(first.links["next"]["url"])
    assert [row["number"] for row in second.json()["items"]] == ["41797"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/schools/06XY00", 404, "no-such-school"),
        ("/v1/boards/99999", 404, "no-such-board"),
        ("/v1/schools?pageSize=0", 400, "page-size"),
        ("/v1/schools?cursor=abc", 400, "cursor"),
        ("/v1/schools?openOn=yesterday", 400, "invalid-input"),
    ],
)
async def test_what_is_not_there_or_cannot_be_read_is_told(client, path, status, code):
    answer = await client.get(path)

    assert (answer.status_code, answer.json()["code"]) == (status, code)

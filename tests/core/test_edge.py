"""What every answer has, whoever asks and however badly."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from core.web.response_headers import API_VERSION, HEADERS
from register.service.serving import bare, table_of_routes
from tests.builders import MEMBERS, Client, House, a_leader
from tests.faults.files import listed
from tests.journeys.steps import a_diploma, an_application, apply, decide, learn

ROUTES = list(table_of_routes(bare()))
GARBAGE = ["x", str(uuid4()), "%20", "a" * 500, "%F0%9F%98%80", "..%2F..", "0", "-1", "null"]
BODIES: list[tuple[str, bytes]] = [
    ("application/json", b"{}"),
    ("application/json", b"[]"),
    ("application/json", b"null"),
    ("application/json", b'{"a": {"b": [1, 2, {"c": "d"}]}}'),
    ("application/json", b"{"),
    ("application/x-www-form-urlencoded", b"a=b&a=c"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--x--\r\n'),
    ("text/plain", b"text"),
    ("", b""),
]


def filled(path: str, value: str) -> str:
    """A route's template with the same value in every place."""
    return "/".join(value if part.startswith("{") else part for part in path.split("/"))


async def every_kind_of_answer(house: House) -> dict[str, httpx.Response]:
    await a_leader(house.world, "nadia")
    leader, http = await house.client("nadia"), house.http
    json = {**leader.headers, "Content-Type": "application/json"}
    me = await leader.get("/me")
    return {
        "200": me,
        "304": await leader.get("/me", headers={"If-None-Match": me.headers["etag"]}),
        "401": await http.get("/v1/me"),
        "403": await leader.get("/committee-members"),
        "404": await http.get("/v1/nothing-here"),
        "404 with a slash": await http.get("/v1/me/"),
        "405": await http.delete("/v1/me"),
        "406": await leader.get("/me", headers={"Accept": "text/csv"}),
        "415": await http.post("/v1/applications", content=b"x", headers={**json, "Content-Type": "text/plain"}),
        "guard": await http.post("/v1/applications", content=b"{", headers=json),
        "guard, path": await http.get("/v1/%00"),
        "page": await http.get("/inloggen"),
        "page 404": await http.get("/nothing-here"),
        "static": await http.get("/static/nothing.css"),
        "health": await http.get("/health/ready"),
    }


async def test_every_answer_has_version_request_id_and_security_headers(house):
    answers = await every_kind_of_answer(house)

    for kind, answer in answers.items():
        for name in HEADERS:
            assert name in answer.headers, (kind, name)
        assert answer.headers["api-version"] == API_VERSION, kind
        assert len(answer.headers["x-request-id"]) >= 8, kind
        assert "cache-control" in answer.headers, kind
    statuses = {kind: answer.status_code for kind, answer in answers.items()}
    assert [kind for kind, status in statuses.items() if kind[0].isdigit() and str(status) != kind[:3]] == []
    assert statuses["guard"] == statuses["guard, path"] == 400


async def test_every_refusal_under_v1_is_a_problem_with_a_stable_code(house):
    for kind, answer in (await every_kind_of_answer(house)).items():
        if answer.status_code >= 400 and str(answer.url.path).startswith("/v1"):
            assert answer.headers["content-type"] == "application/problem+json", kind
            problem = answer.json()
            assert problem["status"] == answer.status_code, kind
            assert problem["code"], kind
            assert problem["title"], kind
            assert problem["detail"] != problem["code"], kind


@pytest.mark.parametrize("path", ["/v1/me/", "/v1//me", "//v1/me", "/v1/me%2F", "/v1/me/?a=b"])
async def test_an_address_with_a_slash_too_many_is_not_there(house, path):
    await a_leader(house.world, "nadia")
    leader = await house.client("nadia")

    assert (await house.http.get(path, headers=leader.headers)).status_code == 404


async def test_a_method_that_a_resource_has_not_names_those_that_it_has(house):
    answer = await house.http.delete("/v1/me")

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


async def test_what_the_caller_has_already_is_not_sent_again(house):
    first = await house.http.get("/v1/accredited-programmes", params={"register": "schoolleiders-po"})
    again = await house.http.get(
        "/v1/accredited-programmes",
        params={"register": "schoolleiders-po"},
        headers={"If-None-Match": first.headers["etag"]},
    )

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(
    ("given", "kept"), [("ticket-2026-0001", True), ("short", False), ("a" * 61, False), ("evil header", False)]
)
async def test_a_request_id_is_taken_over_when_it_is_plain_and_stands_in_the_problem(house, given, kept):
    answer = await house.http.get("/v1/nothing-here", headers={"X-Request-Id": given})

    said = answer.headers["x-request-id"]
    assert (said == given) is kept
    assert answer.json()["instance"] == f"urn:request:{said}"


async def hidden(house: House) -> list[tuple[str, str]]:
    """Things that exist and of which a stranger may not know, with their id."""
    house_ids = []
    await a_leader(house.world, "nadia")
    leader = await house.client("nadia")
    file = await apply(leader, an_application(), a_diploma("2024-08-31"))
    decision = (await decide(house, file, "for", {"reasons": "Het diploma telt."}))["id"]
    entry = await learn(
        house,
        "nadia",
        {"register_code": "schoolleiders-po", "kind": "course", "title": "Cursus", "done_on": "2024-09-12"},
        None,
    )
    proof = (await leader.get(f"/applications/{file}")).json()["proofs"][0]["id"]
    for template, id in (
        ("/applications/{}", file),
        ("/decisions/{}", decision),
        ("/portfolio-entries/{}", entry),
        ("/portfolio-entries/{}/evidence/file", entry),
    ):
        house_ids.append((template, id))
    return [*house_ids, (f"/applications/{file}/proofs/{{}}/file", proof)]


@pytest.mark.parametrize("who", ["vera", MEMBERS[5], "bestuur", "toezicht"])
async def test_what_one_may_not_know_of_equals_what_is_not_there(house, who):
    things = await hidden(house)
    await a_leader(house.world, "vera")
    stranger = await house.client(who)
    same = {"X-Request-Id": "the-same-request"}

    for template, id in things:
        there = await stranger.get(template.format(id), headers=same)
        missing = await stranger.get(template.format(uuid4()), headers=same)
        assert there.status_code == missing.status_code == 404, (who, template, there.text)
        assert there.content == missing.content
        assert dict(there.headers) == dict(missing.headers)


async def test_a_session_in_which_one_does_not_sit_is_not_there(house):
    _, (item,) = await listed(house, 1)
    outsider = await house.client(MEMBERS[5])

    for path, missing in ((item, f"/agenda-items/{uuid4()}"),):
        answers = [await outsider.get(one, headers={"X-Request-Id": "the-same-request"}) for one in (path, missing)]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].content == answers[1].content
        votes = [await outsider.post(f"{one}/votes", {"vote": "for"}) for one in (path, missing)]
        assert [one.status_code for one in votes] == [404, 404]


def requests() -> Iterator[tuple[str, str]]:
    for method, path, _ in ROUTES:
        for value in GARBAGE if "{" in path else GARBAGE[:1]:
            yield method, filled(path, value)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("house", "who"),
    # Every route some forty times over: the public on one, who may most on the other; more of them in the long run.
    [
        ("sqlite", None),
        ("postgresql", "secretaris"),
        *(pytest.param(*each, marks=pytest.mark.long) for each in (("postgresql", None), ("sqlite", "nadia"))),
        pytest.param("sqlite", MEMBERS[0], marks=pytest.mark.long),
    ],
    indirect=["house"],
)
async def test_no_garbage_is_answered_with_an_error_of_ours(house, who):
    await a_leader(house.world, "nadia")
    client: Client = await house.client(who)
    errors = []

    for method, path in requests():
        bodies = BODIES if method in {"POST", "PATCH", "PUT"} else [("", b"")]
        for kind, body in bodies:
            headers = {**client.headers, "If-Match": '"1"', **({"Content-Type": kind} if kind else {})}
            answer = await house.http.request(method, path, content=body or None, headers=headers)
            if answer.status_code >= 500:
                errors.append((method, path[:80], kind, body, answer.status_code))
    assert not errors


QUERIES = ("cursor=x", "cursor=W10", "cursor=WyJ4Il0", "pageSize=0", "pageSize=x", "state=x", "register=x")


@pytest.mark.thorough
async def test_no_query_is_answered_with_an_error_of_ours(house):
    await a_leader(house.world, "nadia")
    lists = [path for method, path, _ in ROUTES if method == "GET" and path.startswith("/v1") and "{" not in path]
    for who in ("nadia", "secretaris", "beoordelaar"):
        client = await house.client(who)
        for path, query in product(lists, QUERIES):
            answer = await house.http.get(f"{path}?{query}", headers=client.headers)
            assert answer.status_code < 500, (who, path, query, answer.text)


async def test_an_unknown_query_name_is_named_by_every_route_of_the_api(house: House):
    """Once it is known who asks: a stranger at a route that is not for everybody is asked to sign in first."""
    silent = []
    somebody = (await house.client("bureau")).headers
    for method, path, _requires in ROUTES:
        if not path.startswith("/v1") or method == "OPTIONS":
            continue
        address, asked = filled(path, str(uuid4())), {"pagesize": "5"}
        answer = await house.http.request(method, address, params=asked)
        if answer.status_code == 401:
            answer = await house.http.request(method, address, params=asked, headers=somebody)
        if (answer.status_code == 404 and "{" in path) or answer.status_code == 403:
            continue
        if answer.status_code != 400 or [each["field"] for each in answer.json()["errors"]] != ["pagesize"]:
            silent.append((method, path, answer.status_code))

    assert silent == []


async def test_the_refusal_of_a_query_name_says_which_are_known(house: House):
    answer = await house.http.get("/v1/register-entries", params={"naam": "De Vries"})

    assert (answer.status_code, answer.json()["code"]) == (400, "unknown-parameter")
    assert "cursor, name, number, pageSize, registerCode" in answer.json()["detail"]
    assert (await house.http.get("/v1/register-entries", params={"name": "De Vries"})).status_code == 200
    assert (await house.http.get("/inloggen", params={"utm_source": "brief"})).status_code == 200


def test_a_type_of_text_leaves_its_charset_to_theframework() -> None:
    """Litestar adds it to text/…; said by us too it stood there twice."""
    twice = [
        f"{path}: {line.strip()}"
        for room in ("core", "auth", "accreditation", "appeals", "register")
        for path in (Path(__file__).parents[2] / room).rglob("*.py")
        if path.name != "guard.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"text/[a-z]+; *charset", line)
    ]

    assert twice == []


async def test_an_answer_of_text_names_its_charset_once(house: House):
    public = [path for method, path, requires in ROUTES if (method, requires) == ("GET", "public") and "{" not in path]
    kinds = set()
    for path in public:
        named = (await house.http.get(path)).headers.get("content-type", "")
        if named.startswith("text/"):
            kinds.add(named.partition(";")[0])
            assert named.lower().count("charset=utf-8") == named.lower().count("charset") == 1, (path, named)

    assert {"text/html", "text/csv", "text/calendar"} <= kinds


async def test_whatever_the_public_can_read_it_can_ask_about(house: House):
    public = [path for method, path, requires in ROUTES if (method, requires) == ("GET", "public") and "{" not in path]
    assert {"/agenda", "/agenda/feed", "/cijfers/csv", "/v1/register-entries", "/health/live"} <= set(public)

    for path in public:
        got, asked = await house.http.get(path), await house.http.head(path)
        assert (asked.status_code, asked.content) == (got.status_code, b""), path
        told = {name: asked.headers.get(name) for name in ("content-type", "content-length")}
        same = len((await house.http.get(path)).content) == len(got.content)  # a form key may differ
        assert told == {name: got.headers.get(name) for name in told} or not same, path


async def test_a_file_of_ones_own_is_asked_about_by_its_holder_only(house: House):
    await a_leader(house.world, "nadia")
    leader = await house.client("nadia")

    mine, nobody = await leader.http.head("/v1/me", headers=leader.headers), await house.http.head("/v1/me")

    assert (mine.status_code, mine.content, nobody.status_code, nobody.content) == (200, b"", 401, b"")
    assert mine.headers["etag"] == (await leader.get("/me")).headers["etag"]
    assert (await house.http.delete("/v1/me")).headers["allow"] == "GET, HEAD, OPTIONS"

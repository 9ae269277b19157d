"""The outer guard around a real Litestar: no bad input becomes a 5xx (security.md F3, F8, F15).

Stock Litestar 2.25 answers 500 to: JSON nested 100,000 deep, JSON that is not UTF-8 (under any content type), a
multipart part with an unknown charset or text that is not UTF-8, and a static path with NUL, with a name of 300
characters, or with a file used as a folder. `test_what_stock_litestar_breaks_on` keeps the quick ones.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from ipaddress import ip_network
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from litestar import Litestar, Request, get, post
from litestar.params import FromQuery, JSONBody, MultipartBody, URLEncodedBody
from litestar.static_files import create_static_files_router

from core.web.guard import ADVICE, REPAIR, Message, OuterGuard, Receive, address_of, body_of, replay
from core.web.wellformed import Malformed, check_json
from tests.core.hostile import HOSTILE_JSON

JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
MULTI = {"content-type": "multipart/form-data; boundary=B"}
DEEP = b"[" * 100_000 + b"]" * 100_000


@get("/seen", sync_to_thread=False)
def seen(q: FromQuery[str] = "") -> dict[str, str]:
    return {"q": q}


@post("/v1/things")
async def thing(data: JSONBody[dict[str, Any]], request: Request[Any, Any, Any]) -> dict[str, Any]:
    assert body_of(request.scope) == await request.body()  # type: ignore[arg-type]
    return data


@post("/form")
async def form(data: URLEncodedBody[dict[str, str]]) -> dict[str, str]:
    return data


@post("/v1/files")
async def files(data: MultipartBody[dict[str, Any]]) -> list[str]:
    return sorted(data)


@post("/pe-services/raw")
async def raw(request: Request[Any, Any, Any]) -> int:
    return len(await request.body())


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    folder = tmp_path_factory.mktemp("static")
    (folder / "style.css").write_text("body {}")
    static = create_static_files_router("/static", [folder])
    return Litestar([seen, thing, form, files, raw, static], logging_config=None)


@pytest.fixture
async def client(stock: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    guard = OuterGuard(stock, raw=["/pe-services/"], headers=[("API-Version", "1.0.0")])
    async with _client(guard) as client:
        yield client


def _client(app: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://localhost"
    )


def part(head: bytes, body: bytes = b"x") -> bytes:
    return b"--B\r\n" + head + b"\r\n\r\n" + body + b"\r\n--B--\r\n"


NAMED = b'Content-Disposition: form-data; name="a"'

BODIES = [
    ("json-too-deep", 400, JSON, DEEP),
    ("json-too-deep", 400, JSON, b'{"a":' * 100_000),
    ("json-too-deep", 400, JSON, b'{"a":' + b"[" * 64 + b"]" * 64 + b"}"),
    ("json-malformed", 400, JSON, b"[]" * 100_000),
    ("json-malformed", 400, JSON, b"]["),
    ("json-malformed", 400, JSON, b'{"a": "\\x"}'),
    ("json-malformed", 400, JSON, b'{"a": 1-2-3-4-5-6-7-8-9-10-11}'),
    ("json-malformed", 400, JSON, b'{"a": "' + b'\\"' * 100_000),
    ("json-not-utf-8", 400, JSON, b'{"a":"\xff"}'),
    ("json-not-utf-8", 400, JSON, b'{"a":"\xed\xa0\x80"}'),
    ("json-not-utf-8", 400, JSON, '{"a":"é"}'.encode("utf-16")),
    ("nul-in-text", 400, JSON, b'{"a":"x\\u0000"}'),
    ("json-malformed", 400, JSON, b'{"a":"x\0"}'),
    ("lone-surrogate", 400, JSON, b'{"a":"\\ud800"}'),
    ("lone-surrogate", 400, JSON, b'{"a":"\\uDC00\\uD800"}'),
    ("lone-surrogate", 400, JSON, b'{"\\\\\\ud83d": 1}'),
    ("json-number-not-finite", 400, JSON, b'{"a":NaN}'),
    ("json-number-not-finite", 400, JSON, b'{"a":-Infinity}'),
    ("json-number-too-large", 400, JSON, b'{"a":1e999}'),
    ("json-number-too-large", 400, JSON, b'{"a":9223372036854775808}'),
    ("json-number-too-large", 400, JSON, b'{"a":-9223372036854775809}'),
    ("json-number-too-large", 400, JSON, b'{"a":' + b"9" * 100_000 + b"}"),
    ("media-type-unknown", 415, {"content-type": "text/plain"}, DEEP),
    ("media-type-unknown", 415, {"content-type": "application/octet-stream"}, b"{}"),
    ("media-type-unknown", 415, {}, b"{}"),
    ("media-type-unknown", 415, FORM, b"a=1"),
    ("charset-unknown", 415, {"content-type": "application/json; charset=utf-16"}, b"{}"),
    ("content-encoding-unknown", 415, {**JSON, "content-encoding": "gzip"}, b"\x1f\x8b"),
    ("boundary-malformed", 400, {"content-type": "multipart/form-data"}, b"x"),
    ("boundary-malformed", 400, {"content-type": "multipart/form-data; boundary="}, b"x"),
    ("boundary-malformed", 400, {"content-type": "multipart/form-data; boundary=B; boundary=C"}, part(NAMED)),
    ("boundary-malformed", 400, {"content-type": "multipart/form-data; boundary=" + "B" * 71}, b"x"),
    ("charset-unknown", 415, MULTI, part(NAMED + b"\r\nContent-Type: text/plain; charset=klingon")),
    ("charset-unknown", 415, MULTI, part(NAMED + b"\r\nContent-Type: text/plain; charset=hex")),
    ("form-malformed", 400, MULTI, part(NAMED, b"\xff")),
    ("nul-in-text", 400, MULTI, part(NAMED, b"a\0b")),
    ("multipart-malformed", 400, MULTI, part(b'Content-Disposition: form-data; name="\xff"')),
    ("multipart-malformed", 400, MULTI, part(NAMED + b'; filename="\xff.pdf"')),
    ("part-name-malformed", 400, MULTI, part(NAMED + b'; filename="a\0.pdf"')),
    ("multipart-malformed", 400, MULTI, part(b"Content-Disposition: form-data")),
    ("part-name-malformed", 400, MULTI, part(b'Content-Disposition: form-data; name="a%0D%0Ab"')),
    ("multipart-malformed", 400, MULTI, part(NAMED)[:-9]),
    ("multipart-malformed", 400, MULTI, DEEP + b"\r\n" + part(NAMED)),
    ("too-many-parts", 400, MULTI, b"".join(part(NAMED)[:-5] + b"\r\n" for _ in range(201)) + b"--B--\r\n"),
    ("csrf-token-malformed", 400, MULTI, part(b'Content-Disposition: form-data; name="_csrf_token"; filename="a"')),
    ("csrf-token-malformed", 400, MULTI, part(b'Content-Disposition: form-data; name="_csrf_token"', b"\xc3\xa9")),
    ("body-too-large", 413, MULTI, part(NAMED, b"x" * (2**20 + 1))),
    ("body-too-large", 413, MULTI, b"x" * (12 * 2**20 + 1)),
    ("body-too-large", 413, JSON, b" " * (2**20 + 1)),
]


@pytest.mark.parametrize(("code", "status", "headers", "body"), BODIES, ids=range(len(BODIES)))
async def test_a_body_that_cannot_be_read_is_a_problem_with_a_code(
    client: httpx.AsyncClient, code: str, status: int, headers: dict[str, str], body: bytes
) -> None:
    for path in ("/v1/things", "/v1/files"):
        answer = await client.post(path, content=body, headers=headers)

        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["api-version"] == "1.0.0"
        problem = answer.json()
        assert set(problem) == {"status", "title", "detail", "code", "errors"}
        assert (problem["status"], problem["code"], problem["errors"]) == (status, code, [])


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("form-malformed", b"a=%FF"),
        ("form-malformed", b"a=\xff"),
        ("form-malformed", b"a=%ED%A0%80"),
        ("form-malformed", b"a=100%"),
        ("nul-in-text", b"a=%00"),
        ("nul-in-text", b"a=\0"),
        ("too-many-fields", b"a=1&" * 1_000),
        ("csrf-token-malformed", b"a=1&_csrf_token=%C3%A9"),
    ],
)
async def test_a_form_that_cannot_be_read_is_a_page_that_says_so(
    client: httpx.AsyncClient, code: str, body: bytes
) -> None:
    answer = await client.post("/form", content=body, headers=FORM)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert code in answer.text
    assert '<html lang="nl">' in answer.text


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/static/%00", 400),
        ("/static/style.css%00.png", 400),
        ("/static/" + "a" * 300, 414),
        ("/" + "%C3%A9" * 200, 414),
        ("/" + "a/" * 1_100, 414),
        ("/static/style.css/x", 404),
        ("/v1/%FF", 400),
        ("/v1/%ED%A0%80", 400),
        ("/v1/%zz", 400),
        ("/v1/%", 400),
        ("/v1/%2e%2e/x", 400),
        ("/v1/a%0d%0ab", 400),
        ("/seen?q=%00", 400),
        ("/seen?q=%ff", 400),
        ("/seen?q=%zz", 400),
        ("/seen?" + "q=1&" * 1_000, 400),
        ("/seen?q=" + "a" * 8_192, 414),
    ],
)
async def test_a_path_or_query_that_names_nothing_is_refused(
    client: httpx.AsyncClient, target: str, status: int
) -> None:
    path, _, query = target.partition("?")
    answers = await _send(client, path.encode(), query.encode())

    assert answers[0] == status


@pytest.mark.parametrize(
    ("code", "status", "headers"),
    [
        ("header-not-ascii", 400, [(b"cookie", b"a=\xff")]),
        ("header-not-ascii", 400, [(b"x-csrf-token", "é".encode())]),
        ("header-not-ascii", 400, [(b"x-csrftoken", "é".encode())]),
        ("headers-too-large", 431, [(b"x-padding", b"a" * 200_000)]),
        ("headers-too-large", 431, [(b"x-%d" % number, b"padding") for number in range(3_000)]),
        ("header-malformed", 400, [(b"x-a", b"a\0")]),
        ("header-repeated", 400, [(b"content-length", b"0"), (b"content-length", b"0")]),
        ("header-repeated", 400, [(b"content-length", b"0"), (b"transfer-encoding", b"chunked")]),
        ("header-repeated", 400, [(b"host", b"evil")]),
        ("header-repeated", 400, [(b"content-type", b"application/json"), (b"content-type", b"text/plain")]),
        ("content-length-malformed", 400, [(b"content-length", b"-1")]),
        ("content-length-malformed", 400, [(b"content-length", b"+0")]),
        ("content-length-malformed", 400, [(b"content-length", b"0, 0")]),
        ("header-not-ascii", 400, [(b"content-length", "١".encode())]),
        ("content-length-malformed", 400, [(b"content-length", b"7")]),
        ("body-too-large", 413, [(b"content-length", b"999999999999")]),
    ],
)
async def test_headers_that_two_readers_could_read_in_two_ways_are_refused(
    client: httpx.AsyncClient, code: str, status: int, headers: list[tuple[bytes, bytes]]
) -> None:
    answered, body = await _send(client, b"/v1/things", headers=headers)

    assert (answered, json.loads(body)["code"]) == (status, code)


@pytest.mark.parametrize(
    ("hosts", "code"),
    [([], "host-missing"), ([b"a\x20b"], "host-malformed"), ([b"a/b"], "host-malformed"), ([b""], "host-missing")],
)
async def test_a_request_without_a_sound_host_is_refused(
    client: httpx.AsyncClient, hosts: list[bytes], code: str
) -> None:
    answered, body = await _send(client, b"/v1/things", hosts=hosts)

    assert (answered, json.loads(body)["code"]) == (400, code)


@pytest.mark.parametrize("host", [b"localhost:8000", b"[::1]:8000", b"register.example.nl"])
async def test_a_sound_host_passes(client: httpx.AsyncClient, host: bytes) -> None:
    assert (await _send(client, b"/seen", hosts=[host]))[0] == 200


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "FOO"])
async def test_an_unknown_method_is_a_405_with_allow(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, "/seen")

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize("path", [b"", b"*", b"http://localhost/seen"])
async def test_a_target_that_is_not_a_path_is_refused(client: httpx.AsyncClient, path: bytes) -> None:
    assert (await _send(client, path))[0] == 400


@pytest.mark.parametrize(
    ("path", "headers", "body"),
    [
        ("/v1/things", JSON, json.dumps({"a": "é😀\\u0000\\ud800 [[{", "n": 2**63 - 1, "m": -(2**63), "f": 1e300})),
        ("/v1/things", {"content-type": "application/json; charset=UTF-8"}, '{"a": "\\ud83d\\ude00 \\\\u0000"}'),
        ("/v1/things", {"content-type": "application/merge-patch+json"}, '{"a": 1.2345678901234567890123}'),
        ("/v1/things", JSON, '{"a":' + "[" * 63 + "]" * 63 + "}"),
        ("/form", FORM, "a=%C3%A9+%F0%9F%98%80&_csrf_token=abc"),
        ("/form", FORM, "a=é"),
        ("/pe-services/raw", FORM, "sXML=<a>100% & meer\0</a>"),
    ],
)
async def test_what_is_well_formed_reaches_the_route(
    client: httpx.AsyncClient, path: str, headers: dict[str, str], body: str
) -> None:
    answer = await client.post(path, content=body.encode(), headers=headers)

    assert answer.status_code == 201


async def test_files_reach_the_route_whatever_bytes_they_hold(client: httpx.AsyncClient) -> None:
    upload: dict[str, Any] = {"bewijs": ("dîplôma.pdf", b"\xff\0" * 1_000_000, "application/pdf"), "leeg": ("", b"")}

    answer = await client.post("/v1/files", data={"titel": "Eén"}, files=upload)

    assert (answer.status_code, answer.json()) == (201, ["bewijs", "leeg", "titel"])


async def test_a_static_file_is_still_served(client: httpx.AsyncClient) -> None:
    assert (await client.get("/static/style.css")).text == "body {}"
    assert (await client.get("/static/missing.css")).status_code == 404


async def test_what_stock_litestar_breaks_on(stock: Litestar) -> None:
    async with _client(stock) as bare:
        answers = [
            await bare.post("/v1/things", content=b'{"a":"\xff"}', headers=JSON),
            await bare.post("/v1/files", content=part(NAMED, b"\xff"), headers=MULTI),
            await bare.get("/static/%00"),
            await bare.get("/static/style.css/x"),
        ]

    # When one of these is no longer a 500, the guard may let go of it.
    assert [answer.status_code for answer in answers] == [500, 500, 500, 500]


async def test_the_limit_of_a_path_can_be_its_own(stock: Litestar) -> None:
    guard = OuterGuard(stock, limits=lambda scope: 10 if scope["path"] == "/form" else None)

    async with _client(guard) as client:
        assert (await client.post("/form", content=b"a=12345678", headers=FORM)).status_code == 201
        assert (await client.post("/form", content=b"a=123456789", headers=FORM)).status_code == 413
        assert (await client.post("/v1/things", content=b'{"a": 123456}', headers=JSON)).status_code == 201


async def test_a_body_without_a_stated_length_is_measured_while_it_comes(client: httpx.AsyncClient) -> None:
    chunks = [b" " * 2**19] * 3

    assert (await _send(client, b"/v1/things", headers=[(b"content-type", b"application/json")], chunks=chunks))[
        0
    ] == 413


async def test_a_client_that_goes_away_mid_body_gets_no_answer_and_costs_nothing() -> None:
    guard = OuterGuard(_unreachable)
    sent: list[Message] = []
    messages: Iterator[Message] = iter(
        [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]
    )

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        sent.append(message)

    await guard(_scope(b"/v1/things", "POST"), receive, send)

    assert sent == []
    assert guard._large.held == 0


async def test_a_body_in_drips_is_given_up() -> None:
    guard = OuterGuard(_unreachable, body_seconds=0.02)

    async def drip() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": True}

    assert await _status(guard, _scope(b"/v1/things", "POST"), drip) == 408


async def test_all_bodies_together_stay_within_what_we_hold() -> None:
    guard = OuterGuard(_unreachable, max_buffered=100)

    assert await _status(guard, _scope(b"/v1/things", "POST"), replay(b"x" * 101)) == 503
    assert (guard._large.held, guard._small.held) == (0, 0)
    assert not guard._large.by


def _half_sent(size: int) -> Receive:
    """A body of which so much comes, and then nothing more."""
    given = False

    async def receive() -> Message:
        nonlocal given
        if given:
            await asyncio.Event().wait()
        given = True
        return {"type": "http.request", "body": b"x" * size, "more_body": True}

    return receive


async def test_half_sent_bodies_of_one_stranger_leave_room_for_others_and_for_every_form() -> None:
    guard = OuterGuard(_fine, max_buffered=900, max_body=500, small=100, body_seconds=60)
    upload = {"headers": [(b"host", b"x"), (b"content-type", b"multipart/form-data; boundary=x")]}
    form = {"headers": [(b"host", b"x"), (b"content-length", b"2"), (b"content-type", b"application/json")]}
    stranger, other = {"client": ("192.0.2.1", 1)}, {"client": ("192.0.2.2", 1)}
    here = _scope(b"/v1/things", "POST") | upload | stranger

    half = [asyncio.create_task(_status(guard, dict(here), _half_sent(300))) for _ in range(4)]
    await asyncio.sleep(0.05)
    refused = [task.result() for task in half if task.done()]
    mine = await _status(guard, _scope(b"/v1/things", "POST") | form | stranger, replay(b"{}"))
    there = asyncio.create_task(_status(guard, _scope(b"/v1/things", "POST") | upload | other, _half_sent(250)))
    await asyncio.sleep(0.05)

    assert refused == [503, 503]  # two thirds of all is for one address
    assert mine == 200
    assert not there.done()
    for task in (*half, there):
        task.cancel()
    await asyncio.gather(*half, there, return_exceptions=True)
    assert guard._large.held == 0


@pytest.mark.parametrize(
    ("client", "said", "found"),
    [
        ("10.0.0.7", "192.0.2.9", "192.0.2.9"),
        ("10.0.0.7", "203.0.113.5, 192.0.2.9", "192.0.2.9"),  # what stands before it a stranger wrote
        ("10.0.0.7", "192.0.2.9, 10.0.0.8", "192.0.2.9"),  # two proxies of ours
        ("10.0.0.7", "", "10.0.0.7"),
        ("10.0.0.7", "nonsense", "nonsense"),
        ("198.51.100.1", "192.0.2.9", "198.51.100.1"),  # no proxy of ours is believed
    ],
)
def test_a_proxy_of_ours_says_for_whom_it_asks_and_nobody_else(client: str, said: str, found: str) -> None:
    scope = _scope(b"/", "GET", [(b"x-forwarded-for", said.encode())]) | {"client": (client, 1)}

    assert address_of(scope, [ip_network("10.0.0.0/8")]) == found
    assert address_of(scope) == client


async def test_a_body_that_stops_is_given_up_and_one_that_comes_steadily_is_not() -> None:
    guard = OuterGuard(_fine, body_seconds=0.5, slowest=1000)
    scope = _scope(b"/v1/things", "POST") | {"headers": [(b"host", b"x"), (b"content-type", b"application/json")]}
    pieces = [b"[", *[b" " * 40] * 60, b"]"]

    async def steadily() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    assert await _status(guard, dict(scope), steadily) == 200
    assert await _status(guard, dict(scope), _half_sent(30)) == 408


async def test_a_head_request_gets_no_body(client: httpx.AsyncClient) -> None:
    answer = await client.head("/v1/%ff")

    assert (answer.status_code, answer.content) == (400, b"")


async def test_a_server_that_gives_no_raw_path_is_guarded_too() -> None:
    for path in ("/v1/a\0", "/v1/\ufffd", "/v1/\udcff"):
        scope = _scope(b"", "GET") | {"path": path, "raw_path": None}
        assert await _status(OuterGuard(_unreachable), scope, replay(b"")) == 400


async def test_a_web_socket_is_closed() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await OuterGuard(_unreachable)({"type": "websocket"}, replay(b""), send)

    assert sent == [{"type": "websocket.close", "code": 1008}]


async def test_a_body_is_replayed_once_and_then_the_client_is_heard_again() -> None:
    receive = replay(b"abc")

    assert await receive() == {"type": "http.request", "body": b"abc", "more_body": False}
    assert await receive() == {"type": "http.disconnect"}


@pytest.mark.parametrize("body", HOSTILE_JSON, ids=range(len(HOSTILE_JSON)))
def test_a_hostile_megabyte_of_json_is_refused(body: bytes) -> None:
    """How fast is in tests/benchmarks/test_hostile.py."""
    with pytest.raises(Malformed):
        check_json(body, 64)


def test_every_advice_is_about_a_code_that_exists() -> None:
    assert set(ADVICE) <= set(REPAIR)


def _scope(path: bytes, method: str, headers: list[tuple[bytes, bytes]] | None = None) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path.decode("utf-8", "replace"),
        "raw_path": path,
        "query_string": b"",
        "headers": [(b"host", b"localhost"), *(headers or [])],
        "scheme": "http",
        "server": ("localhost", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
        "extensions": {},
    }


async def _unreachable(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("the guard let it through")


async def _fine(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _status(guard: OuterGuard, scope: dict[str, Any], receive: Any) -> int:
    statuses: list[int] = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await guard(scope, receive, send)
    return statuses[0]


async def _send(
    client: httpx.AsyncClient,
    path: bytes,
    query: bytes = b"",
    headers: list[tuple[bytes, bytes]] | None = None,
    hosts: list[bytes] | None = None,
    chunks: list[bytes] | None = None,
) -> tuple[int, bytes]:
    """Past httpx, which would mend what we want to send."""
    transport = client._transport
    assert isinstance(transport, httpx.ASGITransport)
    scope = _scope(path, "POST" if chunks else "GET", headers)
    scope["path"] = unquote(path.decode())
    scope["query_string"] = query
    if hosts is not None:
        scope["headers"] = [(b"host", host) for host in hosts] + scope["headers"][1:]
    left = list(chunks or [b""])
    answer: list[Message] = []

    async def receive() -> Message:
        if not left:
            return {"type": "http.disconnect"}
        chunk = left.pop(0)
        return {"type": "http.request", "body": chunk, "more_body": bool(left)}

    async def send(message: Message) -> None:
        answer.append(message)

    await transport.app(scope, receive, send)
    return answer[0]["status"], b"".join(message.get("body", b"") for message in answer[1:])

"""The two reads that the whole country does: the quick way answers what the framework would, byte for byte."""

import httpx
import pytest

from core.metrics import METRICS
from core.web.asgi import Heads
from core.web.guard import OuterGuard
from core.web.response_headers import HEADERS, Stamp
from register.service.public_reads import PublicReads
from tests.builders import House
from tests.register.test_names_found import taken_over

pytestmark = pytest.mark.differs

ASKED = {"accept": "*/*", "x-request-id": "0000-quick-or-not"}
BY_THE_FRAMEWORK = ASKED | {"accept": "application/json, text/plain"}
"""An odd choice, but one that the API serves: not plain, so it goes the long way."""


class Further(Exception):
    """What the quick way does not answer."""


async def _further(scope, receive, send):
    raise Further


@pytest.fixture
async def quick(house: House):
    """The quick way with nothing behind it."""
    app = Stamp(Heads(OuterGuard(PublicReads(_further, house.means), headers=list(HEADERS.items()))), https=False)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client:
        yield client


async def _people(house: House) -> list[str]:
    await taken_over(house, [(given, "de", "Vriés") for given in ("An", "Bo", "Cas", "Do", "Els", "Fé")])
    bureau = await house.client("bureau")
    return [one["register_number"] for one in (await bureau.get("/people", params={"q": "vries"})).json()]


def _whole(answer: httpx.Response) -> tuple[object, ...]:
    return answer.status_code, sorted(answer.headers.raw), answer.content


async def test_both_ways_answer_the_same_header_by_header(house: House, quick):
    numbers = await _people(house)
    paths = [
        f"/v1/register-entries/{numbers[0]}",
        "/v1/register-entries?name=vri",
        "/v1/register-entries?name=de+Vri%C3%A9s",
        "/v1/register-entries?name=vries&pageSize=2",
        "/v1/register-entries?name=fe+vr&pageSize=100",
    ]

    for path in paths:
        for method in ("GET", "HEAD"):
            short = await quick.request(method, path, headers=ASKED)
            long = await house.http.request(method, path, headers=BY_THE_FRAMEWORK)
            served = await house.http.request(method, path, headers=ASKED)
            assert _whole(short) == _whole(long) == _whole(served), (method, path)
            assert short.status_code == 200
        known = {"if-none-match": short.headers["etag"]}
        assert _whole(await quick.get(path, headers=ASKED | known)) == _whole(
            await house.http.get(path, headers=BY_THE_FRAMEWORK | known)
        )
        assert (await quick.get(path, headers=ASKED | known)).status_code == 304


async def test_both_ways_are_counted_as_the_same_route(house: House, quick):
    numbers = await _people(house)

    for path in (f"/v1/register-entries/{numbers[0]}", "/v1/register-entries?name=vries"):
        before = _counted()
        await quick.get(path, headers=ASKED)
        between = _counted()
        await house.http.get(path, headers=BY_THE_FRAMEWORK)
        after = _counted()
        assert {key for key in between if between[key] != before.get(key)} == {
            key for key in after if after[key] != between[key]
        }, path
        assert sum(between.values()) - sum(before.values()) == 1


def _counted() -> dict[tuple[str, ...], float]:
    return {
        tuple(sample.labels.values()): sample.value
        for metric in METRICS.requests.collect()
        for sample in metric.samples
        if sample.name.endswith("_total")
    }


@pytest.mark.parametrize(
    "path",
    [
        "/v1/register-entries/99999999",  # nobody has it: a 404, or where the person went
        "/v1/register-entries/99999999/",
        "/v1//register-entries/99999999",
        "/v1/register-entries/12ab",
        "/v1/register-entries",
        "/v1/register-entries?name=vr",
        "/v1/register-entries?name=niemand",
        "/v1/register-entries?name=%00",
        "/v1/register-entries?name=vries&pageSize=0",
        "/v1/register-entries?name=vries&pageSize=101",
        "/v1/register-entries?name=vries&cursor=x",
        "/v1/register-entries?name=vries&name=leider",
        "/v1/register-entries?name=vries&registerCode=teachers",
        "/v1/register-entries?name=vries&onbekend=1",
        "/v1/register-entries?number=111222333",
    ],
)
async def test_what_is_not_plain_goes_on_to_the_framework(house: House, quick, path):
    await _people(house)

    if "%00" in path:  # the guard itself
        assert (await quick.get(path, headers=ASKED)).json()["code"] == "nul-in-text"
        return
    with pytest.raises(Further):
        await quick.get(path, headers=ASKED)


async def test_who_signs_in_names_a_version_or_sends_a_body_goes_on_to_the_framework(house: House, quick):
    (number, *_) = await _people(house)
    path = f"/v1/register-entries/{number}"

    for odd in ({"authorization": "Bearer x"}, {"if-match": '"1"'}, {"accept": "text/html"}):
        with pytest.raises(Further):
            await quick.get(path, headers=ASKED | odd)
    with pytest.raises(Further):
        await quick.request("GET", path, headers=ASKED | {"content-type": "application/json"}, content=b"{}")
    with pytest.raises(Further):
        await quick.post(path, headers=ASKED)
    assert (await house.http.get(path, headers=ASKED | {"authorization": "Bearer x"})).status_code == 401


async def test_a_database_that_does_not_answer_the_driver_is_asked_the_other_way(house: House, quick):
    """The driver's connections are gone: the reader still finds who is asked for, or hears why not."""
    (number, *_) = await _people(house)
    path = f"/v1/register-entries/{number}"
    found = await quick.get(path, headers=ASKED)
    if house.means.database.sqlite:
        assert house.means.database.driver is None
        return

    house.means.database.driver.url = replace_port(house.means.database.driver.url)
    await house.means.database.driver.close()

    assert (await quick.get(path, headers=ASKED)).json() == found.json()


def replace_port(url):
    """An address at which nobody listens."""
    return url.set(host="127.0.0.1", port=1)

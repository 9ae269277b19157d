"""Signing in on pages: cookies, codes, locks, and where one goes next."""

import httpx
import pytest

from auth import policy
from auth.guards import csrf_token
from auth.pages import cookie, halfway_name
from core.web.frame import local
from tests.builders import House, a_leader
from tests.pages import browser, signed_in

COOKIE = "bekwaam"


async def leader(house: House) -> dict[str, str]:
    await a_leader(house.world, "leo")
    return house.sign_in_of("leo")


def set_cookies(answer: httpx.Response) -> dict[str, str]:
    return {one.split("=")[0]: one for one in answer.headers.get_list("set-cookie")}


async def test_a_page_that_needs_sign_in_comes_back_after_it(house: House):
    typed = await leader(house)
    one = browser(house)

    asked = await one.http.get("/mijn/portfolio?register=leraren")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/inloggen?next=%2Fmijn%2Fportfolio%3Fregister%3Dleraren"
    await one.open(asked.headers["location"])
    answer = await one.send("/inloggen", follow=False, **typed)

    assert (answer.status_code, answer.headers["location"]) == (303, "/mijn/portfolio?register=leraren")


@pytest.mark.parametrize(
    "address",
    [
        *("//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)"),
        *("/\t/evil.example", "///evil.example", "/a\nb", "/" + "a" * 600, "", None, "http:/mijn", "//[bad", "mijn"),
    ],
)
def test_only_an_address_of_ours_is_gone_to(address):
    assert local(address) == ""


@pytest.mark.parametrize("address", ["/", "/mijn", "/?q=de%20vries", "/zittingen/1#agenda"])
def test_an_address_of_ours_stays(address):
    assert local(address) == address


async def test_next_leads_nowhere_else(house: House):
    typed = await leader(house)
    one = browser(house)

    await one.open("/inloggen?next=//evil.example")
    assert "evil" not in one.page.text
    answer = await one.http.post("/inloggen", data={**typed, "_next": "https://evil.example/"})

    assert answer.headers["location"] == "/mijn"


async def test_the_cookie_is_for_us_alone_and_survives_a_link_in_a_mail(house: House):
    typed = await leader(house)
    one = browser(house)

    answer = await one.http.post("/inloggen", data=typed)

    given = set_cookies(answer)[COOKIE].lower()
    assert "httponly" in given
    assert "samesite=lax" in given
    assert "path=/" in given
    assert "domain" not in given
    assert "secure" not in given  # plain HTTP on loopback


def test_over_https_the_cookie_is_secure_and_bound_to_the_host():
    class Https:
        class app:
            class state:
                secure = True

    made = cookie(Https(), halfway_name(True), "x", 300)  # type: ignore[arg-type]

    assert made.key.startswith("__Host-")
    assert (made.secure, made.httponly, made.samesite, made.path, made.domain) == (True, True, "lax", "/", None)
    assert made.max_age == 300


async def test_a_planted_cookie_is_not_adopted(house: House):
    typed = await leader(house)
    one = browser(house)
    planted = "p" * 43
    one.http.cookies.set(COOKIE, planted)

    answer = await one.http.post("/inloggen", data=typed)

    assert f"{COOKIE}={planted}" not in set_cookies(answer)[COOKIE]
    stranger = browser(house)
    stranger.http.cookies.set(COOKIE, planted)
    assert (await stranger.http.get("/mijn")).status_code == 303


async def test_signing_in_again_ends_the_session_before(house: House):
    await leader(house)
    one = await signed_in(house, "leo")
    before = one.http.cookies[COOKIE]

    await one.open("/inloggen")
    await one.send("/inloggen", **house.sign_in_of("leo"))

    assert one.http.cookies[COOKIE] != before
    late = browser(house)
    late.http.cookies.set(COOKIE, before)
    assert (await late.http.get("/mijn")).status_code == 303


async def test_a_form_without_its_token_is_refused(house: House):
    await leader(house)
    one = await signed_in(house, "leo")

    bare = await one.http.post("/uitloggen")
    wrong = await one.http.post("/uitloggen", data={"_token": csrf_token("another")})

    assert (bare.status_code, wrong.status_code) == (403, 403)
    assert (await one.open("/mijn")).status_code == 200


async def test_a_form_from_another_site_is_refused(house: House):
    typed = await leader(house)

    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await browser(house).http.post("/inloggen", data=typed, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


async def test_signing_out_ends_the_session_at_once(house: House):
    await leader(house)
    one = await signed_in(house, "leo")
    kept = one.http.cookies[COOKIE]

    answer = await one.send("/uitloggen", follow=False)

    assert answer.headers["location"] == "/?gedaan=signed-out"
    assert "max-age=0" in set_cookies(answer)[COOKIE].lower()
    late = browser(house)
    late.http.cookies.set(COOKIE, kept)
    assert (await late.http.get("/mijn")).status_code == 303


async def test_a_wrong_password_brings_the_address_back_and_not_the_password(house: House):
    typed = await leader(house)
    one = browser(house)
    await one.open("/inloggen")

    answer = await one.send("/inloggen", email=typed["email"], password="iets heel anders")

    assert answer.status_code == 401
    assert typed["email"] in answer.text
    assert "iets heel anders" not in answer.text
    assert "set-cookie" not in answer.headers


async def test_a_role_that_needs_a_code_is_halfway_until_it_is_given(house: House):
    typed = house.sign_in_of("secretaris")
    one = browser(house)
    await one.open("/inloggen")

    first = await one.send("/inloggen", follow=False, email=typed["email"], password=typed["password"])
    assert first.headers["location"] == "/inloggen/code"
    assert COOKIE not in set_cookies(first)
    assert "max-age=300" in set_cookies(first)[halfway_name(False)].lower()
    assert (await one.http.get("/secretariaat")).status_code == 303
    await one.open("/inloggen/code")
    assert 'autocomplete="one-time-code"' in one.page.text
    second = await one.send("/inloggen/code", follow=False, otp=typed["otp"])

    assert second.headers["location"] == "/secretariaat"
    assert "max-age=0" in set_cookies(second)[halfway_name(False)].lower()
    assert (await one.open("/secretariaat")).status_code == 200


async def test_a_halfway_cookie_works_once_and_is_no_session(house: House):
    typed = house.sign_in_of("secretaris")
    one = browser(house)
    await one.http.post("/inloggen", data={"email": typed["email"], "password": typed["password"]})
    halfway = one.http.cookies[halfway_name(False)]
    assert (await one.http.post("/inloggen/code", data={"otp": typed["otp"]})).status_code == 303

    again = browser(house)
    again.http.cookies.set(halfway_name(False), halfway)
    again.http.cookies.set(COOKIE, halfway)

    assert (await again.http.post("/inloggen/code", data={"otp": typed["otp"]})).headers["location"] == "/inloggen"
    assert (await again.http.get("/secretariaat")).status_code == 303


async def test_guessing_passwords_is_locked_with_the_time_to_wait(house: House):
    typed = await leader(house)
    one = browser(house)
    for _ in range(5):
        await one.http.post("/inloggen", data={"email": typed["email"], "password": "fout fout fout fout"})

    answer = await one.http.post("/inloggen", data=typed)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 900
    assert typed["email"] in answer.text


def elsewhere(house: House, address: str) -> httpx.AsyncClient:
    """Somebody at another address of the internet."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(house.app, client=(address, 1)), base_url="http://testserver"
    )


async def test_a_stranger_locks_out_nobody_at_another_address(house: House):
    typed = await leader(house)
    wrong = {"email": typed["email"], "password": "fout fout fout fout"}
    async with elsewhere(house, "192.0.2.66") as stranger, elsewhere(house, "198.51.100.7") as owner:
        guesses = [(await stranger.post("/v1/token", json=wrong)).status_code for _ in range(6)]
        right = await owner.post("/v1/token", json={"email": typed["email"], "password": typed["password"]})
        still = await stranger.post("/v1/token", json={"email": typed["email"], "password": typed["password"]})

    assert guesses == [401] * 5 + [429]
    assert right.status_code == 200
    assert still.status_code == 429


async def test_one_network_of_the_new_internet_is_one_place(house: House):
    typed = await leader(house)
    wrong = {"email": typed["email"], "password": "fout fout fout fout"}
    answers = []
    for number in range(6):
        async with elsewhere(house, f"2001:db8:1:2::{number:x}") as stranger:
            answers.append((await stranger.post("/v1/token", json=wrong)).status_code)
    async with elsewhere(house, "2001:db8:1:3::1") as neighbour:
        answers.append((await neighbour.post("/v1/token", json=wrong)).status_code)

    assert answers == [401] * 5 + [429, 401]


async def test_guesses_from_everywhere_are_counted_together_and_a_known_browser_goes_on(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(policy, "MOST_AN_HOUR", 6)
    typed = await leader(house)
    one = browser(house)
    await one.http.post("/inloggen", data=typed)
    one.http.cookies.delete("bekwaam")  # signed out; the browser stays known
    for number in range(6):
        async with elsewhere(house, f"192.0.2.{number}") as stranger:
            await stranger.post("/v1/token", json={"email": typed["email"], "password": "fout fout fout fout"})

    async with elsewhere(house, "198.51.100.7") as new:
        refused = await new.post("/v1/token", json={"email": typed["email"], "password": typed["password"]})
    known = await one.http.post("/inloggen", data=typed)

    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 3600
    assert known.status_code == 303


async def test_guessing_codes_is_locked_as_guessing_passwords_is(house: House):
    typed = house.sign_in_of("secretaris")
    one = browser(house)
    await one.http.post("/inloggen", data={"email": typed["email"], "password": typed["password"]})
    for _ in range(5):
        assert (await one.http.post("/inloggen/code", data={"otp": "000000"})).status_code == 401

    answer = await one.http.post("/inloggen/code", data={"otp": typed["otp"]})

    assert answer.status_code == 429
    assert "retry-after" in answer.headers


async def test_a_reader_keeps_the_language_that_was_chosen(house: House):
    one = browser(house)
    await one.open("/inloggen")
    assert 'href="/taal/en?next=/inloggen"' in one.page.text

    await one.open("/taal/en?next=/inloggen")

    assert one.path == "/inloggen"
    assert "<h1>Sign in</h1>" in one.page.text
    await one.open("/taal/nl?next=//evil.example")
    assert one.path == "/"
    assert 'lang="nl"' in one.page.text

"""Forgotten passwords, mailed links, known devices: what they open, for how long, and what they never open."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from auth.models import KnownDevice, OneTimeToken, ResetRequest, SignInFailure
from core.clock import machine_now
from tests.builders import House, a_leader
from tests.mailed import link, mails, token
from tests.pages import Browser, browser, signed_in

NEW = "een trein vol natte paraplus"
WRONG = "fout fout fout fout"
ONE = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


async def test_a_forgotten_password_is_set_anew_and_everything_open_ends(house: House):
    await a_leader(house.world, "leo")
    old = house.sign_in_of("leo")
    cookie, bearer = await signed_in(house, "leo"), await house.client("leo")
    one = browser(house)
    await one.open("/wachtwoord-vergeten")
    await one.send("/wachtwoord-vergeten", email=old["email"].upper())
    assert "Als wij dit adres kennen" in one.text
    path = await link(house, "reset-password")
    await one.open(path)
    await one.send(path, password="te kort")
    assert one.page.status_code == 400

    await one.send(path, password=NEW)

    assert "Uw wachtwoord is veranderd" in one.text
    assert (await cookie.http.get("/mijn")).status_code == 303
    assert (await bearer.get("/me")).status_code == 401
    assert (await (await house.client()).post("/token", old)).status_code == 401
    await one.send("/inloggen", email=old["email"], password=NEW)
    assert one.path == "/mijn"
    await one.open(path)
    assert "Deze link werkt niet" in one.text  # once
    assert len(await mails(house, "password-changed")) == 1


async def test_a_reset_does_not_pass_the_second_factor(house: House):
    typed = house.sign_in_of("secretaris")
    nobody = await house.client()
    await nobody.post("/password-reset-requests", {"email": typed["email"]})

    reset = await nobody.post("/password-resets", {"token": await token(house, "reset-password"), "password": NEW})

    assert reset.status_code == 201, reset.text
    without = await nobody.post("/token", {"email": typed["email"], "password": NEW})
    assert (without.status_code, without.json()["code"]) == (401, "code-needed")


async def test_an_unknown_address_gets_the_same_answer_at_the_same_cost(house: House):
    """The handler looks nobody up: it writes the same row and no more, so neither answer nor time can tell."""
    await a_leader(house.world, "leo")
    nobody = await house.client()
    seen: list[list[str]] = []
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    engines = [house.means.database.reads.sync_engine, house.means.database.writes.sync_engine]
    for engine in engines:
        sa.event.listen(engine, "before_cursor_execute", note)
    answers = []
    for email in ("leo@voorbeeld.example", "niemand@voorbeeld.example", "geen adres"):
        statements.clear()
        answers.append(await nobody.post("/password-reset-requests", {"email": email}))
        seen.append(list(statements))
    for engine in engines:
        sa.event.remove(engine, "before_cursor_execute", note)

    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.content for answer in answers}) == 1
    assert seen[0] == seen[1] == seen[2]
    assert len(await mails(house, "reset-password")) == 1
    async with house.means.database.reading() as session:
        assert (await session.exec(select(ResetRequest))).all() == []


@ONE
async def test_a_link_is_kept_as_a_hash_dies_of_age_and_is_not_mailed_without_end(house: House):
    await a_leader(house.world, "leo")
    nobody = await house.client()
    for _ in range(6):
        await nobody.post("/password-reset-requests", {"email": "leo@voorbeeld.example"})
    assert len(await mails(house, "reset-password")) == 3
    secret = await token(house, "reset-password")
    async with house.means.database.writing() as session, session.begin():
        rows = (await session.exec(select(OneTimeToken))).all()
        assert secret not in {value for row in rows for value in map(str, row.model_dump().values())}
        await session.exec(sa.update(OneTimeToken).values(expires_at=machine_now() - timedelta(seconds=1)))

    for given in (secret, "x" * 43, "", "é\x01" * 500):
        answer = await nobody.post("/password-resets", {"token": given, "password": NEW})
        assert (answer.status_code, answer.json()["code"]) in {(409, "link-expired"), (400, "invalid-input")}


async def test_nobody_guesses_the_password_in_a_session_that_was_left_open(house: House):
    await a_leader(house.world, "leo")
    leader = await house.client("leo")
    password = house.sign_in_of("leo")["password"]
    asked = {"email": "nieuw@voorbeeld.example", "password": WRONG}

    guesses = [await leader.post("/email-changes", asked) for _ in range(6)]
    right = await leader.post("/email-changes", {**asked, "password": password})

    assert [guess.status_code for guess in guesses] == [400] * 5 + [429]
    assert right.status_code == 429
    assert int(right.headers["retry-after"]) > 0


async def test_another_address_counts_once_its_link_is_followed(house: House):
    await a_leader(house.world, "leo")
    await a_leader(house.world, "omar")
    leader = await house.client("leo")
    password = house.sign_in_of("leo")["password"]
    wrong = await leader.post("/email-changes", {"email": "nieuw@voorbeeld.example", "password": WRONG})
    assert wrong.json()["errors"][0]["code"] == "wrong-password"

    first = await leader.post("/email-changes", {"email": "nieuw@voorbeeld.example", "password": password})
    taken = await leader.post("/email-changes", {"email": "omar@voorbeeld.example", "password": password})
    assert (first.status_code, first.content) == (taken.status_code, taken.content) == (202, first.content)
    assert [mail.address for mail in await mails(house, "email-taken")] == ["omar@voorbeeld.example"]
    await leader.post("/email-changes", {"email": "nieuw@voorbeeld.example", "password": password})
    assert (await leader.get("/me")).json()["email"] == "leo@voorbeeld.example"
    secret = await token(house, "confirm-email")
    confirmed = await (await house.client()).post("/email-confirmations", {"token": secret})

    assert confirmed.status_code == 201, confirmed.text
    told = (await leader.get("/profile")).json()
    assert (told["email"], told["email_confirmed"]) == ("nieuw@voorbeeld.example", True)
    assert [mail.address for mail in await mails(house, "email-changed")] == ["leo@voorbeeld.example"]
    again = await (await house.client()).post("/email-confirmations", {"token": secret})
    assert again.json()["code"] == "link-expired"
    sign_in = {"email": "nieuw@voorbeeld.example", "password": password}
    assert (await (await house.client()).post("/token", sign_in)).status_code == 200


async def guess(house: House, email: str, times: int, **headers: str) -> list[int]:
    """A stranger guesses, each time in a new browser."""
    found = []
    for number in range(times):
        one = browser(house, **{name: value.replace("?", str(number)) for name, value in headers.items()})
        found.append((await one.http.post("/inloggen", data={"email": email, "password": WRONG})).status_code)
    return found


async def try_in(one: Browser, typed: dict[str, str]) -> int:
    return (await one.http.post("/inloggen", data=typed)).status_code


async def test_a_stranger_locks_out_strangers_and_never_a_known_device_r15(house: House):
    await a_leader(house.world, "leo")
    typed = house.sign_in_of("leo")
    mine = await signed_in(house, "leo")
    mine.http.cookies.delete("bekwaam")

    statuses = await guess(house, typed["email"], 12, **{"X-Forwarded-For": "10.0.0.?", "Forwarded": "for=10.0.0.?"})

    assert statuses == [401] * 5 + [429] * 7  # an address that claims to come from elsewhere is no other stranger
    assert await try_in(browser(house), typed) == 429
    assert await try_in(mine, typed) == 303
    async with house.means.database.reading() as session:
        (device,) = (await session.exec(select(KnownDevice))).all()
        assert device.token_hash not in mine.http.cookies.values()
        marks = {row.device for row in (await session.exec(select(SignInFailure))).all()}
        assert len(marks) == 1
        assert not any("127.0.0.1" in mark or mark == device.token_hash for mark in marks)  # a keyed hash of where


@ONE
async def test_a_known_device_has_a_count_of_its_own_and_belongs_to_one_account(house: House):
    await a_leader(house.world, "leo")
    await a_leader(house.world, "omar")
    mine = await signed_in(house, "leo")
    planted = await signed_in(house, "omar")
    for one in (mine, planted):
        one.http.cookies.delete("bekwaam")

    for _ in range(5):
        await mine.http.post("/inloggen", data={"email": "leo@voorbeeld.example", "password": WRONG})
    assert await try_in(mine, house.sign_in_of("leo")) == 429
    assert await try_in(browser(house), house.sign_in_of("leo")) == 303
    for _ in range(5):
        await planted.http.post("/inloggen", data={"email": "leo@voorbeeld.example", "password": WRONG})

    # Known to Omar, a stranger to Leo.
    assert await try_in(planted, house.sign_in_of("leo")) == 429
    assert await try_in(planted, house.sign_in_of("omar")) == 303

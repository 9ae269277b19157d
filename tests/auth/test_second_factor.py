"""A session knows whether its second factor was given, and without it no role that needs one gives anything."""

from datetime import UTC, datetime

import pytest
from passlib.totp import TOTP

from auth import service as auth
from auth.permissions import GRANTS, SECOND_FACTOR, Role, granted, usable
from tests.builders import Client, House, a_leader
from tests.mailed import mails
from tests.pages import browser, signed_in

ONE = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


def code_of(secret: str) -> str:
    return str(TOTP(secret).generate(datetime.now(UTC)).token)  # noqa: TID251


def with_token(house: House, token: str) -> Client:
    return Client(house.http, {"Authorization": f"Bearer {token}"})


async def give_role(house: House, who: str, role: Role) -> None:
    await house.system(lambda work: auth.grant(work, house.id_of(who), role, work.today))


@pytest.mark.parametrize("role", sorted(SECOND_FACTOR))
def test_no_permission_of_a_staff_role_without_the_factor(role):
    mine = frozenset({Role.PROFESSIONAL, role})
    assert granted(usable(mine, second_factor=False)) == GRANTS[Role.PROFESSIONAL]
    assert granted(usable(mine, second_factor=True)) == GRANTS[Role.PROFESSIONAL] | GRANTS[role]


async def test_a_role_that_is_granted_gives_an_open_session_nothing_until_its_holder_sets_up_a_factor(house: House):
    """Whoever holds the open token of a professional who becomes staff, gains nothing by it, also not afterwards."""
    await a_leader(house.world, "leo")
    lying_about = await house.client("leo")
    await give_role(house, "leo", Role.OFFICE)

    refused = await lying_about.get("/people", params={"q": "leider"})
    assert (refused.status_code, refused.json()["code"]) == (403, "second-factor-needed")
    assert (await lying_about.get("/me")).json()["roles"] == ["professional"]
    own = house.sign_in_of("leo")["password"]
    guess = await lying_about.post("/second-factor", {"password": "geraden"})
    assert (guess.status_code, guess.json()["code"]) == (401, "wrong-credentials")
    assert (await lying_about.post("/second-factor/confirmation", {"otp": "000000"})).status_code == 409

    leo = await house.client("leo")
    begun = (await leo.post("/second-factor", {"password": own})).json()
    assert begun["uri"].startswith("otpauth://totp/")
    wrong = await leo.post("/second-factor/confirmation", {"otp": "12"})
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (400, "wrong-code")
    answer = await leo.post("/second-factor/confirmation", {"otp": code_of(begun["totp_secret"])})
    leo = with_token(house, answer.json()["access_token"])

    assert (await leo.get("/people", params={"q": "leider"})).status_code == 200
    assert (await leo.get("/me")).json()["second_factor"] is True
    assert (await lying_about.get("/me")).status_code == 401
    assert [mail.address for mail in await mails(house, "second-factor")] == ["leo@voorbeeld.example"]
    bare = await (await house.client()).post("/token", house.sign_in_of("leo"))
    assert bare.json()["code"] == "code-needed"


@ONE
async def test_a_code_in_an_open_session_opens_another_one(house: House):
    await a_leader(house.world, "leo")
    before = await house.client("leo")
    secret = await house.system(lambda work: auth.give_second_factor(work, house.id_of("leo")))
    await give_role(house, "leo", Role.OFFICE)

    assert (await before.post("/second-factor/check", {"otp": "000000"})).json()["code"] == "wrong-credentials"
    given = await before.post("/second-factor/check", {"otp": code_of(secret)})

    assert (await with_token(house, given.json()["access_token"]).get("/people?q=leider")).status_code == 200
    assert (await before.get("/me")).status_code == 401


@ONE
async def test_a_new_colleague_is_led_to_the_second_step_on_pages(house: House):
    await a_leader(house.world, "leo")
    await give_role(house, "leo", Role.OFFICE)
    leo = await signed_in(house, "leo")
    assert leo.path == "/tweede-stap", leo.text
    assert "Uw functie vraagt een tweede stap" in leo.text
    await leo.open("/kantoor/personen")
    assert leo.path == "/tweede-stap"
    await leo.send("/tweede-stap", password="niet dit wachtwoord")
    assert "horen niet bij elkaar" in leo.text

    await leo.send("/tweede-stap", password=house.sign_in_of("leo")["password"])
    secret = leo.page.text.partition("<code>")[2].partition("</code>")[0]
    await leo.send("/tweede-stap/bevestigen", otp="1")
    assert "Deze code klopt niet" in leo.text
    await leo.send("/tweede-stap/bevestigen", otp=code_of(secret))

    await leo.open("/kantoor/personen")
    assert leo.path == "/kantoor/personen"
    await leo.open("/mijn/gegevens")
    await leo.press("Tweede stap")
    assert "Wie met uw account inlogt, vult ook een code in" in leo.text
    again = browser(house)
    await again.open("/tweede-stap")
    assert again.path == "/inloggen"

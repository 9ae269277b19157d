"""Somebody who works for a provider finds where to open an account: from the front page, and from an invitation."""

import re

import pytest

from tests.accreditation.steps import admitted, ok
from tests.builders import House
from tests.mailed import mails
from tests.pages import browser

TYPED = {
    "given_name": "Nina", "family_name": "Nieuw", "address": "Kade 1", "postcode": "8011 AA", "town": "Zwolle",
    "telephone": "038 1234567", "email": "nina@brug.example", "password": "vier losse woorden op een rij",
    "message_box": "true",
}  # fmt: skip


@pytest.mark.parametrize("start", ["/", "/inloggen", "/inschrijven"])
@pytest.mark.parametrize(
    ("language", "said", "there"),
    [
        ("nl", "Maak een account voor aanbieders", "Account voor aanbieders"),
        ("en", "Open a provider account", "Account for providers"),
    ],
)
async def test_a_provider_is_led_to_its_account(house: House, start, language, said, there):
    one = browser(house)
    one.http.headers["accept-language"] = language
    await one.open(start)
    await one.press(said)

    assert one.path == "/aanbieder/account"
    assert there in one.text


async def test_who_is_invited_without_an_account_follows_the_mail_and_becomes_a_member(house: House):
    provider = await admitted(house)
    owner = await house.client("aanbieder")
    await ok(await owner.post(f"/providers/{provider}/invitations", {"email": TYPED["email"], "role": "attendance"}))
    body = (await mails(house, "provider-invitation"))[-1].body
    account, home = re.findall(r"http://testserver(/\S+)", body)
    code = re.search(r"vul deze code in: (\S+)", body)
    assert code

    one = browser(house)
    await one.open(account)
    await one.send(account, **TYPED)
    await one.send("/inloggen", email=TYPED["email"], password=TYPED["password"])
    await one.open(home)
    await one.send("/aanbieder/uitnodiging", code=code[1])

    assert one.path == f"/aanbieders/{provider}", one.text
    assert "Nina Nieuw" in one.text


@pytest.mark.parametrize(("language", "said"), [("nl", "Uw account is aangemaakt."), ("en", "Your account was made.")])
async def test_who_opens_an_account_is_told_of_an_account_and_of_no_enrolment(house: House, language, said):
    one = browser(house, **{"accept-language": language})
    await one.open("/aanbieder/account")

    await one.send("/aanbieder/account", **TYPED)

    assert one.path == "/inloggen"
    assert said in one.text, one.text
    assert "ngeschreven" not in one.page.text.split("<main")[1]
    assert "enrolled" not in one.page.text.split("<main")[1]
    await one.send("/inloggen", email=TYPED["email"], password=TYPED["password"])
    assert one.path == "/aanbieder"

"""Somebody without an account enrols, on pages or through the API; the school is found by its name or town."""

import re
from typing import Any

from tests.builders import Client, House
from tests.pages import Browser, browser

PASSWORD = "vier losse woorden op een rij"


def details(given: str, family: str, email: str) -> dict[str, str]:
    """A person as one types oneself."""
    return {
        "given_name": given, "family_name": family, "email": email, "password": PASSWORD, "address": "Dorpsstraat 1",
        "postcode": "8011 AA", "town": "Zwolle", "telephone": "038 1234567",
    }  # fmt: skip


async def by_pages(
    house: House, register: str, role: str, family: str, words: str = "zwolle", at: str = "Basisschool De Één 08AA00"
) -> tuple[Browser, str]:
    """Search the school, choose it, enrol and sign in: the browser and the register number."""
    one, email = browser(house), f"{family.lower()}@enrolled.example"
    await one.open("/inschrijven")
    await one.press("Zoek de school op naam of plaats")
    await one.open(f"{one.path}?q={words}")
    await one.press(at)
    assert at in one.text, one.text
    await one.send(
        "/inschrijven", **details("Noor", family, email), register_code=register, role=role, appointed_on="1-8-2022",
        message_box="true", statement_true="true", statement_rules="true",
    )  # fmt: skip
    await one.send("/inloggen", email=email, password=PASSWORD)
    assert one.page.status_code == 200, one.text
    await one.open("/mijn/gegevens")
    return one, re.findall(r"\b\d{8}\b", one.text)[0]


async def by_api(
    house: House, register: str, role: str, family: str, words: str = "zwolle", at: str = "Basisschool De Één 08AA00"
) -> tuple[Client, str]:
    """The same through the API: the client and the register number."""
    nobody, email = await house.client(), f"{family.lower()}@enrolled.example"
    listed = (await nobody.get("/schools", params={"town": words, "pageSize": 100})).json()["items"]
    (school,) = (row for row in listed if row["name"] == at)
    new: dict[str, Any] = {
        **details("Noor", family, email), "register_code": register, "role": role, "appointed_on": "2022-08-01",
        "message_box": True, "board_number": school["board_number"], "location_code": school["code"],
        "statutory_director": False, "employer_responsibility": False,
    }  # fmt: skip
    answer = await nobody.post("/enrolments", new)
    assert answer.status_code == 202, answer.text
    token = await nobody.post("/token", {"email": email, "password": PASSWORD})
    assert token.status_code == 200, token.text
    client = Client(house.http, {"Authorization": f"Bearer {token.json()['access_token']}"})
    return client, (await client.get("/profile")).json()["register_number"]


def signs_in(family: str) -> dict[str, str]:
    """What somebody who enrolled here signs in with."""
    return {"email": f"{family.lower()}@enrolled.example", "password": PASSWORD}


async def sign_in(one: Browser, family: str) -> None:
    """Anew, as after a long while."""
    await one.open("/mijn")
    if one.path == "/inloggen":
        await one.send("/inloggen", **signs_in(family))
    assert one.page.status_code == 200, one.text

"""Who was signed out while typing gets it all back, to send once more; what another site sends is never offered."""

from auth.guards import LOOPBACK_COOKIE as COOKIE
from tests.builders import House, a_leader
from tests.pages import Browser, browser, signed_in

HERE = {"Origin": "http://testserver"}
ADDRESS = {"address": "Dorpsstraat 1", "postcode": "1234 AB", "town": "Ons Dorp", "telephone": "0612345678"}


async def typing(house: House) -> tuple[Browser, str]:
    """Somebody in the middle of a form, whose session then ends; and their cookie."""
    await a_leader(house.world, "leo")
    one = await signed_in(house, "leo")
    one.http.headers.update(HERE)
    await one.open("/mijn/gegevens")
    kept = one.http.cookies[COOKIE]
    one.http.cookies.delete(COOKIE)
    return one, kept


async def test_a_form_of_who_was_signed_out_comes_back_and_is_taken_after_signing_in(house: House):
    one, _kept = await typing(house)

    late = await one.send("/mijn/gegevens/adres", **ADDRESS)

    assert late.status_code == 401
    assert all(value in one.text for value in ADDRESS.values())
    once_more = one.page
    await one.open("/inloggen")
    typed = house.sign_in_of("leo")
    await one.send("/inloggen", email=typed["email"], password=typed["password"])
    one.page = once_more
    again = await one.send("/mijn/gegevens/adres")
    assert again.status_code == 403  # the token was of the session before: asked for once more, with that of this one
    assert all(value in one.text for value in ADDRESS.values())
    taken = await one.send("/mijn/gegevens/adres")
    assert taken.status_code == 200
    assert 'value="Dorpsstraat 1"' in taken.text


async def test_a_password_does_not_come_back(house: House):
    one, _kept = await typing(house)

    late = await one.send("/mijn/gegevens/e-mail", email="nieuw@voorbeeld.example", password="mijn geheim")

    assert late.status_code == 401
    assert "nieuw@voorbeeld.example" in late.text
    assert "mijn geheim" not in late.text


async def test_what_another_site_sends_is_never_given_back(house: House):
    one, kept = await typing(house)
    for cookie in ({}, {COOKIE: kept}):
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site", "Origin": ""}):
            stranger = browser(house, **headers)
            stranger.http.cookies.update(cookie)
            answer = await stranger.http.post("/mijn/gegevens/adres", data={"_token": "x", **ADDRESS})
            assert answer.status_code == 403
            assert "Dorpsstraat" not in answer.text
    assert one.http.headers["Origin"] == HERE["Origin"]


async def test_a_client_that_does_not_say_where_it_is_gets_no_new_token(house: House):
    _one, kept = await typing(house)
    stranger = browser(house)
    stranger.http.cookies.set(COOKIE, kept)

    answer = await stranger.http.post("/mijn/gegevens/adres", data=ADDRESS)

    assert answer.status_code == 403
    assert "Dorpsstraat" not in answer.text
    assert (await browser(house).http.post("/mijn/gegevens/adres", data=ADDRESS)).status_code == 303

"""Choosing a school by its name or town, for oneself and for one's board, without a number to type."""

import re

from auth.permissions import Role
from core.store.work import Work
from register.schools.duo.rows import Kind, Source
from register.schools.models import Board, Location
from tests.accreditation.steps import a_provider
from tests.builders import PLACES, House, a_leader
from tests.pages import browser, signed_in
from tests.register.sharing.steps import a_board_administrator


async def _more(work: Work) -> None:
    """Twenty-five schools in Zwolle, and one elsewhere that is called so; its board has no name."""
    work.add(Board(number="41820"))
    await work.flush()
    for n in range(25):
        work.add(_school(f"1{n // 10}Z{'ABCDEFGHIJ'[n % 10]}00", f"De Brug {n}", "ZWOLLE"))
    work.add(_school("19ZZ00", "Zwolle aan Zee", "DOMBURG", "41820"))


def _school(code: str, name: str, town: str, board: str = PLACES[0].board_number) -> Location:
    keys = {"name_key": name.lower(), "town_key": town.lower(), "board_number": board}
    return Location(
        code=code, brin=code[:4], kind=Kind.MBO, name=name, town=town, source=Source.MBO_LIST, listed=True, **keys
    )


async def test_a_town_finds_all_its_schools_after_those_of_that_name_page_by_page(house: House):
    await house.system(_more)
    one = browser(house)

    await one.open("/inschrijven/scholen?q=Zwolle")
    names = re.findall(r'href="/inschrijven\?location_code=(\w+)', one.page.text)
    assert "bestuur 41820, naam niet bekend" in one.text
    while "bladzijde=" in one.page.text:
        following = re.findall(r'href="([^"]*bladzijde=[^"]*)"', one.page.text)[-1].replace("&amp;", "&")
        await one.open(following)
        names += re.findall(r'href="/inschrijven\?location_code=(\w+)', one.page.text)

    assert names[0] == "19ZZ00"
    assert len(names) == len(set(names)) == 1 + 25 + len(PLACES)


async def test_a_further_post_is_chosen_by_name_and_shown_by_name(house: House):
    await a_leader(house.world, "leo")
    await house.system(_more)
    one = await signed_in(house, "leo")
    await one.open("/mijn/gegevens")
    assert "BRIN" not in one.text
    assert "Basisschool De Één" in one.text
    await one.press("Zoek de school op naam of plaats")
    await one.open("/inschrijven/scholen?voor=gegevens&q=Zwolle+aan+Zee")
    await one.press("Zwolle aan Zee")
    assert "Zwolle aan Zee, Domburg" in one.text

    await one.send("/mijn/gegevens/functies", role="director", appointed_on="1-9-2024")

    assert "Zwolle aan Zee" in one.text


async def test_a_board_chooses_a_school_of_its_own_by_the_search_and_comes_back_to_its_form(house: House):
    await house.system(_more)
    await a_board_administrator(house, PLACES[0].board_number)
    await a_leader(house.world, "leo", place=PLACES[3])
    board = await signed_in(house, "bestuur")
    await board.open("/bestuur/ontbreekt")
    typed = {"register_number": house.number_of("leo"), "family_name": "Leider", "role": "director"}

    await board.press("Zoek de school op naam of plaats")
    assert "BRIN" not in board.text
    await board.open(f"{board.path}?voor=bestuur&q=zwolle+aan+zee")
    await board.press("Zwolle aan Zee")
    await board.send("/ontbreekt", **typed, appointed_on="1-9-2024")
    assert "Deze school hoort bij een ander bestuur" in board.text
    assert "U werkt nu niet" not in board.text
    await board.press("Kies een andere school")
    await board.open(f"{board.path}?voor=bestuur&q=de+brug+7")
    await board.press("De Brug 7")
    assert board.path == "/bestuur/ontbreekt"
    assert "De Brug 7, Zwolle" in board.text
    await board.send("/ontbreekt", **typed, appointed_on="1-9-2024")

    assert "U hebt het doorgegeven" in board.text, board.text


async def test_a_provider_that_is_a_board_is_chosen_by_the_name_of_its_school(house: House):
    await house.system(_more)
    await a_leader(house.world, "leo")
    one = await signed_in(house, "leo")
    await one.open("/aanbieder/nieuw")
    await one.press("Zoek het bestuur op naam of plaats")
    await one.open(f"{one.path}?voor=aanbieder&q=nergenshuizen")
    assert "Geen bestuur gevonden" in one.text
    await one.open(f"{one.path}?voor=aanbieder&q=domburg")
    assert "onder meer Zwolle aan Zee, Domburg" in one.text
    await one.press("bestuur 41820, naam niet bekend")
    assert "bestuur 41820, naam niet bekend" in one.text
    details = {name: said for name, said in a_provider().items() if name not in {"registers", "board_number"}}

    await one.send("/aanbieder/nieuw", **details, registers=["leraren"])

    mine = (await (await house.client("leo")).get("/providers")).json()["items"]
    assert [row["board_number"] for row in mine] == ["41820"]


async def test_the_board_of_a_role_is_chosen_by_its_name(house: House):
    await house.world.staff("beheer", Role.ADMIN, "plain", "Bea", "", "Heer")
    await a_leader(house.world, "leo")
    one = await signed_in(house, "beheer")
    await one.open("/beheer/rollen")
    await one.press("Zoek het bestuur op naam of plaats")
    await one.open(f"{one.path}?voor=rollen&q=zwolle")
    await one.press(PLACES[0].board_number)

    await one.send("/beheer/rollen", register_number=house.number_of("leo"))

    assert f"Bestuur {PLACES[0].board_number}" in one.text
    assert "Een andere beheerder moet tekenen" in one.text

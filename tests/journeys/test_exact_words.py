"""What is said of a mistake is what is wrong: a day that is in no calendar, a number on a letter."""

from tests.builders import House, a_leader
from tests.pages import browser, signed_in


async def test_a_day_that_does_not_exist_is_told_apart_from_one_that_cannot_be_read(house: House):
    one = browser(house)
    await one.open("/termijnen?kind=objection&notified_on=31-2-2026")
    assert "Deze dag bestaat niet. Controleer dag, maand en jaar." in one.text
    await one.open("/termijnen?kind=objection&notified_on=morgen")
    assert "Deze dag herkennen wij niet. Schrijf hem als 31-8-2026." in one.text


async def test_a_wrong_number_of_a_decision_is_looked_for_on_the_letter(house: House):
    await a_leader(house.world, "leo")
    leo = await signed_in(house, "leo")
    await leo.open("/bezwaren/nieuw")
    await leo.send("/bezwaren/nieuw", decisions="B2024-BESTAAT-NIET", grounds="Ik ben het er niet mee eens.")

    assert "Controleer het nummer: het staat boven aan uw brief" in leo.text, leo.text
    assert "uit uw lijst" not in leo.text

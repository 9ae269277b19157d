"""What counts for which period, told the same on every page: the list, the activity, the decision, the file."""

from datetime import date

from tests.builders import House
from tests.journeys.steps import an_application, apply, decide, learn
from tests.journeys.test_herregistratie import RENEWAL, a_course, registered_leader
from tests.pages import signed_in
from tests.register.dialogue.test_dialogue import handed_in, registered


async def pending(house: House, who: str, day: str, title: str) -> str:
    """Handed in and not valued; its id."""
    return await learn(house, who, a_course(day, 20) | {"title": title}, None)


async def test_what_was_not_valued_before_an_early_renewal_counts_for_nothing_and_every_page_says_so(house: House):
    await registered_leader(house, "vroeg")
    house.on(date(2022, 3, 18))
    await learn(house, "vroeg", a_course("2022-03-18", 80), 80)
    house.on(date(2023, 6, 1))
    entry = await pending(house, "vroeg", "2023-05-30", "Visie op toetsing")
    one = await signed_in(house, "vroeg")
    await one.open("/mijn/herregistratie")
    assert "Visie op toetsing" in one.text
    assert "Wacht dan liever met aanvragen" in one.text
    file = await apply(await house.client("vroeg"), an_application(**RENEWAL), None)
    known = await decide(house, file, "for", {"reasons": "80 punten."})
    assert known["outcome"] == "granted-shorter"  # 80 points give four of the five years

    await one.open("/mijn/portfolio")
    now, _, before = one.text.partition("Eerdere perioden")
    assert "Visie op toetsing" not in now
    assert "Wacht op een beoordelaar. De periode is afgesloten" in before
    await one.open(f"/mijn/portfolio/{entry}")
    assert "Hoort bij een afgesloten periode" in one.text

    assessor = await house.client("beoordelaar")
    valued = await assessor.post(f"/portfolio-entries/{entry}/valuation", {"points": 20, "reasons": "Mooi."})
    assert valued.status_code == 201
    await one.open(f"/mijn/portfolio/{entry}")
    assert "Telt niet mee" in one.text
    assert "Telt mee" not in one.text
    await one.open("/mijn/portfolio")
    assert "Hoort bij een afgesloten periode" in one.text.partition("Eerdere perioden")[2]


async def test_the_list_shows_what_was_granted_once_it_was_granted(house: House):
    await registered_leader(house, "meer")
    house.on(date(2022, 3, 18))
    entry = await pending(house, "meer", "2022-03-01", "Coaching")
    assessor = await signed_in(house, "beoordelaar")
    await assessor.open(f"/waarderen/{entry}")
    await assessor.send(f"/waarderen/{entry}", amount="30", reasons="Het was meer.")
    assert assessor.page.status_code == 400
    assert "Er zijn 20 punten gevraagd" in assessor.text
    await assessor.send(f"/waarderen/{entry}", amount="30", above_claim="true", reasons="Het was meer.")

    one = await signed_in(house, "meer")
    await one.open("/mijn/portfolio")

    line = one.text.partition("Coaching")[2][:120]
    assert " 30 " in line
    assert " 20 " not in line


async def test_who_must_ask_for_the_talk_is_told_so_and_an_assessor_gets_no_form(house: House):
    house.on(date(2024, 9, 10))
    await registered(house, "nadia", family="Haddad")
    path = await handed_in(house)
    entry = path.rpartition("/")[2]
    one = await signed_in(house, "nadia")

    await one.open("/mijn/portfolio")
    assert "Vraag zelf het waarderingsgesprek aan" in one.text
    assert "Wacht op een beoordelaar" not in one.text
    await one.open("/mijn")
    assert "U hoeft nu niets te doen" not in one.text
    await one.press("Vraag het gesprek aan")
    assert one.path == "/waarderingsgesprekken"

    assessor = await signed_in(house, "beoordelaar")
    await assessor.open("/waarderen")
    assert f"/waarderen/{entry}" not in assessor.page.text
    await assessor.open(f"/waarderen/{entry}")
    assert "wordt gewaardeerd in een gesprek" in assessor.text
    assert f'action="/waarderen/{entry}"' not in assessor.page.text

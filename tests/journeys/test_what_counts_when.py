"""What counts for which period, told the same on every page: the list, the activity, the decision, the file."""

from datetime import date
from uuid import UUID

from auth.actor import SYSTEM
from auth.models import Person
from core.decisions import Decision
from core.letters import Letter
from core.store.work import Work
from register.notification.letters import letter_of
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


def words(letter: Letter) -> str:
    facts = [f"{name}: {value}" for name, value in letter.facts]
    return " ".join(
        [*facts, *(line for part in letter.parts for line in (part.heading, *part.paragraphs, *part.items))]
    )


async def told(house: House, id: str) -> str:
    """All words of the letter of a decision."""
    async with house.means.work(SYSTEM, write=False) as work:
        row = await work.session.get_one(Decision, UUID(id))
    return words(letter_of(row, ("Leo",), house.means.settings))


async def test_letter_page_file_and_portfolio_begin_the_new_period_on_one_day(house: House):
    await registered_leader(house, "eens")
    house.on(date(2022, 3, 18))
    await learn(house, "eens", a_course("2022-03-18", 80), 80)
    house.on(date(2023, 6, 1))
    file = await apply(await house.client("eens"), an_application(**RENEWAL), None)
    known = await decide(house, file, "for", {"reasons": "80 punten."})

    one = await signed_in(house, "eens")
    await one.open(f"/mijn/besluiten/{known['id']}")
    assert "Geldig vanaf 2 februari 2025" in one.text  # due on the 1st, renewed before it
    assert "Geldig vanaf: 2 februari 2025" in await told(house, known["id"])
    await one.open("/mijn/portfolio")
    assert "Van 2 februari 2025" in one.text


async def test_a_refused_renewal_says_how_much_there_was_by_which_article_and_what_becomes_of_the_entry(house: House):
    await registered_leader(house, "niets")
    house.on(date(2024, 11, 25))
    file = await apply(await house.client("niets"), an_application(**RENEWAL), None)
    ruling = {"reasons": "Er is niets gewaardeerd.", "grounds": ["points-short"], "repair": "Haal punten."}
    known = await decide(house, file, "against", ruling)

    letter = await told(house, known["id"])
    assert "Punten: 0 van de 60 die nodig zijn" in letter
    assert "registerreglement art. 6(2)" in letter
    assert "loopt door tot en met 1 februari 2025" in letter
    assert "hoogstens tot en met 1 augustus 2025" in letter
    assert "te weinig punten" not in letter
    one = await signed_in(house, "niets")
    await one.open(f"/mijn/besluiten/{known['id']}")
    assert "Punten: 0 van de 60 die nodig zijn" in one.text
    assert "loopt door tot en met 1 februari 2025" in one.text


async def test_a_valuation_names_the_activity_its_day_and_what_was_asked(house: House):
    await registered_leader(house, "waarde")
    house.on(date(2022, 3, 18))
    entry = await learn(house, "waarde", a_course("2022-03-01", 25) | {"title": "Coaching"}, None)
    said = {"points": 0, "reasons": "Geen bewijs.", "grounds": ["evidence-insufficient"], "repair": "Stuur meer."}
    assessor = await house.client("beoordelaar")
    valued = (await assessor.post(f"/portfolio-entries/{entry}/valuation", said)).json()

    letter = await told(house, valued["id"])
    assert "U krijgt niets voor uw activiteit: Coaching, gedaan op 1 maart 2022." in letter
    assert "Gevraagd: 25 punten" in letter
    assert "Uw aanvraag is afgewezen" not in letter


async def test_a_letter_about_postponement_names_reason_months_and_article(house: House):
    await registered_leader(house, "uitstel")
    house.on(date(2025, 1, 6))
    asked = {"register_code": "schoolleiders-po", "kind": "postponement", "ground": "too-busy", "requested_months": 6}
    file = await apply(await house.client("uitstel"), asked, None)
    known = await decide(house, file, "against", {"reasons": "Nee.", "repair": "Noem een grond."})

    letter = await told(house, known["id"])
    assert "Gevraagd uitstel: 6 maanden" in letter
    assert "Reden: " in letter
    assert "registerreglement art. 6(2)" in letter
    assert "Geldig vanaf" not in letter


async def test_what_is_decided_and_not_sent_waits_for_no_assessor(house: House):
    await registered_leader(house, "post")
    house.on(date(2023, 3, 17))

    async def by_post(work: Work) -> None:
        person = await work.session.get_one(Person, house.id_of("post"))
        person.message_box = False
        work.log("test:by-post", person)

    await house.system(by_post)
    entry = await learn(house, "post", a_course("2023-03-01", 20) | {"title": "Coaching"}, 20)
    one = await signed_in(house, "post")

    await one.open("/mijn/portfolio")
    assert "Er is over besloten; de brief is onderweg" in one.text
    assert "Wacht op een beoordelaar" not in one.text
    await one.open(f"/mijn/portfolio/{entry}")
    assert "U krijgt de brief met de post" in one.text

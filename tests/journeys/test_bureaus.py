"""A bureau is admitted, and its certificate leads into the register: by pages from both accounts on, and by the API."""

import re
from datetime import date
from typing import Any

import pytest

from tests.accreditation.steps import ANSWERS, a_provider, accredited, admitted, ok
from tests.builders import ACCREDITORS, PLACES, House, a_leader
from tests.faults.files import problems
from tests.intended import withdrawal_proposed
from tests.journeys import asking
from tests.journeys.hands import ByApi, ByPages
from tests.pages import Browser, browser, signed_in

PO, VO = "schoolleiders-po", "schoolleiders-vo"
PASSWORD = "vier losse woorden op een rij"
NAMES = {"assessment": "Bureau Peil", "prior-learning": "EVC Oost"}
SAID = {
    "title": "Toetsend assessment schoolleider",
    "summary": "Een dag met opdrachten en een gesprek.",
    "form": "classroom",
    "teachers": "Twee assessoren, die zelf een school leidden.",
    "testing": "Opdrachten en een gesprek over elk deel van de beroepsstandaard.",
    "recognised_by": "Kenniscentrum Sociaal Domein",
}
EMPTY = {name: [] if name == "themes" else None if name.endswith("hours") else "" for name in ANSWERS}


async def a_bureau(house: House, kind: str, registers: list[str]) -> dict[str, Any]:
    """Admitted, and its assessment or procedure accredited from 12 September 2024, through the API."""
    provider = await admitted(house, name=NAMES[kind], registers=registers)
    answers = {
        **EMPTY,
        **{name: said for name, said in SAID.items() if name != "recognised_by" or kind != "assessment"},
    }
    more: dict[str, Any] = {"answers": answers, "advice": {"points": None}, "registers": registers}
    return await accredited(house, provider, course_kind=kind, **more)


async def enrolled(house: House, email: str, register: str = PO) -> tuple[Browser, str]:
    """Somebody who enrols on the page and signs in: the browser and the number."""
    one = browser(house)
    await one.open(f"/inschrijven?location_code={PLACES[7].code}&board_number={PLACES[7].board_number}")
    await one.send(
        "/inschrijven", given_name="Noor", family_name="Peters", address="Dorpsstraat 1", postcode="8011 AA",
        town="Zwolle", telephone="038 1234567", email=email, password=PASSWORD, register_code=register,
        role="director", appointed_on="1-8-2022", message_box="true",
        statement_true="true", statement_rules="true",
    )  # fmt: skip
    await one.send("/inloggen", email=email, password=PASSWORD)
    assert one.page.status_code == 200, one.text
    await one.open("/mijn/gegevens")
    return one, re.findall(r"\b\d{8}\b", one.text)[0]


@pytest.mark.parametrize("kind", NAMES)
async def test_a_certificate_within_the_days_of_a_bureau_registers_by_the_bulk_vote_through_the_api(house, kind):
    bureau = await a_bureau(house, kind, [PO, VO])
    nobody = await house.client()
    (shown,) = (await nobody.get(f"/accredited-programmes?register={PO}&kind={kind}")).json()["items"]
    house.on(date(2024, 10, 1))
    hands = ByApi(house)
    await a_leader(house.world, "binnen")
    await hands.register("binnen", kind, {"kind": kind, "programme_code": shown["code"], "issued_on": "2024-09-20"})
    await hands.sit()

    assert {(one["from_on"], one["until_on"]) for one in bureau["accreditations"]} == {("2024-09-12", "2030-09-11")}
    assert (shown["provider"], shown["accredited_until"]) == (NAMES[kind], "2030-09-11")  # six years less a day
    (entry,) = (await nobody.get(f"/register-entries/{house.number_of('binnen')}")).json()
    assert (entry["status"], entry["level"], entry["valid_until"]) == ("registered", "niveau-2", "2029-10-01")
    assert await problems(house) == []


async def test_a_bureau_asks_only_where_its_certificate_counts(house: House):
    provider = await admitted(house, registers=["leraren"])
    client = await house.client("aanbieder")
    new = {"provider_id": provider, "registers": ["leraren"], "course_kind": "assessment"}

    asked = await client.post("/course-applications", new)

    assert (asked.status_code, asked.json()["errors"][0]["code"]) == (400, "kind-not-for-register")


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("register", [PO, VO])
async def test_from_two_accounts_to_the_register_through_pages(house: House, kind: str, register: str):
    bureau = browser(house)
    await bureau.open("/aanbieder/account")
    await bureau.send(
        "/aanbieder/account", given_name="Pim", family_name="Peil", address="Kade 1", postcode="8011 AA",
        town="Zwolle", telephone="038 1234567", email="pim@peil.example", password=PASSWORD, message_box="true",
    )  # fmt: skip
    await bureau.send("/inloggen", email="pim@peil.example", password=PASSWORD)
    await bureau.open("/aanbieder/nieuw")
    details = {name: said for name, said in a_provider(NAMES[kind]).items() if name != "registers"}
    await bureau.send("/aanbieder/nieuw", **details, registers=[register])
    here, secretary = bureau.path, await signed_in(house, "secretaris")
    await _known(secretary, "/accreditatie", granted="true", reasons="Voldoet aan alle voorwaarden.")
    await _accredited(house, bureau, secretary, here, kind, register)

    house.on(date(2024, 10, 1))
    public = browser(house)
    await public.open("/bureaus")
    assert NAMES[kind] in public.text
    assert "12 september 2024 tot en met 11 september 2030" in public.text
    person, number = await enrolled(house, "noor@peters.example", register)
    await asking.begin(person, kind)
    await person.send(person.path, issued_on="20-9-2024")
    assert NAMES[kind] in person.text
    assert "CROHO" not in person.text
    await person.send(person.path, chosen=_code(person))
    await asking.answer(person)
    assert "Zoals het er nu staat" not in person.text, person.text
    await asking.hand_in(person)
    await ByPages(house).sit()

    await person.open("/mijn/berichten")
    await person.press("Besluit op uw aanvraag")
    await person.press("Lees het besluit")
    assert "niveau 2" in person.text.lower(), person.text
    await public.open("/?q=Peters")
    assert "niveau 2" in public.text.lower(), public.text
    await public.open(f"/register/{number}")
    assert "Noor Peters" in public.text
    assert await problems(house) == []


def _code(one: Browser) -> str:
    """The first bureau that can be chosen."""
    return re.findall(r'name="chosen" value="([^"]+)"', one.page.text)[0]


async def _known(secretary: Browser, desk: str, **typed: str) -> None:
    await secretary.open(desk)
    await secretary.send("/besluit", **typed)
    await secretary.open("/secretariaat")
    await secretary.send("/bekendmaken")


async def _accredited(
    house: House, bureau: Browser, secretary: Browser, here: str, kind: str, register: str, held_on: str = "12-9-2024"
) -> None:
    """Asked for, or for the next term where it stood; found complete, advised on, decided by four, made known."""
    await bureau.open(here)
    if held_on != "12-9-2024":
        await bureau.press("Verleng")
        await bureau.send(f"{here}/aanvragen", course_kind=kind, registers=[register])
    else:
        await bureau.send(f"{here}/aanvragen", kind="new", course_kind=kind, registers=[register])
    await bureau.press("Wat biedt u aan?")
    while "/onderdelen/" in bureau.path:
        names = bureau.form(bureau.path).names
        assert not names & {"goals", "themes", "contact_hours", "croho_code"}
        await bureau.send(bureau.path, **{name: said for name, said in SAID.items() if name in names})
        assert bureau.page.status_code == 200, bureau.text
    await bureau.send("/indienen", declared="true")
    assert bureau.path.endswith("/ingediend"), bureau.text
    await secretary.open("/accreditatie")
    await secretary.open(re.findall(r'href="(/accreditatie/dossiers/[^"]+)"', secretary.page.text)[0])
    await secretary.send("/compleet")
    await secretary.send("/advies", positive="true", advice="Past bij de standaard.")
    await secretary.open("/accreditatie/zittingen")
    ids = [str(house.id_of(member)) for member in ACCREDITORS]
    await secretary.send("/accreditatie/zittingen", held_on=held_on, members=ids, chair_id=ids[0])
    session = secretary.path
    await secretary.send("/agenda", file_id=secretary.form("/agenda").choices["file_id"][-1])
    await secretary.send("/openen")
    (item,) = re.findall(rf'href="({session}/dossiers/[^"]+)"', secretary.page.text)
    for who in ACCREDITORS[:4]:
        member = await signed_in(house, who)
        await member.open(item)
        await member.send("/stem", vote="for")
    await secretary.open(item)
    await secretary.send("/besluit", reasons="De commissie volgt het advies.")
    await secretary.open(session)
    await secretary.send("/sluiten", minutes="Vier leden stemden voor.")
    await secretary.open("/secretariaat")
    await secretary.send("/bekendmaken")


async def test_only_who_followed_a_programme_finds_it_among_the_programmes(house: House):
    await a_bureau(house, "assessment", [PO])
    one = browser(house)
    await one.open("/opleidingen")
    assert "Schoolleider vakbekwaam" in one.text
    assert NAMES["assessment"] not in one.text


async def test_a_bureau_renews_from_its_own_page_and_a_certificate_of_either_term_counts(house: House):
    """Accredited until 11 September 2030; asked anew in May, for six years less a day from the day after."""
    before = await a_bureau(house, "assessment", [PO])
    (provider,) = (await (await house.client("aanbieder")).get("/providers")).json()["items"]
    house.on(date(2030, 5, 1))
    bureau, secretary = await signed_in(house, "aanbieder"), await signed_in(house, "secretaris")

    await _accredited(house, bureau, secretary, f"/aanbieders/{provider['id']}", "assessment", PO, held_on="1-5-2030")

    (shown,) = (await (await house.client()).get(f"/accredited-programmes?register={PO}&kind=assessment")).json()[
        "items"
    ]
    assert (shown["accredited_from"], shown["accredited_until"]) == ("2024-09-12", "2036-09-11")
    course = (await (await house.client("aanbieder")).get(f"/provider-courses/{before['id']}")).json()
    terms = sorted((one["from_on"], one["until_on"]) for one in course["accreditations"])
    assert terms == [("2024-09-12", "2030-09-11"), ("2030-09-12", "2036-09-11")]  # no day in both
    assert await problems(house) == []


async def test_a_withdrawn_bureau_counts_until_the_day_before(house: House):
    bureau = await a_bureau(house, "assessment", [PO])
    (given,) = bureau["accreditations"]
    house.on(date(2025, 1, 15))
    secretary, other = await house.client("secretaris"), await house.client("secretaris2")
    text = {"grounds": ["audit-finding"], "reasons": "De controle vond gebreken.", "repair": "Vraag opnieuw aan."}
    proposed = await withdrawal_proposed(house, given["id"], text)
    confirmed = await ok(await other.move(f"/course-withdrawals/{proposed['id']}", "confirmation"))
    await ok(await secretary.move(f"/decisions/{confirmed['decision_id']}", "notification", {}))

    (shown,) = (await secretary.get(f"/accredited-programmes?register={PO}&kind=assessment")).json()["items"]
    assert shown["accredited_until"] == "2025-01-14"

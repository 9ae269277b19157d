"""The story of a provider through pages only: from account to course to a credit in a teacher's portfolio."""

import re

import pytest

from tests.accreditation.attendance.given import a_period
from tests.accreditation.steps import ANSWERS
from tests.builders import ACCREDITORS, Client, House, a_leader, a_teacher
from tests.faults.files import problems
from tests.intended import measured
from tests.pages import Browser, browser, signed_in

PASSWORD = "vier losse woorden op een rij"
BOTH = ["schoolleiders-po", "leraren"]


async def a_new_provider(house: House, staff_level: str = "hbo", registers: list[str] = BOTH) -> Browser:
    """Somebody without an account, up to a provider that waits to be admitted."""
    one = browser(house)
    await one.open("/aanbieder/account")
    await one.send(
        "/aanbieder/account", given_name="Anouk", family_name="Willems", address="Kade 1", postcode="8011 AA",
        town="Zwolle", telephone="038 1234567", email="anouk@brug.example", password=PASSWORD,
        message_box="true",
    )  # fmt: skip
    await one.send("/inloggen", email="anouk@brug.example", password=PASSWORD)
    assert one.path == "/aanbieder", one.text
    await one.open("/aanbieder/nieuw")
    typed = {
        "name": "Academie De Brug", "kvk_number": "12 34 56 78", "postcode": "8011AA", "town": "Zwolle",
        "email": "info@brug.example", "telephone": "038 1234567", "staff_level": staff_level,
        "quality_procedure": "Elke uitvoering wordt geëvalueerd.", "complaints_procedure": "Een commissie.",
    }  # fmt: skip
    await one.send("/aanbieder/nieuw", **typed)
    assert one.page.status_code == 400  # no register was ticked, and everything typed is still there
    assert "Een commissie." in one.page.text
    await one.send("/aanbieder/nieuw", registers=registers)
    assert "Academie De Brug" in one.text, one.text
    return one


async def admitted(secretary: Browser) -> None:
    """The provider is admitted to both registers, and told so."""
    for _register in BOTH:
        await secretary.open("/accreditatie")
        await secretary.send("/besluit", granted="true", reasons="Voldoet aan alle voorwaarden.")
        await secretary.open("/secretariaat")
        await secretary.send("/bekendmaken")


async def handed_in(provider: Browser, here: str) -> str:
    """One application for both registers, a subject at a time, handed in; its address."""
    await provider.open(here)
    await provider.send(f"{here}/aanvragen", kind="new", course_kind="course", registers=BOTH)
    wizard = provider.path
    await provider.open(f"{wizard}/controle")
    await provider.send("/indienen", declared="true")
    assert provider.page.status_code == 400  # incomplete, and each open question is named
    assert 'href="#goals"' in provider.page.text
    await provider.open(wizard)
    await provider.press("Wat biedt u aan?")
    typed = {name: "\n".join(value) if isinstance(value, list) else str(value) for name, value in ANSWERS.items()}
    while "/onderdelen/" in provider.path:
        names = provider.form(provider.path).names
        await provider.send(provider.path, **{name: value for name, value in typed.items() if name in names})
        assert provider.page.status_code == 200, provider.text
    await provider.send("/indienen", declared="true")
    assert provider.path == f"{wizard}/ingediend", provider.text
    await provider.press("Volg uw aanvraag")
    assert "Leidinggeven aan verandering" in provider.text, provider.text
    return wizard


async def assessed(secretary: Browser) -> None:
    """Each file is found complete, paid where it costs something, and advised on."""
    await secretary.open("/accreditatie")
    for file in re.findall(r'href="(/accreditatie/dossiers/[^"]+)"', secretary.page.text):
        await secretary.open(file)
        await secretary.send("/compleet")
        leaders = "· Schoolleiders" in secretary.text
        if leaders:
            assert "€ 250,00" in secretary.text.replace("\xa0", " "), secretary.text
            await secretary.send("/betaald", reference="bank-1")
        worth = {"points": "40"} if leaders else {"hours-PEDAGOGIC": "20", "hours-SUBJECT": "10"}
        await secretary.send("/advies", positive="true", advice="Past bij de standaard.", **worth)


async def decided(house: House, secretary: Browser) -> None:
    """One session of four members accredits the course in both registers, and both decisions are made known."""
    await secretary.open("/accreditatie/zittingen")
    ids = [str(house.id_of(member)) for member in ACCREDITORS]
    await secretary.send("/accreditatie/zittingen", held_on="12-9-2024", members=ids, chair_id=ids[0])
    session = secretary.path
    for _register in BOTH:
        await secretary.send("/agenda", file_id=secretary.form("/agenda").choices["file_id"][-1])
    await secretary.send("/openen")
    items = re.findall(rf'href="({session}/dossiers/[^"]+)"', secretary.page.text)
    assert len(items) == len(BOTH)
    for who in ACCREDITORS[:4]:
        member = await signed_in(house, who)
        for item in items:
            await member.open(item)
            await member.send("/stem", vote="for")
            assert member.page.status_code == 200, member.text
    for item in items:
        await secretary.open(item)
        await secretary.send("/besluit", reasons="De commissie volgt het advies.")
    await secretary.open(session)
    await secretary.send("/sluiten", minutes="Vier leden stemden voor.")
    for _register in BOTH:
        await secretary.open("/secretariaat")
        await secretary.send("/bekendmaken")


async def held(provider: Browser, *rows: str) -> None:
    """A run is planned, and who was there is pasted."""
    await provider.open("/presentie")
    await provider.open("/presentie/nieuw")
    course = provider.form("/presentie/nieuw").choices["course_id"][-1]
    await provider.send(
        "/presentie/nieuw", course_id=course, starts_on="12-9-2024", ends_on="12-9-2024", place="Zwolle", capacity="12"
    )
    assert "De uitvoering is gepland" in provider.text, provider.text
    await provider.send(provider.path, rows="registernummer;naam\n" + "\n".join(rows))
    assert f"Aangenomen {len(rows)} " in provider.text, provider.text


async def test_a_provider_goes_from_account_to_a_credit_in_a_teachers_portfolio_through_pages(house: House):
    await a_teacher(house.world, "tess")
    await a_leader(house.world, "leo")
    for who in ("tess", "leo"):
        await a_period(house, who)
    provider = await a_new_provider(house)
    here, secretary = provider.path, await signed_in(house, "secretaris")

    await admitted(secretary)
    wizard = await handed_in(provider, here)
    await assessed(secretary)
    await decided(house, secretary)

    await provider.open(here)
    assert "40 punten" in provider.text
    assert "12 september 2024 tot en met 11 september 2028" in provider.text
    await provider.open(wizard)
    await provider.open(re.findall(r'href="(/mijn/besluiten/[^"]+)"', provider.page.text)[0])
    assert "U kunt bezwaar maken tot en met" in provider.text
    assert "Commissie Accreditatie" in provider.text

    number = house.number_of
    await held(provider, f"{number('tess')};Tess de Leraar", f"{number('leo')};L. Leider")

    for who, credit in (("tess", "30"), ("leo", "40")):
        person = await signed_in(house, who)
        await person.open("/mijn/portfolio")
        assert ANSWERS["title"] in person.text
        assert credit in person.text


async def test_a_refused_provider_asks_again_and_for_another_register_on_its_page(house: House):
    provider = await a_new_provider(house)
    here, secretary = provider.path, await signed_in(house, "secretaris")
    for granted in ("false", "true"):
        await secretary.open("/accreditatie")
        refusal = {"ground": "no-quality-procedure", "repair": "Beschrijf uw werkwijze."} if granted == "false" else {}
        await secretary.send("/besluit", granted=granted, reasons="Zie de voorwaarden.", **refusal)
        assert secretary.page.status_code == 200, secretary.text
        await secretary.open("/secretariaat")
        await secretary.send("/bekendmaken")
    await provider.open(here)
    open_to = [register for register in provider.form("/toelating").choices["register_code"] if register]

    for register in open_to:
        await provider.open(here)
        await provider.send("/toelating", register_code=register)
        assert provider.page.status_code == 200, provider.text

    await secretary.open("/accreditatie")
    assert secretary.page.text.count("/accreditatie/toelating/") == 2


async def _answered(secretary: Browser, granted: str, **typed: str) -> None:
    """The secretary decides on the one that waits, and makes it known."""
    await secretary.open("/accreditatie")
    await secretary.send("/besluit", granted=granted, reasons="Zie de voorwaarden.", **typed)
    assert secretary.page.status_code == 200, secretary.text
    await secretary.open("/secretariaat")
    await secretary.send("/bekendmaken")


async def test_a_provider_refused_for_its_profile_changes_it_and_is_admitted_through_pages(house: House):
    """Its teachers were trained at mbo level, so an admission is refused until the profile says otherwise."""
    one = await a_new_provider(house, staff_level="mbo", registers=["leraren"])
    here, secretary = one.path, await signed_in(house, "secretaris")
    await _answered(secretary, "false", ground="staff-level-too-low", repair="Laat hbo-opgeleide docenten lesgeven.")
    await one.open(here)
    await one.press("Gegevens wijzigen")
    assert "Elke uitvoering wordt geëvalueerd." in one.page.text

    await one.send("/gegevens", staff_level="hbo", quality_procedure="")
    assert one.page.status_code == 400
    await one.send("/gegevens", quality_procedure="Elke uitvoering wordt geëvalueerd en besproken.")
    assert one.path == here, one.text
    await one.send("/toelating", register_code="leraren")
    await _answered(secretary, "true")

    await one.open(here)
    assert "Leraren toegelaten" in one.text, one.text
    assert await problems(house) == []


@pytest.mark.parametrize("how", ["withdrawn", "ended"])
async def test_a_provider_that_was_withdrawn_or_left_asks_again_on_its_page(house: House, how: str):
    one = await a_new_provider(house, registers=["leraren"])
    here, secretary = one.path, await signed_in(house, "secretaris")
    await _answered(secretary, "true")
    office, mine = await house.client("secretaris"), await _as_provider(house)
    (provider,) = (await mine.get("/providers")).json()["items"]
    standing = f"/provider-authorisations/{provider['authorisations'][0]['id']}"
    if how == "ended":
        assert (await mine.move(standing, "end")).status_code == 201
    else:
        said = {"reasons": "De controle vond gebreken.", "grounds": ["audit-finding"], "repair": "Herstel ze."}
        for step in ("suspension", "withdrawal"):
            taken = await measured(house, standing, step, said)
            assert taken.status_code == 201, taken.text
            known = await office.move(f"/decisions/{taken.json()['decision_id']}", "notification", {})
            assert known.status_code == 201, known.text

    await one.open(here)
    await one.send("/toelating", register_code="leraren")
    assert one.page.status_code == 200, one.text
    await _answered(secretary, "true")

    again = (await mine.get(standing)).json()
    assert (again["state"], again["round"]) == ("authorised", 1)
    assert await problems(house) == []


async def _as_provider(house: House) -> Client:
    token = await house.http.post("/v1/token", json={"email": "anouk@brug.example", "password": PASSWORD})
    return Client(house.http, {"Authorization": f"Bearer {token.json()['access_token']}"})

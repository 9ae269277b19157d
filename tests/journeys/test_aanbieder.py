"""The story of a provider through pages only: from account to accredited course."""

import re

from tests.accreditation.steps import ANSWERS
from tests.builders import ACCREDITORS, House
from tests.pages import Browser, browser, signed_in

PASSWORD = "vier losse woorden op een rij"


async def a_new_provider(house: House) -> Browser:
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
        "email": "info@brug.example", "telephone": "038 1234567", "staff_level": "hbo",
        "quality_procedure": "Elke uitvoering wordt geëvalueerd.", "complaints_procedure": "Een commissie.",
    }  # fmt: skip
    await one.send("/aanbieder/nieuw", **typed)
    assert one.page.status_code == 400  # no register was ticked, and everything typed is still there
    assert "Een commissie." in one.page.text
    await one.send("/aanbieder/nieuw", registers=["schoolleiders-po"])
    assert "Academie De Brug" in one.text, one.text
    return one


async def test_a_provider_goes_from_account_to_accredited_course_through_pages(house: House):
    provider = await a_new_provider(house)
    here = provider.path
    secretary = await signed_in(house, "secretaris")
    await secretary.open("/accreditatie")
    await secretary.send("/besluit", granted="true", reasons="Voldoet aan alle voorwaarden.")
    await secretary.open("/secretariaat")
    await secretary.send("/bekendmaken")

    await provider.open(here)
    await provider.send(f"{here}/aanvragen", kind="new", course_kind="course", registers=["schoolleiders-po"])
    wizard = provider.path
    themes = "\n".join(ANSWERS["themes"])
    await provider.send(wizard, title=ANSWERS["title"], themes=themes)
    await provider.send("/indienen")
    assert provider.page.status_code == 400  # incomplete, and what was saved is still there
    assert ANSWERS["title"] in provider.page.text
    rest = {name: str(value) for name, value in ANSWERS.items() if name not in {"title", "themes"}}
    await provider.open(wizard)
    await provider.send(wizard, **rest)
    await provider.send("/indienen")
    assert "Leidinggeven aan verandering" in provider.text, provider.text

    await secretary.open("/accreditatie")
    await secretary.open(re.findall(r'href="(/accreditatie/dossiers/[^"]+)"', secretary.page.text)[0])
    await secretary.send("/compleet")
    await secretary.send("/betaald", reference="bank-1")
    await secretary.send("/advies", positive="true", points="40", advice="Past bij de standaard.")
    await secretary.open("/accreditatie/zittingen")
    ids = [str(house.id_of(member)) for member in ACCREDITORS]
    await secretary.send("/accreditatie/zittingen", held_on="12-9-2024", members=ids, chair_id=ids[0])
    session = secretary.path
    await secretary.send("/agenda", file_id=secretary.form("/agenda").choices["file_id"][-1])
    await secretary.send("/openen")
    item = re.findall(rf'href="({session}/dossiers/[^"]+)"', secretary.page.text)[0]
    for who in ACCREDITORS[:4]:
        member = await signed_in(house, who)
        await member.open(item)
        await member.send("/stem", vote="for")
        assert member.page.status_code == 200, member.text
    await secretary.open(item)
    await secretary.send("/besluit", reasons="De commissie volgt het advies.")
    await secretary.send("/sluiten", minutes="Vier leden stemden voor.")
    await secretary.open("/secretariaat")
    await secretary.send("/bekendmaken")

    await provider.open(here)
    assert "40 punten" in provider.text
    assert "12 september 2024 tot en met 11 september 2028" in provider.text
    await provider.open(wizard)
    await provider.open(re.findall(r'href="(/mijn/besluiten/[^"]+)"', provider.page.text)[0])
    assert "U kunt bezwaar maken tot en met" in provider.text
    assert "Commissie Accreditatie" in provider.text

"""The register office at its pages: somebody at risk, a death, doubles, another address, who has no account."""

from datetime import date, timedelta

import pytest
from pypdfium2 import PdfDocument
from sqlmodel import select

from auth.models import Person
from core.proposals import LIVES_DAYS
from register.office.imports.command import import_register
from register.service.sweep import sweep
from tests.builders import House, a_leader
from tests.mailed import link, mails
from tests.pages import Browser, browser, signed_in
from tests.register.people.test_office import file_of, registered
from tests.register.takeover.files import a_file, a_line
from tests.register.takeover.test_service import POST

ONE = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


async def at(house: House, who: str, of: str) -> Browser:
    """Somebody of the office at the page of a person."""
    one = await signed_in(house, who)
    await one.open(f"/kantoor/personen/{house.id_of(of)}")
    return one


@ONE
async def test_who_is_hidden_stays_so_until_two_persons_with_a_reason_show_them_again(house: House):
    await a_leader(house.world, "leo")
    await registered(house, "leo")
    clerk = await at(house, "bureau", "leo")
    await clerk.send("/verbergen", ground="threat")
    assert "Verborgen sinds 12 september 2024" in clerk.text
    assert "Reden Bedreiging" in clerk.text
    assert "Niet verborgen" not in clerk.text
    leo = await signed_in(house, "leo")
    await leo.open("/mijn")
    assert "Sinds 12 september 2024 vindt niemand u door te zoeken. De reden: bedreiging." in leo.text
    package = (await (await house.client("leo")).get("/profile/package")).json()
    assert package["hidden"] == {"ground": "threat", "since": "2024-09-12"}

    await clerk.open(f"/kantoor/personen/{house.id_of('leo')}")
    await clerk.press("Deze persoon weer tonen")
    await clerk.send("/weer-tonen")
    assert clerk.page.status_code == 400
    await clerk.send("/weer-tonen", reasons="Het gevaar is geweken, Leo belde zelf.")
    assert "U hebt dit zelf voorgesteld" in clerk.text
    assert (await house.http.get(f"/v1/register-entries/{house.number_of('leo')}")).status_code == 404

    other = await signed_in(house, "bureau2")
    await other.open(clerk.path)
    for said in (house.number_of("leo"), "Het gevaar is geweken, Leo belde zelf.", "Bedreiging", "12 september 2024"):
        assert said in other.text
    await other.send("/tekenen")
    assert (await house.http.get(f"/v1/register-entries/{house.number_of('leo')}")).status_code == 200
    await leo.open("/mijn/berichten")
    assert "U staat weer in het openbare register" in leo.text
    await other.open(clerk.path)
    assert "Het gevaar is geweken, Leo belde zelf." in other.text
    assert "Bedreiging" in other.text


@ONE
async def test_who_signs_a_death_reads_its_day_and_number_and_may_reject_it_with_a_reason(house: House):
    await a_leader(house.world, "leo")
    clerk = await at(house, "bureau", "leo")
    await clerk.send("/overlijden", deceased_on="13-9-2024")
    assert clerk.page.status_code == 400
    assert "Is deze persoon overleden?" not in clerk.text
    await clerk.open(f"/kantoor/personen/{house.id_of('leo')}")
    await clerk.send("/overlijden", deceased_on="10-9-2024")
    await clerk.send("/overlijden")
    proposal = clerk.path
    other = await signed_in(house, "bureau2")
    await other.open(proposal)
    assert "Overleden op 10 september 2024" in other.text
    assert house.number_of("leo") in other.text

    await other.send("/afwijzen", reason="De akte noemt een ander geboortejaar.")

    assert (await file_of(house, "leo"))["deceased_on"] is None
    for reader in (clerk, other):
        await reader.open(proposal)
        assert "Afgewezen" in reader.text
        assert "Overleden op 10 september 2024" in reader.text
        assert "De akte noemt een ander geboortejaar." in reader.text
    await clerk.open("/mijn/berichten")
    await clerk.press("Uw voorstel: Een overlijden noteren")
    assert "De akte noemt een ander geboortejaar." in clerk.text


@ONE
async def test_doubles_are_named_by_name_and_number_and_who_proposed_hears_that_nobody_signed(house: House):
    await a_leader(house.world, "leo")
    await a_leader(house.world, "pop", family="Pop")
    clerk = await at(house, "bureau", "leo")
    await clerk.send("/samenvoegen", double=house.number_of("pop"))
    await clerk.open(f"/kantoor/personen/{house.id_of('leo')}/samenvoegen?double={house.number_of('pop')}")
    assert "Telefoonnummer" in clerk.text
    assert "× inschrijving gaat naar wie blijft" not in clerk.text
    assert "De inschrijving in" in clerk.text
    await clerk.send("/samenvoegen")
    proposal = clerk.path

    house.world.clock.at += timedelta(days=LIVES_DAYS + 1)
    assert (await sweep(house.means, date(2024, 9, 27))).deeds_expired == 1

    clerk = await signed_in(house, "bureau")
    await clerk.open(proposal)
    assert "Verlopen" in clerk.text
    for said in ("Leider", "Pop", house.number_of("leo"), house.number_of("pop"), "De inschrijving in"):
        assert said in clerk.text
    await clerk.open("/mijn/berichten")
    await clerk.press("Uw voorstel: Dubbele inschrijvingen samenvoegen")
    assert "Niemand tekende tot en met 26 september 2024." in clerk.text


@ONE
async def test_who_showed_who_they_are_gets_another_address_from_two_and_both_are_told(house: House):
    await a_leader(house.world, "leo")
    before = house.sign_in_of("leo")["email"]
    leo = await house.client("leo")
    clerk = await at(house, "bureau", "leo")
    await clerk.send("/e-mailadres", email="bureau@voorbeeld.example", shown="passport")
    await clerk.send("/e-mailadres", email="leo.nieuw@voorbeeld.example", shown="passport")
    other = await signed_in(house, "bureau2")
    await other.open(clerk.path)
    for said in ("leo.nieuw@voorbeeld.example", before, "Paspoort"):
        assert said in other.text
    assert (await leo.get("/me")).status_code == 200

    await other.send("/tekenen")

    assert (await leo.get("/me")).status_code == 401
    told = {mail.address for mail in await mails(house, "email-changed")}
    assert told == {before, "leo.nieuw@voorbeeld.example"}
    new = {**house.sign_in_of("leo"), "email": "leo.nieuw@voorbeeld.example"}
    assert (await (await house.client()).post("/token", new)).status_code == 200


@ONE
async def test_nobody_of_the_office_is_offered_a_deed_about_themselves(house: House):
    clerk = await at(house, "bureau", "bureau")

    assert "Dit bent u zelf" in clerk.text
    for action in ("/verbergen", "/tweede-stap", "/overlijden", "/e-mailadres", "/samenvoegen"):
        assert f'{action}"' not in clerk.page.text


@ONE
async def test_who_came_by_an_import_gets_a_copy_on_paper_and_an_account_by_a_link(house: House):
    await import_register(house.means, "oud", a_file(a_line(1, **POST)))
    async with house.means.database.reading() as session:
        person = (await session.exec(select(Person).where(Person.email == "leider1@school.example"))).one()
    clerk = await signed_in(house, "bureau")
    await clerk.open(f"/kantoor/personen/{person.id}")
    await clerk.press("Wat wij bewaren")
    assert "Mail dat het klaarstaat" not in clerk.text
    copy = await clerk.press("Maak een kopie om af te drukken")
    told = " ".join(" ".join(page.get_textpage().get_text_range() for page in PdfDocument(copy.content)).split())
    for said in (person.register_number, person.email, "Alles wat wij van u bewaren", "Aanstelling", "Directeur"):
        assert said in told
    for code in ("given_name", "register_code", "appointed_on"):
        assert code not in told
    await clerk.open(f"/kantoor/personen/{person.id}")
    assert "kan dus niet inloggen" in clerk.text

    await clerk.send("/uitnodigen")

    (mail,) = await mails(house, "account-invitation")
    assert person.register_number in mail.body
    arrived = browser(house)
    await arrived.open(await link(house, "account-invitation"))
    await arrived.send(arrived.path, password="een lang wachtwoord van mij")
    await arrived.open("/inloggen")
    await arrived.send("/inloggen", email=person.email, password="een lang wachtwoord van mij")
    await arrived.open("/mijn")
    assert "Mijn registratie" in arrived.text
    await clerk.open(f"/kantoor/personen/{person.id}/inzage")
    await clerk.send("/inzage")
    assert len(await mails(house, "kept-ready")) == 1

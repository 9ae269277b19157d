"""Who is registered asks for another name, and the office answers; who never was changes it at once."""

from datetime import date

from sqlmodel import select

from core.store.outbox import OutboxMessage
from tests.builders import PDF, House, a_leader
from tests.deciding import taken
from tests.faults.files import problems
from tests.journeys.steps import make_known
from tests.pages import signed_in


async def registered(house: House, who: str, **more: str) -> str:
    """A registered leader; the register number."""
    await a_leader(house.world, who, **more)
    decision = await taken(house, who)
    await make_known(await house.client("secretaris"), str(decision))
    return house.number_of(who)


async def shown(house: House, number: str) -> tuple[str, str]:
    """The name in the public entry and on an extract."""
    (entry,) = (await house.http.get(f"/v1/register-entries/{number}")).json()
    extract = (await house.http.get(f"/v1/register-entries/{number}/extract")).json()
    return entry["name"], extract["name"]


async def mails(house: House) -> list[str]:
    async with house.means.database.reading() as session:
        rows = await session.exec(select(OutboxMessage.topic).where(OutboxMessage.topic.startswith("name-")))
        return list(rows)


async def test_a_registered_name_changes_when_the_office_confirms_it(house: House):
    house.on(date(2024, 9, 12))
    number = await registered(house, "anna", given="Anna", family="Bakker")
    anna, bureau = await signed_in(house, "anna"), await signed_in(house, "bureau")

    await anna.open("/mijn/gegevens")
    await anna.send("/naam", family_name="Smit")
    assert "Waarom verandert uw naam" in anna.text
    await anna.send(
        "/naam",
        files={"document": ("akte.pdf", PDF, "application/pdf")},
        family_name="Smit",
        reason="Ik ben gescheiden.",
    )
    assert "U vroeg een andere naam aan" in anna.text
    assert await shown(house, number) == ("Anna Bakker", "Anna Bakker")

    await bureau.open("/kantoor")
    assert "1 te bevestigen" in bureau.text
    await bureau.open("/werk")
    await bureau.press("Anna Bakker")
    assert "Anna Smit" in bureau.text
    assert "Ik ben gescheiden." in bureau.text
    await bureau.send("/bevestigen")
    assert "De nieuwe naam staat in het register" in bureau.text

    assert await shown(house, number) == ("Anna Smit", "Anna Smit")
    found = (await house.http.get("/v1/register-entries", params={"name": "smit"})).json()["items"]
    assert [one["register_number"] for one in found] == [number]
    assert await mails(house) == ["name-confirmed"]
    assert await problems(house) == []


async def test_a_refused_name_leaves_the_old_one_and_says_why(house: House):
    house.on(date(2024, 9, 12))
    number = await registered(house, "anna", given="Anna", family="Bakker")
    anna, bureau = await house.client("anna"), await house.client("bureau")
    name = {"given_name": "Anna", "family_name": "De Koningin"}
    profile = await anna.get("/profile")
    match = {"If-Match": profile.headers["etag"]}

    directly = await anna.http.patch("/v1/profile/name", json=name, headers={**anna.headers, **match})
    assert (directly.status_code, directly.json()["code"]) == (409, "name-needs-request")
    asked = await anna.post("/name-changes", {**name, "reason": "Mooier."}, headers=match)
    assert asked.status_code == 201, asked.text
    again = await anna.post("/name-changes", {**name, "reason": "Mooier."}, headers=match)
    assert again.json()["code"] == "name-change-waits"
    (waits,) = (await bureau.get("/name-changes")).json()
    items = (await bureau.get("/work-items")).json()["items"]
    assert [(one["kind"], one["task"]) for one in items] == [("name-change", "settle-name")]
    here = f"/name-changes/{waits['id']}"
    assert (await (await house.client("secretaris")).get(here)).status_code == 404
    refused = await bureau.move(here, "refusal", {"reason": "Stuur een akte mee."})
    assert refused.status_code == 201, refused.text

    page = await signed_in(house, "anna")
    await page.open("/mijn/gegevens")
    assert "Stuur een akte mee." in page.text
    assert await shown(house, number) == ("Anna Bakker", "Anna Bakker")
    assert await mails(house) == ["name-refused"]
    assert (await bureau.move(here, "confirmation")).json()["code"] == "wrong-state"
    assert await problems(house) == []


async def test_who_was_never_registered_changes_the_name_at_once(house: House):
    await a_leader(house.world, "nieuw", given="Nel", family="Nieuw")
    nel = await signed_in(house, "nieuw")

    await nel.open("/mijn/gegevens")
    await nel.send("/naam", family_name="Oud")

    bureau = await house.client("bureau")
    (found,) = (await bureau.get("/people", params={"q": "oud"})).json()
    assert found["name"] == "Nel Oud"
    assert (await house.http.get("/v1/register-entries", params={"name": "oud"})).json()["items"] == []


async def test_proof_is_asked_without_refusing_and_the_outcome_says_who_when_and_what_one_can_do(house: House):
    house.on(date(2024, 9, 12))
    await registered(house, "anna", given="Anna", family="Bakker")
    anna, bureau = await signed_in(house, "anna"), await signed_in(house, "bureau")
    await anna.open("/mijn/gegevens")
    await anna.send("/naam", family_name="De Koningin", reason="Mooier.")
    assert "U krijgt uiterlijk op 10 oktober 2024 antwoord." in anna.text

    house.on(date(2024, 10, 11))
    bureau = await signed_in(house, "bureau")
    await bureau.open("/kantoor/namen")
    assert "antwoord uiterlijk op 10 oktober 2024 · te laat · zonder bewijs" in bureau.text
    await bureau.press("Anna Bakker")
    here = bureau.path
    assert "Er is geen bewijs bij deze aanvraag." in bureau.text
    await bureau.send("/bewijs-vragen", note="Stuur de akte van de burgerlijke stand.")
    anna = await signed_in(house, "anna")
    await anna.open("/mijn/berichten")
    await anna.press("Er is een bewijs nodig voor uw nieuwe naam")
    assert "Stuur de akte van de burgerlijke stand." in anna.text
    await anna.open("/mijn/gegevens")
    await anna.send("/bewijs", files={"document": ("akte.pdf", PDF, "application/pdf")})
    assert "Uw bewijs is toegevoegd" in anna.text

    await bureau.open(here)
    assert "Bekijk het bewijs" in bureau.text
    await bureau.send("/weigeren", reason="De akte noemt een andere naam.")
    await bureau.open(here)
    assert "Geweigerd" in bureau.text
    assert "Afgehandeld op 11 oktober 2024" in bureau.text
    assert "Afgehandeld door Bert Bureau" in bureau.text
    await anna.open("/mijn/gegevens")
    assert "Autoriteit Persoonsgegevens" in anna.text
    assert 'value="De Koningin"' in anna.page.text
    await anna.open("/mijn/berichten")
    await anna.press("Uw naam is niet gewijzigd")
    assert "De akte noemt een andere naam." in anna.text
    assert "AVG 16 en 77" in anna.text

"""The steps of a provider's story, each through the API only."""

from collections.abc import Sequence
from typing import Any

from tests.builders import ACCREDITORS, Client, House

PO = "schoolleiders-po"


def a_provider(name: str = "Academie De Brug", **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "kvk_number": "12345678",
        "postcode": "8011 AA",
        "town": "Zwolle",
        "email": "info@brug.example",
        "telephone": "038 1234567",
        "staff_level": "hbo",
        "quality_procedure": "Elke uitvoering wordt geëvalueerd.",
        "complaints_procedure": "Een onafhankelijke commissie behandelt klachten.",
        "registers": [PO],
        **more,
    }


ANSWERS: dict[str, Any] = {
    "title": "Leidinggeven aan verandering",
    "summary": "Vijf dagen over verandering in de school.",
    "goals": "De deelnemer leidt een verandering.",
    "themes": ["Leiderschap", "Visie en richting"],
    "form": "classroom",
    "contact_hours": 30,
    "study_hours": 80,
    "teachers": "Drie docenten met een master.",
    "testing": "Presentie en een eindopdracht.",
    "evaluation": "Een vragenlijst na elke dag.",
}


async def ok(answer: Any, status: int = 201) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    return dict(answer.json()) if answer.content else {}


async def known(house: House, decision_id: str) -> dict[str, Any]:
    secretary = await house.client("secretaris")
    return await ok(await secretary.move(f"/decisions/{decision_id}", "notification", {}))


async def admitted(house: House, who: str = "aanbieder", **more: Any) -> str:
    """A provider that may apply in its registers; its id."""
    provider = await ok(await (await house.client(who)).post("/providers", a_provider(**more)))
    secretary = await house.client("secretaris")
    for one in provider["authorisations"]:
        path = f"/provider-authorisations/{one['id']}"
        taken = await ok(await secretary.move(path, "decision", {"granted": True, "reasons": "Voldoet."}))
        await known(house, taken["decision_id"])
    return str(provider["id"])


async def submitted(house: House, provider: str, who: str = "aanbieder", **more: Any) -> dict[str, Any]:
    """An application that is handed in."""
    client = await house.client(who)
    answers = ANSWERS | more.pop("answers", {})
    new = {"provider_id": provider, "registers": [PO], **more}
    drawn = await ok(await client.post("/course-applications", new))
    path = f"/course-applications/{drawn['id']}"
    found = await client.get(path)
    await ok(await client.patch(path, answers, found.headers["etag"]), 200)
    return await ok(await client.move(path, "submission"))


async def paid(house: House, file: dict[str, Any]) -> str:
    """A file that may be assessed; its address for the secretary."""
    secretary = await house.client("secretaris")
    path = f"/course-dossiers/{file['id']}"
    locked = await ok(await secretary.move(path, "lock"))
    if locked["invoice"]:
        booking = {"cents": locked["invoice"]["total_cents"], "reference": "bank-1"}
        await ok(await secretary.move(path, "payment", booking))
    return path


async def assessed(house: House, file: dict[str, Any], **advice: Any) -> None:
    secretary = await house.client("secretaris")
    path = await paid(house, file)
    new = {"positive": True, "points": 40, "reasons": "Past bij de standaard."} | advice
    await ok(await secretary.move(path, "advice", new))


async def sat(house: House, file: dict[str, Any], choice: str, voters: Sequence[str] = ACCREDITORS[:4]) -> str:
    """On the agenda of an open session, with votes; the item's address."""
    secretary = await house.client("secretaris")
    ids = [str(house.id_of(member)) for member in ACCREDITORS]
    day = house.world.clock.at.date().isoformat()
    planned = await secretary.post("/accreditation-sessions", {"held_on": day, "chair_id": ids[0], "members": ids})
    session = f"/accreditation-sessions/{(await ok(planned))['id']}"
    item = await ok(await secretary.post(f"{session}/agenda-items", {"file_id": file["id"]}))
    await ok(await secretary.move(session, "opening"))
    for who in voters:
        member = await house.client(who)
        await ok(await member.post(f"/accreditation-items/{item['id']}/votes", {"vote": choice}))
    return f"/accreditation-items/{item['id']}"


async def ruled(house: House, file: dict[str, Any], choice: str = "for", **ruling: Any) -> dict[str, Any]:
    """Voted on, decided and made known; the decision."""
    item = await sat(house, file, choice)
    secretary = await house.client("secretaris")
    new = {"reasons": "De commissie volgt het advies."} | ruling
    decided = await ok(await secretary.post(f"{item}/decision", new))
    return await known(house, decided["decision_id"])


async def accredited(house: House, provider: str, who: str = "aanbieder", **more: Any) -> dict[str, Any]:
    """A course with an accreditation in each register that was asked; the course as its provider sees it."""
    advice = more.pop("advice", {})
    application = await submitted(house, provider, who, **more)
    for file in application["files"]:
        await assessed(house, file, **advice)
        await ruled(house, file)
    found = await (await house.client(who)).get(f"/provider-courses/{application['course_id']}")
    return await ok(found, 200)


REFUSAL = {
    "grounds": ["does-not-fit-standard"],
    "repair": "Werk de leerdoelen uit naar de beroepsstandaard.",
    "reasons": "De leerdoelen passen niet.",
}


async def members_path(client: Client, provider: str) -> str:
    found = await client.get(f"/providers/{provider}")
    assert found.status_code == 200
    return f"/providers/{provider}/members"

"""A queue ends with the decision, not with the post: what is decided is nobody's to decide again."""

from typing import Any

from sqlmodel import select

from auth import consent
from auth import queries as people
from core.decisions import Decision
from core.store.work import Work
from tests.accreditation import steps as courses
from tests.accreditation.steps import ok
from tests.builders import House
from tests.pages import signed_in
from tests.register.dialogue.test_dialogue import handed_in, registered


async def by_post(house: House, who: str) -> None:
    """From now on letters go to somebody by post."""

    async def deed(work: Work) -> None:
        await consent.withdraw(work, await people.person(work.session, house.id_of(who)))

    await house.system(deed)


async def decisions(house: House, kind: str) -> list[Decision]:
    async with house.means.database.reading() as session:
        return list(await session.exec(select(Decision).where(Decision.kind == kind)))


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


async def test_a_valued_activity_whose_letter_waits_for_the_post_is_valued_once(house: House):
    await registered(house, "nadia", family="Haddad")
    await by_post(house, "nadia")
    path = await handed_in(house, valuation="afterwards")
    assessor = await house.client("beoordelaar")
    said = {"points": 20, "reasons": "Past bij de standaard.", "themes": ["visie"]}
    assert len((await assessor.get("/valuation-queue")).json()["items"]) == 1

    await ok(await assessor.post(f"{path}/valuation", said))
    again = await assessor.post(f"{path}/valuation", said)
    nadia = await house.client("nadia")
    back = await nadia.move(path, "withdrawal")

    (decision,) = await decisions(house, "valuation")
    assert (await assessor.get("/valuation-queue")).json()["items"] == []
    assert (code_of(again), code_of(back)) == ((409, "decided-already"), (409, "decided-already"))
    assert decision.number in again.json()["detail"]
    assert (await (await house.client("secretaris")).get("/work-items")).json()["items"] == []


async def test_an_assessor_reads_that_a_valuation_works_once_its_letter_is_in_the_post(house: House):
    await registered(house, "nadia", family="Haddad")
    said = {"amount": "20", "reasons": "Past bij de standaard."}
    one = await signed_in(house, "beoordelaar")
    path = f"/waarderen/{(await handed_in(house, valuation='afterwards')).rpartition('/')[2]}"
    await one.open(path)
    await one.send(path, **said)
    assert "De waardering is vastgelegd en bekendgemaakt" in one.text
    await registered(house, "piet", place=3)
    await by_post(house, "piet")
    path = f"/waarderen/{(await handed_in(house, 'piet', valuation='afterwards')).rpartition('/')[2]}"
    await one.open(path)

    await one.send(path, **said)

    assert "De waardering is vastgelegd. Zij werkt zodra de brief op de post is." in one.text
    assert "bekendgemaakt" not in one.text


async def test_a_provider_is_admitted_once(house: House):
    provider = await ok(await (await house.client("aanbieder")).post("/providers", courses.a_provider()))
    secretary = await house.client("secretaris")
    path = f"/provider-authorisations/{provider['authorisations'][0]['id']}"
    tasks = "/work-items?kind=provider-authorisation"
    assert [one["task"] for one in (await secretary.get(tasks)).json()["items"]] == ["decide"]

    await ok(await secretary.move(path, "decision", {"granted": True, "reasons": "Voldoet."}))
    again = await secretary.move(path, "decision", {"granted": True, "reasons": "Voldoet."})

    assert code_of(again) == (409, "decided-already")
    assert [one["task"] for one in (await secretary.get(tasks)).json()["items"]] == ["notify"]


async def test_a_course_that_is_decided_waits_to_be_made_known_and_for_nothing_once_its_letter_is_listed(house: House):
    provider = await courses.admitted(house)
    application = await courses.submitted(house, provider)
    (file,) = application["files"]
    await courses.assessed(house, file)
    item = await courses.sat(house, file, "for")
    secretary = await house.client("secretaris")
    decided = await ok(await secretary.post(f"{item}/decision", {"reasons": "De commissie volgt het advies."}))

    tasks = "/work-items?kind=course-file"
    assert [one["task"] for one in (await secretary.get(tasks)).json()["items"]] == ["notify"]
    assert (await secretary.get("/course-dossiers")).json() == []
    await ok(await secretary.move(f"/decisions/{decided['decision_id']}", "notification", {"channel": "post"}))
    assert (await secretary.get(tasks)).json()["items"] == []

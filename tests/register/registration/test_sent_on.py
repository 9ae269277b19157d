"""An application that is meant for another body is sent on (Awb 2:3)."""

from tests.builders import House, a_leader
from tests.faults.files import problems
from tests.journeys.steps import a_diploma, an_application, apply
from tests.mailed import mails
from tests.pages import signed_in
from tests.timelines import lines

ELSEWHERE = "Dienst Uitvoering Onderwijs, Postbus 606, 2700 ML Zoetermeer"


async def test_awb_2_3_an_application_for_another_body_is_sent_on_and_its_sender_is_told(house: House):
    await a_leader(house.world, "nadia")
    leader = await house.client("nadia")
    path = f"/applications/{await apply(leader, an_application(), a_diploma('2024-08-31'))}"
    number = (await leader.get(path)).json()["number"]
    secretary = await signed_in(house, "secretaris")
    await secretary.open(f"/secretariaat/aanvragen/{path.rpartition('/')[2]}")
    await secretary.send("/doorsturen", sent_to=ELSEWHERE)

    assert "Genoteerd. De aanvrager krijgt bericht." in secretary.text
    (told,) = await mails(house, "application-sent-on")
    assert number in told.subject
    assert "wij ontvingen het op 12 september 2024" in told.body
    assert f"ander gaat hierover: {ELSEWHERE}." in told.body
    assert "op 12 september 2024 daarheen, met de dag van\nontvangst." in told.body
    page = await signed_in(house, "nadia")
    await page.open(f"/mijn/aanvragen/{path.rpartition('/')[2]}")
    assert f"Een ander gaat hierover: {ELSEWHERE}." in page.text
    assert "2024-09-12 sent-on" in await lines(house, "nadia", path)
    found = (await leader.get(path)).json()
    assert (found["state"], found["sent_to"], found["open_moves"]) == ("sent-on", ELSEWHERE, [])
    assert (await leader.get("/registrations")).json()[0]["status"] == "enrolled"
    items = (await (await house.client("secretaris")).get("/work-items")).json()["items"]
    assert [one for one in items if one["number"] == number] == []
    assert await problems(house) == []


async def test_only_the_secretary_sends_on_and_not_what_is_decided(house: House):
    await a_leader(house.world, "nadia")
    leader = await house.client("nadia")
    path = f"/applications/{await apply(leader, an_application(), a_diploma('2024-08-31'))}"

    own = await leader.move(path, "forwarding", {"sent_to": ELSEWHERE})
    done = await (await house.client("secretaris")).move(path, "forwarding", {"sent_to": ELSEWHERE})
    again = await (await house.client("secretaris")).move(path, "forwarding", {"sent_to": ELSEWHERE})

    assert (own.status_code, done.status_code) == (403, 201)
    assert again.json()["code"] == "wrong-state"

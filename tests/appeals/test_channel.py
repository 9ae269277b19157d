"""Letters in an objection or appeal go as decisions do: by the message box with consent, else on paper (Awb 2:14)."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from auth.models import Person
from core.store.outbox import OutboxMessage
from core.store.work import Work
from register.notification import case_letters
from register.notification.models import CaseLetter
from register.service.sweep import sweep
from tests.appeals.disputing import a_refusal
from tests.appeals.test_dossier import pieces, text_of
from tests.appeals.test_soundness import flaws
from tests.appeals.test_told import objected, panelled
from tests.builders import PDF, House, a_leader
from tests.journeys.disputing import ADVISERS, by_body, done, heard, object_to, refused_leader, voted
from tests.journeys.hands import signed_in


async def no_consent(house: House, who: str) -> None:
    """Somebody wants letters on paper."""

    async def deed(work: Work) -> None:
        person = await work.session.get_one(Person, house.id_of(who))
        person.message_box = False
        work.log("person:change", person)

    await house.system(deed)


async def letters(house: House, *where: Any) -> list[CaseLetter]:
    async with house.means.database.reading() as session:
        return list(await session.exec(select(CaseLetter).where(*where).order_by(col(CaseLetter.id))))


async def on_paper(house: House) -> str:
    """An objection of 3 March 2025 without grounds, by somebody who wants paper; its path."""
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    await no_consent(house, "nadia")
    house.on(date(2025, 3, 3))
    return f"/objections/{(await object_to(await house.client('nadia'), refusal.number, grounds=''))['id']}"


async def test_awb_2_14_who_gave_no_consent_gets_a_letter_on_paper_which_the_office_prints_and_posts(house: House):
    path = await on_paper(house)
    number = (await (await house.client("nadia")).get(path)).json()["number"]
    (receipt,) = await letters(house)
    office = await signed_in(house, "bureau")

    await office.open("/kantoor/post")
    assert f"Uw bezwaar {number} is ontvangen" in office.text
    await office.open(f"/kantoor/post/zaak/{receipt.id}")
    assert "Wij hebben uw bezwaar" in office.text
    printed = text_of((await office.open(f"/kantoor/post/zaak/{receipt.id}/brief")).content)
    await office.open(f"/kantoor/post/zaak/{receipt.id}")
    await office.send("/verzonden", sent_on="3-3-2025")

    person = (await (await house.client("nadia")).get("/profile")).json()
    assert "Wij hebben uw bezwaar" in printed
    assert person["postcode"].replace(" ", "") in printed.replace(" ", "")
    (gone,) = await letters(house)
    assert (gone.state.value, gone.sent_on) == ("posted", date(2025, 3, 3))
    assert await flaws(house) == set()


async def test_awb_6_6_no_term_to_repair_runs_before_the_request_went(house: House):
    """Asked on 3 March, posted on 6 March: fourteen days from then, 20 March 2025."""
    path = await on_paper(house)
    adviser = await house.client("adviseur1")
    asked = await done(adviser, path, "repair-request", {"missing": ["grounds"]})
    assert (asked["state"], asked["repair_until"]) == ("omission", None)
    unsent = await adviser.move(path, "repair-expiry", {})
    await sweep(house.means, date(2025, 3, 31))
    assert (await (await house.client("adviseur1")).get(path)).json()["state"] == "omission"
    house.on(date(2025, 3, 6))
    (request,) = await letters(house, CaseLetter.topic == "objection-omission")
    office = await house.client("bureau")

    paper = await office.get(f"/case-letters/{request.id}/document", headers={"Accept": "*/*"})
    posted = await office.move(f"/case-letters/{request.id}", "posting", {"sent_on": "2025-03-06"})

    assert (unsent.status_code, unsent.json()["code"]) == (409, "request-not-sent")
    assert posted.status_code == 201, posted.text
    assert "tot en met 20 maart 2025" in text_of(paper.content)
    assert "{until}" not in text_of(paper.content)
    shown = (await (await house.client("adviseur1")).get(path)).json()
    assert shown["repair_until"] == "2025-03-20"
    (piece,) = [one for one in shown["pieces"] if one["title"].endswith("is nog niet compleet")]
    adviser = await house.client("adviseur1")
    read = await adviser.get(f"{path}/pieces/{piece['id']}", headers={"Accept": "*/*"})
    assert "tot en met 20 maart 2025" in text_of(read.content)
    assert await flaws(house) == set()

    # it comes back: nothing was asked, and the term runs only from the letter that goes again
    house.on(date(2025, 3, 12))
    office = await house.client("bureau")
    back = await office.move(f"/case-letters/{request.id}", "return", {"cause": "moved"})
    assert back.status_code == 201, back.text
    assert (await (await house.client("adviseur1")).get(path)).json()["repair_until"] is None
    again = (await letters(house, CaseLetter.topic == "objection-omission"))[-1]
    await office.move(f"/case-letters/{again.id}", "posting", {"sent_on": "2025-03-12"})
    assert (await (await house.client("adviseur1")).get(path)).json()["repair_until"] == "2025-03-26"


async def test_a_notice_that_bounces_sends_the_letter_by_post_and_stops_the_term(house: House):
    path = await objected(house, grounds="")
    asked = await done(await house.client("adviseur1"), path, "repair-request", {"missing": ["grounds"]})
    assert asked["repair_until"] == "2024-10-15"  # in the box of 1 October, at once: fourteen days
    (request,) = await letters(house, CaseLetter.topic == "objection-omission")

    async def bounces(work: Work) -> None:
        mail = await work.session.get_one(OutboxMessage, UUID(str(request.mail_id)))
        mail.failed_at = work.now

    await house.system(bounces)
    assert await house.system(case_letters.fall_back) == 1

    states = [one.state.value for one in await letters(house, CaseLetter.topic == "objection-omission")]
    assert states == ["bounced", "to-post"]
    assert (await (await house.client("adviseur1")).get(path)).json()["repair_until"] is None


async def test_awb_6_17_who_speaks_for_a_party_gets_the_letters_and_the_decision_themselves(house: House):
    await a_leader(house.world, "nadia")
    await a_leader(house.world, "raad", given="Rita", family="Raad")
    await no_consent(house, "raad")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    raad = await house.client("raad")

    lodged = await object_to(raad, refusal["number"], on_behalf_of=house.number_of("nadia"))

    hers = await letters(house, CaseLetter.to_id == house.id_of("raad"))
    theirs = await letters(house, CaseLetter.to_id == house.id_of("nadia"))
    assert [(one.topic, one.state.value, one.name) for one in hers] == [
        ("objection-received", "to-post", "Rita Raad"),
    ]
    assert [(one.topic, one.state.value) for one in theirs] == [("objection-received", "placed")]
    assert lodged["filed_by"] == "representative"
    assert [one["maker"] for one in await pieces(raad, f"/objections/{lodged['id']}")] == ["representative", "body"]


async def test_who_speaks_for_a_party_without_an_account_gets_letters_at_their_own_address(house: House):
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    new = {
        "decisions": [refusal["number"]],
        "grounds": "Het klopt niet.",
        "channel": "post",
        "received_on": "2024-10-01",
        "posted_on": "2024-09-30",
        "representative_name": "mr. De Wit",
        "representative_email": "wit@kantoor.example",
        "representative_address": "Kade 1\n3511 AB  Utrecht",
    }
    lodged = await (await house.client("griffier-bezwaar")).post("/objections", new)
    assert lodged.status_code == 201, lodged.text

    (receipt,) = await letters(house, CaseLetter.name == "mr. De Wit")

    paper = await (await house.client("bureau")).get(f"/case-letters/{receipt.id}/document", headers={"Accept": "*/*"})
    assert "mr. De Wit Kade 1 3511 AB" in text_of(paper.content)


async def test_awb_6_17_the_letter_of_the_decision_goes_to_who_speaks_for_the_party_too(house: House):
    await a_leader(house.world, "nadia")
    await a_leader(house.world, "raad", given="Rita", family="Raad")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    raad, adviser = await house.client("raad"), await house.client("adviseur1")
    lodged = await object_to(raad, refusal["number"], on_behalf_of=house.number_of("nadia"))
    path = f"/objections/{lodged['id']}"
    await done(adviser, path, "repair-request", {"missing": ["mandate"]})
    files = {"file": ("machtiging.pdf", PDF, "application/pdf")}
    assert (await raad.post(f"{path}/pieces", files=files, data={"mandate": "true"})).status_code == 201
    await done(raad, path, "repair", {"repaired": ["mandate"]})
    adviser = await panelled(house, path)
    await heard(house, adviser, path, date(2024, 10, 21))
    await voted(house, path, ADVISERS, "dismissed")
    await done(await house.client("adviseur1"), path, "advice", {"advice": "Het diploma is te laat."})
    decider = await house.client("griffier-bezwaar")
    await by_body(house, path, {"outcome": "dismissed", "reasons": "Wij volgen het advies."})

    known = await done(decider, path, "notification")

    copies = await letters(house, CaseLetter.topic == "objection-decided")
    assert [(one.to_id, one.state.value) for one in copies] == [(house.id_of("raad"), "placed")]
    decision = (await (await house.client("nadia")).get(f"/decisions/{known['decision_id']}")).json()
    raad = await house.client("raad")
    message = (await raad.get("/messages")).json()["items"][0]
    assert message["subject"] == f"Beslissing op bezwaar {decision['number']}"
    assert "Wij volgen het advies." in message["body"]
    assert "2 december 2024" in message["body"]  # six weeks after 21 October, a Monday

"""Heard before refused (Awb 4:7): what differs from what an applicant said, before it is held against them."""

from datetime import date
from typing import Any

from register.service.sweep import sweep
from tests.accreditation.steps import ok
from tests.builders import MEMBERS, Client, House, a_leader
from tests.faults.files import problems
from tests.journeys.steps import a_diploma, an_application, apply, make_known, sit, vote
from tests.mailed import mails
from tests.pages import signed_in
from tests.register.measures.test_measures import a_measure, registered
from tests.two_persons import signed

DOUBT = {
    "grounds": ["evidence-doubtful"],
    "differs": "De hogeschool kent dit diploma niet (brief van 11 september).",
}
REFUSAL = {
    "reasons": "Het diploma staat niet in het register van de hogeschool.",
    "grounds": ["evidence-doubtful"],
    "repair": "Vraag de hogeschool om een verklaring.",
}


async def on_the_table(house: House) -> tuple[str, Client, str]:
    """A file of 12 September 2024 before the committee, which votes against: application, secretary, item."""
    await a_leader(house.world, "nadia")
    application = await apply(await house.client("nadia"), an_application(), a_diploma("2024-08-31"))
    secretary, _session, item = await sit(house, application)
    await vote(house, item, "against")
    return f"/applications/{application}", secretary, item


async def decided(secretary: Client, item: str, **more: Any) -> Any:
    return await secretary.post(f"{item}/decision", REFUSAL | more)


async def test_awb_4_7_nobody_is_refused_on_other_facts_than_their_own_without_being_heard(house: House):
    """Asked on Thursday 12 September 2024; two weeks, so until and including Thursday 26 September."""
    path, secretary, item = await on_the_table(house)

    unasked = await decided(secretary, item)
    doubt = await ok(await secretary.post(f"{path}/doubts", DOUBT))
    twice = await secretary.post(f"{path}/doubts", DOUBT)
    early = await decided(secretary, item)

    assert (unasked.status_code, unasked.json()["code"]) == (409, "view-first")
    assert "Vraag eerst een zienswijze" in unasked.json()["detail"]
    assert doubt["until_on"] == "2024-09-26"
    assert (twice.status_code, twice.json()["code"]) == (409, "doubt-runs")
    assert (early.status_code, early.json()["code"]) == (409, "hearing-term-runs")
    assert "26 september 2024" in early.json()["detail"]
    (told,) = await mails(house, "application-doubt")
    assert "tot en met 26 september 2024" in told.body
    assert "schriftelijk of mondeling" in told.body
    assert "hogeschool" not in told.body  # what it is stands behind the sign-in

    applicant = await signed_in(house, "nadia")
    await applicant.open("/mijn")
    assert "Geef uw zienswijze" in applicant.text
    await applicant.press("Lees wat er speelt")
    assert "De hogeschool kent dit diploma niet" in applicant.text
    await applicant.send("/zienswijze", view="Het diploma staat er onder mijn meisjesnaam.")
    assert "onder mijn meisjesnaam" in applicant.text

    silent = await decided(secretary, item)
    assert (silent.status_code, silent.json()["errors"][0]["code"]) == (400, "view-unanswered")
    ruled = await ok(await decided(secretary, item, answer="Ook onder die naam kent de hogeschool het niet."))
    known = await make_known(secretary, ruled["decision"]["id"])
    assert "U zei hierover: Het diploma staat er onder mijn meisjesnaam." in known["reasons"]
    assert "Ons antwoord: Ook onder die naam kent de hogeschool het niet." in known["reasons"]
    assert await problems(house) == []


async def test_awb_4_7_a_term_that_passes_unused_is_enough_and_who_phones_is_heard(house: House):
    path, secretary, item = await on_the_table(house)
    doubt = await ok(await secretary.post(f"{path}/doubts", DOUBT))
    house.on(date(2024, 9, 27))
    secretary = await house.client("secretaris")

    here = f"/application-doubts/{doubt['id']}"
    said = {"view": "Zij belde: het is echt.", "received_on": "2024-09-27", "filed_channel": "telephone"}
    filed_by_one = await secretary.move(here, "filed-views", said)
    assert (await secretary.get(here)).json()["view"] == ""  # not before a second read it
    assert (await signed(house, filed_by_one, "secretaris2")).status_code == 201

    assert (await secretary.get(here)).json()["view"] == "Zij belde: het is echt."
    (filed,) = await mails(house, "view-filed")
    assert filed.person_id == house.id_of("nadia")
    assert (await decided(secretary, item)).json()["errors"][0]["code"] == "view-unanswered"
    assert (await (await house.client("bestuur")).get(here)).status_code == 404


async def test_awb_4_7_a_view_that_nobody_gives_in_time_holds_nothing_up(house: House):
    path, secretary, item = await on_the_table(house)
    await ok(await secretary.post(f"{path}/doubts", DOUBT))
    house.on(date(2024, 9, 27))

    ruled = await ok(await decided(await house.client("secretaris"), item))

    assert ruled["decision"]["outcome"] == "refused"
    assert "U zei hierover" not in ruled["decision"]["reasons"]


async def test_awb_4_11_who_is_not_heard_first_reads_why(house: House):
    path, secretary, item = await on_the_table(house)
    unheard = DOUBT | {"unheard": "heard-before"}

    bare = await secretary.post(f"{path}/doubts", unheard)
    own_words = await secretary.post(f"{path}/doubts", DOUBT | {"grounds": ["outside-accreditation-period"]})
    office = await signed_in(house, "secretaris")
    await office.open(f"/secretariaat{path.replace('/applications', '/aanvragen')}/zienswijze")
    await office.send(
        "/zienswijze",
        grounds="evidence-doubtful",
        unheard_reasons="Op 2 september.",
        unheard="heard-before",
        differs=DOUBT["differs"],
    )

    assert (bare.status_code, bare.json()["errors"][0]["code"]) == (400, "reasons-missing")
    assert (own_words.status_code, own_words.json()["errors"][0]["code"]) == (400, "heard-on-nothing")
    ruled = await ok(await decided(secretary, item))
    assert "Wij hoorden u hierover niet vooraf: u kon er al eerder uw mening over geven" in ruled["decision"]["reasons"]
    assert "Op 2 september." in ruled["decision"]["reasons"]
    assert await mails(house, "application-doubt") == []


async def test_awb_3_46_a_lapse_answers_the_view_that_was_given(house: House):
    await registered(house, "laat")
    await sweep(house.means, date(2029, 9, 13))
    house.on(date(2030, 3, 13))
    secretary = await house.client("secretaris")
    intended = await ok(await secretary.post("/measures", a_measure(house, "laat", "lapse", "conditional-term-passed")))
    await (await house.client("laat")).move(f"/measures/{intended['id']}", "views", {"view": "Ik was ziek."})
    ids = [str(house.id_of(member)) for member in MEMBERS[:4]]
    new = {"held_on": "2030-03-13", "chair_id": ids[0], "members": ids}
    session = f"/committee-sessions/{(await ok(await secretary.post('/committee-sessions', new)))['id']}"
    filled = await ok(await secretary.post(f"{session}/agenda", {}))
    await secretary.move(session, "opening")
    here = f"{session.replace('/committee-sessions', '/zittingen')}/dossiers/{filled['items'][0]['id']}"
    await vote(house, f"/agenda-items/{filled['items'][0]['id']}", "for")
    office = await signed_in(house, "secretaris")

    await office.open(here)
    await office.send("/besluit", reasons="De zes maanden zijn voorbij.", answer="")
    assert 'href="#answer"' in office.page.text
    await office.send("/besluit", reasons="De zes maanden zijn voorbij.", answer="Met ziekte vraagt u uitstel.")

    decision = (await secretary.get(session)).json()["items"][0]["decision"]
    known = await make_known(secretary, decision)
    assert "U zei hierover: Ik was ziek." in known["reasons"]
    assert "Ons antwoord: Met ziekte vraagt u uitstel." in known["reasons"]

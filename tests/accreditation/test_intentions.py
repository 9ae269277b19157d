"""Providers are told and heard before a measure; the letter is the organisation's. Named after the article."""

import re
from datetime import date

from tests.accreditation.steps import accredited, admitted, known, ok
from tests.accreditation.test_courses import WITHDRAWAL
from tests.accreditation.test_providers import MEASURE, standing
from tests.builders import House
from tests.faults.files import problems
from tests.intended import ANSWER
from tests.mailed import mails
from tests.pages import signed_in
from tests.timelines import lines, on_page
from tests.two_persons import by_two, signed

PROFILE = (
    *("kvk_number", "postcode", "town", "email", "telephone", "staff_level"),
    *("quality_procedure", "complaints_procedure"),
)
MEANT = {"kind": "provider-suspension", "reasons": "De controle toonde gebreken.", "grounds": ["audit-finding"]}


async def intended(house: House) -> tuple[str, str, str]:
    """A suspension is meant on 12 September 2024: the provider, its admission, the intention."""
    provider = await admitted(house)
    path = f"/provider-authorisations/{(await standing(house, provider))['id']}"
    meant = await ok(await (await house.client("secretaris")).move(path, "intentions", MEANT))
    assert meant["view_until"] == "2024-09-26"  # two weeks
    return provider, path, f"/provider-intentions/{meant['id']}"


async def test_awb_4_8_a_provider_is_told_and_heard_before_it_is_suspended(house: House):
    provider, path, intention = await intended(house)
    secretary = await house.client("secretaris")
    early = await secretary.move(path, "suspension", MEASURE)
    stranger = await (await house.client("aanbieder2")).get(intention)
    told = (await mails(house, "provider-intended"))[-1].body

    owner = await signed_in(house, "aanbieder")
    await owner.open(f"/aanbieders/{provider}")
    await owner.press("Schorsing")
    await owner.send("/zienswijze", view="Wij hebben het hersteld.")
    unanswered = await secretary.move(path, "suspension", MEASURE)
    taken = await ok(await by_two(house, "secretaris", path, "suspension", MEASURE | ANSWER))

    assert (early.status_code, early.json()["code"]) == (409, "hearing-term-runs")
    assert stranger.status_code == 404
    assert "Wij zijn van plan uw toelating te schorsen. Waarom: " in told
    assert "tot en met 26 september 2024 zeggen wat u ervan vindt, schriftelijk of mondeling" in told
    assert (unanswered.status_code, unanswered.json()["errors"][0]["code"]) == (400, "view-unanswered")
    assert len(await mails(house, "provider-view")) == 1
    reasons = (await known(house, taken["decision_id"]))["reasons"]
    assert "U zei hierover: Wij hebben het hersteld." in reasons  # Awb 3:46
    assert ANSWER["answer"] in reasons
    assert (await standing(house, provider))["state"] == "suspended"
    assert await problems(house) == []


async def test_awb_4_8_a_day_that_passed_unused_lets_a_measure_go_on_and_one_that_is_dropped_does_not(house: House):
    _provider, path, intention = await intended(house)
    secretary = await house.client("secretaris")
    await ok(await secretary.move(intention, "drop"))
    untold = await secretary.move(path, "suspension", MEASURE)
    await ok(await secretary.move(path, "intentions", MEANT))
    twice = await secretary.move(path, "intentions", MEANT)
    house.on(date(2024, 9, 27))

    proposed = await (await house.client("secretaris")).move(path, "suspension", MEASURE)

    assert untold.json()["code"] == "intention-first"
    assert twice.json()["code"] == "intended-already"
    assert len(await mails(house, "provider-intention-dropped")) >= 1
    assert proposed.status_code == 201, proposed.text


async def test_awb_4_9_what_a_provider_says_by_word_of_mouth_is_written_down_and_sent_to_it(house: House):
    _provider, _path, intention = await intended(house)

    said = await ok(await (await house.client("secretaris")).move(intention, "views", {"view": "Het is hersteld."}))

    assert said["view"] == "Het is hersteld."
    assert "vul aan wat niet klopt" in (await mails(house, "provider-view-written"))[-1].body


async def test_awb_4_11_an_urgent_suspension_goes_first_and_is_heard_right_afterwards(house: House):
    provider = await admitted(house)
    path = f"/provider-authorisations/{(await standing(house, provider))['id']}"
    secretary = await house.client("secretaris")
    urgent = MEASURE | {"urgent": "Er worden vandaag valse certificaten uitgegeven."}

    taken = await ok(await signed(house, await secretary.move(path, "suspension", urgent), "secretaris2"))

    assert "valse certificaten" in (await known(house, taken["decision_id"]))["reasons"]
    told = (await mails(house, "provider-intended"))[-1].body
    assert "dat kon niet wachten" in told
    client = await house.client("aanbieder")
    (heard,) = (await client.get(f"/providers/{provider}/intentions")).json()
    assert (heard["urgent"], heard["view_until"]) == (urgent["urgent"], "2024-09-26")
    again = await (await house.client("secretaris")).move(path, "withdrawal", urgent)
    assert again.json()["errors"][0]["code"] == "not-urgent"
    await ok(await (await house.client("secretaris")).move(path, "restoration"))
    assert (await client.get(f"/providers/{provider}/intentions")).json() == []


async def test_awb_4_8_a_provider_is_told_and_heard_before_a_course_is_withdrawn(house: House):
    provider = await admitted(house)
    course = await accredited(house, provider)
    here = f"/course-accreditations/{course['accreditations'][0]['id']}"
    text = {"reasons": "Anders gegeven.", "grounds": ["other-than-accredited"]}
    secretary = await house.client("secretaris")
    untold = await secretary.post(f"{here}/withdrawals", text | {"repair": "Vraag opnieuw aan."})

    meant = await ok(await secretary.post(f"{here}/withdrawal-intentions", text))
    early = await secretary.post(f"{here}/withdrawals", text | {"repair": "Vraag opnieuw aan."})

    assert (untold.json()["code"], early.json()["code"]) == ("intention-first", "hearing-term-runs")
    assert meant["kind"] == "course-withdrawal"
    assert "een accreditatie van u in te trekken" in (await mails(house, "provider-intended"))[-1].body


async def test_awb_3_41_a_letter_about_a_provider_goes_to_its_own_name_and_address(house: House):
    provider = await admitted(house)
    client = await house.client("aanbieder")
    found = await client.get(f"/providers/{provider}")
    said = {name: found.json()[name] for name in PROFILE} | {"address": "Postbus 12"}
    await ok(await client.move(f"/providers/{provider}", "profile", said))
    path = f"/provider-authorisations/{(await standing(house, provider))['id']}"
    urgent = MEASURE | {"urgent": "Het kan niet wachten."}
    secretary = await house.client("secretaris")
    taken = await ok(await signed(house, await secretary.move(path, "suspension", urgent), "secretaris2"))

    await ok(await secretary.move(f"/decisions/{taken['decision_id']}", "notification", {"channel": "post"}))

    (letter,) = (await secretary.get("/posting-list")).json()["items"]
    assert (letter["addressee"], letter["address"]) == ("Academie De Brug", "Postbus 12")
    assert letter["town"] == said["town"]


async def test_a_provider_reads_what_was_meant_and_said_and_until_when_it_may_answer(house: House):
    """Told on 12 September 2024; two weeks are the 26th."""
    provider, path, intention = await intended(house)
    told = await lines(house, "aanbieder", intention)
    page = intention.replace("/provider-intentions", f"/aanbieders/{provider}/voornemens")
    shown = await on_page(house, "aanbieder", page)
    await ok(await (await house.client("aanbieder")).move(intention, "views", {"view": "Het is hersteld."}))

    assert {"2024-09-12 intended", "2024-09-12 provider-intended", "> 2024-09-26 hear"} <= set(told)
    assert "Voornemen meegedeeld" in shown
    assert "2024-09-12 view-given" in await lines(house, "secretaris", path)
    assert "2024-09-12 provider-view" not in await lines(house, "aanbieder", path)
    outside = await (await house.client("bestuur")).get(f"{intention}/timeline")
    assert outside.status_code == 404


async def test_the_office_finds_every_intention_that_runs_toward_a_course_too(house: House):
    course = await accredited(house, await admitted(house))
    given = course["accreditations"][0]["id"]
    meant = {"reasons": WITHDRAWAL["reasons"], "grounds": WITHDRAWAL["grounds"]}
    secretary = await house.client("secretaris")
    told = await ok(await secretary.post(f"/course-accreditations/{given}/withdrawal-intentions", meant))

    page = await signed_in(house, "secretaris")
    await page.open("/accreditatie/aanbieders")
    assert "Voornemens die lopen" in page.text
    section = page.text.split("Voornemens die lopen")[1]
    assert "zienswijze gegeven" not in section
    href = next(one for one in re.findall(r'href="([^"]+)"', page.page.text) if told["id"] in one)
    await page.open(href)
    assert WITHDRAWAL["reasons"] in page.text
    assert "Toegelaten aanbieders" in page.text

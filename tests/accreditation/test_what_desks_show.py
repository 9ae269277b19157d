"""The pages of the accreditation desk speak in words: hours by category, how a course is given, votes."""

import re

from tests.accreditation.steps import a_provider, admitted, ok, paid, sat, submitted
from tests.builders import ACCREDITORS, House
from tests.pages import Browser, Reader, signed_in

TEACHERS = {"registers": ["leraren"]}


def said_of(browser: Browser, name: str) -> list[str]:
    """What the choices of a field say."""
    html = browser.page.text
    if select := re.search(rf'<select[^>]*name="{name}"[^>]*>(.*?)</select>', html, re.DOTALL):
        return re.findall(r'<option value="[^"]+"[^>]*>([^<]*)</option>', select[1])
    ids = re.findall(rf'<input type="radio" id="([^"]+)" name="{name}"', html)
    return [re.findall(rf'<label for="{id}">([^<]*)</label>', html)[0] for id in ids]


async def test_an_adviser_fills_in_hours_by_category_and_the_committee_reads_and_mends_them(house: House):
    provider = await admitted(house, registers=["leraren"])
    application = await submitted(house, provider, **TEACHERS)
    file = application["files"][0]
    here = (await paid(house, file)).replace("/course-dossiers/", "/accreditatie/dossiers/")
    secretary = await signed_in(house, "secretaris")
    await secretary.open(here)
    assert "Vakinhoud" in secretary.text
    assert "SUBJECT" not in secretary.text

    typed = {"hours-SUBJECT": "acht", "hours-PEDAGOGIC": "4"}
    await secretary.send("/advies", positive="true", advice="Past bij de standaard.", **typed)
    assert secretary.page.status_code == 400
    assert "Vul hele uren in" in secretary.text
    kept = dict(secretary.form("/advies").values)
    assert (kept["hours-SUBJECT"], kept["hours-PEDAGOGIC"], kept["advice"]) == ("acht", "4", "Past bij de standaard.")
    await secretary.send("/advies", **{"hours-SUBJECT": "8"})
    assert secretary.page.status_code == 200, secretary.text

    item = (await sat(house, file, "for")).rpartition("/")[2]
    await secretary.open("/accreditatie/zittingen")
    await secretary.press("Commissie Accreditatie, ")
    await secretary.open(re.findall(rf'href="([^"]+/dossiers/{item})"', secretary.page.text)[0])
    assert "Accrediteren: Pedagogiek 4, Vakinhoud 8" in secretary.text, secretary.text
    await secretary.send("/besluit", reasons="Minder vakinhoud.", **{"hours-SUBJECT": "6", "hours-PEDAGOGIC": "4"})
    assert secretary.page.status_code == 200, secretary.text
    await secretary.open("/secretariaat")
    await secretary.send("/bekendmaken")

    course = await (await house.client("aanbieder")).get(f"/provider-courses/{application['course_id']}")
    (given,) = course.json()["accreditations"]
    assert given["hours"] == {"SUBJECT": 6, "PEDAGOGIC": 4}


async def test_the_secretary_sees_how_was_voted_and_a_member_only_how_many(house: House):
    provider = await admitted(house)
    file = (await submitted(house, provider))["files"][0]
    secretary = await house.client("secretaris")
    advice = {"positive": True, "points": 40, "reasons": "Past bij de standaard."}
    await secretary.move(await paid(house, file), "advice", advice)
    item = await sat(house, file, "against")
    session = (await secretary.get("/accreditation-sessions")).json()["items"][0]["id"]
    here = f"/accreditatie/zittingen/{session}/dossiers/{item.rpartition('/')[2]}"

    of_secretary = (await signed_in(house, "secretaris")), (await signed_in(house, ACCREDITORS[0]))
    for one in of_secretary:
        await one.open(here)

    assert "4 van ten minste 4 Voor 0 Tegen 4 Onthouden 0" in of_secretary[0].text
    assert "4 van ten minste 4" in of_secretary[1].text
    assert "Tegen 4" not in of_secretary[1].text


async def test_how_a_course_is_given_has_one_list_of_words_in_its_application_its_runs_and_the_agenda(house: House):
    provider = await admitted(house)
    application = await submitted(house, provider, answers={"form": "e-learning"})
    assert application["answers"]["form"] == "e-learning"
    wizard = await signed_in(house, "aanbieder")
    await wizard.open(f"/aanbieders/{provider}")
    await wizard.send("/aanvragen", kind="new", course_kind="course", registers=["schoolleiders-po"])
    await wizard.press("Wat biedt u aan?")
    while "form" not in wizard.form(wizard.path).names:
        await wizard.send(wizard.path)
    agenda = Browser(house.http)
    await agenda.open("/agenda")

    assert said_of(wizard, "form") == ["Op locatie", "Deels online", "Online", "E-learning"]
    assert said_of(agenda, "form") == said_of(wizard, "form")


async def test_a_mistake_in_the_form_of_one_provider_stays_with_that_provider(house: House):
    client = await house.client("aanbieder")
    for name, number in (("Academie De Brug", "12345678"), ("Bureau De Dijk", "87654321")):
        await ok(await client.post("/providers", a_provider(name, kvk_number=number)))
    secretary = await signed_in(house, "secretaris")
    await secretary.open("/accreditatie")
    first, second = (form.action for form in Reader(secretary.page.text).forms if form.action.endswith("/besluit"))

    await secretary.send(second, granted="false", reasons="")
    assert secretary.page.status_code == 400
    assert dict(secretary.form(first).values)["granted"] == "true"
    assert dict(secretary.form(second).values)["granted"] == "false"
    of_second = secretary.page.text.partition(second)[2]
    assert secretary.page.text.count('id="reasons-error"') == of_second.count('id="reasons-error"') == 1
    assert secretary.page.text.count('aria-invalid="true"') == 1
    assert 'href="#reasons"' in secretary.page.text
    assert 'id="reasons"' in of_second
    assert 'id="reasons"' not in secretary.page.text.partition(second)[0]

    await secretary.send(second, granted="true", reasons="Voldoet.")
    assert secretary.page.status_code == 200, secretary.text
    assert "Bureau De Dijk" not in secretary.text

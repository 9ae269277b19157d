"""A provider's application on pages: a subject a screen, kept as far as it is, public or not, handed in once."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.courses.wizard import QUESTIONS, asked_for, sections
from accreditation.kinds import CourseKind
from tests.accreditation.steps import ANSWERS, PO, accredited, admitted, ok, submitted
from tests.builders import House
from tests.pages import Browser, signed_in

SCREENS = ["cursus", "inhoud", "opzet", "kwaliteit", "praktisch"]
TYPED = {name: "\n".join(value) if isinstance(value, list) else str(value) for name, value in ANSWERS.items()}


@given(st.sampled_from(CourseKind))
def test_every_question_that_is_needed_stands_on_one_screen(kind: CourseKind):
    asked = [name for names in sections(kind).values() for name in names]

    assert len(asked) == len(set(asked))
    assert set(asked) == {name for name in QUESTIONS if asked_for(kind, name)}
    assert {name for name, one in QUESTIONS.items() if kind in one.needed_for} <= set(asked)


async def begun(house: House, **more: str) -> tuple[Browser, str]:
    """A provider at an application that is empty still."""
    provider = await admitted(house)
    one = await signed_in(house, "aanbieder")
    await one.open(f"/aanbieders/{provider}")
    await one.send("/aanvragen", **{"kind": "new", "course_kind": "course", "registers": PO, **more})
    return one, one.path


async def fill(one: Browser) -> None:
    """Every screen from this one on."""
    while "/onderdelen/" in one.path:
        names = one.form(one.path).names
        await one.send(one.path, **{name: value for name, value in TYPED.items() if name in names})
        assert one.page.status_code == 200, one.text


async def test_each_subject_has_its_screen_and_says_what_is_open_and_public(house: House):
    one, here = await begun(house)

    assert re.findall(rf'href="{here}/onderdelen/(\w+)"', one.page.text) == SCREENS
    assert "Nog 10 vragen zijn niet beantwoord" in one.text
    await one.open(f"{here}/onderdelen/kwaliteit")
    assert "Alleen voor het register." in one.text
    assert "Openbaar in de agenda." not in one.text
    await one.send("/kwaliteit", teachers="Drie docenten.")  # complete or not, it is kept
    assert one.path == f"{here}/onderdelen/praktisch"
    await one.press("Terug")
    assert "Drie docenten." in one.page.text
    await one.open(here)
    assert "Nog 9 vragen zijn niet beantwoord" in one.text
    assert "Nog 2 vragen" in one.text


async def test_a_wrong_answer_brings_its_screen_back_and_touches_no_other(house: House):
    one, here = await begun(house)
    await one.open(f"{here}/onderdelen/cursus")
    await one.send("/cursus", title="Een titel", summary="Kort.")

    await one.open(f"{here}/onderdelen/opzet")
    await one.send("/opzet", form="classroom", contact_hours="veel")

    assert one.page.status_code == 400
    assert "<title>Fout: " in one.page.text
    assert 'href="#contact_hours"' in one.page.text
    assert 'value="veel"' in one.page.text
    await one.send("/opzet", contact_hours="30", study_hours="80")
    await one.open(f"{here}/controle")
    assert "Een titel" in one.text
    assert "30" in one.text


async def test_the_last_look_names_what_is_open_and_a_change_returns_to_it(house: House):
    one, here = await begun(house)
    await one.open(f"{here}/controle")
    await one.send("/indienen")
    assert 'href="#declared"' in one.page.text
    await one.send("/indienen", declared="true")
    assert one.page.status_code == 400
    assert 'href="#title"' in one.page.text
    assert 'id="title"' in one.page.text

    await one.open(f"{here}/onderdelen/cursus")
    await fill(one)
    assert one.path == f"{here}/controle"
    await one.press("Wijzig Titel")
    await one.send("/cursus?naar=controle", title="Een betere titel")
    assert one.path == f"{here}/controle"
    await one.send("/indienen", declared="true")

    assert one.path == f"{here}/ingediend"
    assert "Uw aanvraagnummer is C" in one.text
    assert "besluit uiterlijk op" in one.text
    for later in ("/controle", "/onderdelen/cursus"):
        await one.open(here + later)
        assert one.path == here, later
    assert "Een betere titel" in one.text


async def test_a_master_is_asked_for_its_code_only_and_in_english_too(house: House):
    one, here = await begun(house, course_kind="master")
    one.http.cookies.set("taal", "en")

    await one.open(here)

    assert re.findall(rf'href="{here}/onderdelen/(\w+)"', one.page.text) == ["cursus", "opzet", "praktisch"]
    assert "How is it set up?" in one.text
    assert (await one.open(f"{here}/onderdelen/kwaliteit")).status_code == 404
    await one.open(f"{here}/onderdelen/opzet")
    assert {"form", "croho_code"} == one.form("/opzet").names - {"_token", "_key", "_version"}


@pytest.mark.parametrize("path", ["/onderdelen/cursus", "/controle", "/ingediend", ""])
async def test_nobody_else_knows_of_the_application(house: House, path):
    _, here = await begun(house)
    other = await signed_in(house, "aanbieder2")

    assert (await other.open(here + path)).status_code == 404


async def test_answers_of_an_old_screen_are_not_kept(house: House):
    one, here = await begun(house)
    await one.open(f"{here}/onderdelen/cursus")
    old = one.form("/cursus")
    await one.send("/cursus", title="Nieuw")

    answered = await one.http.post(old.action, data=dict(old.values) | {"title": "Oud"})

    assert answered.status_code == 412
    client = await house.client("aanbieder")
    (row,) = (await ok(await client.get("/course-applications"), 200))["items"]
    assert row["answers"]["title"] == "Nieuw"


async def test_a_provider_reads_where_a_file_stands_since_when_and_until_when(house: House):
    provider = await admitted(house)
    here, client = f"/aanbieders/{provider}", await house.client("aanbieder")
    drawn = await ok(await client.post("/course-applications", {"provider_id": provider, "registers": [PO]}))
    application = await submitted(house, provider)
    (file,) = application["files"]
    page = await signed_in(house, "aanbieder")

    handed_in = await page.open(here)
    house.on(date(2024, 9, 20))
    secretary = await house.client("secretaris")
    path = f"/course-dossiers/{file['id']}"
    await ok(await secretary.move(path, "return", {"question": "Voor wie is het?"}))
    page = await signed_in(house, "aanbieder")
    await page.open(here)
    returned = page.text

    assert "Nog zonder titel" in handed_in.text
    assert drawn["number"] in handed_in.text
    # handed in on 12 September 2024; eight weeks for the register (Awb 4:13)
    assert "sinds 12 september 2024" in handed_in.text
    assert "besluit uiterlijk op 7 november 2024" in handed_in.text
    # asked on 20 September; two weeks to answer (rule set: omission-repair)
    assert "sinds 20 september 2024 · antwoord uiterlijk op 4 oktober 2024" in returned
    assert "zolang staat de termijn stil" in returned


async def test_the_secretary_reads_of_a_file_that_was_sent_back_what_its_provider_reads(house: House):
    (file,) = (await submitted(house, await admitted(house)))["files"]
    secretary = await signed_in(house, "secretaris")
    here = f"/accreditatie/dossiers/{file['id']}"
    await secretary.open(here)
    assert "Besluit uiterlijk op" in secretary.text
    assert "staat stil" not in secretary.text
    house.on(date(2024, 9, 20))
    secretary = await signed_in(house, "secretaris")

    await secretary.open(here)
    await secretary.send("/terugsturen", question="Voor wie is het?")
    await secretary.open(here)

    assert "Antwoord van de aanbieder uiterlijk op 4 oktober 2024" in secretary.text
    assert "De termijn om te besluiten staat stil tot de aanbieder antwoordt." in secretary.text
    assert "Besluit uiterlijk op" not in secretary.text


async def test_an_accredited_course_leads_to_its_runs_its_public_page_and_its_renewal(house: House):
    provider = await admitted(house)
    course = await accredited(house, provider)
    page = await signed_in(house, "aanbieder")
    here = f"/aanbieders/{provider}"

    await page.open(here)
    assert "besluit uiterlijk op" not in page.text
    await page.press("Verleng")
    form = page.form("/aanvragen")
    assert ("course_id", course["id"]) in form.values
    assert ("kind", "renewal") in form.values
    assert ("registers", PO) in form.values  # there is only one to choose
    await page.open(here)
    await page.press("Plan een uitvoering")
    assert ("course_id", course["id"]) in page.form("/presentie/nieuw").values
    typed = {"form": "classroom", "starts_on": "1-11-2024", "ends_on": "1-11-2024", "place": "Zwolle", "capacity": "20"}
    await page.send("/presentie/nieuw", **typed)

    assert "Melden wie er was, kan vanaf 1 november 2024." in page.text
    assert "Plak de lijst" not in page.text
    house.on(date(2024, 11, 2))
    later = await signed_in(house, "aanbieder")
    await later.open("/presentie")
    assert "Meld wie er was" in later.text

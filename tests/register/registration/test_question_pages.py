"""An application one question a screen: refused and taken, back and forth, out of order, by somebody else."""

import json
import re
from datetime import date

import pytest
from sqlmodel import select

from core.store.audit import TrailEvent
from core.web.pages import label
from tests.builders import PDF, TEACHING_DEGREE, House, a_leader, a_teacher
from tests.journeys.asking import answer, asks, begin, hand_in
from tests.pages import Browser, signed_in

# What the document of each route is asked for, screen by screen.
SCREENS = {
    "programme": [{"kind", "issued_on"}, {"chosen", "programme_code"}, {"file"}],
    "master": [{"kind", "issued_on"}, {"programme_code"}, {"file"}],
    "assessment": [{"kind", "issued_on"}, {"chosen"}, {"file"}],
    "prior-learning": [{"kind", "issued_on"}, {"chosen"}, {"file"}],
    "diploma-valuation": [{"kind", "issued_on"}, {"level"}, {"file"}],
}
ANSWERS = {"kind": "programme", "issued_on": "31-8-2024", "programme_code": "SLO-2018", "level": "niveau-2"}
SCAN = {"file": ("diploma.pdf", PDF, "application/pdf")}


async def leader(house: House, who: str = "leo") -> Browser:
    await a_leader(house.world, who)
    return await signed_in(house, who)


@pytest.mark.parametrize("route", SCREENS)
async def test_a_leader_answers_each_route_one_screen_at_a_time(house: House, route):
    one = await leader(house)
    await begin(one, route)

    for names in SCREENS[route]:
        assert asks(one) == names
        given = {name: value for name, value in ANSWERS.items() if name in names}
        if route != "programme":
            given.pop("kind", None)
        await one.send(one.path, files=SCAN if "file" in names else None, **given)
        assert one.page.status_code == 200, one.text
    assert one.path.endswith("/vragen/bewijsstukken")
    await answer(one)

    assert "31 augustus 2024" in one.text
    assert "Directeur, Basisschool" in one.text  # what the register knows is not asked
    await hand_in(one)


async def test_a_letter_is_written_first_and_needs_no_document(house: House):
    one = await leader(house)
    await begin(one, "free-form")

    await one.send("/toelichting", statement="  ")
    assert one.page.status_code == 400
    assert 'href="#statement"' in one.page.text
    await one.send("/toelichting", statement="Ik leid al twintig jaar een school.")
    assert "U hoeft niets toe te voegen" in one.text
    await one.send("/bewijsstukken")

    assert "Ik leid al twintig jaar een school." in one.text
    assert "Zoals het er nu staat" not in one.text
    await hand_in(one)


async def test_a_teacher_in_vocational_education_says_where_and_on_what(house: House):
    await a_teacher(house.world, "tess")
    one = await signed_in(house, "tess")
    await one.open("/mijn/aanvragen/nieuw")
    assert "assessment" not in one.page.text  # no teacher registers by it
    here = await begin(one)

    await one.send("/sector", sector="mbo")
    await one.send("/bevoegdheden", qualifications="\n \n")
    assert one.page.status_code == 400
    await one.send("/bevoegdheden", qualifications="Zorg\nWelzijn\nZorg")
    await one.send("/aantekening", pedagogic_note_2="true")
    await answer(one, issued_on="1-7-2018", programme_code=TEACHING_DEGREE)

    (file,) = (await (await house.client("tess")).get("/applications")).json()["items"]
    client = await house.client("tess")
    stated = (await client.get(f"/applications/{file['id']}")).json()["qualifications"]
    assert [(each["name"], each["pedagogic_note"]) for each in stated] == [("Zorg", False), ("Welzijn", True)]
    await one.open(f"{here}/vragen/sector?naar=controle")
    await one.send("/vragen/sector?naar=controle", sector="po")
    assert one.path == f"{here}/controle"
    stated = (await client.get(f"/applications/{file['id']}")).json()["qualifications"]
    assert not any(each["pedagogic_note"] for each in stated)
    await hand_in(one)


@pytest.mark.parametrize(
    ("screen", "typed", "field"),
    [
        ("/bewijsstukken/nieuw", {"kind": "programme", "issued_on": "31-2-2024"}, "issued_on"),
        ("/bewijsstukken/nieuw", {"issued_on": "31-8-2024"}, "kind"),
        ("/opleiding", {"programme_code": "123456782"}, "programme_code"),
        ("/studiepunten", {"ects": "veel"}, "ects"),
        ("/bestand", {}, "file"),
    ],
)
async def test_a_wrong_answer_brings_the_screen_back_with_what_was_typed(house: House, screen, typed, field):
    one = await leader(house)
    await begin(one)
    right = [("/bewijsstukken/nieuw", ANSWERS), ("/opleiding", {"programme_code": ""}), ("/studiepunten", {"ects": ""})]
    for action, answers in right:
        if one.path.endswith(screen):
            break
        names = one.form(action).names
        await one.send(action, **{name: value for name, value in answers.items() if name in names})

    before = one.path
    await one.send(screen, **typed)

    assert one.page.status_code == 400
    assert one.path == before
    assert "<title>Fout: " in one.page.text
    assert f'href="#{field}"' in one.page.text
    assert all(f'value="{value}"' in one.page.text for value in typed.values())


async def test_going_back_keeps_the_answers_and_a_change_returns_to_the_last_look(house: House):
    one = await leader(house)
    here = await begin(one)
    await one.send("/bewijsstukken/nieuw", kind="programme", issued_on="31-8-2024")
    await one.send("/opleiding", programme_code="SLO-2018 Leidinggeven")

    await one.press("Terug")
    assert 'value="SLO-2018"' in one.page.text
    await one.press("Terug")
    assert 'value="31-8-2024"' in one.page.text
    await one.press("Terug")
    assert re.search(r'value="programme" checked', one.page.text)
    await one.open("/mijn/aanvragen/nieuw")
    assert one.path.endswith("/bestand")  # on with what was begun
    await answer(one, statement="Een toelichting.")
    await one.press("Wijzig Document")
    await one.send("/vragen/document?naar=controle", issued_on="30-8-2024")
    assert one.path == f"{here}/controle"
    assert "30 augustus 2024" in one.text
    await one.press("Wijzig Waarop u de aanvraag baseert")
    await one.send("/vragen/route?naar=controle", route="master")

    assert one.path == f"{here}/bewijsstukken/nieuw"  # the other route asks for its own document
    assert "Masterdiploma" in one.text
    await one.send("/bewijsstukken/nieuw", issued_on="1-7-2020")
    await answer(one)
    assert "Een toelichting." in one.text
    assert one.page.text.count("diploma.pdf") == 2
    await hand_in(one)


async def test_a_programme_is_found_by_name_or_institution_and_kept_by_code(house: House):
    await a_teacher(house.world, "tess")
    one = await signed_in(house, "tess")
    here = await begin(one)
    await one.send("/sector", sector="po")
    await one.send("/bevoegdheden", qualifications="Groepsleraar")
    await one.send("/bewijsstukken/nieuw", issued_on="1-7-2018")
    screen = one.path

    for words, said in (("zzz", "Niets gevonden"), ("HOGESCHOOL basis", "Opleiding tot leraar Basisonderwijs")):
        await one.open(f"{screen}?zoek={words}")
        assert said in one.text, words
    assert f"Hogeschool ({TEACHING_DEGREE})" in one.text
    await one.send("/opleiding", chosen=TEACHING_DEGREE)
    await answer(one)
    assert f"Opleiding tot leraar Basisonderwijs ({TEACHING_DEGREE})" in one.text
    await one.press("Wijzig Opleiding")
    assert re.search(rf'value="{TEACHING_DEGREE}" checked', one.page.text)
    await one.send("/opleiding?naar=controle", chosen="-")

    assert one.path == f"{here}/controle"
    assert "Niet ingevuld" in one.text
    assert "U hebt geen opleiding gekozen." in one.text
    assert label("not-recognised", "ground") not in one.text


async def test_who_chose_no_bureau_reads_so_before_handing_in(house: House):
    one = await leader(house)
    here = await begin(one, "assessment")
    await answer(one, issued_on="31-8-2024", chosen="-")

    assert one.path == f"{here}/controle"
    assert "U hebt geen bureau gekozen." in one.text, one.text
    assert label("not-recognised", "ground") not in one.text


async def test_each_route_is_called_by_what_it_is_for_this_register(house: House):
    one = await leader(house)
    await one.open("/mijn/aanvragen/nieuw")
    idw = one.page.text.split('value="diploma-valuation"')[1].split("</label>")[0:2]
    assert "Individuele diplomawaardering door het register (IDW)" in "".join(idw)
    assert "Het register heeft uw diploma’s samen gewaardeerd" in one.text
    for wrong in ("buitenland", "oud diploma", "oude diploma"):
        assert wrong not in one.text.lower()
    await a_teacher(house.world, "tess")
    tess = await signed_in(house, "tess")
    await tess.open("/mijn/aanvragen/nieuw")

    master = tess.page.text.split('value="master"')[1].split("<input")[0]
    assert "Mastergraad" in master
    assert "Een masterdiploma dat u bevoegd maakt om les te geven." in master
    assert "lerarenopleiding" not in master


async def test_what_another_tab_kept_on_a_document_is_not_overwritten_unseen(house: House):
    one = await leader(house)
    await begin(one)
    await one.send("/bewijsstukken/nieuw", kind="programme", issued_on="31-8-2024")
    screen = one.path
    old = dict(one.form("/opleiding").values)
    await one.send("/opleiding", programme_code="SLO-2018")

    late = await one.http.post(screen, data=old | {"programme_code": "ANDERS"})

    assert late.status_code == 412
    assert 'value="ANDERS"' in late.text  # what was typed comes back, beside what stands
    await one.open(screen)
    assert re.search(r'value="SLO-2018" checked', one.page.text)
    bare = await one.http.post(screen, data={name: value for name, value in old.items() if name != "_version"})
    assert bare.status_code == 428


async def test_a_screen_out_of_order_leads_to_the_first_open_question(house: House):
    one = await leader(house)
    here = await begin(one)
    first = f"{here}/bewijsstukken/nieuw"

    for later in ("/controle", "/vragen/toelichting", "/vragen/bewijsstukken", "/verder"):
        await one.open(here + later)
        assert one.path == first, later
    assert (await one.open(f"{here}/ingediend")).status_code == 200
    assert one.path == here
    for missing in ("/vragen/uren", "/vragen/bestand", "/vragen/onzin"):
        assert (await one.open(here + missing)).status_code == 404, missing
    await one.open(first)
    await one.send("/bewijsstukken/nieuw", kind="programme", issued_on="31-8-2024")
    proof = one.path.removesuffix("/vragen/opleiding")
    await one.open(f"{here}/controle")
    assert one.path == f"{proof}/vragen/opleiding"


async def test_nobody_else_knows_of_a_draft(house: House):
    one = await leader(house)
    here = await begin(one)
    await one.send("/bewijsstukken/nieuw", kind="programme", issued_on="31-8-2024")
    proof = one.path
    form = one.form("/opleiding")
    other = await leader(house, "nina")
    missing = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "01a201f0-daca-75b2-8990-9708a9035f5f", here)

    for path in (here, f"{here}/verder", f"{here}/controle", f"{here}/vragen/route", proof, f"{here}/ingediend"):
        assert (await other.open(path)).status_code == 404, path
    sent = await other.http.post(form.action, data=dict(form.values) | {"programme_code": "SLO-2018"})
    assert sent.status_code in {403, 404}
    assert (await other.open(f"{missing}/controle")).status_code == 404
    await one.open(proof)
    assert "SLO-2018" not in one.form("/opleiding").values


async def test_what_is_handed_in_is_not_asked_again(house: House):
    one = await leader(house)
    await begin(one)
    form = one.form("/bewijsstukken/nieuw")
    await answer(one, **ANSWERS)
    await one.send("/indienen")
    assert one.page.status_code == 400
    assert 'href="#declared"' in one.page.text
    here = await hand_in(one)

    for path in ("/verder", "/controle", "/vragen/route", "/bewijsstukken/nieuw"):
        await one.open(here + path)
        assert one.path == here, path
    late = await one.http.post(form.action, data=dict(form.values) | ANSWERS)
    assert late.status_code == 409


async def test_the_confirmation_says_the_number_and_what_happens_when(house: House):
    house.on(date(2024, 9, 12))
    one = await leader(house)
    await begin(one)
    await answer(one, **ANSWERS)
    await hand_in(one)

    (file,) = (await (await house.client("leo")).get("/applications")).json()["items"]
    assert file["number"] in one.text
    # Eight weeks from Thursday 12 September 2024 (Awb 4:13).
    assert file["decision_due_on"] == "2024-11-07"
    assert "Wij moeten uiterlijk op 7 november 2024 beslissen (reglement, zoals Awb 4:13)" in one.text
    assert "leo@voorbeeld.example" in one.text


async def test_the_last_look_says_why_the_rules_would_refuse(house: House):
    one = await leader(house)
    await begin(one)

    await answer(one, **{**ANSWERS, "issued_on": "5-9-2024"})

    assert "Zoals het er nu staat wijzen de regels de aanvraag af" in one.text
    assert "buiten de periode waarin de opleiding erkend was" in one.text
    await hand_in(one)


async def test_the_questions_speak_english(house: House):
    one = await leader(house)
    one.http.cookies.set("taal", "en")

    await one.open("/mijn/aanvragen/nieuw")
    assert "What does your application rest on?" in one.text
    await begin(one)
    assert "Which document do you add?" in one.text
    await answer(one, **ANSWERS)
    assert "Check your answers" in one.text
    assert "Change" in one.text
    await one.send("/indienen", declared="true")
    assert "Your application number is" in one.text


async def test_a_draft_of_the_api_goes_on_where_it_lacks_something(house: House):
    await a_leader(house.world, "leo")
    client = await house.client("leo")
    new = {"register_code": "schoolleiders-po", "route": "programme"}
    file = (await client.post("/applications", new)).json()["id"]
    proof = {"kind": "programme", "issued_on": "2024-08-31", "programme_code": "SLO-2018"}
    assert (await client.post(f"/applications/{file}/proofs", proof)).status_code == 201
    one = await signed_in(house, "leo")

    await one.press("Verder met de aanvraag")

    assert one.path.endswith("/bestand")


async def test_an_answer_on_an_old_screen_says_that_something_changed(house: House):
    one = await leader(house)
    here = await begin(one)
    await one.open(f"{here}/vragen/route")
    old = one.form("/vragen/route")
    await one.send("/vragen/route", route="assessment")

    answered = await one.http.post(old.action, data=dict(old.values) | {"route": "master"})

    assert answered.status_code == 412
    await one.open(f"{here}/vragen/route")
    assert re.search(r'value="assessment" checked', one.page.text)


async def test_the_declaration_leaves_the_version_of_its_words_in_the_trail(house: House):
    one = await leader(house)
    await begin(one)
    await answer(one, **ANSWERS)
    assert "Ik verklaar dat alles klopt en dat ik niets heb weggelaten dat van belang is." in one.text
    await hand_in(one)

    async with house.means.database.reading() as session:
        said = (await session.exec(select(TrailEvent).where(TrailEvent.action == "application:declare"))).all()

    assert [json.loads(event.facts)["wording"] for event in said] == [
        "2026-1"
    ]  # other words above are another version here

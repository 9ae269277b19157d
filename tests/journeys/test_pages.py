"""The story of a leader and of a teacher, through pages only, on both databases."""

from datetime import date
from typing import Any

from tests.builders import MEMBERS, PDF, PLACES, TEACHING_DEGREE, House, a_leader, a_teacher
from tests.journeys import asking
from tests.pages import Browser, browser, signed_in

DIPLOMA = {"file": ("diploma.pdf", PDF, "application/pdf")}
PASSWORD = "vier losse woorden op een rij"


async def enrol(house: House, **more: str) -> Browser:
    """Somebody new, signed in."""
    one = browser(house)
    await one.open("/inschrijven/scholen?q=Basisschool&town=zwolle")
    href = one.page.text.split(f'href="/inschrijven?location_code={PLACES[7].code}')[1].split('"')[0]
    await one.open(f"/inschrijven?location_code={PLACES[7].code}{href.replace('&amp;', '&')}")
    typed = {
        "register_code": "schoolleiders-po", "role": "director", "appointed_on": "1 augustus 2022",
        "given_name": "Marijke", "prefix": "de", "family_name": "Vries", "address": "Dorpsstraat 1",
        "postcode": "8011 aa", "town": "Zwolle", "telephone": "038 1234567", "email": "marijke@voorbeeld.example",
        "password": PASSWORD, "message_box": "true",
        "statement_true": "true", "statement_rules": "true",
    } | more  # fmt: skip
    await one.send("/inschrijven", **typed)
    assert one.path == "/inloggen", one.text
    await one.send("/inloggen", email=typed["email"], password=PASSWORD)
    assert one.path == "/mijn", one.text
    return one


async def apply(one: Browser, code: str, issued_on: str, **more: str) -> str:
    """From the home page to an application that is handed in; its address."""
    await asking.begin(one)
    await asking.answer(one, issued_on=issued_on, programme_code=code, kind="programme", **more)
    assert "diploma.pdf" in one.text, one.text
    return await asking.hand_in(one)


async def decided_and_known(house: House, vote: str, **ruling: Any) -> None:
    """One sitting, through the pages of secretary and members: admitted, listed, voted, decided, made known."""
    secretary = await signed_in(house, "secretaris")
    await secretary.send("/toelaten")
    ids = [str(house.id_of(member)) for member in MEMBERS[:5]]
    await secretary.open("/zittingen")
    today = house.world.clock.at.date()
    await secretary.send("/zittingen", held_on=f"{today.day}-{today.month}-{today.year}", members=ids, chair_id=ids[0])
    session = secretary.path
    await secretary.send("/agenda", file=secretary.form("/agenda").choices["file"][-1])
    await secretary.send("/openen")
    item = secretary.page.text.split(f'href="{session}/dossiers/')[1].split('"')[0]
    for member in MEMBERS[:4]:
        one = await signed_in(house, member)
        await one.open(f"{session}/dossiers/{item}")
        await one.send("/stem", vote=vote)
        assert "Uw stem is vastgelegd" in one.text, one.text
    await secretary.open(f"{session}/dossiers/{item}")
    await secretary.send("/besluit", **ruling)
    assert "Het besluit is vastgelegd" in secretary.text, secretary.text
    await secretary.send("/sluiten", minutes="Vijf leden waren er; er is gestemd.")
    await secretary.open("/secretariaat")
    await secretary.send("/bekendmaken")
    assert "bezwaartermijn begint morgen" in secretary.text, secretary.text


async def test_a_leader_enrols_applies_and_reads_the_decision(house: House):
    leader = await enrol(house)
    file = await apply(leader, "SLO-2018", "31-8-2024")

    await decided_and_known(house, "for", reasons="Het diploma valt binnen de accreditatie.")

    await leader.open(file)
    assert "Er is een besluit" in leader.text
    await leader.open(leader.page.text.split('href="/mijn/besluiten/')[1].split('"')[0].join(["/mijn/besluiten/", ""]))
    assert "U kunt bezwaar maken tot en met donderdag 24 oktober 2024" in leader.text
    assert "Niveau 2" in leader.text
    public = browser(house)
    await public.open("/?q=Marijke+de+Vries")
    assert "RDO, niveau 2" in public.text
    number = public.page.text.split('href="/register/')[1].split('"')[0]
    await public.open(f"/register/{number}/uittreksel")
    assert "Stand op 12 september 2024" in public.text
    assert "12 september 2029" in public.text


async def test_a_leader_is_refused_and_reads_why_and_what_repairs_it(house: House):
    leader = await enrol(house)
    file = await apply(leader, "SLO-2018", "5-9-2024")

    await decided_and_known(
        house, "against", reasons="Na de accreditatie.", repair="Doe een assessment bij een erkend bureau."
    )

    await leader.open(file)
    address = leader.page.text.split('href="/mijn/besluiten/')[1].split('"')[0]
    await leader.open(f"/mijn/besluiten/{address}")
    assert "Uw aanvraag is afgewezen" in leader.text
    assert "Het diploma is afgegeven buiten de periode waarin de opleiding erkend was" in leader.text
    assert "Doe een assessment bij een erkend bureau" in leader.text


async def test_a_leader_learns_an_assessor_values_and_the_renewal_is_asked(house: House):
    leader = await enrol(house)
    await apply(leader, "SLO-2018", "31-8-2024")
    await decided_and_known(house, "for", reasons="In orde.")
    house.on(date(2025, 6, 2))

    await leader.open("/mijn/portfolio")
    if leader.path == "/inloggen":
        await leader.send("/inloggen", email="marijke@voorbeeld.example", password=PASSWORD)
    proof = {"file": ("certificaat.pdf", PDF, "application/pdf")}
    course = {"what": "Leidinggeven aan verandering", "done_on": "20 mei 2025", "amount": "60", "category": "course"}
    await leader.send("/mijn/portfolio", files=proof, hand_in="1", **course)
    assert "Wacht op een beoordelaar" in leader.text, leader.text
    assessor = await signed_in(house, "beoordelaar")
    assert "waarderen uiterlijk op 28 juli 2025" in assessor.text  # eight weeks after 2 June (Awb 4:13)
    entry = assessor.page.text.split('href="/waarderen/')[1].split('"')[0]
    await assessor.open(f"/waarderen/{entry}")
    await assessor.send(f"/waarderen/{entry}", amount="60", reasons="Past bij het beroep.")
    assert "De waardering is vastgelegd" in assessor.text, assessor.text
    await leader.open("/mijn/portfolio")
    assert "60 van 80 punten" in leader.text
    assert "Vraagt u nu aan, dan blijft u geregistreerd tot en met" in leader.text
    await leader.open("/mijn/herregistratie")
    await leader.send("/mijn/herregistratie")
    await asking.answer(leader)
    await leader.open(await asking.hand_in(leader))
    assert "Aanvraag herregistratie" in leader.text


async def test_a_teacher_registers_and_keeps_hours(house: House):
    await a_teacher(house.world, "tess")
    teacher = await signed_in(house, "tess")
    await apply(teacher, TEACHING_DEGREE, "1-7-2018", qualifications="Groepsleerkracht")
    await decided_and_known(house, "for", reasons="Bevoegd.")

    await teacher.open("/mijn/portfolio")
    course = {"what": "Rekenen in groep 5", "done_on": "12-9-2024", "amount": "7,5", "category": "SUBJECT_DIDACTIC"}
    await teacher.send("/mijn/portfolio", files=DIPLOMA, hand_in="1", **course)
    assert teacher.page.status_code == 400
    assert 'href="#kind"' in teacher.page.text
    course["kind"] = "inside-school"
    await teacher.send("/mijn/portfolio", files=DIPLOMA, hand_in="1", **course)

    assert "7,5 van" in teacher.text, teacher.text
    assert "Vakdidactiek" not in teacher.page.text.split("<table")[0]
    await teacher.open("/mijn/herregistratie")
    await teacher.send("/mijn/herregistratie")
    await teacher.send("/vragen/sector", sector="po")
    assert "Groepsleerkracht" in teacher.page.text  # what the register has is filled in
    await teacher.send("/vragen/bevoegdheden")
    await teacher.send("/vragen/uren")
    assert teacher.page.status_code == 400
    await teacher.send("/vragen/uren", work_hours_1="1.659")
    assert teacher.page.status_code == 400
    assert 'value="1.659"' in teacher.page.text
    await teacher.send("/vragen/uren", work_hours_1="1659")
    await asking.answer(teacher)
    assert "Groepsleerkracht: 1.659" in teacher.text
    await asking.hand_in(teacher)


async def test_a_member_who_steps_aside_does_not_see_the_file_again(house: House):
    await a_leader(house.world, "nadia")
    leader = await signed_in(house, "nadia")
    await apply(leader, "SLO-2018", "31-8-2024")
    secretary = await signed_in(house, "secretaris")
    await secretary.send("/toelaten")
    ids = [str(house.id_of(member)) for member in MEMBERS[:5]]
    await secretary.open("/zittingen")
    await secretary.send("/zittingen", held_on="12-9-2024", members=ids, chair_id=ids[0])
    session = secretary.path
    await secretary.send("/agenda", file=secretary.form("/agenda").choices["file"][-1])
    item = secretary.page.text.split(f'href="{session}/dossiers/')[1].split('"')[0]
    member = await signed_in(house, MEMBERS[1])
    await member.open(f"{session}/dossiers/{item}")

    await member.send("/verschoning", recuse_ground="worked-together")

    assert member.path == session
    assert "Verschoond: Lies Lid" in member.text
    refused = await member.open(f"{session}/dossiers/{item}")
    assert refused.status_code == 403
    assert "Leo Leider" not in refused.text

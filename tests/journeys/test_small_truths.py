"""Small things that a page said and that were not so."""

import re
from datetime import date

from auth.permissions import Role
from tests.builders import House, a_leader
from tests.journeys.disputing import done, object_to, refused_leader
from tests.journeys.steps import a_diploma, an_application, apply, make_known, sit, vote
from tests.pages import browser, signed_in


async def test_an_objection_that_was_taken_back_is_decided_by_no_day(house: House) -> None:
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    client = await house.client("nadia")
    lodged = await object_to(client, refusal["number"])
    nadia = await signed_in(house, "nadia")
    for path in ("/bezwaren", f"/bezwaren/{lodged['id']}"):
        await nadia.open(path)
        assert "eslissen uiterlijk op" in nadia.text
    await done(client, f"/objections/{lodged['id']}", "withdrawal", {})

    for path in ("/bezwaren", f"/bezwaren/{lodged['id']}"):
        await nadia.open(path)
        assert lodged["number"] in nadia.text
        assert "eslissen uiterlijk op" not in nadia.text, path
    secretary = await signed_in(house, "secretaris")
    for path in ("/bezwaren", f"/bezwaren/{lodged['id']}", "/werk"):
        await secretary.open(path)
        assert "eslissen uiterlijk op" not in secretary.text, path
        assert path != "/werk" or lodged["number"] not in secretary.text


async def test_nobody_is_offered_to_sign_their_own_proposal(house: House) -> None:
    await a_leader(house.world, "nadia")
    await house.world.staff("beheer1", Role.ADMIN, "plain", "Ada", "", "Beheer")
    await house.world.staff("beheer2", Role.ADMIN, "plain", "Abe", "", "Beheer")
    proposer = await signed_in(house, "beheer1")
    await proposer.open("/beheer/rollen")
    await proposer.send("/beheer/rollen", role="auditor", register_number=str(house.number_of("nadia")))
    assert "Voorgesteld door" in proposer.text, proposer.text
    assert "/tekenen" not in proposer.page.text

    other = await signed_in(house, "beheer2")
    await other.open("/beheer/rollen")
    assert "/tekenen" in other.page.text


async def test_a_term_is_explained_in_one_language(house: House) -> None:
    dutch = browser(house)
    await dutch.open("/termijnen?kind=objection&notified_on=7-3-2025")
    assert "Goede Vrijdag" in dutch.text
    assert "Good Friday" not in dutch.text

    answer = await house.http.post("/v1/term-calculations", json={"kind": "objection", "notified_on": "2025-03-07"})
    why = " ".join(step["why"] for step in answer.json()["steps"])
    assert "Good Friday" in why
    assert "Easter Monday" in why
    assert "Goede" not in why


async def test_the_calendar_says_who_adds_a_decree(house: House) -> None:
    house.on(date(2033, 1, 3))
    office = await signed_in(house, "bureau")
    await office.open("/kantoor/kalender")
    assert "Vul de tabel aan" not in office.text
    unknown = re.search(r"Van (\d{4})[\d, ]* zijn de dagen nog niet bekend", office.text)
    assert unknown
    assert "Wie Bekwaam levert vult de dagen aan" in office.text
    assert "Meld het aan de beheerder" in office.text
    await office.press(unknown[1])
    assert f"Kalender {unknown[1]}" in office.text
    assert "Hieronder staan alleen de dagen uit de wet" in office.text
    assert office.page.text.count("<form") == 1  # to sign out: nothing is added here


async def test_a_foretold_day_says_on_what_it_rests_and_a_decision_shows_its_own(house: House) -> None:
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    secretary, session, item = await sit(house, file)
    page = session.replace("/committee-sessions/", "/zittingen/")
    reader = await signed_in(house, "secretaris")
    await reader.open(page)
    foretold = "verwacht tot en met 12 september 2029, als het besluit op 12 september 2024 was genomen"
    assert foretold in reader.text
    (line,) = (await secretary.get(session)).json()["items"]
    assert (line["summary"]["basis"], line["summary"]["reckoned_on"]) == ("forecast", "2024-09-12")
    await vote(house, item, "for")
    house.on(date(2024, 9, 23))
    secretary = await house.client("secretaris")
    ruled = await secretary.post(f"{item}/decision", {"reasons": "In orde."})
    await make_known(secretary, ruled.json()["decision"]["id"])
    await secretary.move(session, "closing", {"minutes": "Behandeld."})

    (line,) = (await secretary.get(session)).json()["items"]
    assert (line["summary"]["basis"], line["summary"]["due_on"]) == ("decision", "2029-09-23")
    reader = await signed_in(house, "secretaris")
    await reader.open(page)
    assert "tot en met 23 september 2029" in reader.text
    assert "12 september 2029" not in reader.text
    (entry,) = (await (await house.client("leo")).get("/registrations")).json()
    assert entry["due_on"] == "2029-09-23"

"""Objection and appeal by the articles: who knows of them, when they were in time, when they are due, where they go."""

import asyncio
from datetime import date, time

import pytest
from sqlmodel import select

from appeals.disputes.models import Seat
from auth.permissions import Role
from auth.service import grant
from core.decisions import Decision
from core.store.db import new_id
from tests.appeals.disputing import a_refusal
from tests.builders import PDF, House, a_leader, a_teacher
from tests.journeys.disputing import ADVISERS, body_voted, by_body, done, object_to, seated, unheard, voted

ON_SQLITE = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


async def test_who_took_part_does_not_know_of_the_objection_in_any_role(house: House):
    await a_leader(house.world, "nadia")
    house.on(date(2025, 2, 13))
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13), by="secretaris")
    lodged = await object_to(await house.client("nadia"), refusal.number)
    path = f"/objections/{lodged['id']}"
    await house.system(lambda work: grant(work, house.id_of("secretaris"), Role.OBJECTION_ADVISER, work.today))
    involved, adviser = await house.client("secretaris"), await house.client("adviseur1")

    hidden, missing = await involved.get(path), await involved.get(f"/objections/{new_id()}")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.json() | {"instance": ""} == missing.json() | {"instance": ""}
    assert (await involved.get("/objections")).json()["items"] == []
    assert (await involved.get("/dispute-terms")).json() == []
    assert (await adviser.get(path)).status_code == 200
    await done(adviser, path, "admissibility", {"advisory": True})
    seat = {"member_id": str(house.id_of("secretaris")), "chair": False}
    refused = await adviser.move(path, "seats", seat)
    assert (refused.status_code, refused.json()["code"]) == (403, "conflict-of-interest")
    stranger = await house.client("beroep1")
    assert (await stranger.get(path)).status_code == 404
    closed = await (await house.client("nadia")).move(path, "admissibility", {"advisory": True})
    assert closed.status_code == 403


@ON_SQLITE
async def test_c_19_a_second_decides_and_the_day_is_that_of_amsterdam(house: House):
    await a_leader(house.world, "nadia")
    on_time = await a_refusal(house, "nadia", date(2025, 6, 3))
    too_late = await a_refusal(house, "nadia", date(2025, 6, 3))
    nadia = await house.client("nadia")

    house.on(date(2025, 7, 15), time(23, 59, 59))  # 21:59:59Z
    first = await object_to(nadia, on_time.number)
    house.on(date(2025, 7, 16), time(0, 0, 0))  # 22:00:00Z, the same day in UTC
    second = await object_to(nadia, too_late.number)

    assert (first["late"], first["received_on"]) == (False, "2025-07-15")
    assert (second["late"], second["contested"][0]["days_late"]) == (True, 1)


@ON_SQLITE
async def test_a_late_letter_takes_a_reasoned_no_and_is_then_inadmissible(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 4, 10))
    adviser = await house.client("adviseur1")
    letter = {
        "channel": "post",
        "received_on": "2025-04-04",  # 27 March and a week is 3 April
        "posted_on": "2025-03-27",
        "representative_name": "mr. A. Gemachtigde",
        "representative_email": "advocaat@voorbeeld.example",
    }
    lodged = await object_to(adviser, refusal.number, **letter)
    path = f"/objections/{lodged['id']}"
    assert (lodged["late"], lodged["missing"]) == (True, ["mandate"])
    early = await adviser.move(path, "admissibility", {"excused": "no", "excuse_reasons": "Geen reden gegeven."})
    assert early.json()["code"] == "omission-first"  # Awb 6:6
    await done(adviser, path, "repair-request", {"missing": ["mandate"]})
    office = await house.client("bureau")  # who speaks without an account is asked on paper (Awb 2:14, 6:17)
    for waiting in (await office.get("/case-letters")).json()["items"]:
        sent = await office.move(f"/case-letters/{waiting['id']}", "posting", {"sent_on": waiting["begun_at"][:10]})
        assert sent.status_code == 201, sent.text
    house.on(date(2025, 4, 25))
    adviser = await house.client("adviseur1")
    await done(adviser, path, "repair-expiry")
    silent = await adviser.move(path, "admissibility", {"advisory": True})
    assert silent.json()["code"] == "excuse-needed"  # Awb 6:11

    await done(adviser, path, "admissibility", {"advisory": True, "excused": "no", "excuse_reasons": "Geen reden."})
    await seated(house, adviser, path, ADVISERS)
    await done(
        adviser,
        path,
        "hearing-waiver",
        {"ground": "evidently-inadmissible", "waiver_reasons": "Het kwam zes weken te laat binnen, zonder uitleg."},
    )
    await voted(house, path, ADVISERS, "inadmissible")
    await done(adviser, path, "advice", {"advice": "Te laat."})
    decider = await house.client("griffier-bezwaar")
    other = await decider.move(path, "draft", {"outcome": "dismissed", "reasons": "x", "deviation": "y"})
    assert other.json()["code"] == "inadmissible-only"
    await by_body(house, path, {"outcome": "inadmissible", "ground": "late", "reasons": "Te laat."})
    known = await done(decider, path, "notification")

    assert (known["state"], known["outcome"]) == ("notified", "inadmissible")
    decision = (await (await house.client("nadia")).get(f"/decisions/{known['decision_id']}")).json()
    assert "Er is niet gehoord: Het kwam zes weken te laat binnen, zonder uitleg." in decision["reasons"]  # Awb 7:12


@ON_SQLITE
async def test_the_terms_of_the_worked_example_a_with_its_penalty(house: House):
    """Rules 5.4, A: made known on Thursday 13 February 2025."""
    await a_teacher(house.world, "tess")
    refusal = await a_refusal(house, "tess", date(2025, 2, 13), register="leraren")
    house.on(date(2025, 3, 24))
    lodged = await object_to(await house.client("tess"), refusal.number)
    path = f"/objections/{lodged['id']}"
    assert lodged["decision_due_on"] == "2025-05-08"  # six weeks
    adviser = await house.client("adviseur1")
    asked = await done(adviser, path, "repair-request", {"missing": ["signature"]})
    assert asked["decision_due_on"] == "2025-05-19"  # 24 March: 28 March-7 April stand still, 11 days
    house.on(date(2025, 4, 3))
    repaired = await done(await house.client("tess"), path, "repair", {"repaired": ["signature"]})
    assert repaired["decision_due_on"] == "2025-05-14"  # 28 March-2 April, 6 days
    checked = await done(await house.client("adviseur1"), path, "admissibility", {"advisory": True})
    assert checked["decision_due_on"] == "2025-06-25"
    house.on(date(2025, 6, 26))
    tess = await house.client("tess")
    late = await (await house.client("adviseur1")).move(path, "adjournment", {})
    assert late.json()["code"] == "term-passed"  # Awb 7:10(3): told before the day
    await done(tess, path, "default-notice")
    house.on(date(2025, 8, 11))
    owed = (await (await house.client("tess")).get(path)).json()["penalty"]
    # two weeks from 26 June end on 10 July; 11 July-10 August are 31 days: 14 x 23 + 14 x 35 + 3 x 45
    assert owed == {"first_day": "2025-07-11", "days": 31, "amount_eur": 947}

    appeal = await (await house.client("tess")).post("/appeals", {"decisions": [refusal.number], "grounds": "Niets."})

    assert appeal.json()["against_silence"] is True  # Awb 6:12
    assert appeal.json()["decision_due_on"] == "2025-12-01"  # sixteen weeks from 11 August


@ON_SQLITE
async def test_an_appeal_without_objection_is_one_and_keeps_its_first_day(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 27))  # the last day
    nadia = await house.client("nadia")

    appeal = (await nadia.post("/appeals", {"decisions": [refusal.number], "grounds": "Ik ben het oneens."})).json()

    assert appeal["state"] == "forwarded"
    objection = (await nadia.get(f"/objections/{appeal['forwarded_to']}")).json()
    assert (objection["state"], objection["late"]) == ("acknowledged", False)
    again = await nadia.post("/objections", {"decisions": [refusal.number], "grounds": "Nog eens."})
    assert (again.status_code, again.json()["code"]) == (409, "objection-runs")


@ON_SQLITE
async def test_a_replacing_decision_joins_by_itself(house: House):
    await a_leader(house.world, "nadia")
    first = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    nadia = await house.client("nadia")
    lodged = await object_to(nadia, first.number)

    await a_refusal(house, "nadia", date(2025, 3, 3), replaces=first)

    contested = (await nadia.get(f"/objections/{lodged['id']}")).json()["contested"]
    assert [one["joined"] for one in contested] == [False, True]  # Awb 6:19


@ON_SQLITE
async def test_a_representative_files_with_a_mandate_and_a_file_has_an_inventory(house: House):
    await a_leader(house.world, "nadia")
    await a_leader(house.world, "raad")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    raad = await house.client("raad")
    wrong = await raad.post("/objections", {"decisions": [refusal.number], "grounds": "x"})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "no-such-decision")
    lodged = await object_to(raad, refusal.number, on_behalf_of=house.number_of("nadia"))
    path = f"/objections/{lodged['id']}"
    assert (lodged["filed_by"], lodged["missing"]) == ("representative", ["mandate"])

    added = await raad.post(
        f"{path}/pieces", files={"file": ("machtiging.pdf", PDF, "application/pdf")}, data={"mandate": "true"}
    )
    adviser = await house.client("adviseur1")
    kept = await adviser.post(
        f"{path}/pieces",
        files={"file": ("intern.pdf", PDF, "application/pdf")},
        data={"kept_ground": "privacy-of-others"},
    )

    assert (added.status_code, kept.status_code) == (201, 201), (added.text, kept.text)
    seen = (await raad.get(path)).json()["pieces"]
    assert [(one["position"], one["title"], one["kept_ground"]) for one in seen] == [
        (1, "Bezwaarschrift", ""),
        (2, f"Brief: Uw bezwaar {lodged['number']} is ontvangen", ""),
        (3, "machtiging.pdf", ""),
        (4, "", "privacy-of-others"),  # the number and the ground, and nothing of what it is
    ]
    assert (await adviser.get(path)).json()["pieces"][3]["title"] == "intern.pdf"
    packed = await raad.get(f"{path}/dossier", headers={"Accept": "application/zip"})
    assert b"inventaris.txt" in packed.content
    assert b"intern.pdf" not in packed.content
    hidden = (await adviser.get(path)).json()["pieces"][3]["id"]
    assert (await raad.get(f"{path}/pieces/{hidden}", headers={"Accept": "*/*"})).status_code == 404

    await done(adviser, path, "piece-mark", {"piece_id": hidden, "kept_ground": ""})
    assert (await raad.get(f"{path}/pieces/{hidden}", headers={"Accept": "*/*"})).status_code == 200


async def test_awb_2_1_who_shows_no_mandate_reads_nothing_of_the_file_and_ends_nothing(house: House):
    await a_leader(house.world, "nadia")
    await a_leader(house.world, "vreemd")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    stranger = await house.client("vreemd")
    path = f"/objections/{(await object_to(stranger, refusal.number, on_behalf_of=house.number_of('nadia')))['id']}"
    adviser = await house.client("adviseur1")
    added = await adviser.post(f"{path}/pieces", files={"file": ("ziekenhuis.pdf", PDF, "application/pdf")})
    await done(adviser, path, "repair-request", {"missing": ["mandate"]})

    gone = await stranger.move(path, "withdrawal", {})
    by_word = await stranger.move(path, "repair", {"repaired": ["mandate"]})
    decision = await stranger.get(f"{path}/decisions/{refusal.id}", headers={"Accept": "*/*"})
    piece = await stranger.get(f"{path}/pieces/{added.json()['id']}", headers={"Accept": "*/*"})
    seen = await stranger.get(path)

    assert (gone.status_code, gone.json()["code"]) == (409, "mandate-first")
    assert (by_word.status_code, by_word.json()["errors"][0]["code"]) == (400, "still-missing")
    assert (piece.status_code, decision.status_code) == (404, 404)
    assert seen.json()["open_moves"] == ["repair"]
    assert "ziekenhuis" not in seen.text
    packed = await stranger.get(f"{path}/dossier", headers={"Accept": "application/zip"})
    assert b"ziekenhuis" not in packed.content

    await stranger.post(
        f"{path}/pieces", files={"file": ("machtiging.pdf", PDF, "application/pdf")}, data={"mandate": "true"}
    )
    await done(stranger, path, "repair", {"repaired": ["mandate"]})
    assert "ziekenhuis" in (await stranger.get(path)).text


async def advised(house: House) -> tuple[str, str]:
    """An objection that waits for its decision: where it stands, and its version."""
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal.number))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    await unheard(house, adviser, path)
    await voted(house, path, ADVISERS, "dismissed")
    await done(adviser, path, "advice", {"advice": "Ongegrond."})
    await body_voted(house, path, {"outcome": "dismissed", "reasons": "Zo."})
    return path, (await adviser.get(path)).headers["etag"]


@pytest.mark.differs
@pytest.mark.parametrize("rival", ["ruling", "withdrawal"])
async def test_a_ruling_and_its_rival_at_once_and_one_stands(house: House, rival: str):
    path, version = await advised(house)
    first, second = await house.client("griffier-bezwaar"), await house.client("secretaris2")
    nadia, match = await house.client("nadia"), {"If-Match": version}
    ruling = {"outcome": "dismissed", "reasons": "Zo."}
    other = (
        second.post(f"{path}/decision", ruling, headers=match)
        if rival == "ruling"
        else nadia.post(f"{path}/withdrawal", {}, headers=match)
    )

    both = await asyncio.gather(first.post(f"{path}/decision", ruling, headers=match), other)

    assert [one.status_code for one in both].count(201) == 1, [one.text for one in both]
    async with house.means.database.reading() as session:
        decisions = (await session.exec(select(Decision).where(Decision.kind == "objection"))).all()
    stands = (await nadia.get(path)).json()["state"]
    assert (stands, len(decisions)) == (("withdrawn", 0) if stands == "withdrawn" else ("decided", 1))


@pytest.mark.differs
async def test_a_vote_and_a_stepping_aside_at_once_and_one_stands(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal.number))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    await unheard(house, adviser, path)
    member = await house.client("adviseur3")
    match = {"If-Match": (await member.get(path)).headers["etag"]}

    both = await asyncio.gather(
        member.post(f"{path}/votes", {"outcome": "dismissed"}, headers=match),
        member.post(f"{path}/recusal", {"recuse_ground": "worked-together"}, headers=match),
    )

    assert [one.status_code for one in both].count(201) == 1, [one.text for one in both]
    async with house.means.database.reading() as session:
        seat = (await session.exec(select(Seat).where(Seat.member_id == house.id_of("adviseur3")))).one()
    assert bool(seat.vote) != bool(seat.recused)


@ON_SQLITE
async def test_a_provider_who_appeals_in_the_wrong_chamber_is_moved_and_keeps_the_day(house: House):
    """Scenario "Two chambers": lodged in the registration chamber, treated in the one for certification."""
    refusal = await a_refusal(house, "aanbieder", date(2025, 2, 13), organisation=True)
    objection = await a_refusal(house, "aanbieder", date(2025, 3, 3), kind="objection", about=refusal)
    house.on(date(2025, 4, 14))
    owner = await house.client("aanbieder")

    appeal = await owner.post(
        "/appeals", {"decisions": [objection.number], "grounds": "Nee.", "chamber": "registration"}
    )

    assert appeal.status_code == 201, appeal.text
    told = appeal.json()
    assert (told["chamber"], told["moved_from"]) == ("certification", "registration")
    assert (told["received_on"], told["filed_by"], told["late"]) == ("2025-04-14", "provider", False)


@ON_SQLITE
async def test_a_new_decision_joins_the_appeal_that_runs_and_a_letter_against_it_is_sent_on(house: House):
    """Awb 6:19: the letter goes to the chamber, with its day (6:15)."""
    await a_leader(house.world, "nadia")
    first = await a_refusal(house, "nadia", date(2025, 2, 13))
    objection = await a_refusal(house, "nadia", date(2025, 3, 3), kind="objection", about=first)
    house.on(date(2025, 4, 1))
    nadia = await house.client("nadia")
    appeal = await nadia.post("/appeals", {"decisions": [objection.number], "grounds": "Nee."})
    assert appeal.status_code == 201, appeal.text
    second = await a_refusal(house, "nadia", date(2025, 4, 1), replaces=first)

    contested = (await nadia.get(f"/appeals/{appeal.json()['id']}")).json()["contested"]
    letter = await nadia.post("/objections", {"decisions": [second.number], "grounds": "Ook hiertegen."})

    assert second.number in {one["number"] for one in contested if one["joined"]}
    assert (letter.json()["state"], letter.json()["forwarded_to"]) == ("forwarded", appeal.json()["id"])

"""Registreren: from enrolment to an entry in the register, through the API only, on both databases."""

from datetime import date

from sqlmodel import select

from core.store.audit import TrailEvent
from tests.builders import MEMBERS, PDF, PLACES, TEACHING_DEGREE, House, a_leader, a_teacher
from tests.journeys.steps import a_diploma, an_application, apply, decide, sit, vote


async def test_c_01_a_leader_enrols_applies_by_programme_and_stands_in_the_register(house: House):
    enrolment = {
        "given_name": "Marijke", "prefix": "de", "family_name": "Vries", "address": "Dorpsstraat 1",
        "postcode": "8011 aa", "town": "Zwolle", "email": "marijke@voorbeeld.example", "telephone": "038 1234567",
        "password": "een fiets in de regen", "register_code": "schoolleiders-po", "role": "director",
        "board_number": PLACES[7].board_number, "location_code": PLACES[7].code, "appointed_on": "2022-08-01",
        "message_box": True,
    }  # fmt: skip
    nobody = await house.client()
    enrolled = await nobody.post("/enrolments", enrolment)
    assert enrolled.status_code == 202, enrolled.text
    token = await nobody.post("/token", {"email": "marijke@voorbeeld.example", "password": "een fiets in de regen"})
    leader = await house.client()
    leader.headers = {"Authorization": f"Bearer {token.json()['access_token']}"}
    number = (await leader.get("/me")).json()["register_number"]

    file = await apply(leader, an_application(), a_diploma("2024-08-31"))
    known = await decide(house, file, "for", {"reasons": "Het diploma valt binnen de accreditatie."})

    assert (known["outcome"], known["level"], known["due_on"]) == ("granted", "niveau-2", "2029-09-12")
    assert known["notified_on"] == "2024-09-12"
    assert known["last_day_to_object"] == "2024-10-24"  # Thursday, six weeks later (Awb 6:7)
    assert "24 oktober 2024" in known["remedy"]
    (entry,) = (await nobody.get(f"/register-entries/{number}")).json()
    assert entry["name"] == "Marijke de Vries"
    assert (entry["title"], entry["level"], entry["status"]) == ("RDO", "niveau-2", "registered")
    assert entry["valid_until"] == "2029-09-12"
    found = (await nobody.get("/register-entries", params={"name": "vries"})).json()["items"]
    assert [one["register_number"] for one in found] == [number]
    extract = (await nobody.get(f"/register-entries/{number}/extract")).json()
    assert extract["made_on"] == "2024-09-12"
    assert extract["entries"] == [entry]


async def test_c_02_a_diploma_after_the_accreditation_is_refused_with_ground_and_repair(house: House):
    house.on(date(2024, 9, 12))
    await a_leader(house.world, "nadia")
    leader = await house.client("nadia")

    file = await apply(leader, an_application(), a_diploma("2024-09-05"))
    refusal = {
        "reasons": "Het diploma is van na de accreditatie.",
        "grounds": ["outside-accreditation-period"],
        "repair": "Kies een andere route, zoals een assessment.",
    }
    known = await decide(house, file, "against", refusal)

    assert known["outcome"] == "refused"
    assert known["grounds"] == ["outside-accreditation-period"]
    assert known["repair"]
    assert (await leader.get("/registrations")).json()[0]["status"] == "enrolled"
    assert (await leader.get(f"/decisions/{known['id']}")).json()["last_day_to_object"] == "2024-10-24"


async def test_the_committee_cannot_grant_what_the_rules_refuse(house: House):
    await a_leader(house.world, "nadia")
    file = await apply(await house.client("nadia"), an_application(), a_diploma("2024-09-05"))
    secretary, _, item = await sit(house, file)
    await vote(house, item, "for")

    ruled = await secretary.post(f"{item}/decision", {"reasons": "Wij vinden het goed."})

    assert ruled.status_code == 409
    assert ruled.json()["code"] == "rules-refuse"


async def test_c_06_a_letter_outside_the_routes_goes_to_a_session_and_gets_a_decision(house: House):
    await a_leader(house.world, "vrij")
    leader = await house.client("vrij")
    letter = an_application(route="free-form", statement="Ik leid al twintig jaar een school.")

    file = await apply(leader, letter, None)
    known = await decide(house, file, "for", {"reasons": "De brief overtuigt.", "level": "niveau-1"})

    assert (known["outcome"], known["level"], known["due_on"]) == ("granted", "niveau-1", "2029-09-12")
    assert known["remedy"]


async def test_a_teacher_registers_by_diploma_and_the_public_sees_school_and_town_only(house: House):
    house.on(date(2026, 2, 12))
    await a_teacher(house.world, "tess")
    teacher = await house.client("tess")

    application = an_application("leraren", qualifications=[{"name": "Groepsleraar po"}])
    file = await apply(teacher, application, a_diploma("2021-07-02", TEACHING_DEGREE))
    known = await decide(house, file, "for", {"reasons": "Erkend diploma."})

    assert (known["outcome"], known["level"], known["due_on"]) == ("granted", None, "2031-02-12")
    (entry,) = (await (await house.client()).get(f"/register-entries/{house.number_of('tess')}")).json()
    assert (entry["registered"], entry["school"], entry["town"]) == (
        True,
        f"Basisschool De Één {PLACES[6].code}",
        "ZWOLLE",
    )
    assert (entry["level"], entry["valid_until"], entry["board"]) == (None, None, "")


async def test_a_tie_refuses_nothing_the_file_returns_to_the_next_session(house: House):
    await a_leader(house.world, "gelijk")
    file = await apply(await house.client("gelijk"), an_application(), a_diploma("2024-08-31"))
    secretary, _, item = await sit(house, file)
    await vote(house, item, "for", MEMBERS[:2])
    await vote(house, item, "against", MEMBERS[2:4])

    ruled = await secretary.post(f"{item}/decision", {"reasons": "Geen meerderheid."})

    assert ruled.status_code == 201
    assert (ruled.json()["outcome"], ruled.json()["decision"]) == ("tie", None)
    assert (await secretary.get(f"/applications/{file}")).json()["state"] == "in-review"


async def test_a_colleague_of_the_same_board_may_neither_read_nor_vote(house: House):
    await a_leader(house.world, "collega", PLACES[5])  # the board of lid6
    file = await apply(await house.client("collega"), an_application(), a_diploma("2024-08-31"))
    _, _, item = await sit(house, file, MEMBERS[1:6])
    colleague = await house.client("lid6.commissie")

    read = await colleague.get(item)
    voted = await colleague.post(f"{item}/votes", {"vote": "for"})

    assert (read.status_code, read.json()["code"]) == (403, "recused")
    assert (voted.status_code, voted.json()["code"]) == (403, "recused")


async def test_who_does_not_sit_in_the_session_does_not_know_of_the_file(house: House):
    await a_leader(house.world, "vreemd")
    file = await apply(await house.client("vreemd"), an_application(), a_diploma("2024-08-31"))
    _, _, item = await sit(house, file, MEMBERS[:4])
    outsider = await house.client("lid5.commissie")

    hidden = await outsider.get(item)
    missing = await outsider.get("/agenda-items/01999999-0000-7000-8000-000000000000")

    assert (hidden.status_code, hidden.json()["code"]) == (404, missing.json()["code"])


async def test_evidence_is_frozen_from_submission(house: House):
    await a_leader(house.world, "vast")
    leader = await house.client("vast")
    file = await apply(leader, an_application(), a_diploma("2024-08-31"))
    (proof,) = (await leader.get(f"/applications/{file}")).json()["proofs"]

    swapped = await leader.upload(f"/applications/{file}/proofs/{proof['id']}/file", "ander.pdf")

    assert proof["sha256"]
    assert (swapped.status_code, swapped.json()["code"]) == (409, "frozen")


async def test_who_withdraws_leaves_the_agenda_and_the_session_can_close(house: House):
    await a_leader(house.world, "terug")
    leader = await house.client("terug")
    file = await apply(leader, an_application(), a_diploma("2024-08-31"))
    secretary, session, item = await sit(house, file)

    withdrawn = await leader.move(f"/applications/{file}", "withdrawal")

    assert withdrawn.json()["state"] == "withdrawn"
    assert (await leader.get("/registrations")).json()[0]["status"] == "enrolled"
    decided = await secretary.post(f"{item}/decision", {"reasons": "Te laat."})
    assert (decided.status_code, decided.json()["open_moves"]) == (409, [])
    closed = await secretary.move(session, "closing", {"minutes": "Het dossier is ingetrokken."})
    assert closed.status_code == 201
    assert closed.json()["items"][0]["state"] == "removed"


async def test_a_look_at_a_file_by_somebody_else_leaves_a_trace_and_ones_own_does_not(house: House):
    await a_leader(house.world, "gezien")
    leader = await house.client("gezien")
    file = await apply(leader, an_application(), a_diploma("2024-08-31"))
    secretary = await house.client("secretaris")

    await leader.get(f"/applications/{file}")
    await secretary.get(f"/applications/{file}")

    async with house.means.database.reading() as session:
        seen = select(TrailEvent.actor).where(TrailEvent.action == "application:read")
        assert (await session.exec(seen)).all() == [f"person/{house.id_of('secretaris')}"]


async def test_an_upload_that_is_sent_again_under_its_key_is_one_upload(house: House):
    await a_leader(house.world, "dubbel")
    leader = await house.client("dubbel")
    drawn = (await leader.post("/applications", an_application())).json()
    proof = (await leader.post(f"/applications/{drawn['id']}/proofs", a_diploma("2024-08-31"))).json()
    file = f"/applications/{drawn['id']}/proofs/{proof['id']}/file"
    key = {"Idempotency-Key": "een-sleutel"}

    first, second = [await leader.post(file, files=a_file(PDF), headers=key) for _ in range(2)]
    other = await leader.post(file, files=a_file(PDF + b" "), headers=key)
    nothing = await leader.post(file, headers={"Idempotency-Key": "nog-een"})

    assert first.status_code == second.status_code == 201
    assert (first.json(), first.headers["etag"]) == (second.json(), second.headers["etag"])
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert nothing.status_code == 400


def a_file(content: bytes) -> dict[str, tuple[str, bytes, str]]:
    return {"file": ("diploma.pdf", content, "application/pdf")}

"""An existing register is taken over whole: each line is stored, as it was, or refused with what would repair it."""

import json
from datetime import date

import pytest
from sqlmodel import select

from auth.models import Person
from core.agenda import AgendaEntry
from core.decisions import Decision
from core.errors import Invalid
from core.store.audit import TrailEvent
from core.store.outbox import OutboxMessage
from core.store.work import Work
from register.entries.models import Application, EntryVersion, PublicEntry, Registration
from register.notification.sending import _addressee
from register.office.imports.command import as_data, as_text, command, import_register
from register.office.imports.service import TakeoverReport
from register.office.personal_data import queries as kept
from register.office.personal_data.policy import KEPT, Subject
from register.service.context import open_means
from register.service.sweep import sweep
from tests.builders import House, a_leader
from tests.faults.files import problems
from tests.register.takeover.files import a_file, a_line

POST = {"board_number": "40001", "location_code": "01AA", "role": "directeur", "appointed_on": "01-08-2019"}
TEACHER = {
    "register": "leraren",
    "title": "",
    "level": "",
    "points": "",
    "hours_subject": "40",
    "hours_primary": "62,5",
    "hours_other": "20",
}


async def take(house: House, *lines: dict[str, str], **more: bool) -> TakeoverReport:
    return await import_register(house.means, "oud", a_file(*lines), **more)


async def told(house: House, model: type, *where: object) -> list:
    async with house.means.database.reading() as session:
        return list((await session.exec(select(model).where(*where))).all())


async def of(house: House, email: str) -> tuple[Person, Registration]:
    (person,) = await told(house, Person, Person.email == email)
    (entry,) = await told(house, Registration, Registration.person_id == person.id)
    return person, entry


async def test_a_register_is_taken_over_and_everything_can_be_derived_anew(house):
    house.on(date(2025, 9, 20))
    report = await take(
        house,
        a_line(1, title="RADO", level="basisbekwaam", **POST),
        a_line(2, status="onder voorwaarden"),
        a_line(3, status="ingeschreven", title="", level="", registered_on="", due_on="", points=""),
        a_line(4, application="reregistration", application_received_on="2025-08-01"),
        a_line(5, **TEACHER),
        a_line(6, status="uitgeschreven", registered_on="", due_on="", points=""),
    )

    assert (report.read, report.new, report.refused) == (6, 6, [])
    assert [(each.register_code, each.points_in, each.points_on_ledgers) for each in report.balances] == [
        ("leraren", 0, 0),
        ("schoolleiders-po", 360, 360),
    ]
    assert (report.balances[0].hours_in, report.balances[0].hours_on_ledgers) == ("122.50", "122.50")
    person, entry = await of(house, "leider1@school.example")
    assert (entry.status, entry.title, entry.level, entry.due_on) == (
        "registered",
        "RDO",
        "niveau-1",
        date(2025, 9, 1),
    )
    (shown,) = (await house.http.get(f"/v1/register-entries/{person.register_number}")).json()
    assert (shown["status"], shown["level"], shown["board"]) == ("registered", "niveau-1", "Stichting ‘t Bestuur 40001")
    lines = await told(house, EntryVersion, EntryVersion.registration_id == entry.id)
    assert [(line.holds_from, line.title) for line in lines] == [(date(2020, 9, 1), "RADO"), (date(2022, 8, 24), "RDO")]
    (running,) = await told(house, Application)
    assert (running.state, running.received_on, running.decision_due_on) == (
        "submitted",
        date(2025, 8, 1),
        date(2025, 9, 26),  # eight weeks (Awb 4:13)
    )
    assert len(await told(house, PublicEntry, PublicEntry.name_key.startswith("haddad"))) == 5  # not who left
    assert await problems(house) == []


async def test_one_line_in_the_trail_tells_of_all_and_twice_is_once(house):
    lines = [a_line(n) for n in range(4)]
    await take(house, *lines)
    again = await take(house, *lines)

    assert (again.new, again.changed, again.unchanged) == (0, 0, 4)
    (event,) = await told(house, TrailEvent, TrailEvent.action == "register:import")
    facts = json.loads(event.facts)
    assert (facts["source"], facts["new"], facts["batch_rows"]) == ("oud", 4, 4 * 7)
    assert "school.example" not in event.facts


async def test_a_broken_line_is_refused_with_its_repair_and_loses_no_other(house):
    await a_leader(house.world, "nadia")
    report = await take(
        house,
        a_line(1),
        a_line(2, email="geen adres"),
        a_line(3, due_on="31-02-2026"),
        a_line(1),
        a_line(4, source_number="123456782"),
        a_line(5, email="nadia@voorbeeld.example"),
        a_line(6, email="leider1@school.example"),
        a_line(7, **{**POST, "board_number": "99999"}),
        a_line(8, register_number="12345678"),
        a_line(9, source_number="S-1", register="schoolleiders-vo", family_name="Anders"),
    )

    assert report.new == 1
    assert [(row.line, row.code) for row in report.refused] == [
        (3, "email"),
        (4, "no-such-day"),
        (5, "duplicate"),
        (6, "looks-like-bsn"),
        (7, "email-known"),
        (8, "email-twice"),
        (9, "unknown-board"),
        (10, "bad-register-number"),
        (11, "person-differs"),
    ]
    assert all(row["detail"] for row in as_data(report)["refused"])


async def test_a_line_is_told_all_that_is_wrong_with_it_at_once(house):
    alone = {"role": "directeur", "appointed_on": "1-2-2023"}
    report = await take(
        house,
        a_line(1, due_on="31-2-2023", level="hoog", board_number="99999", location_code="99ZZ", **alone),
        a_line(2, **alone),
        a_line(3, board_number="99999", location_code="99ZZ", email="geen", **alone),
        a_line(4, due_on="1 feb"),
    )

    assert {(row.line, row.code, row.column) for row in report.refused} == {
        (2, "no-such-day", "due_on"),
        (2, "unknown-word", "level"),
        (2, "unknown-board", "board_number"),
        (2, "unknown-brin", "location_code"),
        (3, "post-incomplete", "board_number"),
        (3, "post-incomplete", "location_code"),
        (4, "email", "email"),
        (4, "unknown-board", "board_number"),
        (4, "unknown-brin", "location_code"),
        (5, "bad-date", "due_on"),
    }


async def test_who_is_known_here_already_gets_the_entry_and_keeps_the_own_details(house):
    await a_leader(house.world, "nadia")
    known = {"register_number": house.number_of("nadia"), "email": "nadia@voorbeeld.example"}
    report = await take(house, a_line(1, register="schoolleiders-vo", **known), a_line(2, **known))

    assert [(row.line, row.code) for row in report.refused] == [(3, "in-register-already")]
    (person,) = await told(house, Person, Person.email == "nadia@voorbeeld.example")
    assert person.family_name == "Leider"
    entries = await told(house, Registration, Registration.person_id == person.id)
    assert {entry.register_code for entry in entries} == {"schoolleiders-po", "schoolleiders-vo"}
    assert await problems(house) == []


async def test_a_line_that_changed_there_is_stored_unless_it_was_changed_here(house):
    await take(house, a_line(1), a_line(2))
    report = await take(
        house, a_line(1, points="130", level="master", family_name="Nieuw", due_on="2026-09-01", **POST), a_line(2)
    )

    assert (report.changed, report.unchanged, report.refused) == (1, 1, [])
    assert [(each.points_in, each.points_on_ledgers) for each in report.balances] == [(130, 130)]
    person, entry = await of(house, "leider1@school.example")
    assert (person.family_name, entry.level, entry.due_on) == ("Nieuw", "master", date(2026, 9, 1))
    fewer = await take(house, a_line(1, points="40", level="master", family_name="Nieuw", due_on="2026-09-01", **POST))
    assert (fewer.balances[0].points_in, fewer.balances[0].points_on_ledgers) == (40, 40)
    assert await problems(house) == []

    house.on(date(2026, 9, 2))
    await sweep(house.means, date(2026, 9, 2))
    late = await take(house, a_line(1, points="60", level="master", family_name="Nieuw", **POST))
    assert [(row.line, row.code) for row in late.refused] == [(2, "changed-here-since")]
    assert await problems(house) == []


async def test_a_dry_run_tells_the_same_and_stores_nothing(house):
    before = len(await told(house, Person))
    report = await take(house, a_line(1), a_line(2, level="zus"), dry_run=True)

    assert (report.dry_run, report.new, len(report.refused)) == (True, 1, 1)
    assert len(await told(house, Person)) == before
    assert await told(house, TrailEvent, TrailEvent.action == "register:import") == []


async def test_a_row_of_a_batch_that_was_changed_behind_the_trail_is_named(house):
    await take(house, a_line(1))
    person, _entry = await of(house, "leider1@school.example")

    async def edit(work: Work) -> None:
        table = Person.__table__
        await (await work.session.connection()).execute(table.update().where(table.c.id == person.id).values(town="X"))

    await house.system(edit)

    assert f"row-changed-behind-the-trail: person/{person.id}" in await problems(house)


async def test_the_command_says_by_exit_code_how_it_went(house, tmp_path, capsys):
    file = tmp_path / "oud.csv"
    settings = house.means.settings
    file.write_bytes(a_file(a_line(1)))
    assert await command(open_means(settings), file, "oud", False, False) == 0
    assert "1 lines read: 1 new" in capsys.readouterr().out
    file.write_bytes(a_file(a_line(1), a_line(2, level="zus")))
    assert await command(open_means(settings), file, "oud", False, True) == 1
    assert json.loads(capsys.readouterr().out)["refused"][0]["code"] == "unknown-word"
    file.write_bytes(a_file(a_line(1, bsn="123456782")))
    assert await command(open_means(settings), file, "oud", False, False) == 2
    assert "bsn-column" in capsys.readouterr().out
    assert await command(open_means(settings), tmp_path / "niets.csv", None, False, False) == 2


async def test_a_file_that_is_unusable_stores_nothing(house):
    with pytest.raises(Invalid, match="bsn-column"):
        await take(house, a_line(1, bsn="123456782"))


async def test_who_was_taken_over_and_enrols_is_not_there_twice_and_the_office_is_told(house):
    await take(house, a_line(1))
    details = {
        "given_name": "Nadia",
        "family_name": "Haddad",
        "address": "Dorpsstraat 1",
        "postcode": "8011AA",
        "town": "Zwolle",
        "email": "Leider1@school.example",
        "telephone": "038 1234567",
        "password": "een heel lang wachtwoord",
        "register_code": "schoolleiders-po",
        "role": "director",
        "board_number": "40001",
        "location_code": "01AA00",
        "appointed_on": "2019-08-01",
    }
    answer = await (await house.client()).post("/enrolments", details)

    assert (answer.status_code, answer.json()) == (202, {"status": "accepted"})  # as for anybody
    person, _entry = await of(house, "leider1@school.example")
    (task,) = await told(house, AgendaEntry, AgendaEntry.case_id == person.id)
    assert (task.role, task.task) == ("office", "open-account")
    (message,) = await told(house, OutboxMessage, OutboxMessage.person_id == person.id)
    assert message.topic == "enrolment-known"


async def test_everything_that_is_wrong_with_a_line_is_told_at_once_by_its_column(house: House):
    bad = {"email": "geen adres", "status": "weg", "registered_on": "31-02-2020", "points": "veel", "title": "koning"}

    report = await take(house, a_line(1), a_line(2, **bad), a_line(3))

    assert {(row.line, row.column) for row in report.refused} == {(3, column) for column in bad}
    assert (report.read, report.new) == (3, 2)
    assert "3 lines read: 2 new, 0 changed, 0 as they were, 1 refused" in as_text(report)


async def test_somebody_with_one_name_abroad_is_taken_over_written_to_and_given_it_all_back(house):
    abroad = {"given_name": "", "family_name": "Madonna", "address": "Meir 1", "country": "be", "postcode": "2000"}
    one_name = {"given_name": "Sukarno", "family_name": "", "address": "Dorpsstraat 1", "postcode": "8011AA"}
    report = await take(
        house,
        a_line(1, **abroad, town="Antwerpen"),
        a_line(2, **one_name, town="Zwolle", country="NL"),
        a_line(3, given_name="", family_name=""),
        a_line(4, **{**abroad, "country": "NL"}),
        a_line(5, **{**abroad, "country": "ZZ"}),
    )
    person, entry = await of(house, "leider1@school.example")
    at_home, _ = await of(house, "leider2@school.example")

    assert (report.new, {row.line for row in report.refused}) == (2, {4, 5, 6})
    assert (person.full_name(), person.country, person.postcode) == ("Madonna", "BE", "2000")
    assert (at_home.full_name(), at_home.country, at_home.postcode) == ("Sukarno", None, "8011AA")
    assert await house.system(lambda work: _addressee(work, Decision(person_id=entry.person_id))) == (
        "Madonna", "Meir 1", "2000 Antwerpen", "BELGIË",
    )  # fmt: skip
    nobody = await house.client()
    for name in ("madonna", "sukarno"):
        found = (await nobody.get("/register-entries", params={"name": name})).json()["items"]
        assert [one["name"].lower() for one in found] == [name]

    async def own(work: Work) -> dict[str, object]:
        (given, *_) = KEPT[Subject.IDENTITY]
        return (await kept.rows(work, given, person.id))[0]

    told = await house.system(own)
    assert (told["given_name"], told["family_name"], told["country"], told["postcode"]) == ("", "Madonna", "BE", "2000")

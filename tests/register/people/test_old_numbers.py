"""After a merge the old number, and the old id, lead to the person who was kept: whatever the door."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import select

from accreditation.attendance.models import Attendance
from auth import queries as people
from auth.models import Person
from core.store.work import Work
from register import migrations
from register.employers.deliveries.models import AppointmentClaim
from register.entries.models import Registration
from register.office.imports.command import import_register
from tests.accreditation.attendance.given import given
from tests.accreditation.attendance.test_receiving import report, rows_of
from tests.builders import House, a_leader
from tests.faults.files import problems
from tests.pages import signed_in
from tests.register.deliveries.test_deliveries import deliver, elsewhere
from tests.register.takeover.files import a_file, a_line
from tests.two_persons import by_two

HEDWIG = {"given_name": "Hedwig", "family_name": "Dubbelman", "due_on": "2028-05-01", "registered_on": "2023-05-01"}
ENROLLED = {"status": "ingeschreven", "title": "", "level": "", "due_on": "", "registered_on": "", "points": ""}


async def the_two(house: House) -> tuple[Person, Person]:
    """One person twice, of whom the second is enrolled only; then they are one."""
    first = a_line(1, **{**HEDWIG, "points": "", "email": "d1@voorbeeld.example"})
    second = a_line(2, **{**HEDWIG, **ENROLLED, "email": "d2@voorbeeld.example"})
    await import_register(house.means, "oud", a_file(first, second))
    async with house.means.database.reading() as session:
        wanted = select(Person).where(Person.family_name == "Dubbelman").order_by(Person.email)
        kept, double = (await session.exec(wanted)).all()

    merged = await by_two(house, "bureau", f"/people/{kept.id}", "merge", {"double": double.register_number})
    assert merged.status_code == 201, merged.text
    return kept, double


async def test_the_public_the_office_and_a_board_are_led_to_who_was_kept(house: House):
    kept, double = await the_two(house)
    nobody, office, board = await house.client(), await house.client("bureau"), await house.client("bestuur")

    page = await house.http.get(f"/register/{double.register_number}")
    assert (page.status_code, page.headers["location"]) == (301, f"/register/{kept.register_number}")
    page = await house.http.get(f"/register/{double.register_number}/uittreksel?on=1-6-2023")
    assert page.headers["location"] == f"/register/{kept.register_number}/uittreksel?on=1-6-2023"
    listed = (await nobody.get("/register-entries", params={"number": double.register_number})).json()["items"]
    assert [one["register_number"] for one in listed] == [kept.register_number]
    for asked in (double.register_number, str(double.email)):
        found = (await office.get("/people", params={"q": asked})).json()
        assert [one["register_number"] for one in found] == [kept.register_number], asked
    file = (await office.get(f"/people/{double.id}")).json()
    assert (file["profile"]["id"], file["doubles"]) == (str(kept.id), [double.register_number])
    checked = (await board.post("/board/checks", {"list": f"{double.register_number};Dubbelman"})).json()
    line = checked[0] if isinstance(checked, list) else checked["lines"][0]
    assert (line["answer"], line["now_under"]) == ("found", kept.register_number)


async def test_what_comes_in_under_the_old_number_reaches_who_was_kept(house: House):
    kept, double = await the_two(house)
    made = await given(house)
    row = {"register_number": double.register_number, "name": "H. Dubbelman", "run_id": str(made.run)}

    await report(house, "paula", [row])
    again = await report(house, "paula", [{**row, "register_number": kept.register_number}])

    (stored,) = await rows_of(house, Attendance)
    assert (stored.person_id, again["stored"]) == (kept.id, 0)

    await deliver(house, elsewhere(double.register_number))
    async with house.means.database.reading() as session:
        (claim,) = (await session.exec(select(AppointmentClaim))).all()
    assert claim.person_id == kept.id

    secondary = {**HEDWIG, "register": "schoolleiders-vo", "points": "", "email": "d2@voorbeeld.example"}
    by_source = await import_register(house.means, "oud", a_file(a_line(2, **secondary)))
    teacher = {**secondary, "register": "leraren", "title": "", "level": "", "source_number": "S-3"}
    by_number = await import_register(
        house.means, "ander", a_file({**a_line(3, **teacher), "register_number": double.register_number})
    )
    assert (by_source.new, by_source.refused, by_number.new, by_number.refused) == (1, [], 1, [])
    async with house.means.database.reading() as session:
        entries = (await session.exec(select(Registration).where(Registration.person_id == double.id))).all()
    assert [one.status for one in entries] == ["deregistered"]
    assert await problems(house) == []


async def test_a_colleague_named_by_the_old_number_is_who_was_kept(house: House):
    kept, double = await the_two(house)
    await a_leader(house.world, "leo")

    async def deed(work: Work) -> list[UUID]:
        named = await people.person_named(work.session, double.register_number, "dubbelman")
        ids = [named.id, (await people.person(work.session, double.id)).id]
        ids += [one.id for one in await people.persons(work.session, [double.id])]
        ids += [(await people.by_numbers(work.session, [double.register_number]))[double.register_number].id]
        assert list(await people.names_of(work.session, [double.id])) == [double.id]
        return ids

    assert set(await house.system(deed)) == {kept.id}


async def test_rows_on_a_merged_person_are_named_and_an_older_world_is_mended(house: House):
    _, double = await the_two(house)
    assert await problems(house) == []

    async with house.means.database.writing() as session, session.begin():
        values = {"salt": "0" * 32, "version": 1, "given_name": "Hedwig", "family_names": "Dubbel"}
        days = {"from_on": date(2020, 1, 1), "until_on": date(2021, 1, 1)}
        table = sa.table(
            "former_name",
            sa.column("id", sa.Uuid()),
            sa.column("person_id", sa.Uuid()),
            sa.column("from_on", sa.Date()),
            sa.column("until_on", sa.Date()),
            *map(sa.column, values),
        )
        await session.exec(sa.insert(table).values(id=UUID(int=9), person_id=double.id, **values, **days))
    found = await problems(house)
    assert f"hangs-on-merged-person: former_name/{UUID(int=9)} person_id" in found

    url = house.means.database.url
    await house.means.database.close()
    await migrations.downgrade(url, "0023")
    await migrations.upgrade(url)
    gone = [found for found in await problems(house) if not found.startswith("row-is-gone: proposal/")]
    assert gone == []  # the table of proposals went with the older release


async def test_an_account_that_came_by_a_merge_of_an_older_release_is_closed(house: House):
    """It stood beside the own one, and its open token was the other person; 0033 closes it and ends its sessions."""
    for who in ("leo", "pop"):
        await a_leader(house.world, who)
    puppet, own = await house.client("pop"), await house.client("leo")

    async def merge_as_before(work: Work) -> None:
        account = await people.account_of(work.session, house.id_of("pop"))
        account.person_id = house.id_of("leo")
        await work.flush()
        work.log("person:hand-over", account)

    await house.system(merge_as_before)
    assert (await puppet.get("/me")).json()["id"] == str(house.id_of("leo"))
    url = house.means.database.url
    await house.means.database.close()
    await migrations.downgrade(url, "0032")
    await migrations.upgrade(url)

    assert (await puppet.get("/me")).status_code == 401
    assert (await own.get("/me")).status_code == 200
    assert await problems(house) == []


async def test_ones_own_case_is_found_under_an_old_id_too(house: House):
    await a_leader(house.world, "dubbel")
    old = house.id_of("dubbel")

    async def were_one(work: Work) -> None:
        double = await people.itself(work.session, old)
        double.merged_into = house.id_of("bureau")
        work.log("person:merge", double)

    await house.system(were_one)
    office = await house.client("bureau")

    for verb, said in (("hiding", {"ground": "threat"}), ("session-end", None), ("password-link", None)):
        own = await office.move(f"/people/{old}", verb, said)
        assert (own.status_code, own.json().get("code")) == (403, "own-case"), verb
    page = await signed_in(house, "bureau")
    await page.open(f"/kantoor/personen/{old}")
    assert "Dit bent u zelf" in page.text
    assert "/verbergen" not in page.page.text
    other = await house.client("bureau2")
    assert (await other.move(f"/people/{old}", "hiding", {"ground": "threat"})).status_code == 201

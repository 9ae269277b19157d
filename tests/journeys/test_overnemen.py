"""An old register is taken over, and goes through its first year here: reminders of the law, and the people in it."""

from datetime import date

from register.office.imports.command import import_register
from register.service.sweep import sweep
from tests.builders import House
from tests.faults.files import problems
from tests.register.takeover.files import a_file, a_line

ASKED = {"application": "reregistration", "application_received_on": "2024-08-15"}


async def standing(house: House, family_name: str) -> tuple[str, bool, str | None]:
    found = await house.http.get("/v1/register-entries", params={"name": family_name})
    (entry,) = found.json()["items"]
    return entry["status"], entry["registered"], entry["valid_until"]


async def test_overnemen_een_oud_register_en_zijn_eerste_jaar(house):
    house.on(date(2024, 9, 1))
    old = a_file(
        a_line(1, family_name="Ruim", due_on="2026-03-01"),
        a_line(2, family_name="Tijdig", due_on="2024-09-30", **ASKED),
        a_line(3, family_name="Stil", due_on="2024-09-30", title="RADO", level="basisbekwaam"),
        a_line(4, family_name="Voorwaarde", status="onder voorwaarden", due_on="2024-06-30"),
    )

    assert (await import_register(house.means, "oud", old)).new == 4
    assert (await import_register(house.means, "oud", old)).unchanged == 4
    assert await standing(house, "Voorwaarde") == ("conditional", True, "2024-06-30")

    for day in (date(2024, 9, 30), date(2024, 10, 1), date(2024, 12, 1), date(2025, 3, 1), date(2025, 9, 1)):
        house.on(day)
        await sweep(house.means, day)
        if day == date(2024, 9, 30):  # the due date is the last day
            assert await standing(house, "Stil") == ("registered", True, "2024-09-30")

    assert await standing(house, "Ruim") == ("registered", True, "2026-03-01")
    assert await standing(house, "Tijdig") == ("registered", True, "2024-09-30")  # asked in time, not decided yet
    assert await standing(house, "Stil") == ("conditional", True, "2024-09-30")
    entries = (await house.http.get("/v1/register-entries", params={"name": "Stil"})).json()["items"]
    then = await house.http.get(f"/v1/register-entries/{entries[0]['register_number']}/standing?on=2021-01-01")
    assert [(each["title"], each["status"]) for each in then.json()] == [("RADO", "registered")]
    assert await problems(house) == []

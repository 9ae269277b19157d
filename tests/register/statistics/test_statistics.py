"""Figures of a day: from the histories, complete for who may, and for everybody without what points at a person."""

import csv
import io
from datetime import date
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from core.spreadsheet import as_csv
from core.store.work import Work
from register.entries.models import Appointment
from register.office.imports.command import import_register
from register.office.statistics.policy import LEAST_SHOWN, Count, shown_total, suppressed, total
from tests.builders import House, a_teacher
from tests.pages import browser
from tests.register.takeover.files import a_file, a_line

NUMBERS = st.lists(st.integers(1, 30), min_size=1, max_size=8)


@given(NUMBERS)
def test_no_small_number_is_shown_and_none_follows_from_the_total(numbers):
    counts = [Count("leraren", "po", f"status-{n}", None, number) for n, number in enumerate(numbers)]

    shown = suppressed(counts)

    visible = [each.number for each in shown if each.number is not None]
    left_out = len(shown) - len(visible)
    assert len(shown) == len(counts)
    assert all(number >= LEAST_SHOWN for number in visible)
    assert left_out != 1 or shown_total(total(counts), shown) is None
    assert left_out == 0 or any(number < LEAST_SHOWN for number in numbers)


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=3), max_size=4))
def test_no_cell_of_an_export_runs_as_a_formula(rows):
    read = list(csv.reader(io.StringIO(as_csv(rows), newline=""), delimiter=";"))

    assert [len(row) for row in read if row] == [len(row) for row in rows if row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0")) for row in read for cell in row)


async def taken_over(house: House) -> None:
    """Seven registered since 2020; three of them conditional since 2 September 2023."""
    house.on(date(2024, 9, 12))
    lines = [a_line(n) for n in range(4)]
    late = [a_line(n, status="onder voorwaarden", due_on="2023-09-01") for n in range(4, 7)]
    await import_register(house.means, "oud", a_file(*lines, *late))


async def numbers(house: House, who: str | None, path: str) -> dict[tuple[str, str, str | None], int | None]:
    answer = await (await house.client(who)).get(path)
    assert answer.status_code == 200, answer.text
    found = answer.json()["counts"]
    return {(each["register_code"], each["status"], each["level"]): each["number"] for each in found}


async def test_the_figures_of_a_day_follow_the_histories(house):
    await taken_over(house)
    po = "schoolleiders-po"

    now = await numbers(house, "toezicht", "/statistics/complete")
    before = await numbers(house, "toezicht", "/statistics/complete?on=2023-09-01")

    assert (now[po, "registered", "niveau-2"], now[po, "conditional", "niveau-2"]) == (4, 3)
    assert before == {(po, "registered", "niveau-2"): 7, (po, "enrolled", None): 6}


async def test_everybody_sees_no_small_number_and_only_who_may_sees_all(house):
    await taken_over(house)
    po = "schoolleiders-po"

    seen = await numbers(house, None, "/statistics")

    assert (seen[po, "registered", "niveau-2"], seen[po, "conditional", "niveau-2"]) == (None, None)
    assert seen[po, "enrolled", None] == 6  # the members of the committee
    assert (await (await house.client()).get("/statistics/complete")).status_code == 401
    assert (await (await house.client("bestuur")).get("/statistics/complete")).status_code == 403
    assert (await (await house.client()).get("/statistics?on=2024-09-13")).status_code == 400


async def test_the_page_and_its_file_tell_the_same(house):
    await taken_over(house)

    page = await house.http.get("/cijfers?on=2023-09-01")
    file = await house.http.get("/cijfers/csv?on=2023-09-01")

    assert page.status_code == 200
    assert "1 september 2023" in page.text
    assert file.content.startswith(b"\xef\xbb\xbfRegister;Sector;Status;Niveau;Op;Aantal\r\n")
    line = b"Schoolleiders primair onderwijs;primair onderwijs;Geregistreerd;niveau 2;2023-09-01;7\r\n"
    assert line in file.content
    assert not (await house.http.get("/cijfers/csv?bom=false")).content.startswith(b"\xef\xbb\xbf")


async def test_the_page_takes_the_day_that_its_own_form_holds_and_says_beside_the_field_what_is_no_day(house):
    await taken_over(house)
    one = browser(house)
    await one.open("/cijfers")

    await one.open(f"/cijfers?{urlencode(one.form('/cijfers').values)}")
    assert one.page.status_code == 200
    await one.open("/cijfers?on=1-9-2023")
    assert "1 september 2023" in one.text
    await one.open("/cijfers?on=abc")
    assert 'value="abc"' in one.page.text
    assert 'id="on-error"' in one.page.text


async def test_the_sector_of_a_teacher_is_that_of_the_post_held_on_the_day(house):
    house.on(date(2024, 9, 1))
    await a_teacher(house.world, "tess")

    async def ends(work: Work) -> None:
        for post in await work.session.exec(select(Appointment).where(Appointment.person_id == house.id_of("tess"))):
            post.ended_on = date(2024, 9, 5)
            work.log("appointment:end", post, ended_on=post.ended_on)

    await house.system(ends)
    house.on(date(2024, 9, 12))
    auditor = await house.client("toezicht")

    async def sectors(on: str) -> list[str]:
        counts = (await auditor.get("/statistics/complete", params={"on": on})).json()["counts"]
        return [each["sector"] for each in counts if each["register_code"] == "leraren"]

    assert await sectors("2024-09-05") == ["po"]  # the last day still counts
    assert await sectors("2024-09-06") == ["unknown"]

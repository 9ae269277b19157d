"""Every list that anybody hands over, through every door: read or refused by its line, no wrong row, no crash.

Two thousand files go through each door in the long run, and a sample of them by default.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from accreditation.attendance.models import Attendance
from auth.numbers import check_digit
from core.errors import Invalid
from register.employers.deliveries import command as delivering
from register.office.imports import command as taking
from register.office.imports.columns import REGISTER
from register.office.imports.lines import lines_of
from register.service import importing
from register.service.context import open_means
from tests.accreditation.attendance.given import Given, given
from tests.builders import PLACES, House, a_leader
from tests.lists.mutations import Mutation, Table, mutated
from tests.pages import Browser, signed_in
from tests.register.schools.files import PO_HEADER, po_line
from tests.register.sharing.steps import a_board_administrator
from tests.register.takeover.files import COLUMNS, a_line

FIELD = Path(__file__).parents[1] / "field"
NAMES = ("José Pérez", "van 't Hart", "Ömer Öztürk", "Jan; de Vries", 'Piet "Pi" Smit', "Ans Xtest")
NUMBERS = [body + check_digit(body) for body in ("5629379", "2850094", "6076598", "1234567", "7654321", "1112223")]
RUN_DAY = "2024-09-03"
ALL = range(2_000)

ATTENDANCE: Table = [
    ("Registernummer", "Naam", "Datum"),
    *((number, name, RUN_DAY) for number, name in zip(NUMBERS, NAMES, strict=True)),
]
PEOPLE: Table = [("nummer", "naam"), *zip(NUMBERS, NAMES, strict=True)]
OLD: Table = [
    COLUMNS,
    *(tuple(a_line(n, family_name=name)[column] for column in COLUMNS) for n, name in enumerate(NAMES)),
]
POSTS: Table = [
    ("registernummer", "bestuursnummer", "brin", "functie", "benoemd_op"),
    *((number, PLACES[0].board_number, PLACES[0].code, "leraar", "2024-08-01") for number in NUMBERS),
]
SCHOOLS: Table = [tuple(PO_HEADER.split(";")), *(tuple(po_line(f"05OC0{n}").split(";")) for n in range(5))]


class Doors:
    """A house with every door open, and whoever may go through it."""

    def __init__(self, house: House, made: Given, provider: Browser, board: Browser, folder: Path) -> None:
        self.house, self.made, self.provider, self.board, self.folder = house, made, provider, board, folder

    async def _command(self, mutation: Mutation, run: Callable[[Path], Awaitable[int]]) -> None:
        file = self.folder / mutation.name
        file.write_bytes(mutation.content)
        assert await run(file) in {0, 1, 2}

    async def register(self, mutation: Mutation) -> None:
        settings = self.house.means.settings
        await self._command(mutation, lambda file: taking.command(open_means(settings), file, "oud", True, True))
        if mutation.faithful:
            truth = {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in OLD[1:]}
            found = (await lines_of(mutation.content, REGISTER)).lines
            assert [cells["source_number"] for _, cells in found] == list(truth)
            for _, cells in found:
                assert {name: cells[name] for name in COLUMNS} == truth[cells["source_number"]]

    async def appointments(self, mutation: Mutation) -> None:
        settings = self.house.means.settings
        await self._command(mutation, lambda file: delivering.command(open_means(settings), file, True, True))

    async def duo(self, mutation: Mutation) -> None:
        settings = self.house.means.settings
        await self._command(mutation, lambda file: importing.duo(settings, [file], True, as_json=True))

    async def attendance(self, mutation: Mutation) -> None:
        await self.provider.open(f"/presentie/{self.made.run}")
        answer = await self.provider.send(str(self.made.run), files={"file": (mutation.name, mutation.content)})
        assert answer.status_code in ({200} if mutation.faithful else {200, 400, 413}), mutation
        if mutation.faithful:
            assert "Niet aangenomen" not in self.provider.text, mutation

    async def pasted(self, mutation: Mutation) -> None:
        text = mutation.content.decode("utf-8", "ignore").replace("\0", "")
        await self.provider.open(f"/presentie/{self.made.run}")
        answer = await self.provider.send(str(self.made.run), rows=text[:100_000])
        assert answer.status_code in {200, 400, 413}, mutation

    async def board_file(self, mutation: Mutation) -> None:
        await self.board.open("/bestuur/lijst")
        answer = await self.board.send("/lijst", files={"file": (mutation.name, mutation.content)})
        assert answer.status_code in ({200} if mutation.faithful else {200, 400, 413}), mutation
        if mutation.faithful:
            assert all(number in self.board.text for number in NUMBERS), mutation
            assert "Geen nummer" not in self.board.text, mutation

    async def no_wrong_row(self) -> None:
        """A broken file may name other numbers; the day and the run are those of the list or none."""
        async with self.house.means.database.reading() as session:
            rows = (await session.exec(select(Attendance))).all()
        assert set(NUMBERS) <= {row.sent_number for row in rows}
        assert {str(row.run_id) for row in rows} == {str(self.made.run)}


DOORS: dict[str, Table] = {
    "register": OLD,
    "appointments": POSTS,
    "duo": SCHOOLS,
    "attendance": ATTENDANCE,
    "pasted": ATTENDANCE,
    "board_file": PEOPLE,
}


@pytest.fixture
async def doors(house: House, tmp_path: Path) -> Doors:
    made = await given(house, capacity=1_000)
    await a_board_administrator(house)
    return Doors(house, made, await signed_in(house, "paula"), await signed_in(house, "bestuur"), tmp_path)


async def through(doors: Doors, door: str, numbers: range) -> None:
    for number in numbers:
        mutation = mutated(DOORS[door], number)
        try:
            await getattr(doors, door)(mutation)
        except Exception as error:
            error.add_note(f"{door}: {mutation.how}, {mutation.content[:300]!r}")
            raise
    if door == "attendance":
        await doors.no_wrong_row()


@pytest.mark.parametrize("door", DOORS)
async def test_a_sample_of_broken_and_odd_lists_through_every_door(doors, door):
    start = list(DOORS).index(door)
    await through(doors, door, range(start, 60, 6))


@pytest.mark.long
@pytest.mark.parametrize("door", DOORS)
async def test_two_thousand_lists_through_every_door(doors, door):
    await through(doors, door, ALL)


SAME: dict[str, tuple[bytes, bool]] = {
    "nothing": (b"", False),
    "a byte order mark": (b"\xef\xbb\xbf", False),
    "blank lines": (b"\r\n;;;\r\n \t\r\n" * 20_000, False),
    "a hint and no more": (b"sep=;\r\n", False),
    "a document": (b"%PDF-1.7\n" + bytes(500), False),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000), False),
    "half an archive": (b"PK\x03\x04" + bytes(200), False),
    "half of UTF-16": ("a;b\n".encode("utf-16")[:-1], False),
    "UTF-16 without a mark": ("registernummer;naam\n12345678;x\n".encode("utf-16-le"), False),
    "one quote": (b'"', False),
    "bytes that are nothing in Windows-1252": (b"\x81\x8d;\x90\r\n\x9d;\x8f\r\n", False),
}


@pytest.mark.parametrize("what", SAME)
async def test_every_door_refuses_the_same_files_in_its_own_words(doors, what, capsys):
    content, _ = SAME[what]
    mutation = Mutation(0, "lijst.csv", content, False, what)

    for door in DOORS:
        await getattr(doors, door)(mutation)

    for line in capsys.readouterr().out.splitlines():
        assert "Traceback" not in line


@pytest.mark.parametrize("name", ["cr.csv", "utf16.csv", "double.csv"])
async def test_the_files_from_the_field_are_taken_over(house, name, capsys):
    assert await taking.command(open_means(house.means.settings), FIELD / name, "oud", False, False) == 0
    assert " 0 refused" in capsys.readouterr().out


async def test_an_unusable_file_is_told_in_one_line(house, tmp_path, capsys):
    file = tmp_path / "niets.csv"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))

    for run in (
        taking.command(open_means(house.means.settings), file, "oud", False, False),
        delivering.command(open_means(house.means.settings), file, False, False),
    ):
        assert await run == 2
        assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("attendance-cp1252.csv", "Regel 2: Aangenomen"),
        ("attendance-date-cell.xlsx", "Regel 2:"),
        ("attendance-lines.csv", "Regel 5: Niet aangenomen"),
    ],
)
async def test_attendance_from_the_field_answers_by_the_line_of_the_file(house, name, said):
    made = await given(house, starts_on=date(2024, 9, 3), ends_on=date(2024, 9, 3))
    provider = await signed_in(house, "paula")
    await provider.open(f"/presentie/{made.run}")

    answer = await provider.send(str(made.run), files={"file": (name, (FIELD / name).read_bytes())})

    assert answer.status_code == 200
    assert said in provider.text, provider.text


@pytest.mark.thorough
async def test_a_workbook_that_would_fill_the_memory_is_refused_and_the_next_one_is_read(doors):
    from tests.register.takeover.test_lines import a_zip

    bomb = a_zip(**{"xl/worksheets/sheet1.xml": b"\0" * (70 * 2**20)})
    for door in ("attendance", "board_file"):
        await getattr(doors, door)(Mutation(0, "bom.xlsx", bomb, False, "bomb"))
        await getattr(doors, door)(mutated(DOORS[door], 9))
    with pytest.raises(Invalid, match="unsafe-workbook"):
        await lines_of(a_zip(sheet=b"\0" * (513 * 2**20)), REGISTER)


async def test_a_leader_on_a_list_is_found_however_it_was_written(doors):
    await a_leader(doors.house.world, "nadia")
    number = doors.house.number_of("nadia")
    table = [("nummer", "naam"), (number, "Leider")]

    for n in range(20):
        mutation = mutated(table, n)
        if mutation.faithful:
            await doors.board.open("/bestuur/lijst")
            await doors.board.send("/lijst", files={"file": (mutation.name, mutation.content)})
            assert number in doors.board.text, mutation


MB = 2**20
WEIGHED = ("nothing", "one row and nothing", "a row too many", "too heavy", "too much for a request")
BLANK, ROW = b";;;\r\n", b"12345678;x\r\n"


@pytest.mark.parametrize(
    ("door", "content", "status", "said"),
    [  # a list of attendance may have 5 MB in a request of 12, one of staff 2 in a request of 4
        ("attendance", BLANK * (6 * MB // 5), 400, "Er staan geen regels in"),
        ("attendance", ROW + BLANK * (4 * MB // 5), 200, "Regel 1:"),
        ("attendance", ROW * 10_001, 400, "De lijst is te lang"),
        ("attendance", b"12345678;" + b"x" * 6 * MB, 400, "De lijst is te lang"),
        ("attendance", BLANK * (13 * MB // 5), 413, "Dit is te groot"),
        ("staff", BLANK * (3 * MB // 5), 400, "De lijst is leeg"),
        ("staff", ROW + BLANK * (MB // 5), 200, "Geen registernummer: 1 "),
        ("staff", ROW * 2_001, 400, "De lijst heeft te veel regels"),
        ("staff", b"12345678;" + b"x" * 3 * MB, 400, "De lijst is te lang"),
        ("staff", BLANK * (5 * MB // 5), 413, "Dit is te groot"),
    ],
    ids=[f"{door}: {what}" for door in ("attendance", "staff") for what in WEIGHED],
)
async def test_that_nothing_stands_in_a_list_is_seen_before_that_it_is_too_long(doors, door, content, status, said):
    page, path = {
        "attendance": (doors.provider, f"/presentie/{doors.made.run}"),
        "staff": (doors.board, "/bestuur/lijst"),
    }[door]
    await page.open(path)

    answer = await page.send(path, files={"file": ("lijst.csv", content)})

    assert (answer.status_code, said in page.text) == (status, True), page.text[:600]

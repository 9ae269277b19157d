"""Boards, places and programmes are imported: twice is once, and one line in the trail tells of a file."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select

from accreditation.programmes.models import HigherEducationProgramme
from core.errors import Invalid, NotFound
from core.store.audit import TrailEvent
from core.web.unit_of_work import Nobody
from register.schools import queries
from register.schools.duo.rows import RefusedRow
from register.schools.duo_import import Outcome, import_duo
from register.schools.models import Board, Location
from tests.register.schools.files import history_file, past, po_file, po_line, programmes_file

TODAY = date(2026, 11, 22)
BOARDS = "kvk;naam;sector;bevoegd_gezag_nummer\n01080096;Stichting Fryslân-Noord;bo;32073\n"


@pytest.fixture
def put(tmp_path: Path):
    def put(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return put


@pytest.fixture
def files(put) -> list[Path]:
    return [
        put("history.csv", history_file(past("1", "1", "0", "0"), past("0", "0", "0", "9", code="05OC00"))),
        put("boards.csv", BOARDS.encode()),
        put("po.csv", po_file(po_line("05OC00"), po_line("05OC01", name="De Brêge", town="SNEEK"))),
        put("ho.csv", programmes_file("1001O4366", "1001O4367")),
    ]


async def count(means, model) -> int:
    async with means.database.reading() as session:
        return (await session.exec(select(sa.func.count()).select_from(model))).one()


async def test_files_are_stored_in_the_order_in_which_one_needs_another(means, files):
    report = await import_duo(means, Nobody(), files)

    assert report.outcome is Outcome.STORED
    assert [(file.name, file.stored.new, file.stored.changed) for file in report.files] == [
        ("po.csv", 2, 0),
        ("boards.csv", 0, 1),
        ("history.csv", 1, 1),
        ("ho.csv", 2, 0),
    ]
    async with means.work(Nobody(), write=False) as work:
        closed = await queries.school(work, "00AR00")
        assert (closed.closed_on, closed.board_number) == (date(1998, 8, 1), "41797")
        assert (await queries.board(work, "32073")).name == "Stichting Fryslân-Noord"


async def test_twice_is_once(means, files):
    await import_duo(means, Nobody(), files)
    events = await count(means, TrailEvent)

    report = await import_duo(means, Nobody(), files)

    assert [(file.stored.new, file.stored.changed, file.stored.elsewhere) for file in report.files] == [(0, 0, 0)] * 4
    assert await count(means, TrailEvent) == events == 4


async def test_a_dry_run_reports_the_same_and_leaves_no_trace(means, files):
    dry = await import_duo(means, Nobody(), files, dry_run=True)

    assert [await count(means, model) for model in (Board, Location, HigherEducationProgramme, TrailEvent)] == [0] * 4
    assert dry.files == (await import_duo(means, Nobody(), files)).files


async def test_bad_lines_are_listed_and_the_others_stored(means, put):
    broken = put("po.csv", po_file(po_line("05OC00"), po_line("05OC01", postcode="?")))

    report = await import_duo(means, Nobody(), [broken])

    assert report.outcome is Outcome.SOME_REFUSED
    assert report.files[0].refused == [RefusedRow(3, "bad-postcode", "POSTCODE")]
    assert await count(means, Location) == 1


async def test_one_unusable_file_and_nothing_is_stored(means, files, put):
    report = await import_duo(means, Nobody(), [*files, put("other.csv", b"a;b\n1;2\n"), Path("/nowhere.csv")])

    assert report.outcome is Outcome.UNUSABLE
    assert [file.unusable for file in report.files if file.unusable] == ["unknown-header", "unreadable-file"]
    assert await count(means, Location) == 0


async def test_a_change_counts_the_version_up_and_a_programme_that_left_is_kept(means, put):
    units = [f"1001O{n:04}" for n in range(20)]
    await import_duo(
        means, Nobody(), [put("po.csv", po_file(po_line())), put("ho.csv", programmes_file(*units, "1001O4366"))]
    )

    await import_duo(
        means, Nobody(), [put("po.csv", po_file(po_line(name="New"))), put("ho.csv", programmes_file(*units))]
    )

    async with means.work(Nobody(), write=False) as work:
        school = await queries.school(work, "05OC00")
        gone = await work.session.get(HigherEducationProgramme, ("1001O4366", "", "", ""))
        assert (school.name, school.version) == ("New", 2)
        assert (gone.unlisted_on, gone.version) == (TODAY, 2)


async def test_progress_goes_from_nothing_to_everything(means, files):
    steps = []

    await import_duo(means, Nobody(), files, progress=lambda what, done, of: steps.append((done, of)))

    assert steps == [(done, 8) for done in range(9)]


async def test_schools_are_found_by_part_of_a_name_or_town_or_the_beginning_of_a_code(means, files):
    await import_duo(means, Nobody(), files)

    async with means.work(Nobody(), write=False) as work:

        async def codes(**wanted):
            return [row.code for row in await queries.schools(work, **{"open_on": TODAY, "limit": 9} | wanted)]

        assert await codes(name="BREGE") == ["05OC01"]
        assert await codes(name="05oc") == ["05OC01", "05OC00"]  # by name: De Brêge, De Brug
        assert await codes(town="sneek") == ["05OC01"]
        assert await codes(board_number="32073", limit=1) == ["05OC01"]
        assert await codes(after=("de brege", "05OC01")) == ["05OC00"]
        assert await codes(name="maas") == []
        assert await codes(name="maas", open_on=date(1998, 7, 31)) == ["00AR00"]
        assert await codes(name="%") == []
        assert [row.number for row in await queries.boards(work, limit=9)] == ["32073", "41797"]
        assert [row.number for row in await queries.boards(work, limit=9, name="noord")] == ["32073"]
        assert [row.number for row in await queries.boards(work, limit=9, after=["32073"])] == ["41797"]


async def test_a_brin_and_a_board_are_held_against_the_tables(means, files):
    await import_duo(means, Nobody(), files)

    async with means.work(Nobody(), write=False) as work:
        await queries.require_place(work, "05OC00", TODAY, "32073")
        await queries.require_place(work, "05OC", TODAY)
        for code, board, problem, field in [
            ("06XY", None, "unknown-brin", "brin"),
            ("00AR00", None, "closed-location", "brin"),
            ("05OC00", "99999", "unknown-board", "board_number"),
            ("05OC00", "41797", "location-not-of-board", "board_number"),
        ]:
            with pytest.raises(Invalid) as refused:
                await queries.require_place(work, code, TODAY, board)
            assert (refused.value.code, refused.value.errors) == (problem, ((field, problem),))
            assert (await queries.all_places(work)).problem(code, TODAY, board) == problem
        with pytest.raises(NotFound):
            await queries.school(work, "06XY00")
        with pytest.raises(NotFound):
            await queries.board(work, "99999")


@pytest.mark.thorough
async def test_the_shipped_extract_is_stored_whole(means):
    report = await import_duo(means, Nobody())

    assert report.outcome is Outcome.STORED
    async with means.database.reading() as session:
        kinds = await session.exec(
            select(Location.kind, sa.func.count()).where(Location.closed_on == None).group_by(Location.kind)  # noqa: E711
        )
        assert dict(kinds.all()) == {
            "bo": 6122,
            "vo": 1620,
            "sbo": 257,
            "so": 176,
            "so-vso": 282,
            "vso": 154,
            "mbo": 55,
        }
        unnamed = (await session.exec(select(sa.func.count()).where(Board.name == None))).one()  # noqa: E711
    assert await count(means, Location) == 11360
    assert (await count(means, Board), unnamed) == (1564, 444)
    assert await count(means, HigherEducationProgramme) == 6827

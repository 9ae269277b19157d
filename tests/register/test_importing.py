"""`bekwaam import duo`: what it says, and the exit code that goes with it."""

import json

import pytest

from core.settings import from_environment
from register.service.importing import duo
from tests.register.schools.files import po_file, po_line


@pytest.fixture
def settings(database_url, tmp_path):
    return from_environment({"BEKWAAM_DATABASE_URL": database_url, "BEKWAAM_FOLDER": str(tmp_path)})


async def test_a_file_is_reported_with_its_counts_and_a_bar_on_the_other_stream(settings, tmp_path, capsys):
    path = tmp_path / "po.csv"
    path.write_bytes(po_file(po_line(), po_line("05OC01")))

    codes = [await duo(settings, [path], dry_run=dry, as_json=False) for dry in (True, False, False)]

    said = capsys.readouterr()
    assert codes == [0, 0, 0]
    assert said.out.splitlines() == [
        "Nothing was stored: this is what would have been.",
        "po.csv: 2 new, 0 changed, 0 as they were, 0 refused",
        "po.csv: 2 new, 0 changed, 0 as they were, 0 refused",
        "po.csv: 0 new, 0 changed, 2 as they were, 0 refused",
    ]
    assert "2/2" in said.err


async def test_a_refused_row_is_named_by_line_with_what_would_repair_it(settings, tmp_path, capsys):
    path = tmp_path / "po.csv"
    path.write_bytes(po_file(po_line(), po_line(code="05oc01"), po_line("05OC02", postcode="95 CA")))

    assert await duo(settings, [path], dry_run=False, as_json=False) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("po.csv: 1 new") or said[0].startswith("po.csv: 2 new")
    assert any(line.startswith("  line 4, POSTCODE: A postcode is four digits") for line in said)

    assert await duo(settings, [path], dry_run=False, as_json=True) == 1
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert {row["line"] for row in file["refused"]} == {3, 4}
    assert all(row["code"] and row["detail"] for row in file["refused"])


async def test_an_unusable_file_stores_nothing_of_any_file(settings, tmp_path, capsys):
    good, bad = tmp_path / "po.csv", tmp_path / "bad.csv"
    good.write_bytes(po_file(po_line()))
    bad.write_bytes(b"a;b;c\n1;2;3\n")

    assert await duo(settings, [good, bad, tmp_path / "none.csv"], dry_run=False, as_json=False) == 2
    said = capsys.readouterr().out
    assert "bad.csv: unusable." in said
    assert "none.csv: unusable." in said
    assert await duo(settings, [good], dry_run=False, as_json=False) == 0
    assert "po.csv: 1 new" in capsys.readouterr().out

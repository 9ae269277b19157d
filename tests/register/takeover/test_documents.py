"""What the documentation says of a file is what the command takes."""

from pathlib import Path

from register.cli import main
from register.office.imports.columns import REGISTER, described
from register.office.imports.command import import_register

DOCS = Path(__file__).parents[3] / "docs"


def test_the_documented_columns_are_the_columns(capsys):
    assert main(["import", "register", "--columns"]) == 0

    said = capsys.readouterr().out.strip()
    assert said == described(REGISTER)
    assert said in (DOCS / "import-register.md").read_text()


async def test_the_sample_can_be_taken_over_as_it_is(house):
    report = await import_register(house.means, "voorbeeld", (DOCS / "sample-register.csv").read_bytes(), dry_run=True)

    assert (report.read, report.new, list(report.refused)) == (3, 3, [])

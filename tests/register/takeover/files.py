"""Files of an existing register, line by line."""

from collections.abc import Iterable

COLUMNS = (
    "source_number",
    "register",
    "given_name",
    "family_name",
    "email",
    "status",
    "title",
    "level",
    "registered_on",
    "due_on",
    "points",
)
NADIA = {
    "source_number": "S-1001",
    "register": "schoolleiders-po",
    "given_name": "Nadia",
    "family_name": "Haddad",
    "email": "nadia.haddad@school.example",
    "status": "registered",
    "title": "RDO",
    "level": "vakbekwaam",
    "registered_on": "2020-09-01",
    "due_on": "2025-09-01",
    "points": "120",
}


def a_line(n: int, **more: str) -> dict[str, str]:
    """A registered director; one line to vary."""
    return {**NADIA, "source_number": f"S-{n}", "email": f"leider{n}@school.example", **more}


def a_file(*lines: dict[str, str], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """A CSV with every column that one of the lines fills."""
    columns = list(dict.fromkeys([*COLUMNS, *(name for line in lines for name in line)]))
    rows = [columns, *([line.get(name, "") for name in columns] for line in lines)]
    return lines_of(rows, delimiter).encode(encoding)


def lines_of(rows: Iterable[Iterable[str]], delimiter: str) -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in rows)

"""Rows as CSV for a spreadsheet: nothing in it may run as a formula (security R17)."""

import csv
import io
from collections.abc import Iterable, Sequence

from core.web.pages import label

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")


def cell(value: object) -> str:
    """A cell that a spreadsheet takes for text or number, and never for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def heads(names: Iterable[str]) -> list[str]:
    """The first line of a file, in the language of who asked for it."""
    return [label(name.replace("_", "-"), "column") for name in names]


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows as RFC 4180 has it, with the semicolon that a Dutch spreadsheet expects."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([[cell(value) for value in row] for row in rows])
    return out.getvalue()


def encoded(rows: Iterable[Sequence[object]], *, bom: bool) -> bytes:
    """The same as bytes; the byte order mark tells a spreadsheet which encoding it is."""
    return as_csv(rows).encode("utf-8-sig" if bom else "utf-8")

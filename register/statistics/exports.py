"""Figures as CSV for a spreadsheet: nothing in it may run as a formula (security R17)."""

import csv
import io
from collections.abc import Iterable, Sequence

from register.statistics.service import Figures

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")
HEAD = ("register", "sector", "status", "level", "on", "number")


def cell(value: object) -> str:
    """A cell that a spreadsheet takes for text or number, and never for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows as RFC 4180 has it, with the semicolon that a Dutch spreadsheet expects."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([[cell(value) for value in row] for row in rows])
    return out.getvalue()


def figures_as_csv(figures: Figures, *, bom: bool) -> bytes:
    """One line for each count; an empty number was left out."""
    rows: list[Sequence[object]] = [HEAD]
    for each in figures.counts:
        rows.append((each.register_code, each.sector, each.status, each.level, figures.on, each.number))
    return as_csv(rows).encode("utf-8-sig" if bom else "utf-8")

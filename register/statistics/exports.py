"""Figures as CSV for a spreadsheet."""

from collections.abc import Sequence

from core.spreadsheet import encoded
from register.statistics.service import Figures

HEAD = ("register", "sector", "status", "level", "on", "number")


def figures_as_csv(figures: Figures, *, bom: bool) -> bytes:
    """One line for each count; an empty number was left out."""
    rows: list[Sequence[object]] = [HEAD]
    for each in figures.counts:
        rows.append((each.register_code, each.sector, each.status, each.level, figures.on, each.number))
    return encoded(rows, bom=bom)

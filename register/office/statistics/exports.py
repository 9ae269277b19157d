"""Figures as CSV for a spreadsheet."""

from collections.abc import Sequence

from core.spreadsheet import encoded, heads
from core.web.pages import label
from register.office.statistics.service import Figures

HEAD = ("register", "sector", "status", "level", "on", "number")


def figures_as_csv(figures: Figures, *, bom: bool) -> bytes:
    """One line for each count; an empty number was left out."""
    rows: list[Sequence[object]] = [heads(HEAD)]
    for each in figures.counts:
        sector, level = each.sector if each.sector != "unknown" else "", each.level or ""
        told = ((each.register_code, "register"), (sector, "sector"), (each.status, "status"), (level, "level"))
        rows.append((*(label(value, group) if value else "" for value, group in told), figures.on, each.number))
    return encoded(rows, bom=bom)

"""A figure of an administered table as a row of a page: what, how much, since when, and where that was found."""

from core.law.tariffs import Rate
from core.texts import day, number
from core.web.pages import label


def in_words(row: Rate) -> list[str]:
    """What, amount, valid from, article, source, day noted."""
    return [
        label(row.what, "tariff"),
        f"{number(row.amount)} {row.unit}",
        day(row.valid_from),
        row.article,
        row.source,
        day(row.noted_on),
    ]

"""What people type into a form, brought to what a schema reads: Dutch days and decimal commas.

Use as field types of a form's schema. Whatever is not recognised stays as it was typed, and the schema refuses it.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from babel.dates import get_month_names
from pydantic import BeforeValidator

_MONTHS = {
    name.rstrip(".").lower(): month
    for locale in ("nl", "en")
    for width in ("wide", "abbreviated")
    for month, name in get_month_names(width, locale=locale).items()
}
_DAY = re.compile(r"([0-9]{1,2})(?:[-/.]| +)([0-9]{1,2}|[a-zé]+)\.?(?:[-/.]| +)([0-9]{4})", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]+(,[0-9]+)?")


def day(typed: object) -> object:
    """31-8-2026, 31/08/2026, 31.8.2026 and 31 augustus 2026 as the date; the day comes first."""
    found = _DAY.fullmatch(typed.strip()) if isinstance(typed, str) else None
    if found is None:
        return typed
    day_of_month, month, year = found.groups()
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    try:
        return date(int(year), number, int(day_of_month))
    except ValueError:
        return typed


def written(day: date | None) -> str:
    """A day as somebody would type it, for a field that is filled in already: 31-8-2026."""
    return f"{day.day}-{day.month}-{day.year}" if day else ""


def number(typed: object) -> object:
    """12,5 as 12.5; thousands are not separated."""
    if isinstance(typed, str) and _NUMBER.fullmatch(typed.strip()):
        return typed.strip().replace(",", ".")
    return typed


TypedDay = Annotated[date, BeforeValidator(day)]
TypedNumber = Annotated[Decimal, BeforeValidator(number)]

"""What people type into a form, brought to what a schema reads: Dutch days and times, decimal commas, units, sites.

`spoken` does it for every field of a form by its type. Whatever is not recognised stays as it was typed, and the schema
refuses it.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, partial
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from babel.dates import get_day_names, get_month_names
from pydantic import BaseModel, BeforeValidator

from core import signs

_MONTHS = {
    name.rstrip(".").lower(): month
    for locale in ("nl", "en")
    for width in ("wide", "abbreviated")
    for month, name in get_month_names(width, locale=locale).items()
}
_WEEKDAYS = {
    name.rstrip(".").lower()
    for locale in ("nl", "en")
    for width in ("wide", "abbreviated")
    for name in get_day_names(width, locale=locale).values()
}
_DAY = re.compile(r"([0-9]{1,2})(?:[-/.]| +)([0-9]{1,2}|[a-zé]+)\.?(?:[-/.]| +)([0-9]{4})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_SPACED = re.compile(r" *([-/.]) *")
_NUMBER = re.compile(r"[+-]?[0-9]+([,.][0-9]+)?")
_THOUSANDS = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]{2})")
_GROUPED, _UNSURE = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"), re.compile(r"[0-9]+,[0-9]{3,}")
_MANY = frozenset({"eur", "hours", "points", "amount"})
"""What is never counted in thousandths: there 4.000 is four thousand, as a page writes it itself, and 4,000 could be
either, so it is left to be refused."""
_UNIT = (
    "euro|eur|€|uur|uren|u|hours?|h|punt(?:en)?|points?|plaatsen|personen|ects|ec|studiepunten|sbu|maand(?:en)?|jaar"
    "|weken|week|dag(?:en)?|minuten"
)
_UNITS = re.compile(rf"(?:€|euro?\b)? *(.*?)(?:,-+)? *(?:{_UNIT})?\.?", re.IGNORECASE)
_POINTS, _HOURS = re.compile(r"punt(?:en)?|points?"), re.compile(r"uur|uren|u|hours?|h")
_OTHERS = {"points": _HOURS, "hours": _POINTS}
"""By what a field counts: the unit that it does not; fourteen hours are not fourteen points."""
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.u]([0-9]{2}))?(?: *(?:uur|u|h)\.?)?", re.IGNORECASE)
_SITE = re.compile(r"(?:https?://)?((?:[\w-]{1,63}\.)+[^\W\d_]{2,63}(?:[:/?#]\S*)?)", re.IGNORECASE)


def day(typed: object) -> object:
    """31-8-2026, 31/08/2026, 31.8.2026, 2026/8/31 and maandag 31 augustus 2026 as the date; the day comes first."""
    if not isinstance(typed, str):
        return typed
    plain = _bare_day(typed)
    if found := _YEAR_FIRST.fullmatch(plain):
        year, month, day_of_month = found.groups()
    elif found := _DAY.fullmatch(plain):
        day_of_month, month, year = found.groups()
    else:
        return typed
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    try:
        return date(int(year), number, int(day_of_month))
    except ValueError:
        return typed


def is_written_as_day(typed: str) -> bool:
    """Somebody wrote a day, though the calendar may not have it: 31-2-2026."""
    plain = _bare_day(typed)
    found = _DAY.fullmatch(plain)
    known = found is not None and (found[2].isdigit() or found[2].lower() in _MONTHS)
    return known or _YEAR_FIRST.fullmatch(plain) is not None


def _bare_day(typed: str) -> str:
    """Without its weekday, and without blanks around dashes and points."""
    plain = " ".join(signs.line(typed).split())
    first, _, rest = plain.partition(" ")
    return _SPACED.sub(r"\1", rest if first.rstrip(".,").lower() in _WEEKDAYS else plain)


def written(day: date | None) -> str:
    """A day as somebody would type it, for a field that is filled in already: 31-8-2026."""
    return f"{day.day}-{day.month}-{day.year}" if day else ""


def number(typed: object, of: str = "") -> object:
    """12,5 as 12.5, and 14 uur, € 270,00 and € 1.250,00 without their units and points.

    `of` is what is counted (`points`, `contact_hours`): a number with the unit of the other is left to be refused, and
    1.250 euros, hours or points are 1250.
    """
    if not isinstance(typed, str):
        return typed
    plain = " ".join(signs.line(typed).split())
    counted = of.rpartition("_")[2]
    other = _OTHERS.get(counted)
    if other and other.fullmatch(plain.lower().lstrip("+-0123456789.,½ ").rstrip(".")):
        return typed
    bare = _UNITS.fullmatch(plain)
    amount = bare[1] if bare else plain
    if found := _THOUSANDS.fullmatch(amount):
        amount = found[1].replace(".", "") + "." + found[2]
    elif counted in _MANY and _GROUPED.fullmatch(amount):
        amount = amount.replace(".", "")
    elif counted in _MANY and _UNSURE.fullmatch(amount):
        return typed
    return amount.replace(",", ".") if _NUMBER.fullmatch(amount) else typed


def clock(typed: object) -> object:
    """14.30, 14:30 uur, 9u30 and 14 uur as 14:30, 09:30 and 14:00."""
    plain = signs.line(typed).strip() if isinstance(typed, str) else ""
    found = _CLOCK.fullmatch(plain)
    if found is None or (found[2] is None and plain.isdigit()):
        return typed
    return f"{found[1].zfill(2)}:{found[2] or '00'}"


def site(typed: object) -> object:
    """www.debrug.nl as https://www.debrug.nl."""
    found = _SITE.fullmatch(signs.line(typed).strip()) if isinstance(typed, str) else None
    return f"https://{found[1]}" if found else typed


def spoken(model: type[BaseModel], typed: Mapping[str, str]) -> dict[str, object]:
    """What was typed into a form, each field brought to what its type reads."""
    readers = _readers(model)
    return {name: readers[name](value) if name in readers else value for name, value in typed.items()}


@cache
def _readers(model: type[BaseModel]) -> Mapping[str, Any]:
    found = {}
    for name, field in model.model_fields.items():
        kinds = set(_kinds(field.annotation))
        if date in kinds:
            found[name] = day
        elif kinds & {Decimal, int, float}:
            found[name] = partial(number, of=name)
    return found


def _kinds(annotation: Any) -> list[Any]:
    """The plain types of a field, one of which it will be."""
    if get_origin(annotation) is Annotated:
        return _kinds(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return [kind for one in get_args(annotation) for kind in _kinds(one)]
    return [annotation]


TypedDay = Annotated[date, BeforeValidator(day)]
TypedNumber = Annotated[Decimal, BeforeValidator(number)]

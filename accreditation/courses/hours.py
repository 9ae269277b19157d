"""The hours by category that a teachers' course is worth: in words, and as one field of a form for each category."""

from collections.abc import Mapping, Sequence
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, Field

from core.fields import refuse
from core.web.forms import Form
from core.web.pages import label, read

M = TypeVar("M", bound=BaseModel)
PREFIX = "hours-"


def category(name: str) -> str:
    """A category in words."""
    return label(name.lower().replace("_", "-"), "category")


def in_words(hours: Mapping[str, int]) -> str:
    """`Pedagogiek 4, Vakinhoud 8`."""
    return ", ".join(sorted(f"{category(name)} {amount}" for name, amount in hours.items()))


def fields(categories: Sequence[str]) -> list[tuple[str, str]]:
    """Name and label of the field of each category."""
    return [(f"{PREFIX}{name}", category(name)) for name in categories]


def read_with(model: type[M], typed: Mapping[str, str]) -> Form[M]:
    """A form whose fields of the categories are one: `hours`; each comes back as it was typed."""
    filled = {name.removeprefix(PREFIX): value.strip() for name, value in typed.items() if name.startswith(PREFIX)}
    others = {name: value for name, value in typed.items() if not name.startswith(PREFIX)}
    lines = [f"{name} {value}" for name, value in filled.items() if value not in {"", "0"}]
    form = read(model, {**others, "hours": "\n".join(lines)})
    form.values = dict(typed)
    return form


def _read(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = {}
    for line in value.splitlines():
        name, _, amount = line.partition(" ")
        if not amount.isascii() or not amount.isdigit():
            raise refuse("whole-hours")
        found[name] = int(amount)
    return found


TypedHours = Annotated[dict[str, Annotated[int, Field(ge=1, le=1000)]], BeforeValidator(_read)]
"""Whole hours by category, as `read_with` gives them."""

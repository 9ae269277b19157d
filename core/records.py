"""Rows become views: the fields that both have by name, without a line for each."""

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any, TypeVar

V = TypeVar("V")
_shared: dict[tuple[object, ...], tuple[tuple[str, ...], Callable[[Any], Any]]] = {}
"""What a view takes of a row, and how it is read: by kinds of both, and by what is said otherwise."""


def filled(kind: type[V], row: object, /, **said: object) -> V:
    """A view of a row; `said` are the fields that the row has not, or of which the view says something else.

    TypeError for a field without a default that neither gives.
    """
    # Rows of two selects are of one type and name different columns.
    key = (kind, type(row), getattr(row, "_fields", None), *said)
    if key not in _shared:
        names = tuple(name for name in _fields_of(kind) if name not in said and hasattr(row, name))
        _shared[key] = names, _reader(names)
    names, read = _shared[key]
    return kind(**dict(zip(names, read(row), strict=True)), **said)


def _reader(names: Sequence[str]) -> Callable[[Any], Sequence[Any]]:
    """Of several names the quick way of the library, which gives one value alone for one name and refuses none."""
    return attrgetter(*names) if len(names) > 1 else lambda row: [getattr(row, name) for name in names]


def _fields_of(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else kind.__struct_fields__

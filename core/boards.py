"""How a school board that was chosen is called: the boards stand in the register, and forms of every room show them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from core.store.work import Work


@dataclass(frozen=True)
class BoardNames:
    """A port."""

    name_of: Callable[[Work, str], Awaitable[str]]
    """The board of a number in words; "" for none."""

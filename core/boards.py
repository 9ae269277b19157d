"""How a school board that was chosen is called: the boards stand in the register, and forms of every room show them."""

from collections.abc import Awaitable, Callable

from litestar.di import NamedDependency

from core.work import Work

BoardName = Callable[[Work, str], Awaitable[str]]
"""The board of a number in words; "" for none."""
BoardNameDep = NamedDependency[BoardName]

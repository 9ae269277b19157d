"""What attendance needs from above: in which registers somebody stands."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from litestar.di import NamedDependency

from core.work import Work

RegistersOf = Callable[[Work, UUID], Awaitable[frozenset[str]]]
"""The registers in which a person stands now."""
RegistersOfDep = NamedDependency[RegistersOf]

"""What attendance needs from above: in which registers somebody stands."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from core.store.work import Work


@dataclass(frozen=True)
class AttendancePorts:
    """What the register answers to attendance."""

    registers_of: Callable[[Work, UUID], Awaitable[frozenset[str]]]
    """The registers in which a person stands now."""

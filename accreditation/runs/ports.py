"""What runs need from above: whether anybody was there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from core.store.work import Work


@dataclass(frozen=True)
class RunPorts:
    """What attendance answers to runs."""

    attended: Callable[[Work, UUID], Awaitable[bool]]
    """Whether attendance of a run was ever reported."""

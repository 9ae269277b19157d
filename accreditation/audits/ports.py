"""What audits need from above: which providers declare courses themselves."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from core.store.work import Work


@dataclass(frozen=True)
class AuditPorts:
    """What institutional accreditation answers to audits."""

    declaring: Callable[[Work, str], Awaitable[Collection[UUID]]]
    """The providers that may declare courses in a register today."""

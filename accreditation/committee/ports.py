"""What this room needs from above: whether a member has a post at the school board that is a provider."""

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

from litestar.di import NamedDependency

from core.work import Work

HoldsPost = Callable[[Work, UUID, str, date], Awaitable[bool]]
"""Whether a person has a post at a board, now or since a day."""
HoldsPostDep = NamedDependency[HoldsPost]

"""What courses need from the agenda, which leans on them."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from core.store.work import Work


@dataclass(frozen=True)
class CoursePorts:
    """What the agenda answers to the page of a provider."""

    in_agenda: Callable[[Work, Collection[str]], Awaitable[set[str]]]
    """Which of these codes of courses have a page there."""

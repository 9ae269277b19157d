"""PURE: counts, and what of them everybody may see: no number from which a single person can be told."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

LEAST_SHOWN = 5
"""A smaller number could point at a person, so the public version leaves it out."""


@dataclass(frozen=True)
class Count:
    """How many entries stand so; `number` is None where the public may not know."""

    register: str
    sector: str
    status: str
    level: str | None
    number: int | None


@dataclass(frozen=True)
class Participation:
    """How many are registered of how many could be, where that is known (the policy agreements ask for it)."""

    register: str
    registered: int | None
    in_register: int | None
    entitled: int | None
    source: str

    @property
    def per_cent(self) -> float | None:
        """Registered of entitled, in per cent with one decimal."""
        if self.registered is None or not self.entitled:
            return None
        return round(100 * self.registered / self.entitled, 1)


def suppressed(counts: Iterable[Count]) -> Sequence[Count]:
    """Small numbers left out, and in each register never a single one, which the total would give away."""
    by_register: dict[str, list[Count]] = defaultdict(list)
    for count in counts:
        by_register[count.register].append(count)
    return [shown for each in by_register.values() for shown in _of_one_register(each)]


def _of_one_register(counts: Sequence[Count]) -> Sequence[Count]:
    in_order = sorted(counts, key=lambda count: count.number or 0)
    hidden = sum(count.number is not None and count.number < LEAST_SHOWN for count in in_order)
    if hidden == 1:
        hidden = 2
    left_out = {id(count) for count in in_order[:hidden]}
    return [replace(count, number=None) if id(count) in left_out else count for count in counts]


def total(counts: Iterable[Count], statuses: Iterable[str] | None = None) -> int:
    """The sum of what is counted, of some statuses only when they are named."""
    wanted = None if statuses is None else set(statuses)
    return sum(count.number or 0 for count in counts if wanted is None or count.status in wanted)


def shown_total(all_of_them: int, shown: Sequence[Count]) -> int | None:
    """The total of a register, unless it is small itself or what was left out would follow from it."""
    hidden = [count for count in shown if count.number is None]
    if all_of_them < LEAST_SHOWN or len(hidden) == 1:
        return None
    return all_of_them


def merged(counts: Iterable[Count]) -> Sequence[Count]:
    """One count for each register, sector, status and level."""
    sums: dict[tuple[str, str, str, str | None], int] = defaultdict(int)
    for count in counts:
        sums[count.register, count.sector, count.status, count.level] += count.number or 0
    return [Count(*key, number) for key, number in sorted(sums.items(), key=lambda each: tuple(map(str, each[0])))]

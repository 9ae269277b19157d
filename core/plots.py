"""PURE: where lines, bars and figures of a plot come, in per cent of its width and points of its height."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

HEIGHT, TOP, BOTTOM = 180, 14, 154
"""Of the drawing: everything, and the lines of the highest and of no number."""
LEFT, RIGHT = 8.0, 99.0
"""Per cent: the figures of the height stand before it."""
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Point:
    """A number on its place; `x` in per cent, `y` in points from above."""

    x: float
    y: float
    number: int


@dataclass(frozen=True)
class Line:
    """One row of numbers, as points and the stretches between neighbours that are both known."""

    name: str
    points: Sequence[Point]

    @property
    def stretches(self) -> Sequence[tuple[Point, Point]]:
        return list(pairwise(self.points))


@dataclass(frozen=True)
class Bar:
    """What was counted in a period, part on part from below: (y, height) of each."""

    x: float
    width: float
    parts: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Plot:
    """A drawing: the heights with their figures, the names below, and lines or bars."""

    heights: Sequence[tuple[float, int]]
    below: Sequence[tuple[float, str]]
    lines: Sequence[Line] = ()
    bars: Sequence[Bar] = ()


def roof(most: int) -> int:
    """The round number at the top: 1, 2 or 5 with noughts, at least 5."""
    size = 1
    while True:
        for step in STEPS:
            if step * size >= max(most, 5):
                return step * size
        size *= 10


def lines(names: Sequence[str], below: Sequence[str], rows: Sequence[Sequence[int]]) -> Plot:
    """A line for each row of numbers; one number for each name below."""
    top = roof(max((number for row in rows for number in row), default=0))
    places = _places(len(below))
    drawn = [
        Line(name, [Point(x, _y(number, top), number) for x, number in zip(places, row, strict=True)])
        for name, row in zip(names, rows, strict=True)
    ]
    return Plot(_heights(top), list(zip(places, below, strict=True)), lines=drawn)


def bars(below: Sequence[str], parts: Sequence[Sequence[int]]) -> Plot:
    """A bar for each name below, of parts on top of one another."""
    top = roof(max((sum(one) for one in parts), default=0))
    wide = (RIGHT - LEFT) / max(len(below), 1)
    drawn = []
    for place, numbers in enumerate(parts):
        pieces, reached = [], 0
        for number in numbers:
            pieces.append((_y(reached + number, top), _y(reached, top) - _y(reached + number, top)))
            reached += number
        drawn.append(Bar(round(LEFT + wide * (place + 0.15), 2), round(wide * 0.7, 2), pieces))
    middles = [round(LEFT + wide * (place + 0.5), 2) for place in range(len(below))]
    return Plot(_heights(top), list(zip(middles, below, strict=True)), bars=drawn)


def _places(count: int) -> list[float]:
    inner_left, inner_right = LEFT + 3, RIGHT - 3
    wide = (inner_right - inner_left) / max(count - 1, 1)
    return [round(inner_left + wide * place, 2) for place in range(count)]


def _heights(top: int) -> list[tuple[float, int]]:
    numbers = (0, top // 2, top) if top % 2 == 0 else (0, top)
    return [(_y(number, top), number) for number in numbers]


def _y(number: int, top: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * number / top, 1)

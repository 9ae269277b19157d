"""Where the parts of a plot come: within the drawing, in proportion, and under a round figure."""

from hypothesis import given
from hypothesis import strategies as st

from core.plots import BOTTOM, LEFT, RIGHT, TOP, bars, lines, roof

NUMBERS = st.integers(0, 1_000_000)


@given(NUMBERS)
def test_the_figure_at_the_top_is_round_and_not_far_above(most):
    top = roof(most)
    assert top >= max(most, 5)
    assert str(top).rstrip("0") in {"1", "2", "5"}
    assert top <= max(2.5 * most, 5)


@given(st.lists(NUMBERS, min_size=1, max_size=12))
def test_a_line_stays_in_the_drawing_and_keeps_the_order(numbers):
    (line,) = lines(["one"], [""] * len(numbers), [numbers]).lines
    assert all(LEFT <= point.x <= RIGHT and TOP <= point.y <= BOTTOM for point in line.points)
    assert len(line.stretches) == len(numbers) - 1
    higher = sorted(line.points, key=lambda point: point.number)
    assert [point.y for point in higher] == sorted((point.y for point in line.points), reverse=True)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=12))
def test_the_parts_of_a_bar_stand_on_one_another(parts):
    plot = bars([""] * len(parts), parts)
    for bar in plot.bars:
        assert bar.x >= LEFT
        assert bar.x + bar.width <= RIGHT + 0.01
        (lower, low), (upper, high) = bar.parts
        assert abs(lower + low - BOTTOM) < 0.2
        assert abs(upper + high - lower) < 0.2
        assert upper >= TOP

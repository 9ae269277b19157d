"""How often one may guess, and how long a session lives."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.policy import FAILURE_WINDOW, lock_until, session_alive

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(*minutes: float) -> list[datetime]:
    return [NOON + timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(
    ("failures", "now", "until"),
    [
        (at(), 0, None),
        (at(0, 1, 2, 3), 3, None),  # four are not five
        (at(0, 1, 2, 3, 4), 4, 19),  # the fifth locks, from its own moment
        (at(4, 3, 2, 1, 0), 4, 19),  # in whatever order they are kept
        (at(0, 0, 0, 0, 0), 0, 15),
        (at(0, 1, 2, 3, 15), 15, 30),  # fifteen minutes are still within fifteen minutes
        (at(0, 1, 2, 3, 15.01), 16, None),
        (at(0, 1, 2, 3, 4), 18.99, 19),
        (at(0, 1, 2, 3, 4), 19, None),  # over at the moment itself
        (at(0, 1, 2, 3, 4, 20), 20, None),  # a new start
        (at(0, 1, 2, 3, 4, 20, 21, 22, 23), 23, None),
        (at(0, 1, 2, 3, 4, 20, 21, 22, 23, 24), 24, 84),  # ten within the hour
        (at(0, 1, 2, 3, 4, 20, 21, 22, 23, 24), 84, None),
        (at(5, 5, 5, 5, 5), 4, None),  # a clock set back does not lock
    ],
)
def test_five_wrong_guesses_lock_for_a_quarter_and_ten_for_an_hour(
    failures: list[datetime], now: float, until: float | None
) -> None:
    assert lock_until(failures, *at(now)) == (None if until is None else at(until)[0])


@given(st.lists(st.integers(0, 4 * 60), max_size=300))
def test_whoever_guesses_whenever_it_is_allowed_guesses_at_most_ten_times_an_hour(tries: list[int]) -> None:
    guesses: list[datetime] = []
    for moment in at(*sorted(tries)):
        if lock_until(guesses, moment) is None:
            guesses.append(moment)

    for first in guesses:
        assert sum(first <= guess < first + timedelta(hours=1) for guess in guesses) <= 10


@given(st.lists(st.integers(0, 6 * 60), max_size=60))
def test_failures_from_before_the_window_make_no_difference(tries: list[int]) -> None:
    now = NOON + timedelta(hours=6)
    recent = [moment for moment in at(*tries) if moment > now - FAILURE_WINDOW]

    assert lock_until(at(*tries), now) == lock_until(recent, now)


@pytest.mark.parametrize(
    ("created", "seen", "alive"),
    [
        (0, 0, True),
        (29.9, 29.9, True),
        (60, 30, False),  # idle for half an hour
        (60, 29.9, True),
        (12 * 60, 0, False),  # twelve hours, however busy
        (12 * 60 - 0.1, 0, True),
        (-1, -1, True),  # another machine's clock is a minute ahead
        (-2, 0, False),
        (0, -2, False),
    ],
)
def test_a_session_ends_after_half_an_hour_idle_or_twelve_hours(created: float, seen: float, alive: bool) -> None:
    created_at, last_seen_at = at(-created, -seen)

    assert session_alive(created_at, last_seen_at, NOON) is alive

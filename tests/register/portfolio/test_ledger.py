"""In any order of entry, decision, correction and closing, the books say what is so, and nothing counts twice."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Refused
from core.law.days import add_years, next_day
from register.portfolio.ledger import (
    Amount,
    Booking,
    Cause,
    Credit,
    Period,
    balances,
    chain,
    close,
    consumed_by,
    counts_from,
    period_of,
    require_inside,
    settle,
    total,
    why_not,
)

START = date(2020, 2, 1)


def numbered(number: int) -> UUID:
    return UUID(int=number)


@dataclass
class Books:
    """A portfolio in memory: what the services do, without rows."""

    periods: list[Period] = field(default_factory=lambda: [Period(numbered(1), START, add_years(START, 5))])
    credits: dict[UUID, Credit] = field(default_factory=dict)
    lines: list[Booking] = field(default_factory=list)
    consumed: list[UUID] = field(default_factory=list)

    def decide(self, entry: int, done_on: date, amount: Amount) -> None:
        """Accepted, corrected, or taken back (nothing); a day once stated stays."""
        known = self.credits.get(numbered(entry))
        self.credits[numbered(entry)] = Credit(numbered(entry), known.done_on if known else done_on, amount)
        self.settle()

    def renew(self, decided_on: date, years: int) -> None:
        running = self.periods[-1]
        closed = close(running, decided_on)
        following = Period(numbered(len(self.periods) + 1), running.due_on, add_years(running.due_on, years))
        self.periods[-1:] = [closed, following]
        self.settle()
        fresh = [credit for credit in self.credits.values() if credit.entry_id not in self.consumed]
        self.consumed += consumed_by(fresh, closed, self.periods, decided_on)

    def settle(self) -> None:
        self.lines += settle(self.credits.values(), self.periods, self.lines)


days = st.integers(-400, 4500).map(lambda days: START + timedelta(days=days))
amounts = st.builds(Amount, st.integers(0, 100), st.integers(0, 400).map(lambda q: Decimal(q) / 4))
decisions = st.tuples(st.just("decide"), st.integers(1, 12), days, amounts)
renewals = st.tuples(st.just("renew"), st.integers(-300, 300), st.integers(3, 7))
histories = st.lists(st.one_of(decisions, decisions, decisions, renewals), min_size=1, max_size=40)


def played(history: list[tuple]) -> Books:
    books = Books()
    for deed, *facts in history:
        if deed == "decide":
            books.decide(*facts)
        else:
            days, years = facts
            books.renew(books.periods[-1].due_on + timedelta(days=days), years)
    return books


every_history = settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
some_histories = settings(every_history, max_examples=150)


@every_history
@given(histories)
def test_the_periods_together_hold_every_accepted_entry_that_lies_in_one_of_them(history):
    books = played(history)

    of_periods = sum((total(books.lines, period.id) for period in books.periods), Amount())

    inside = [credit for credit in books.credits.values() if period_of(credit.done_on, books.periods)]
    assert of_periods == sum((credit.amount for credit in inside), Amount())


@every_history
@given(histories)
def test_nothing_counts_twice(history):
    books = played(history)

    assert all(len(by_period) <= 1 for by_period in balances(books.lines).values())
    assert len(books.consumed) == len(set(books.consumed))


@every_history
@given(histories)
def test_a_credit_counts_in_the_period_of_its_day_however_late_anyone_decides(history):
    books = played(history)

    for entry, by_period in balances(books.lines).items():
        (period,) = by_period or [None]
        expected = period_of(books.credits[entry].done_on, books.periods)
        assert period is None or period == expected.id


@some_histories
@given(histories, decisions)
def test_a_line_once_written_stays_as_it_was(history, another):
    books = played(history)
    before = list(books.lines)

    books.decide(*another[1:])

    assert books.lines[: len(before)] == before
    assert all(line.amount.points >= 0 for line in books.lines if line.cause is Cause.BOOKED)
    assert all(line.amount.points <= 0 for line in books.lines if line.cause is Cause.REVERSED)


@some_histories
@given(histories)
def test_books_that_are_so_lack_nothing(history):
    books = played(history)

    assert settle(books.credits.values(), books.periods, books.lines) == []


@some_histories
@given(histories, days)
def test_every_day_from_the_first_period_on_lies_in_one_period(history, day):
    periods = played(history).periods

    holding = [
        one
        for one in periods
        if counts_from(one, periods) <= day and (one.counts_until is None or day <= one.counts_until)
    ]

    assert holding == ([period_of(day, periods)] if day >= START else [])


@some_histories
@given(histories)
def test_the_order_in_which_entries_are_decided_makes_no_difference_to_a_period(history):
    books = played(history)
    again = Books(periods=books.periods)

    for credit in sorted(books.credits.values(), key=lambda one: (one.done_on, one.entry_id.int), reverse=True):
        again.decide(credit.entry_id.int, credit.done_on, credit.amount)

    for period in books.periods:
        assert total(books.lines, period.id) == total(again.lines, period.id)


def test_a_correction_is_a_reversal_and_a_new_booking():
    books = Books()
    books.decide(1, date(2021, 5, 1), Amount(40))

    books.decide(1, date(2021, 5, 1), Amount(60))

    causes = [(line.cause, line.amount.points) for line in books.lines]
    assert causes == [(Cause.BOOKED, 40), (Cause.REVERSED, -40), (Cause.BOOKED, 60)]


LATE = [Period(numbered(1), date(2020, 2, 1), date(2025, 2, 1), date(2025, 6, 20)),
        Period(numbered(2), date(2025, 2, 1), date(2030, 2, 1))]  # fmt: skip


@pytest.mark.parametrize(
    ("done_on", "period"),
    [
        (date(2020, 1, 31), None),  # the day before the first registration
        (date(2020, 2, 1), 1),
        (date(2025, 2, 1), 1),  # the due date itself
        (date(2025, 2, 2), 1),  # conditional, so still the period being renewed (Choices)
        (date(2025, 6, 20), 1),  # the day of the late decision
        (date(2025, 6, 21), 2),
    ],
)
def test_the_days_between_due_date_and_late_decision_count_for_what_is_renewed(done_on, period):
    found = period_of(done_on, LATE)

    assert (found and found.id) == (period and numbered(period))


@pytest.mark.parametrize(
    ("decided_on", "until"),
    [
        (date(2025, 6, 20), date(2025, 6, 20)),
        (date(2025, 2, 1), date(2025, 2, 1)),
        (date(2024, 11, 1), date(2025, 2, 1)),
    ],
)
def test_a_period_counts_until_the_later_of_due_date_and_decision(decided_on, until):
    assert close(Period(numbered(1), START, date(2025, 2, 1)), decided_on).counts_until == until


def test_a_booking_moves_when_its_period_turns_out_to_have_closed_before_it():
    """Decided on the 20th, made known on the 30th: what was done and booked on the 25th belongs to the next period."""
    books = Books()
    books.decide(1, date(2025, 6, 25), Amount(30))

    books.renew(date(2025, 6, 20), 5)

    assert total(books.lines, numbered(1)) == Amount()
    assert total(books.lines, numbered(2)) == Amount(30)
    assert books.consumed == []


def test_what_was_done_after_an_early_decision_is_not_used_up_by_it_and_counts_no_more():
    books = Books()
    books.decide(1, date(2024, 10, 1), Amount(100))
    books.decide(2, date(2024, 12, 1), Amount(20))

    books.renew(date(2024, 11, 1), 5)

    assert books.consumed == [numbered(1)]
    assert why_not(date(2024, 12, 1), books.periods) == "period-closed"


def test_surplus_is_not_carried_over():
    books = Books()
    for entry in (1, 2):
        books.decide(entry, date(2024, 1, entry), Amount(100))

    books.renew(date(2025, 1, 15), 7)

    assert total(books.lines, numbered(2)) == Amount()


def test_an_activity_before_the_first_period_is_refused():
    require_inside(START, [Period(numbered(1), START, add_years(START, 5))])
    for periods in ([Period(numbered(1), next_day(START), add_years(START, 5))], []):
        with pytest.raises(Refused, match="outside-period"):
            require_inside(START, periods)


def test_a_closed_period_is_not_closed_again():
    with pytest.raises(Refused, match="period-closed"):
        close(LATE[0], date(2025, 7, 1))


def test_the_first_period_comes_first():
    assert chain(reversed(LATE)) == LATE

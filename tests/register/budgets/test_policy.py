"""What holds of every ledger: it is what `bekwaam entitlement` says of the lines that stand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.law.caos import shipped
from register.employers.budgets.policy import Booking, Post, Terms, ledger, require_fit, standing
from register.rules.entitlement.answer import answer, as_dict
from register.rules.entitlement.policy import Kind

CAOS = shipped()
FIRST, TODAY = date(2019, 8, 1), date(2024, 9, 16)
days = st.dates(date(2019, 1, 1), TODAY)
hundredths = st.integers(0, 90_000).map(lambda n: Decimal(n) / 100)
posts = st.builds(Post, st.sampled_from(["teacher", "director", "deputy"]), st.just(FIRST), st.none() | st.just(TODAY))
factors = st.integers(0, 12_000).map(lambda n: Decimal(n) / 10_000)


@st.composite
def terms(draw: st.DrawFn) -> list[Terms]:
    """The first holds from the first day; later ones from any, and of one day more than one."""
    since = [FIRST, *draw(st.lists(st.sampled_from([FIRST, date(2020, 3, 1), date(2022, 6, 15)]), max_size=3))]
    return [Terms("po-2019", draw(st.booleans()), day, draw(factors)) for day in since]


@st.composite
def bookings(draw: st.DrawFn) -> list[Booking]:
    lines = [
        Booking(UUID(int=n), draw(days), draw(hundredths), draw(hundredths), draw(st.sampled_from(Kind)))
        for n in range(draw(st.integers(0, 8)))
    ]
    back = draw(st.sets(st.sampled_from(lines), max_size=3)) if lines else set()
    return lines + [replace(one, id=UUID(int=100 + n), reverses=one.id) for n, one in enumerate(back)]


@given(posts, terms(), bookings())
def test_a_ledger_is_what_the_command_answers_to_what_it_asked(post, noted, booked):
    found = ledger(post, noted, booked, TODAY, CAOS)

    assert as_dict(found.found) == answer(found.asked, CAOS)
    assert found.asked["saving"] == noted[-1].saving
    last_of_first_day = [one for one in noted if one.since == FIRST][-1]
    assert found.asked["fte"][0] == {"from": "2019-08-01", "fte": str(last_of_first_day.factor)}


@given(posts, terms(), bookings())
def test_a_line_that_was_taken_back_is_as_if_it_was_never_booked(post, noted, booked):
    back = {one.reverses for one in booked}
    never = [one for one in booked if one.reverses is None and one.id not in back]

    assert standing(booked) == never
    assert ledger(post, noted, booked, TODAY, CAOS) == ledger(post, noted, never, TODAY, CAOS)


@given(posts, terms(), bookings())
def test_whoever_only_books_what_fits_never_has_a_line_that_takes_nothing(post, noted, booked):
    kept: list[Booking] = []
    for one in standing(booked):
        before, after = (ledger(post, noted, lines, TODAY, CAOS) for lines in (kept, [*kept, one]))
        try:
            require_fit(before, after, one.id)
        except Refused:
            continue
        kept.append(one)

    assert ledger(post, noted, kept, TODAY, CAOS).refused == {}


def test_a_line_of_an_earlier_day_may_not_take_what_a_later_one_took():
    """A teacher on 1 has 500 x 5 / 12 = 208.33 in 2019: 200 in December leaves 8.33 for November."""
    post, noted = Post("teacher", FIRST, None), [Terms("po-2019", False, FIRST, Decimal(1))]
    later = Booking(UUID(int=1), date(2019, 12, 1), Decimal(200), Decimal(0), Kind.OWN)
    earlier = Booking(UUID(int=2), date(2019, 11, 1), Decimal(9), Decimal(0), Kind.OWN)

    before, after = (ledger(post, noted, lines, TODAY, CAOS) for lines in ([later], [later, earlier]))

    with pytest.raises(Refused, match="displaces-later"):
        require_fit(before, after, earlier.id)


def test_before_its_first_day_an_appointment_stands_as_on_that_day_and_a_cao_that_is_gone_is_refused():
    post, noted = Post("teacher", date(2025, 1, 1), None), [Terms("po-2019", False, date(2025, 1, 1), Decimal(1))]

    assert ledger(post, noted, [], TODAY, CAOS).asked["on"] == "2025-01-01"
    with pytest.raises(Refused, match="unknown-cao"):
        ledger(post, [replace(noted[0], cao="vo-1999")], [], TODAY, CAOS)

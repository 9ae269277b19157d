"""Ordinary days and holidays of the Algemene termijnenwet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.law.calendar import KNOWN_YEARS, read_designated_days, shipped_calendar
from core.law.workdays import Calendar, easter_sunday, statutory_holidays
from tests.core import naive_terms

CALENDAR = shipped_calendar()
BARE = Calendar()
A_DAY = st.dates(date(1900, 1, 1), date(2200, 12, 31))

# Holidays and designated days (d) of 2024-2030, month-day; two ways of computing agreed on them, decrees apart.
HOLIDAYS = {
    2024: "1-1 3-29 4-1 4-27 5-5 5-9 5-10d 5-20 12-25 12-26 12-27d",
    2025: "1-1 4-18 4-21 4-26 5-5 5-29 5-30d 6-9 12-25 12-26",  # King's Day on the 26th: the 27th is a Sunday
    2026: "1-1 1-2d 4-3 4-6 4-27 5-5 5-14 5-15d 5-25 12-25 12-26",
    2027: "1-1 3-26 3-29 4-27 5-5 5-6 5-7d 5-17 12-25 12-26",
    2028: "1-1 4-14 4-17 4-27 4-28d 5-5 5-25 5-26d 6-5 12-25 12-26",
    2029: "1-1 3-30 4-2 4-27 5-5 5-10 5-21 12-25 12-26",
    2030: "1-1 4-19 4-22 4-27 5-5 5-30 6-10 12-25 12-26",
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_holidays_of_a_year_are_those_of_the_act_and_the_decrees(year):
    expected = {}
    for text in HOLIDAYS[year].split():
        month, day = text.removesuffix("d").split("-")
        expected[date(year, int(month), int(day))] = text.endswith("d")

    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    found = {d: CALENDAR.is_designated(d) for d in days if d.year == year and CALENDAR.holiday_name(d)}

    assert found == expected


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 4, 18), "Goede Vrijdag"),
        (date(2025, 4, 20), None),  # Easter Sunday is a Sunday, not a holiday of the act
        (date(2025, 4, 26), "Koningsdag"),  # the 27th is a Sunday
        (date(2025, 4, 27), None),
        (date(2013, 4, 30), "Koninginnedag"),
        (date(2013, 4, 27), None),
        (date(2006, 4, 29), "Koninginnedag"),  # the 30th is a Sunday
        (date(2006, 4, 30), None),
        (date(2021, 5, 5), "Bevrijdingsdag"),  # every year, not once in five
        (date(2016, 5, 5), "Hemelvaartsdag"),  # both at once
        (date(2008, 5, 1), "Hemelvaartsdag"),  # the earliest in a century
    ],
)
def test_a_holiday_has_its_dutch_name(day, name):
    assert CALENDAR.holiday_name(day) == name


def test_every_designated_day_of_the_shipped_table_is_a_working_day_that_the_act_does_not_free():
    for day in CALENDAR.designated:
        assert day.isoweekday() <= 5
        assert CALENDAR.is_designated(day)
        assert not CALENDAR.is_ordinary(day)
        assert CALENDAR.knows(day.year)
        assert BARE.is_ordinary(day)


def test_the_years_that_were_not_found_or_not_yet_decreed_are_unknown():
    assert not {2010, 2020, 2021, 2029, 2030} & KNOWN_YEARS
    assert {2011, 2019, 2022, 2028} <= KNOWN_YEARS
    assert {day.year for day in CALENDAR.designated} == KNOWN_YEARS


def test_a_calendar_is_made_from_the_rows_of_an_administered_table():
    rows = read_designated_days(["date;source", "2029-05-11;besluit van 2028"])

    calendar = Calendar.of(rows, {2029})

    assert calendar.holiday_name(date(2029, 5, 11)) == "besluit van 2028"
    assert calendar.roll(date(2029, 5, 10)) == date(2029, 5, 14)
    assert calendar.knows(2029)
    assert not calendar.knows(2028)


def test_a_calendar_does_not_change_when_the_rows_behind_it_do():
    rows = {date(2029, 5, 11): "besluit"}
    calendar = Calendar(rows, {2029})

    rows.clear()

    assert not calendar.is_ordinary(date(2029, 5, 11))


@given(st.integers(1900, 2199))
def test_easter_is_the_sunday_after_the_full_moon_of_the_printed_table(year):
    assert easter_sunday(year) == naive_terms.easter(year)


@given(st.integers(1900, 2200))
def test_every_year_has_eight_or_nine_statutory_holidays(year):
    assert 8 <= len(statutory_holidays(year)) <= 9  # Ascension Day may be 5 May


@given(A_DAY)
def test_a_rolled_day_is_the_first_ordinary_day_from_there(day):
    rolled = CALENDAR.roll(day)

    assert CALENDAR.is_ordinary(rolled)
    between = [day + timedelta(days=n) for n in range((rolled - day).days)]
    assert not any(CALENDAR.is_ordinary(each) for each in between)
    assert len(between) <= 5  # Good Friday to Easter Monday is four; with a decree five


@given(A_DAY)
def test_rolling_twice_is_rolling_once(day):
    assert CALENDAR.roll(CALENDAR.roll(day)) == CALENDAR.roll(day)


def test_a_table_without_any_ordinary_day_is_refused_and_does_not_run_for_ever():
    first = date(2200, 1, 1)
    endless = Calendar({first + timedelta(days=n): "x" for n in range(1200)}, {2200})

    with pytest.raises(Refused, match="day-out-of-range"):
        endless.roll(first)

"""What an old register calls somebody, in our words; and what cannot be is refused by its code."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.entries.policy import ApplicationKind, Register, Route, Status
from register.office.imports.policy import BadRow, Old, Running, Stand, brought_over
from register.rules.assessment.facts import Category, Level

TODAY = date(2024, 9, 12)
PO, TEACHERS = Register.LEADERS_PO, Register.TEACHERS
DAYS = {"registered_on": date(2018, 5, 1), "due_on": date(2026, 5, 1)}


def old(**more: object) -> Old:
    return Old(**{"register": PO, "status": Status.REGISTERED, "title": "RDO", "level": Level.TWO, **DAYS, **more})


@pytest.mark.parametrize(
    ("title", "level", "becomes"),
    [
        ("RADO", Level.ONE, "niveau-1"),  # rules 1.3: RADO + basisbekwaam
        ("RDO", Level.TWO, "niveau-2"),
        ("RADO", None, "niveau-1"),  # a deputy is at least basisbekwaam
        ("RDO", None, "niveau-2"),  # a director at least vakbekwaam
        ("RADO", Level.TWO, "niveau-2"),
        (None, Level.MASTER, "master"),
    ],
)
def test_an_old_title_becomes_rdo_with_a_predicate(title, level, becomes):
    now = brought_over(old(title=title, level=level), TODAY).stands[-1]

    assert (now.title, now.level) == ("RDO", becomes)


def test_an_old_title_stays_as_history_until_the_day_on_which_there_was_one_title():
    assert brought_over(old(title="RADO", level=Level.ONE), TODAY).stands == [
        Stand(date(2018, 5, 1), Status.REGISTERED, "RADO", None),
        Stand(date(2022, 8, 24), Status.REGISTERED, "RDO", "niveau-1"),
    ]
    later = brought_over(old(title="RADO", level=Level.ONE, registered_on=date(2023, 1, 1)), TODAY)
    assert [stand.title for stand in later.stands] == ["RDO"]


def test_who_is_conditional_was_registered_until_the_due_date():
    found = brought_over(old(status=Status.CONDITIONAL, due_on=date(2024, 8, 1)), TODAY)

    assert [(stand.holds_from, stand.status) for stand in found.stands] == [
        (date(2018, 5, 1), Status.REGISTERED),
        (date(2024, 8, 2), Status.CONDITIONAL),
    ]


def test_who_only_asked_has_an_application_open():
    running = Running(ApplicationKind.REGISTRATION, Route.MASTER, date(2024, 9, 1), None)
    found = brought_over(Old(register=PO, status=Status.ENROLLED, running=running), TODAY)

    assert found.stands == [Stand(date(2024, 9, 1), Status.APPLICATION_OPEN, "", None)]


@given(st.integers(0, 1000))
def test_points_are_shared_out_over_entries_of_a_hundred_and_none_is_lost(points):
    credits = brought_over(old(points=points), TODAY).credits

    assert sum(each for each, _hours, _about in credits) == points
    assert all(0 < each <= 100 for each, _hours, _about in credits)


REQUEST = Running(ApplicationKind.REGISTRATION, Route.MASTER, date(2024, 9, 1), None)
RENEWAL = Running(ApplicationKind.REREGISTRATION, Route.PORTFOLIO, date(2024, 9, 1), None)
ENROLLED = {"status": Status.ENROLLED, "level": None, "title": None}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"level": None, "title": None}, "level-missing"),
        ({"register": TEACHERS, "title": None}, "level-not-in-register"),
        ({"due_on": None}, "dates-missing"),
        ({"registered_on": None}, "dates-missing"),
        ({"due_on": date(2018, 4, 30)}, "due-before-period"),
        ({"hours": ((Category.SUBJECT, Decimal(4)),)}, "hours-not-counted"),
        ({"register": TEACHERS, "title": None, "level": None, "points": 4}, "points-not-counted"),
        ({**ENROLLED, "points": 4}, "points-without-period"),
        ({"status": Status.APPLICATION_OPEN}, "application-missing"),
        ({"running": REQUEST}, "application-does-not-fit"),
        ({**ENROLLED, "running": RENEWAL}, "application-does-not-fit"),
    ],
)
def test_what_cannot_be_is_refused_by_its_code(facts, code):
    with pytest.raises(BadRow) as refused:
        brought_over(old(**facts), TODAY)

    assert refused.value.code == code

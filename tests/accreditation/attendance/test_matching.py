"""Numbers and names: a mistake never finds somebody else, and its owner can claim it."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.attendance.doubts import Doubt, Limits, Stay, doubts_about
from accreditation.attendance.inbox import typos_of
from accreditation.attendance.matching import is_match, may_claim, names_agree, near, neighbours
from accreditation.attendance.policy import Amount, Line, lacking
from auth.numbers import check_digit, draw

NUMBERS = st.integers(1_000_000, 9_999_999).map(lambda n: str(n) + check_digit(str(n)))


@given(NUMBERS, st.integers(0, 7), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_noticed_and_near(number, at, digit):
    sent = number[:at] + digit + number[at + 1 :]

    assert near(sent, number)
    assert sent in typos_of(number)
    assert sent == number or (not is_match(sent, "", "Jan", "Vries") and number in set(neighbours(sent)))


@given(NUMBERS, NUMBERS)
def test_near_is_the_same_from_both_sides_and_never_far(one, other):
    assert near(one, other) == near(other, one) == (other in typos_of(one))


@pytest.mark.parametrize(
    ("claimed", "agrees"),
    [
        ("Jan de Vries", True),
        ("Vries, J. de", True),
        ("JAN DE VRÌES", True),
        ("De Vries", True),
        ("J. de Vries-Jansen", True),  # with a partner's name behind it, and the number is right
        ("P. de Vries", False),
        ("J. Jansen", False),
        ("Jan", False),
        ("", False),
    ],
)
def test_a_name_agrees_as_people_write_it(claimed, agrees):
    assert names_agree(claimed, "Jan", "Vries") is agrees


def test_a_number_that_is_right_with_another_name_is_nobodys_until_claimed():
    number = "1234567" + check_digit("1234567")

    assert is_match(number, "", "Jan", "Vries")
    assert not is_match(number, "Piet Puk", "Jan", "Vries")
    assert may_claim(number, "Jan Vroeger", number, "Jan", "Vries")


@pytest.mark.long
def test_of_ten_thousand_rows_with_a_mistake_none_finds_somebody_else():
    check(10_000)


def test_of_five_hundred_rows_with_a_mistake_none_finds_somebody_else():
    check(500)


def check(size: int) -> None:
    """Transposed, missing digit, former name: matched by nobody wrong, and nearly all can be claimed by their owner."""
    drawn = random.Random(7)
    people = {}
    while len(people) < size:
        people[draw(drawn.randrange)] = (drawn.choice(GIVEN), drawn.choice(FAMILY))
    wrong = claimed = 0
    for at, (number, (given_name, family)) in enumerate(list(people.items())):
        sent, name = mistaken(drawn, at % 3, number, given_name, family)
        found = people.get(sent)
        if found and is_match(sent, name, *found):
            wrong += sent != number
            claimed += sent == number
        else:
            claimed += may_claim(sent, name, number, given_name, family)
    assert wrong == 0
    assert claimed >= 0.95 * size


GIVEN = ("Jan", "Fatima", "Piet", "Sanne", "Mohammed", "Els", "Noor", "Bram")
FAMILY = ("Vries", "Jansen", "Bakker", "Visser", "Smit", "Yilmaz", "Bos", "Mulder", "Dekker", "Haddad")


def mistaken(drawn: random.Random, kind: int, number: str, given_name: str, family: str) -> tuple[str, str]:
    """What a provider would send for somebody, with one mistake in it."""
    name = f"{given_name} {family}"
    if kind == 0:
        at = drawn.randrange(7)
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :], name
    if kind == 1:
        at = drawn.randrange(8)
        return number[:at] + number[at + 1 :], name
    return number, f"{given_name} {drawn.choice(FAMILY)}"


DAYS = st.dates(date(2024, 1, 1), date(2024, 3, 1))
AMOUNTS = st.builds(Amount, st.integers(0, 50), st.just(0))
LINES = st.lists(st.builds(Line, st.sampled_from(["a", "b"]), DAYS, st.none(), AMOUNTS), max_size=4)


@given(LINES, LINES)
def test_the_lines_that_lack_make_the_books_say_what_is_due_and_then_nothing_lacks(due, booked):
    after = [*booked, *lacking(due, booked)]

    assert lacking(due, after) == []
    assert sum(line.amount.points for line in after) == sum(line.amount.points for line in due)


DAY = date(2024, 9, 3)
HERE = Stay("run", DAY, DAY, "Utrecht")


@pytest.mark.parametrize(
    ("others", "seats", "since", "doubts"),
    [
        ([], 1, DAY, []),
        ([Stay("other", DAY, DAY, "Zwolle")], 1, DAY, [Doubt.TWO_PLACES]),
        ([Stay("other", DAY, DAY, "")], 1, DAY, []),  # an e-learning is in no place
        ([Stay("other", DAY - timedelta(1), DAY, "Zwolle")], 1, DAY, []),  # two days: on which one is not said
        ([], 0, DAY, [Doubt.MORE_THAN_SEATS]),
        ([], None, DAY + timedelta(1), [Doubt.BEFORE_ACCREDITATION]),
        ([Stay(str(n), DAY - timedelta(n), DAY - timedelta(n), "") for n in range(1, 6)], 1, DAY, [Doubt.BURST]),
        ([Stay(str(n), DAY - timedelta(9 * n), DAY - timedelta(9 * n), "") for n in range(1, 6)], 1, DAY, []),
    ],
)
def test_what_looks_inflated_waits(others, seats, since, doubts):
    assert doubts_about(HERE, others, seats_left=seats, accredited_from=since, limits=Limits(7, 5)) == doubts

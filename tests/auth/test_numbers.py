"""The register number: random, checked, and never a citizen service number."""

import random

from hypothesis import given
from hypothesis import strategies as st

from auth.numbers import LENGTH, check_digit, draw, is_bsn, is_register_number

numbers = st.integers(0, 2**32).map(lambda seed: draw(random.Random(seed).randrange))


@given(numbers)
def test_a_number_is_eight_digits_and_no_bsn_with_or_without_a_nought(number):
    assert is_register_number(number)
    assert len(number) == LENGTH
    assert not is_bsn("0" + number)


@given(numbers, st.integers(0, 7), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(number, at, by):
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]

    assert not is_register_number(wrong)


def test_the_check_digit_is_that_of_iso_7064():
    assert check_digit("0794") == "5"  # the example of ISO/IEC 7064 MOD 11,10


def test_the_eleven_test_knows_a_bsn():
    assert is_bsn("111222333")
    assert not is_bsn("111222334")
    assert not is_bsn("000000000")
    assert not is_bsn("11122233")

"""PURE: the register number, drawn at random, public, and no citizen service number (BSN).

Eight digits, the last a check digit (ISO 7064 MOD 11,10): every single wrong digit and nearly every swap is noticed. A
number that would pass the BSN test with a nought before it is never given out.
"""

from collections.abc import Callable

LENGTH = 8


def check_digit(digits: str) -> str:
    """The digit that ISO 7064 MOD 11,10 puts behind a string of digits."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = (2 * total) % 11
    return str((11 - product) % 10)


def bare(text: str) -> str:
    """A number as it was meant: without blanks, dots, dashes and what one does not see."""
    return "".join(char for char in text if char.isalnum())


def is_register_number(text: str) -> bool:
    """Whether a text is a well-formed register number."""
    return len(text) == LENGTH and text.isascii() and text.isdigit() and check_digit(text[:-1]) == text[-1]


def is_bsn(text: str) -> bool:
    """Whether a text passes the eleven-test of the citizen service number."""
    if not (len(text) == 9 and text.isascii() and text.isdigit()) or text == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, text, strict=True)) % 11 == 0


def draw(randbelow: Callable[[int], int]) -> str:
    """A register number at random, that somebody may have; `randbelow` is `secrets.randbelow`."""
    while True:
        digits = str(1_000_000 + randbelow(9_000_000))
        number = digits + check_digit(digits)
        if not is_bsn("0" + number):
            return number

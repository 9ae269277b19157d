"""One-time codes: one step either way, each once, and a secret that nobody can read or edit at rest (R15)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.fernet import InvalidToken
from passlib.totp import TOTP

from auth.codes import Codes

NOW = datetime(2026, 3, 2, 12, 0, 10, tzinfo=UTC)
COUNTER = int(NOW.timestamp()) // 30
CODES = Codes(b"k" * 32)


@pytest.fixture
def secret() -> str:
    return CODES.new()


def code(secret: str, steps: int = 0) -> str:
    """What the person's own device shows."""
    shown = TOTP(CODES.base32(secret)).generate(int((NOW + timedelta(seconds=30 * steps)).timestamp()))
    return str(shown.token)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_is_taken_one_step_either_way(secret: str, steps: int) -> None:
    assert CODES.verify(secret, code(secret, steps), None, NOW) == COUNTER + steps


@pytest.mark.parametrize("steps", [-20, -3, -2, 2, 3, 20])
def test_a_code_from_further_away_is_not(secret: str, steps: int) -> None:
    if code(secret, steps) not in {code(secret, near) for near in (-1, 0, 1)}:
        assert CODES.verify(secret, code(secret, steps), None, NOW) is None


def test_a_code_works_once_and_closes_those_before_it(secret: str) -> None:
    used = CODES.verify(secret, code(secret), 0, NOW)

    assert used == COUNTER
    assert CODES.verify(secret, code(secret), used, NOW) is None
    assert CODES.verify(secret, code(secret, -1), used, NOW) is None
    assert CODES.verify(secret, code(secret, 1), used, NOW) == COUNTER + 1


def test_nothing_is_taken_when_the_clock_was_set_back_behind_a_used_code(secret: str) -> None:
    assert CODES.verify(secret, code(secret), COUNTER + 100, NOW) is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345",
        "1234567",
        "abcdef",
        "12345a",
        "-12345",
        "١٢٣٤٥٦",
        "１２３４５６",
        "\0" * 6,
        "\ud800" * 6,
        "1" * 5_000_000,
    ],
)
def test_what_is_not_six_digits_is_no_code_and_no_error(secret: str, typed: str) -> None:
    assert CODES.verify(secret, typed, None, NOW) is None


def test_a_code_may_be_typed_with_a_space(secret: str) -> None:
    shown = code(secret)

    assert CODES.verify(secret, f" {shown[:3]} {shown[3:]} ", None, NOW) == COUNTER


def test_the_published_vector_comes_out() -> None:
    seal = CODES._seal.encrypt(b"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").decode()

    # RFC 6238 appendix B: at second 59 the eight digits are 94287082
    assert CODES.verify(seal, "287082", None, datetime.fromtimestamp(59, UTC)) == 1


def test_the_address_for_the_authenticator_names_us_and_the_account(secret: str) -> None:
    address = urlsplit(CODES.uri(secret, "anna@school.nl"))

    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert parse_qs(address.query)["secret"] == [CODES.base32(secret)]
    assert parse_qs(address.query)["issuer"] == ["Bekwaam"]
    assert CODES.uri(secret, "a:b@school.nl")


def test_a_stored_secret_shows_nothing_and_opens_only_unedited_under_our_key(secret: str) -> None:
    assert CODES.base32(secret) not in secret
    assert len(secret) <= 400
    assert CODES.new() != secret
    for stolen, codes in ((secret, Codes(b"x" * 32)), (secret[:-6] + "AAAA" + secret[-2:], CODES)):
        with pytest.raises(InvalidToken):
            codes.verify(stolen, "123456", None, NOW)

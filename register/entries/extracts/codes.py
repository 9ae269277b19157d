"""The code at the foot of an extract: which extract it is, and signs that only we can put behind it.

Nothing is kept of an extract. The code says of whom, of which day and as recorded by when; the history, which only
grows, then tells again what it said. So a code cannot be guessed, and what was altered on the paper shows.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime

from core.decisions import ALPHABET
from register.entries.extracts.policy import Scope

BASE = len(ALPHABET)
TOLD, PROOF = 17, 11
"""Signs that tell which extract, and signs that prove it: 51 bits, of which nobody can try many."""
FIRST = date(1900, 1, 1).toordinal()
SCOPES = tuple(Scope)
NUMBERS, DAYS, SECONDS = 10**8, 110_000, 2**33


@dataclass(frozen=True)
class Reference:
    """Which extract: of whom, of which day, as recorded by which instant (whole seconds)."""

    scope: Scope
    register_number: str
    on: date
    recorded_at: datetime


def code_of(secret: bytes, of: Reference) -> str:
    """Seven groups of four: `7KQ4-MX2B-…`."""
    number = SCOPES.index(of.scope)
    for part, most in (
        (int(of.register_number), NUMBERS),
        (of.on.toordinal() - FIRST, DAYS),
        (int(of.recorded_at.timestamp()), SECONDS),
    ):
        number = number * most + part
    told = ""
    for _ in range(TOLD):
        number, sign = divmod(number, BASE)
        told = ALPHABET[sign] + told
    signs = told + _proof(secret, told)
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def read_code(secret: bytes, typed: str) -> Reference | None:
    """Which extract a typed code names, or None when we did not put it there; blanks and small letters are fine."""
    signs = "".join(typed.upper().split()).replace("-", "")
    told, proof = signs[:TOLD], signs[TOLD:]
    if len(signs) != TOLD + PROOF or not set(told) <= set(ALPHABET):
        return None
    if not hmac.compare_digest(proof.encode(), _proof(secret, told).encode()):
        return None
    number = 0
    for sign in told:
        number = number * BASE + ALPHABET.index(sign)
    number, at = divmod(number, SECONDS)
    number, day = divmod(number, DAYS)
    scope, who = divmod(number, NUMBERS)
    return Reference(SCOPES[scope], f"{who:08d}", date.fromordinal(FIRST + day), datetime.fromtimestamp(at, UTC))


def _proof(secret: bytes, told: str) -> str:
    drawn = hmac.digest(secret, told.encode(), hashlib.sha256)
    return "".join(ALPHABET[byte % BASE] for byte in drawn[:PROOF])

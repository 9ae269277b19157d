"""Passwords: which will do, and the one place that hashes them (argon2id through passlib, off the event loop).

passlib raises on text that it does not like and on hashes that it does not know, and a plain call stalls everybody
(F7). Here a wrong password, an unknown person and a broken hash are the same `False` at the same cost, and more
sign-ins than the machine can hash are refused before they queue.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from threading import BoundedSemaphore
from typing import TypeVar

from passlib.hash import argon2

from core.errors import Invalid, TooMany

T = TypeVar("T")

# OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two rounds, one lane; 31 ms here (stack.md 1b).
MEMORY_KIB = 19 * 1024
ROUNDS = 2
RETRY_AFTER = 2

# NIST SP 800-63B-4 3.1.1.2: 15 where the password may stand alone; ASVS v5.0.0-6.2.9 wants 64 or more allowed.
MINIMUM = 15
MAXIMUM = 256

# Shorter pieces of a name occur in too many honest sentences.
_PIECE = 4
# What must remain of a password when the words that everybody tries are taken out.
_OWN = 8
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm")
_COMMON = (
    "wachtwoord", "welkom", "geheim", "password", "passwort", "letmein", "iloveyou", "admin", "bekwaam", "register",
    "school", "leraar", "docent", "directeur", "onderwijs", "nederland", "amsterdam", "rotterdam", "utrecht", "voetbal",
    "feyenoord", "januari", "februari", "maart", "april", "augustus", "september", "oktober", "november", "december",
    "zomer", "winter", "herfst", "lente", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag",
    "zondag", "qwerty", "azerty", "dragon", "monkey", "football", "sunshine", "princess", "superman", "whatever",
    "trustno", "changeme",
)  # fmt: skip


class Passwords:
    """`workers` threads hash, `waiting` more may queue; tests hand in cheap `memory_kib` and `rounds`.

    One core is left to those who do not sign in (security.md R11).
    """

    def __init__(
        self, *, memory_kib: int = MEMORY_KIB, rounds: int = ROUNDS, workers: int | None = None, waiting: int = 16
    ) -> None:
        workers = workers or max(1, (os.cpu_count() or 1) - 1)
        self._scheme = argon2.using(type="ID", memory_cost=memory_kib, time_cost=rounds, parallelism=1)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="passwords")
        self._places = BoundedSemaphore(workers + waiting)
        self._nobody: str = self._scheme.hash(os.urandom(16).hex())

    async def hash(self, password: str) -> str:
        """What to store. Invalid with the code of `unreadable`; TooMany("busy-signing-in")."""
        if (flaw := unreadable(password)) is not None:
            raise Invalid(flaw)
        return await self._run(lambda: str(self._scheme.hash(password)))

    async def verify(self, password: str, stored: str | None) -> bool:
        """Whether this is the password. `None` (nobody of that name) costs as much as somebody; TooMany as above."""
        if unreadable(password) is not None:
            return False
        found = await self._run(lambda: self._matches(password, stored or self._nobody))
        return found and bool(stored)

    def needs_update(self, stored: str) -> bool:
        """Whether this hash was made with other parameters; hash anew at the next sign-in."""
        try:
            return bool(self._scheme.needs_update(stored))
        except (ValueError, TypeError):
            return True

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _matches(self, password: str, stored: str) -> bool:
        try:
            return bool(self._scheme.verify(password, stored))
        except Exception:  # whatever it is, it is not a match
            return False

    async def _run(self, work: Callable[[], T]) -> T:
        if not self._places.acquire(blocking=False):
            raise TooMany("busy-signing-in", retry_after=RETRY_AFTER)
        future: Future[T] = self._pool.submit(work)
        # The place is free when the thread is, also when the one who asked has gone.
        future.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(future)


def weakness(password: str, *context: str) -> str | None:
    """Why a new password is refused, as a code; None when it will do. `context`: e-mail, name, register number.

    Codes: `password-not-text`, `password-too-short`, `password-too-long`, `password-holds-name`,
    `password-too-simple`, `password-too-common`.
    """
    if (flaw := unreadable(password)) is not None:
        return flaw
    plain = password.casefold()
    if any(piece in plain for text in context for piece in _pieces(text.casefold())):
        return "password-holds-name"
    if _is_simple(plain):
        return "password-too-simple"
    return "password-too-common" if _is_common(plain) else None


def unreadable(password: str) -> str | None:
    """Why a text cannot be a password at all; measured before any hashing (F7)."""
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in password[: MAXIMUM + 1]):
        return "password-not-text"
    if len(password) < MINIMUM:
        return "password-too-short"
    return "password-too-long" if len(password) > MAXIMUM else None


def _pieces(text: str) -> set[str]:
    """An e-mail address or a name, whole and in words."""
    words = "".join(char if char.isalnum() else " " for char in text).split()
    return {piece for piece in (text, "".join(words), text.partition("@")[0], *words) if len(piece) >= _PIECE}


def _is_simple(plain: str) -> bool:
    """A few characters, one short text again and again, or a walk along the alphabet or the keyboard."""
    period = (plain + plain).find(plain, 1)
    steps = sum(1 for left, right in pairwise(plain) if _neighbours(left, right))
    return len(set(plain)) < 6 or period <= len(plain) // 2 or steps > 0.75 * (len(plain) - 1)


def _neighbours(left: str, right: str) -> bool:
    return left == right or any(left + right in run or right + left in run for run in _RUNS)


def _is_common(plain: str) -> bool:
    """Hardly anything is left without the words that everybody tries, and what people write between them."""
    for word in _COMMON:
        plain = plain.replace(word, "")
    return sum(char.isalpha() for char in plain) < _OWN and len(plain) < MINIMUM

"""Hashing that neither raises, nor tells, nor stalls (security.md F7, R15)."""

import asyncio
import statistics
import time
from collections.abc import Iterator
from threading import Event

import pytest

from auth.passwords import Passwords, unreadable, weakness
from core.errors import Invalid, TooMany

PHRASE = "paraplu op de zeedijk"


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    cheap = Passwords(memory_kib=8, rounds=1, workers=1, waiting=2)
    yield cheap
    cheap.close()


async def test_a_password_matches_its_own_hash_and_no_other(passwords: Passwords) -> None:
    stored = await passwords.hash(PHRASE)

    assert stored.startswith("$argon2id$")
    assert await passwords.verify(PHRASE, stored)
    assert not await passwords.verify(PHRASE + " ", stored)
    assert not await passwords.verify(PHRASE.upper(), stored)
    assert await passwords.hash(PHRASE) != stored


async def test_every_character_counts_up_to_the_longest_password(passwords: Passwords) -> None:
    longest = "𝄞é" * 127 + "ab"
    stored = await passwords.hash(longest)

    assert await passwords.verify(longest, stored)
    assert not await passwords.verify(longest[:-1] + "c", stored)


async def test_the_default_parameters_are_those_of_owasp() -> None:
    real = Passwords(workers=1)

    stored = await real.hash(PHRASE)
    real.close()

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not real.needs_update(stored)


async def test_a_hash_with_other_parameters_still_opens_and_wants_renewal(passwords: Passwords) -> None:
    stronger = Passwords(memory_kib=64, rounds=2, workers=1)
    old = await passwords.hash(PHRASE)

    assert await stronger.verify(PHRASE, old)
    assert stronger.needs_update(old)
    assert stronger.needs_update("unknown")
    stronger.close()


@pytest.mark.parametrize("stored", [None, "", "x", "$argon2id$", "$2b$12$abc", "$argon2id$v=19$m=8,t=1,p=1$", "\0"])
async def test_no_person_and_no_readable_hash_are_plain_failures(passwords: Passwords, stored: str | None) -> None:
    assert await passwords.verify(PHRASE, stored) is False


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password-too-short"),
        ("veertien tekst", "password-too-short"),
        ("x" * 257, "password-too-long"),
        ("x" * 5_000_000, "password-too-long"),
        (PHRASE + "\0", "password-not-text"),
        (PHRASE + "\ud800", "password-not-text"),
    ],
)
async def test_text_that_is_no_password_is_a_code_when_set_and_a_failure_when_tried(
    passwords: Passwords, password: str, code: str
) -> None:
    stored = await passwords.hash(PHRASE)

    assert unreadable(password) == code
    assert not await passwords.verify(password, stored)
    with pytest.raises(Invalid, match=code):
        await passwords.hash(password)


async def test_an_unknown_person_costs_as_much_as_a_known_one() -> None:
    real = Passwords(memory_kib=4096, rounds=1, workers=1)
    stored = await real.hash(PHRASE)
    took: dict[str | None, list[float]] = {stored: [], None: []}

    for _ in range(15):
        for target, times in took.items():
            started = time.process_time()
            await real.verify("een heel ander woord", target)
            times.append(time.process_time() - started)
    real.close()

    known, unknown = (statistics.median(times) for times in took.values())
    assert 0.5 < known / unknown < 2


async def test_more_sign_ins_than_we_can_hash_are_asked_to_come_back(passwords: Passwords) -> None:
    release = Event()
    held = [asyncio.create_task(passwords._run(release.wait)) for _ in range(3)]  # one hashing, two waiting
    await asyncio.sleep(0)

    with pytest.raises(TooMany, match="busy-signing-in") as refusal:
        await passwords.verify(PHRASE, None)
    assert refusal.value.retry_after > 0

    release.set()
    await asyncio.gather(*held)
    assert await passwords.verify(PHRASE, await passwords.hash(PHRASE))


async def test_a_client_that_goes_away_gives_its_place_back(passwords: Passwords) -> None:
    for _ in range(10):
        release = Event()
        held = [asyncio.create_task(passwords._run(release.wait)) for _ in range(3)]
        await asyncio.sleep(0)
        for task in held:
            task.cancel()
        release.set()
        await asyncio.gather(*held, return_exceptions=True)
        await passwords._run(lambda: None)

    assert not await passwords.verify(PHRASE, None)


async def test_the_event_loop_goes_on_while_we_hash() -> None:
    real = Passwords(workers=1)
    task = asyncio.create_task(real.hash(PHRASE))

    turns = 0
    while not task.done():
        await asyncio.sleep(0.001)
        turns += 1
    real.close()

    assert turns > 3


@pytest.mark.parametrize(
    ("password", "code"),
    [
        (PHRASE, None),
        ("8371 9462 0537 1948", None),
        ("ħet-řegent-ýstervarkens", None),
        ("Xk#93bQ!vTz$71mLp", None),
        ("kort", "password-too-short"),
        ("aaaaaaaaaaaaaaaaaaaa", "password-too-simple"),
        ("abcabcabcabcabcabc", "password-too-simple"),
        ("fiets!fiets!fiets!", "password-too-simple"),
        ("abcdefghijklmnopq", "password-too-simple"),
        ("qwertyuiopasdfghjkl", "password-too-simple"),
        ("987654321098765432", "password-too-simple"),
        ("Wachtwoord2026!!", "password-too-common"),
        ("Welkom-Bekwaam-2026", "password-too-common"),
        ("anna.devries@school.nl", "password-holds-name"),
        ("ik ben ANNA en dat is mooi", "password-holds-name"),
        ("paraplu-devries-zeedijk", "password-holds-name"),
    ],
)
def test_a_password_that_others_would_guess_is_refused(password: str, code: str | None) -> None:
    assert weakness(password, "anna.devries@school.nl", "Anna", "de Vries") == code


def test_short_and_empty_names_forbid_nothing() -> None:
    assert weakness(PHRASE, "", "Jo", "@", "op", "de") is None

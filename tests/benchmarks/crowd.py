"""A register of many people, copied straight into the tables that the public search reads."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import asyncpg

from auth.numbers import draw
from core import names
from register.entries.policy import Register

GIVEN = [
    "Anna",
    "Daan",
    "Els",
    "Fatima",
    "Hugo",
    "Inge",
    "Jan",
    "Karim",
    "Liam",
    "Maria",
    "Noor",
    "Olaf",
    "Petra",
    "Ruud",
    "Sanne",
    "Tess",
    "Umar",
    "Vera",
    "Willem",
    "Yara",
]
PREFIXES = ("", "", "", "de", "van", "van der", "ten")
# Three syllables make 17,576 family names: about 17 people to each, as in a real register.
SYLLABLES = (
    [
        "ba",
        "be",
        "bo",
        "da",
        "de",
        "di",
        "do",
        "fa",
        "ga",
        "ge",
        "ha",
        "he",
        "ho",
        "ja",
        "jo",
        "ka",
        "ke",
        "ko",
        "la",
        "le",
        "li",
        "lo",
        "ma",
        "me",
        "mo",
        "na",
    ],
    [
        "ber",
        "der",
        "gel",
        "hof",
        "ker",
        "kes",
        "lan",
        "len",
        "ler",
        "man",
        "mer",
        "nen",
        "ner",
        "pel",
        "per",
        "ren",
        "ker",
        "sen",
        "ser",
        "tel",
        "ten",
        "ter",
        "ver",
        "wen",
        "zen",
        "zer",
    ],
    [
        "berg",
        "boom",
        "broek",
        "burg",
        "dam",
        "dijk",
        "donk",
        "gaard",
        "haar",
        "heide",
        "hof",
        "horst",
        "huis",
        "kamp",
        "laar",
        "land",
        "ma",
        "meer",
        "mans",
        "oord",
        "ra",
        "rode",
        "sma",
        "stra",
        "veld",
        "woud",
    ],
)
WORD = ["word", "name_key", "register_number", "register_code"]
PERSON = [
    "id",
    "version",
    "salt",
    "register_number",
    "given_name",
    "prefix",
    "family_name",
    "address",
    "postcode",
    "town",
    "email",
    "telephone",
    "message_box",
    "hidden",
    "enrolled_at",
]
ENTRY = [
    "register_number",
    "register_code",
    "person_id",
    "name",
    "name_key",
    "title",
    "level",
    "status",
    "valid_until",
    "board",
    "school",
    "town",
    "hidden",
]


@dataclass(frozen=True)
class Crowd:
    """What can be asked: numbers that exist, and family names that at least twenty people's names begin with."""

    numbers: Sequence[str]
    names: Sequence[str]


async def fill(dsn: str, people: int) -> Crowd:
    """`people` persons with one public entry each: two in three a teacher, the rest school leaders."""
    chance = random.Random(2026)
    persons = list(_persons(chance, people))
    connection = await asyncpg.connect(dsn)
    try:
        await connection.copy_records_to_table("person", records=persons, columns=PERSON)
        entries = list(map(_entry, persons))
        await connection.copy_records_to_table("public_entry", records=entries, columns=ENTRY)
        words = ((word, key, number, code) for number, code, _, _, key, *_ in entries for word in set(str(key).split()))
        await connection.copy_records_to_table("public_word", records=words, columns=WORD)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    numbers = [row[3] for row in chance.sample(persons, min(5_000, people))]
    # The first two syllables: some 400 people at the full size, so that every page is full.
    names = sorted({a + b for a in SYLLABLES[0] for b in SYLLABLES[1]})
    return Crowd(numbers, chance.sample(names, 200))


def _persons(chance: random.Random, people: int) -> Iterator[tuple[object, ...]]:
    numbers: set[str] = set()
    while len(numbers) < people:
        numbers.add(draw(chance.randrange))
    for number in sorted(numbers):
        family = "".join(map(chance.choice, SYLLABLES)).capitalize()
        identity = UUID(int=chance.getrandbits(128), version=4)
        salt = f"{chance.getrandbits(128):032x}"
        given, prefix = chance.choice(GIVEN), chance.choice(PREFIXES)
        yield (
            *(identity, 1, salt, number, given, prefix, family),
            *("Dorpsstraat 1", "8011 AA", "Zwolle", f"{number}@voorbeeld.example", "038-1234567", True, False),
            datetime(2020, 1, 6, tzinfo=UTC),
        )


def _entry(person: tuple[object, ...]) -> tuple[object, ...]:
    identity, _version, _salt, number, given, prefix, family = person[:7]
    name = " ".join(str(part) for part in (given, prefix, family) if part)
    key = names.filing_key(names.joined(prefix, family), given)
    if int(str(number)) % 3:
        place = ("", "Openbare Basisschool De Klimboom", "Zwolle")
        shown = ("", None, "registered", None)
        register = Register.TEACHERS.value
    else:
        place = ("Stichting voor Openbaar Onderwijs", "", "")
        shown = ("RDO", "niveau-2", "registered", date(2028, 12, 31))
        register = Register.LEADERS_PO.value
    return (number, register, identity, name, key, *shown, *place, False)

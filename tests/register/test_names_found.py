"""People are found by their names as somebody types them who has no accents on the keyboard."""

import random
import re
import unicodedata
from collections.abc import Iterator
from itertools import cycle

import pytest
from faker import Faker

from auth import queries as people_of
from core.errors import Problem
from core.store.work import Work
from register.entries import search
from register.office.imports.command import import_register
from register.office.people import office
from tests.builders import House, a_leader
from tests.register.takeover.files import a_file, a_line

LOCALES = ("nl_NL", "fr_FR", "de_DE", "pl_PL", "tr_TR", "vi_VN", "cs_CZ", "da_DK", "hu_HU")
BY_HAND = [
    ("Ng", "", "Li"),
    ("O", "", "Ng"),
    ("Li", "", "O"),
    ("Văn", "", "Đỗ"),
    ("Jan", "", "de Vries"),
    ("Jan", "de", "Vries"),
    ("Jan", "van 't", "Hoff"),
    ("Mees", "’t", "Hart"),
    ("Anne-Fleur", "van der", "Plas-Jansen"),
    ("Siobhán", "", "O’Brien"),
    ("Aminata", "", "N'Diaye"),
    ("Chiara", "", "d’Angelo"),
    ("Chiara", "d'", "Angelo"),
    ("João", "dos", "Santos"),
    ("Mohamed", "el", "Khatib"),
    ("Mohamed", "", "El-Khatib"),
    ("Işıl", "", "Özdemir"),
    ("İbrahim", "", "Şahin"),
    ("Łukasz", "", "Błaszczykowski"),
    ("Þóra", "", "Guðmundsdóttir"),
    ("Ħanna", "", "Ŧŋ"),
    ("Cœur", "", "Bæk-Sørensen"),
    ("Jürgen", "von der", "Weiß"),
    ("Núria", "", "Coŀlega"),
    ("Sasha", "", "Y"),
    ("Zoë", "", "Van"),
]
SPELLED = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ŋ": "n", "·": "", "’": "'", "‘": "'"}
LETTER = re.compile(r"LATIN (SMALL|CAPITAL) LETTER ([A-Z])( WITH .*)?")


def typed(name: str) -> str:
    """What comes of a name on a keyboard without accents; by the names of the letters, not by taking them apart."""
    found = ""
    for char in unicodedata.normalize("NFC", name):
        if char.isascii():
            found += char
        elif char.lower() in SPELLED:
            found += SPELLED[char.lower()]
        elif letter := LETTER.fullmatch(unicodedata.name(char)):
            found += letter[2].lower()
        else:
            raise AssertionError(f"{char!r} in {name!r}: say how it is typed")
    return found


def people(most: int) -> Iterator[tuple[str, str, str]]:
    """Given name, prefix, family name; some with their accents apart, some with the prefix in the family name."""
    yield from BY_HAND
    drawn = random.Random(7)
    fakers = [Faker(locale) for locale in LOCALES]
    for seed, faker in enumerate(fakers):
        faker.seed_instance(seed)
    for at, faker in zip(range(most - len(BY_HAND)), cycle(fakers), strict=False):
        given, family = faker.first_name(), faker.last_name()
        if at % 7 == 0:
            family = f"{family}-{faker.last_name()}"
        if at % 5 == 0:
            given, family = (unicodedata.normalize("NFD", part) for part in (given, family))
        prefix = drawn.choice(["", "", "", "van", "de", "van der", "von", "da"])
        yield (given, "", f"{prefix} {family}".strip()) if at % 11 == 0 else (given, prefix, family)


async def taken_over(house: House, named: list[tuple[str, str, str]]) -> None:
    lines = (
        a_line(at, given_name=given, prefix=prefix, family_name=family, email=f"p{at}@school.example")
        for at, (given, prefix, family) in enumerate(named)
    )
    report = await import_register(house.means, "oud", a_file(*lines))
    assert (report.new, report.refused) == (len(named), [])


async def not_found(house: House, named: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Every question in vain: the whole name, with and without its prefix, small and in capitals, turned round."""
    drawn = random.Random(11)
    vain: list[tuple[str, str]] = []

    async def ask(work: Work) -> None:
        for at, parts in enumerate(named):
            given, prefix, family = (typed(part) for part in parts)
            ways = (
                f"{given} {prefix} {family}",
                f"{given} {family}".upper(),
                f"{family}, {given} {prefix}".lower(),
            )
            question = " ".join(drawn.choice(ways).split())
            address = f"p{at}@school.example"
            try:
                rows = await search.find(work, name=question, number=None, register=None, after=None, most=2_000)
                wanted = " ".join(" ".join(parts).split())
                if unicodedata.normalize("NFC", wanted) not in {row.name for row in rows}:
                    vain.append(("public", question))
                if address not in {one.email for one in await every_person(work, question)}:
                    vain.append(("office", question))
            except Problem as error:
                vain.append((error.code, question))

    await house.system(ask)
    return vain


async def every_person(work: Work, question: str) -> list[office.persons.Person]:
    return list(await office.persons.find(work, question, 2_000))


async def test_some_hundreds_are_found_as_they_are_typed(house: House):
    named = list(people(300))
    await taken_over(house, named)

    assert await not_found(house, named) == []


@pytest.mark.long
async def test_ten_thousand_are_found_as_they_are_typed(house: House):
    named = list(people(10_000))
    await taken_over(house, named)

    assert await not_found(house, named) == []


async def test_the_public_and_the_office_find_the_same_people_on_their_pages(house: House):
    await taken_over(house, BY_HAND)
    nobody, bureau = house.http, await house.client("bureau")

    for question, name in (
        ("Özdemir", "Işıl Özdemir"),
        ("OZDEMIR isil", "Işıl Özdemir"),
        ("Ng", "O Ng"),
        ("o", "Li O"),
        ("li", "Ng Li"),
        ("obrien", "Siobhán O’Brien"),
        ("O'Brien", "Siobhán O’Brien"),
        ("d'angelo", "Chiara d’Angelo"),
        ("angelo chiara", "Chiara d' Angelo"),
        ("de vries", "Jan de Vries"),
        ("El Khatib", "Mohamed El-Khatib"),
        ("elkhatib", "Mohamed El-Khatib"),
        ("thora", "Þóra Guðmundsdóttir"),
        ("Weiss", "Jürgen von der Weiß"),
        ("Juergen", "Jürgen von der Weiß"),
        ("van do", "Văn Đỗ"),
    ):
        page = await nobody.get(f"/?q={question}")
        found = {one["name"] for one in (await bureau.get("/people", params={"q": question})).json()}
        assert name.replace("'", "&#39;") in page.text, question
        assert name in found, question


async def test_a_small_mistake_is_answered_with_what_was_meant(house: House):
    await taken_over(house, [*BY_HAND, ("Ada", "", "Verborgen")])
    nobody, bureau = house.http, await house.client("bureau")

    for question, meant in (("Ozdemr", "Özdemir"), ("Gudmundsdottri", "Guðmundsdóttir"), ("Jan de Vrees", "Jan Vries")):
        page = await nobody.get(f"/?q={question}")
        assert "Niemand gevonden" in page.text, question
        assert f">{meant}</a>" in page.text, question
        assert meant.split()[-1] in (await nobody.get(f"/?q={meant}")).text
    (hidden,) = (await bureau.get("/people", params={"q": "verborgen"})).json()
    file = await bureau.get(f"/people/{hidden['id']}")
    await bureau.post(
        f"/people/{hidden['id']}/hiding", {"ground": "threat"}, headers={"If-Match": file.headers["etag"]}
    )
    assert "Bedoelde u" not in (await nobody.get("/?q=Verborgn")).text


@pytest.mark.parametrize("question", ["Leo@Bücher.example", "leo@xn--bcher-kva.example", " LEO@bücher.example\u200b"])
async def test_the_office_finds_somebody_by_their_address_as_it_is_typed(house: House, question: str):
    await a_leader(house.world, "leo")

    async def moved(work: Work) -> None:
        person = await people_of.person(work.session, house.id_of("leo"))
        person.email = "leo@xn--bcher-kva.example"
        work.log("person:details", person)

    await house.system(moved)

    assert [one.id for one in await house.system(lambda work: every_person(work, question))] == [house.id_of("leo")]

"""What people read is in words: no code, no ISO day and no name of a programming language, on any page or in any mail.

Walks the seeded world as each role, every kind of page once and each of its forms sent in empty, and reads every
message that went out.
"""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from sqlmodel import select

from core import texts
from core.labels import Labels
from core.store.outbox import OutboxMessage
from core.store.work import Means
from tests.house.test_looks import LEFT_ALONE, MOST_PAGES, NUMBER, served
from tests.house.test_mails import bare_in
from tests.pages import Browser, Reader, enter
from tests.seeding import seeded_in

pytestmark = pytest.mark.thorough

NOT_READ = {"script", "style", "code", "textarea", "head"}
DAY = re.compile(r"\b(?:19|20)\d\d-[01]\d-[0-3]\d\b")
WORD = re.compile(r"(?<![\w/.@-])[a-z]+(?:-[a-z]+)+(?![\w/@-])")
SHOUTED = re.compile(r"\b(?:SUBJECT|PEDAGOGIC|[A-Z]{3,}(?:_[A-Z]+)+)\b")
LANGUAGE = re.compile(r"\b(?:None|null|undefined|True|False|nan)\b")
PLACEHOLDER = re.compile(r"\{\w+\}")
NUMBER_OF_SCHOOL = re.compile(r"(?<!vestiging )(?<!-)\b\d\d[A-Z]{2}\d\d\b")


class Running(HTMLParser):
    """The text that somebody reads, a piece for each element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._aside = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._aside += tag in NOT_READ

    def handle_endtag(self, tag: str) -> None:
        self._aside -= tag in NOT_READ

    def handle_data(self, data: str) -> None:
        if not self._aside and data.strip():
            self.pieces.append(" ".join(data.split()))


def codes() -> set[str]:
    """Every code that has words, and is no word itself."""
    coded, said = set[str](), set[str]()
    for msgid, forms in texts.load().catalogues["nl"].items():
        code = msgid.partition(".")[2]
        if re.fullmatch(r"[a-z-]+\.[a-z0-9-]+", msgid) and forms[0].lower() != code:
            coded.add(code)
        said |= {word for form in forms for word in WORD.findall(form)}
    return coded - said


CODES = codes()


def unreadable(text: str) -> list[str]:
    """What nobody outside the house would understand in a text."""
    found = [each for each in WORD.findall(text) if each in CODES]
    for pattern in (DAY, SHOUTED, LANGUAGE, PLACEHOLDER, NUMBER_OF_SCHOOL):
        found += pattern.findall(text)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Uw aanvraag is op 2026-11-24 geweigerd (level-too-low).", ["level-too-low", "2026-11-24"]),
        ("SUBJECT 8, None punten", ["SUBJECT", "None"]),
        ("Uiterlijk op 12 januari 2032 ({basis}).", ["{basis}"]),
        ("Een e-learning van 24 november 2026 voor mbo-docenten.", []),
    ],
)
def test_what_is_no_word_is_seen(text: str, found: list[str]):
    assert unreadable(text) == found


def lists_not_there(html: str) -> list[str]:
    """The fields whose mistake speaks of a list to choose from, while the page has none there."""
    told = re.findall(r'id="([\w-]+)-error">(.*?)</p>', html, re.DOTALL)
    return [
        name
        for name, said in told
        if re.search(r"uit (?:de|uw) lijst", said)
        and not re.search(
            rf'<select[^>]*\sname="{name}"|<input[^>]*\stype="(?:radio|checkbox)"[^>]*\sname="{name}"|'
            rf'<input[^>]*\sid="{name}"[^>]*\slist="',
            html,
        )
    ]


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ('<input class="x" id="number" name="number" type="text">', ["number"]),
        ('<input class="x" id="number" name="number" type="text" list="numbers">', []),
        ('<select class="x" id="number" name="number"><option></select>', []),
        ('<input type="radio" id="number-1" name="number" value="1">', []),
    ],
)
def test_a_list_that_is_not_there_is_seen(field: str, found: list[str]):
    assert lists_not_there(f'<p class="y" id="number-error">Kies er een uit de lijst.</p>{field}') == found
    assert lists_not_there(f'<p class="y" id="number-error">Vul een getal in.</p>{field}') == []


async def walk(http: httpx.AsyncClient, person: dict[str, Any] | None) -> tuple[set[str], set[str]]:
    """What one person cannot read, and the mistakes in forms that are told by no label of the page."""
    http.cookies.clear()
    browser = await enter(Browser(http), person) if person else Browser(http)
    wrong, unnamed = set[str](), set[str]()
    waiting, seen = ["/begin" if person else "/"], set[str]()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        kind = NUMBER.sub("*", path)
        if kind in seen or path.startswith(LEFT_ALONE):
            continue
        seen.add(kind)
        page = await browser.open(path)
        if page.headers.get("content-type", "").startswith("text/csv"):
            wrong |= {f"{kind}: {line}" for line in page.text.splitlines() if unreadable(DAY.sub("", line))}
        if page.status_code != 200 or "text/html" not in page.headers["content-type"]:
            continue
        waiting += [urlsplit(href).path for href in re.findall(r'href="(/[^"#]*)"', page.text)]
        wrong |= {f"{kind}: {piece[:90]}" for piece in Running(page.text).pieces if unreadable(piece)}
        for form in Reader(page.text).forms:
            if form.method.lower() != "post" or form.action.startswith(LEFT_ALONE):
                continue
            token = {name: value for name, value in form.values if name in {"_token", "_version"}}
            answer = await http.post(form.action, data=token, headers={"origin": "http://testserver"})
            if answer.status_code != 400 or 'id="error-summary"' not in answer.text:
                continue
            to = NUMBER.sub("*", form.action)
            wrong |= {f"{to}: {piece[:90]}" for piece in Running(answer.text).pieces if unreadable(piece)}
            wrong |= {f"{to}: {name}: no list to choose from" for name in lists_not_there(answer.text)}
            called = Labels(answer.text).found
            summary = answer.text.partition('id="error-summary"')[2].partition("</ul>")[0]
            for name, said in re.findall(r'<a href="#([^"]+)">(.*?)</a>', summary, re.DOTALL):
                unseen = re.search(rf'<(?:input type="hidden"|button[^>]*) name="{name}"', answer.text)
                named = called.get(name, "\n") in said and f'id="{name}"' in answer.text
                if not named and not (unseen and not called.get(name)):
                    unnamed.add(f"{to}: {name}: {said}")
    return wrong, unnamed


async def posted(means: Means) -> set[str]:
    """What nobody understands in a message that went out."""
    async with means.database.reading() as session:
        rows = (await session.exec(select(OutboxMessage))).all()
    assert rows
    lines = {line for row in rows for line in (row.subject, *row.body.splitlines())}
    return {line for line in lines if bare_in(line) or unreadable(re.sub(r"https?://\S+", "", line))}


async def test_whatever_anybody_reads_is_in_words_and_each_mistake_has_the_label_of_its_field(tmp_path):
    people = seeded_in(tmp_path)["people"]
    roles = {person["role"]: person for person in reversed(people)}
    readers = [None, *roles.values(), *(one for one in people if one["role"] == "professional")]

    async with served(tmp_path) as (means, http):
        mails = await posted(means)
        walks = [await walk(http, person) for person in readers]

    assert mails == set()
    assert {line for wrong, _ in walks for line in wrong} == set()
    assert {line for _, unnamed in walks for line in unnamed} == set()

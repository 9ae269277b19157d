"""Letters (brieven) as PDF: tagged, archivable, and byte for byte the same for the same words.

A room says what the letter tells; how it looks stands in `letters.typ`. What people typed goes in as data, never as
markup.
"""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import typst

from core.operator import Operator
from core.press import pressed
from core.store.work import Work

TEMPLATE = Path(__file__).with_name("letters.typ")
_LACKING = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
ROUNDS = 12
"""Scripts that one letter may lack signs of."""
STANDARDS: list[Any] = ["a-2a", "ua-1"]  # for the archive, and for readers with a screen reader


@dataclass(frozen=True)
class Part:
    """A piece of a letter: a heading, or none, with paragraphs and then points."""

    paragraphs: tuple[str, ...]
    heading: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """What a letter tells. `facts` are the lines above the subject, each a name and a value."""

    language: str
    written_on: date
    sender: str
    addressee: tuple[str, ...]
    reference: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    letterhead: tuple[str, ...] = ()
    """Whose letter it is and where they are, a line each, beside the sender."""
    page: str = "pagina"
    verification: str = ""
    draft: str = ""
    """What stands above a letter that did not go: that it is none yet."""


async def pdf(work: Work, letter: Letter) -> bytes:
    """The letter as PDF (A-2a, UA-1), with the head of the house. Busy("document-takes-long")."""
    return await pressed(work, made, headed(letter, work.means.settings.house))


def headed(letter: Letter, house: Operator) -> Letter:
    """The letter with the head of the house that sends it; one that was kept has the head of its day."""
    return letter if letter.letterhead else replace(letter, letterhead=house.letterhead)


def words_of(letter: Letter) -> str:
    """All that a letter tells, to keep: the same words give the same letter."""
    return msgspec.json.encode(letter).decode()


def letter_with(words: str) -> Letter:
    """The letter that these words are."""
    return msgspec.json.decode(words, type=Letter)


def made(letter: Letter) -> bytes:
    """The letter; a sign that no font has is told by its number, for the archive takes no boxes."""
    said = json.dumps(_said(letter), ensure_ascii=False)
    for _ in range(ROUNDS):
        try:
            return _compiled(said, STANDARDS)
        except typst.TypstError as error:
            lacking = _LACKING.search(str(error))
            if lacking is None:
                break
            said = _told(said, _ESCAPED.sub(lambda found: chr(int(found[1], 16)), lacking[1]), letter.language)
    return _compiled(said, [])


def _said(letter: Letter) -> dict[str, Any]:
    on = letter.written_on
    return {**asdict(letter), "written_on": [on.year, on.month, on.day]}


def _told(said: str, lacking: str, language: str) -> str:
    """Each sign of the scripts that are lacking as its number: [teken U+6F22]."""
    after = re.findall(rf"{re.escape(lacking)}([^\x00-\x7f])", said) if lacking.isascii() else ()  # what hangs on it
    scripts = {_script(char) for char in (*lacking, *after) if not char.isascii()}
    word = "teken" if language == "nl" else "character"
    return "".join(
        f"[{word} U+{ord(char):04X}]" if not char.isascii() and _script(char) in scripts else char for char in said
    )


def _script(char: str) -> str:
    """The script by the first word of its name; a letter with an accent is told by itself."""
    first = unicodedata.name(char, "").partition(" ")[0]
    return char if first in {"", "LATIN", "COMBINING", "GREEK", "CYRILLIC"} else first


def _compiled(said: str, standards: list[Any]) -> bytes:
    return typst.compile(
        TEMPLATE, format="pdf", sys_inputs={"letter": said}, pdf_standards=standards, ignore_system_fonts=True
    )

"""Letters (brieven) as PDF: tagged, archivable, and byte for byte the same for the same words.

A room says what the letter tells; how it looks stands in `letters.typ`. What people typed goes in as data, never as
markup.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import typst

from core.operator import Operator
from core.press import pressed
from core.work import Work

TEMPLATE = Path(__file__).with_name("letters.typ")
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
    return await pressed(work, _made, headed(letter, work.means.settings.house))


def headed(letter: Letter, house: Operator) -> Letter:
    """The letter with the head of the house that sends it; one that was kept has the head of its day."""
    return letter if letter.letterhead else replace(letter, letterhead=house.letterhead)


def words_of(letter: Letter) -> str:
    """All that a letter tells, to keep: the same words give the same letter."""
    return msgspec.json.encode(letter).decode()


def letter_with(words: str) -> Letter:
    """The letter that these words are."""
    return msgspec.json.decode(words, type=Letter)


def _made(letter: Letter) -> bytes:
    try:
        return _compiled(letter, STANDARDS)
    except typst.TypstError:  # a sign that the font lacks: the standards forbid it, and the letter must go out
        return _compiled(letter, [])


def _compiled(letter: Letter, standards: list[Any]) -> bytes:
    on = letter.written_on
    said = json.dumps({**asdict(letter), "written_on": [on.year, on.month, on.day]}, ensure_ascii=False)
    return typst.compile(
        TEMPLATE, format="pdf", sys_inputs={"letter": said}, pdf_standards=standards, ignore_system_fonts=True
    )

"""Letters: the same words give the same bytes, and whatever was typed is text."""

from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from core.letters import Letter, Part, letter_with, pdf, words_of
from core.settings import from_environment
from core.store.work import Work


def a_letter(text: str = "Wij wijzen uw aanvraag af.") -> Letter:
    return Letter(
        language="nl",
        written_on=date(2026, 3, 2),
        sender="Schoolleidersregister PO",
        addressee=("Anna de Vries", "Dorpsstraat 1", "8011 AA Zwolle"),
        reference="B2026-7KQ4MX",
        subject="Besluit",
        facts=(("Kenmerk", "B2026-7KQ4MX"),),
        parts=(Part((text,), heading="Waarom", items=(text,)),),
    )


async def made(letter: Letter) -> bytes:
    """The PDF, for somebody who reads."""
    return await pdf(
        cast(Work, SimpleNamespace(writing=False, means=SimpleNamespace(settings=from_environment({})))), letter
    )


async def test_a_letter_is_tagged_archivable_and_in_its_language():
    letter = await made(a_letter())

    assert letter.startswith(b"%PDF-")
    assert b"<pdfaid:part>2</pdfaid:part>" in letter
    assert b"<pdfuaid:part>1</pdfuaid:part>" in letter
    assert b"/Lang(nl)" in letter
    assert b"/MarkInfo<</Marked true" in letter


async def test_the_same_words_give_the_same_bytes_and_other_words_others():
    first, again, other = [await made(a_letter(text)) for text in ("een", "een", "twee")]

    assert first == again != other


@pytest.mark.parametrize(
    "typed", ['#import "/etc/passwd"', "#panic()", "$x^", "*", "漢字", "\u202eomgekeerd", "@nobody"]
)
async def test_what_was_typed_is_never_markup_and_never_stops_a_letter(typed):
    assert (await made(a_letter(typed))).startswith(b"%PDF-")


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
async def test_any_text_makes_a_letter(typed):
    assert (await made(a_letter(typed))).startswith(b"%PDF-")


async def test_the_words_that_are_kept_make_the_same_letter():
    letter = a_letter("Zoë’s “aanvraag” – 漢")

    assert letter_with(words_of(letter)) == letter
    assert await made(letter_with(words_of(letter))) == await made(letter)


@pytest.mark.parametrize("typed", ["漢字", "Prima 😀 en 👍🏽", "\u0378", "가나다 と かな"])
async def test_a_sign_that_no_font_has_is_told_and_never_a_box(typed):
    letter = await made(a_letter(typed))

    assert b"<pdfaid:part>2</pdfaid:part>" in letter  # which no letter with an empty box can have
    with PdfDocument(letter) as document:
        text = document[0].get_textpage().get_text_range()
    assert f"U+{next(ord(char) for char in typed if not char.isascii()):04X}" in text.replace("\r\n", "")


async def test_names_in_every_latin_script_are_drawn_as_they_are():
    letter = await made(a_letter("Çağlar Öztürk, Đorđe Šarić, Nguyễn Thị Hương, Ħalim, Ioană Țepeș, Łukasz"))

    assert b"<pdfaid:part>2</pdfaid:part>" in letter
    with PdfDocument(letter) as document:
        assert "[teken" not in document[0].get_textpage().get_text_range()

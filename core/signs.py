"""PURE: signs that nobody sees or that belong to one program only, and what becomes of them in lines and in text."""

import unicodedata
from collections.abc import Callable

_IGNORED = frozenset(
    [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)]
) | frozenset(range(0xE0000, 0xE1000))
"""Default_Ignorable_Code_Point beside the format characters: fillers, joiners and variation selectors."""
_BLANK = 0x2800
"""A braille cell without dots."""
_BREAKS = frozenset("\x0b\x0c\x85\u2028\u2029")
"""How Word and old printers end a line or a page."""
_SYMBOLS = {0xF0FC: "✓", 0xF0E0: "→", 0xF0E8: "→", 0xF0F0: "⇨", 0xF04A: "☺", 0xF02D: "-"}
_BULLETS = range(0xF000, 0xF100)
"""The symbol fonts in which Word writes its bullets (Symbol, Wingdings): as private-use characters."""
_UNREADABLE = frozenset({"Cc", "Cs", "Co", "Cn"})


class _Table(dict[int, int | str | None]):
    """What becomes of a character, worked out when it is first met."""

    def __init__(self, becomes: Callable[[int], int | str | None]) -> None:
        super().__init__()
        self._becomes = becomes

    def __missing__(self, code: int) -> int | str | None:
        found = self[code] = self._becomes(code)
        return found


def _unseen(code: int) -> bool:
    return code in _IGNORED or unicodedata.category(chr(code)) == "Cf"


def _in_line(code: int) -> int | str | None:
    if _unseen(code):
        return None
    return " " if code == _BLANK or unicodedata.category(chr(code)) == "Zs" else code


def _in_text(code: int) -> int | str | None:
    if chr(code) in _BREAKS:
        return "\n"
    if code in _BULLETS:
        return _SYMBOLS.get(code, "•")
    return None if _unseen(code) and code not in {0x200D, 0xFE0F} else code  # joined signs stay joined


_LINE, _TEXT = _Table(_in_line), _Table(_in_text)


def line(text: str) -> str:
    """One line without what nobody sees; every blank is a plain one. What is unreadable stays, for who refuses it."""
    return text.translate(_LINE)


def paragraphs(text: str) -> str:
    """Text of several lines: the breaks and bullets of Word as ours, without what nobody sees."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TEXT)


def unreadable(text: str) -> str | None:
    """The word in which a character stands that nobody can read (control, private, unassigned), with "\ufffd" there."""
    if text.isprintable():
        return None
    for word in text.split():
        if not word.isprintable() and any(unicodedata.category(char) in _UNREADABLE for char in word):
            return "".join("\ufffd" if unicodedata.category(char) in _UNREADABLE else char for char in word)[:40]
    return None


def latin(text: str) -> bool:
    """Every letter of it is of the Latin script."""
    return all(unicodedata.name(char, "").startswith(_LATIN) for char in text if char.isalpha())


_LATIN = (
    "LATIN ",
    "MODIFIER LETTER ",
    "FEMININE ORDINAL",
    "MASCULINE ORDINAL",
    "FULLWIDTH LATIN ",
    "KELVIN",
    "ANGSTROM",
)

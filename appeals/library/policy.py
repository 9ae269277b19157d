"""PURE: how a decision gets into the library, and how names and numbers are taken out of it."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from core.errors import Forbidden, Invalid
from core.machine import Machine


class LibraryState(StrEnum):
    """Who moves next: a second pair of eyes (draft)."""

    DRAFT = "draft"
    PUBLISHED = "published"


class LibraryEvent(StrEnum):
    REWRITE = "rewrite"
    PUBLISH = "publish"
    TAKE_BACK = "take-back"


LIBRARY = Machine(
    "library-entry",
    LibraryState.DRAFT,
    {
        (LibraryState.DRAFT, LibraryEvent.REWRITE): LibraryState.DRAFT,
        (LibraryState.DRAFT, LibraryEvent.PUBLISH): LibraryState.PUBLISHED,  # by somebody else than who wrote it
        (LibraryState.PUBLISHED, LibraryEvent.TAKE_BACK): LibraryState.DRAFT,  # a name was left in
    },
)

GONE = "[…]"
PARTICLES = frozenset({"van", "de", "der", "den", "het", "ten", "ter", "te", "in", "op", "en", "la", "le", "'t", "’t"})
LEAST = 3
"""Shorter words of a name are everyday words too often; the second pair of eyes looks at them."""
PATTERNS = tuple(
    re.compile(one)
    for one in (
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # e-mail
        r"\b[1-9][0-9]{3} ?[A-Z]{2}\b",  # postcode
        r"\b[BUZKAM]20[0-9]{2}-[A-Z0-9]{6}\b",  # numbers of files and letters
        r"\b[0-9]{8,}\b",  # register numbers and the like
        r"\b0[0-9]{1,3}[- ]?[0-9]{6,8}\b",  # telephone
    )
)


def without_names(text: str, names: Iterable[str], numbers: Iterable[str] = ()) -> str:
    """The text without each name, whole or by a word of it, without numbers, addresses and the like."""
    words = {word for name in names for word in re.split(r"[\s-]+", name)}
    worth = {word for word in words if len(word) >= LEAST and word.lower() not in PARTICLES}
    wanted = sorted({*(name for name in names if name.strip()), *worth, *numbers}, key=len, reverse=True)
    for each in wanted:
        text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", GONE, text, flags=re.IGNORECASE)
    for pattern in PATTERNS:
        text = pattern.sub(GONE, text)
    return re.sub(rf"{re.escape(GONE)}(?:[\s-]+{re.escape(GONE)})+", GONE, text)


def folded(text: str) -> str:
    """Text as it is searched: small letters without accents."""
    bare = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def require_second(prepared_by: object, actor: object) -> None:
    """Who wrote it does not check it: Forbidden("four-eyes-needed")."""
    if prepared_by == actor:
        raise Forbidden("four-eyes-needed")


def require_nameless(text: str, names: Iterable[str], numbers: Iterable[str]) -> None:
    """Invalid("names-left") when a name or number that we know of still stands in the text."""
    if without_names(text, list(names), list(numbers)) != text:
        raise Invalid("names-left", [("text", "names-left")])

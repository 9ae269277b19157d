"""PURE: names of people as they are put together, compared, filed and found. Nothing else folds a name.

A keyboard without accents must reach everybody: letters lose their marks, also those that Unicode does not take apart;
quotes go, dashes part words, and what one does not see is not there. Particles ("van de") tell nobody apart, so they
leave a name and a question alike while a word remains.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

LONGEST_KEY = 500
MOST_WORDS = 8
"""Of a question; a longer one is not more exact."""

PARTICLES = frozenset(
    re.findall(
        r"\w+",
        "aan af al auf aus av bij bin d da dal dall dalla de degl degli dei del dell della delle dello den der des di "
        "do dos du een el het ibn im in l la las le les lo los met of onder op over s t te ten ter thoe tot uijt uit "
        "und van vd ver vom von voor vor zu zum zur",
    )
)
# Before an apostrophe these are words of their own (d'Angelo, l'Écluse, 't Hart); O'Brien and N'Diaye are one word.
_ELIDED = PARTICLES | {"all", "nell", "sull"}
_QUOTES = dict.fromkeys(map(ord, "'\"`´‘’‚‛“”„‟′″‵‹›«»ʹʺʻʼʽʾʿˈˊˋ·‧ʽ՚׳Ꞌꞌ＇"), "'")
# What Unicode does not take apart and has no "letter X with …" for a name.
_LETTERS = {
    "ı": "i", "ȷ": "j", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "đ": "d", "ø": "o", "ł": "l", "ħ": "h",
    "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "e", "ǝ": "e", "ɛ": "e", "ɔ": "o", "ƒ": "f", "ƿ": "w", "ȝ": "g", "ʃ": "s",
    "ʒ": "z", "ʊ": "u", "ɩ": "i", "ɣ": "g", "ꜵ": "ao", "ꜷ": "au", "ꜳ": "aa", "ȣ": "ou", "ƕ": "hv",
}  # fmt: skip
# How the same letter is written where it cannot be typed.
_ALSO = {
    "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ŋ": "ng", "đ": "dj", "ð": "dh", "ñ": "nh", "ÿ": "ij",
    "ə": "a", "ğ": "gh", "ő": "oe", "ű": "ue",
}  # fmt: skip
_NAMED = re.compile(r"LATIN SMALL LETTER (?:OPEN |REVERSED |TURNED |SMALL CAPITAL )?([A-Z]{1,2})(?: .*)?")
_PARTS = re.compile(r"['-]+")


def joined(*parts: str) -> str:
    """The parts of a name with one blank between them; a part that is not there leaves no trace."""
    return " ".join(word for part in parts if part for word in part.split())


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    """A letter as it is typed; "'" for a quote, "-" for a dash, " " for any other sign, "" for what one cannot see."""
    if char.isascii() and (char.isalnum() or char in "'- "):
        return char
    kind = unicodedata.category(char)
    if kind.startswith("M") or kind == "Cf":
        return ""
    if char in _LETTERS:
        return _LETTERS[char]
    if kind == "Pd" or char in "−_":
        return "-"
    if not char.isalnum():
        return " "
    named = _NAMED.fullmatch(unicodedata.name(char, ""))
    return named[1].lower() if named else char


def _plain(text: str) -> str:
    spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.translate(_QUOTES)).casefold())
    return "".join(map(_letter, spelled.translate(_QUOTES)))


def _otherwise(text: str) -> str:
    """The same with two letters for one where people do so (Müller, Mueller)."""
    small = unicodedata.normalize("NFC", text).casefold()
    return _plain("".join(_ALSO.get(char, char) for char in small))


def _chunks(plain: str) -> Iterator[list[str]]:
    """The words of a text, each in the parts between its quotes and dashes."""
    for chunk in plain.split():
        if parts := [part for part in _PARTS.split(chunk) if part]:
            yield parts


def _split(plain: str) -> list[str]:
    """The words of a text: quotes join what stands on both sides, except after an elided particle; dashes part."""
    found: list[str] = []
    for chunk in plain.replace("-", " ").split():
        word = ""
        for part in (part for part in chunk.split("'") if part):
            if word in _ELIDED:
                found.append(word)
                word = ""
            word += part
        if word:
            found.append(word)
    return found


def fold(text: str) -> str:
    """A text as it is compared: small plain letters and digits, one blank between words."""
    return " ".join(_split(_plain(text)))


def _without_particles(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in PARTICLES] or list(words)


def words(text: str) -> list[str]:
    """The words of a name or of a question that tell people apart; particles only where there is nothing else."""
    return _without_particles(_split(_plain(text)))


def every_word(text: str) -> set[str]:
    """Each word by which a name is found: its words, its parts, what they make together, and other spellings."""
    found: set[str] = set()
    for plain in {_plain(text), _otherwise(text)}:
        found.update(_split(plain))
        for parts in _chunks(plain):
            found.update(parts, ["".join(parts)] if len(parts) < 4 else [])
    return found


def found_by(family_names: str, given_name: str) -> set[str]:
    """Each word by which somebody is found: those of the given name, and of the family names without particles."""
    tells_apart = any(word not in PARTICLES for word in _split(_plain(family_names)))
    return every_word(given_name) | every_word(family_names) - (PARTICLES if tells_apart else set())


def filing_key(family_names: str, given_name: str) -> str:
    """How a name is filed: family names without particles, given names, and then every other word it is found by."""
    filed = [*words(family_names), *_split(_plain(given_name))]
    more = sorted(found_by(family_names, given_name) - set(filed))
    key = ""
    for word in [*filed, *more]:
        if len(key) + 1 + len(word) <= LONGEST_KEY:
            key = f"{key} {word}".strip()
    return key


def agree(said: str, *own: str) -> bool:
    """Whether a family name as it was typed is one of these; prefix, capitals, accents, quotes and dashes or not."""
    return any(_covers(said, name) and _covers(name, said) for name in own if words(name)) and bool(words(said))


def _covers(wide: str, narrow: str) -> bool:
    """Whether each word of the narrow text stands in the wide one, in one spelling or another."""
    known = every_word(wide)
    for plain in {_plain(narrow), _otherwise(narrow)}:
        wanted = list(_chunks(plain))
        left = [parts for parts in wanted if not set(parts) <= PARTICLES] or wanted
        if all("".join(parts) in known or set(_without_particles(parts)) <= known for parts in left):
            return True
    return "".join(words(narrow)) in known


def same_person(claimed: str, given_name: str, *family_names: str) -> bool:
    """Whether a name as sent is this person's: a whole family name, and beside it a given name or initial of theirs.

    `Vries, J. de`, `jan de vries` and `De Vries` are Jan de Vries; `P. de Vries` and `J. Jansen` are not.
    """
    families = [name for name in family_names if words(name)] or [given_name]
    if not any(_covers(claimed, name) for name in families):
        return False
    own: set[str] = set().union(*map(every_word, families))
    rest = [word for word in words(claimed) if word not in own and not _covers(" ".join(families), word)]
    given = every_word(given_name)
    return not rest or any(
        said == name or (len(said) == 1 and name.startswith(said)) for said in rest for name in given
    )


# Slips: what a word becomes with one letter left out. Two words that share one are one mistake apart, or little more.
SHORTEST_SLIP, LONGEST_SLIP = 3, 30


def slips(word: str) -> set[str]:
    """A word, and it without each of its letters; nothing for a word too short or too long to guess at."""
    if not SHORTEST_SLIP <= len(word) <= LONGEST_SLIP:
        return set()
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def one_slip(said: str, meant: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two neighbours are swapped."""
    if len(said) == len(meant):
        wrong = [at for at, (one, other) in enumerate(zip(said, meant, strict=True)) if one != other]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        return len(wrong) == 1 or (swapped and said[wrong[0]] == meant[wrong[1]] and said[wrong[1]] == meant[wrong[0]])
    short, long = sorted((said, meant), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def spelled_in(word: str, names: Iterable[str]) -> str:
    """How a folded word is written in one of these names, or itself."""
    for name in names:
        for chunk in name.split():
            if word in every_word(chunk):
                return chunk.strip(",;.")
    return word


def plain_key(name: str) -> str:
    """The name of an organisation, a title or a theme as duplicates compare: no capitals, accents or signs."""
    parted = _plain(name).replace("'", " ").replace("-", " ")
    return " ".join(parted.split()) or " ".join(name.casefold().split())


# Places keep the key under which they are imported.
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\N{EN DASH}": "-"})


def place_key(text: str | None) -> str:
    """How names of schools, boards and towns are compared: no capitals, accents, typographic quotes, double blanks."""
    plain = (text or "").casefold()
    if not plain.isascii():
        spelled = unicodedata.normalize("NFKD", plain.translate(_STRAIGHT))
        plain = "".join(c for c in spelled if not unicodedata.combining(c))
    return " ".join(plain.split())

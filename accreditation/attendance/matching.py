"""PURE: whether a row is about somebody, by number and name; in doubt never, then it goes to the inbox.

A number alone is believed by its check digit; with a name beside it both must agree. A near number or a former name is
for the person to claim, who knows what was sent.
"""

import unicodedata
from collections.abc import Iterator

from auth.numbers import LENGTH, is_register_number

# Prefixes of Dutch family names tell nobody apart.
_PARTICLES = frozenset(
    ("van", "von", "de", "den", "der", "het", "t", "ten", "ter", "te", "op", "in", "aan", "bij", "la", "le", "du", "d")
)


def folded(text: str) -> str:
    """A name or number as it is compared: small letters and digits, without accents, one blank between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join(kept.split())


def words(text: str) -> frozenset[str]:
    """The words of a name that tell people apart."""
    return frozenset(folded(text).split()) - _PARTICLES


def bare_number(text: str) -> str:
    """A number as it was meant: without blanks, dots and dashes."""
    return "".join(char for char in text if char not in " .-\u00a0")


def well_formed(number: str) -> bool:
    """Whether a number could be somebody's: what a provider is told rests on this, and on nothing that we know."""
    return is_register_number(number)


def names_agree(claimed: str, given_name: str, family_name: str) -> bool:
    """Whether a name as sent is this person's: the whole family name, and beside it a given name or initial of theirs.

    `Vries, J. de`, `jan de vries` and `De Vries` are Jan de Vries; `P. de Vries` and `J. Jansen` are not.
    """
    said, family = words(claimed), words(family_name)
    if not family or not family <= said:
        return False
    rest, given = said - family, words(given_name)
    return not rest or any(_same_or_initial(one, name) for one in rest for name in given)


def _same_or_initial(said: str, name: str) -> bool:
    return said == name or (len(said) == 1 and name.startswith(said))


def is_match(number: str, claimed_name: str, given_name: str, family_name: str) -> bool:
    """Whether a row is, without anybody looking, about the person who has this number."""
    return well_formed(number) and (not words(claimed_name) or names_agree(claimed_name, given_name, family_name))


def near(sent: str, own: str) -> bool:
    """Whether a number was sent wrong in one place: a digit wrong, missing or too many, or two neighbours swapped."""
    if sent == own:
        return True
    if len(sent) == len(own):
        wrong = [at for at, (one, other) in enumerate(zip(sent, own, strict=True)) if one != other]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        return len(wrong) == 1 or (swapped and sent[wrong[0]] == own[wrong[1]] and sent[wrong[1]] == own[wrong[0]])
    short, long = sorted((sent, own), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def neighbours(sent: str) -> Iterator[str]:
    """Every register number that is near to what was sent, for who looks through the inbox."""
    found: set[str] = set()
    digits = "0123456789"
    if not sent.isascii() or not sent.isdigit() or abs(len(sent) - LENGTH) > 1:
        return
    if len(sent) == LENGTH:
        found |= {sent[:at] + digit + sent[at + 1 :] for at in range(LENGTH) for digit in digits}
        found |= {sent[:at] + sent[at + 1] + sent[at] + sent[at + 2 :] for at in range(LENGTH - 1)}
    elif len(sent) < LENGTH:
        found |= {sent[:at] + digit + sent[at:] for at in range(LENGTH) for digit in digits}
    else:
        found |= {sent[:at] + sent[at + 1 :] for at in range(len(sent))}
    yield from sorted(number for number in found if is_register_number(number))


def may_claim(sent_number: str, sent_name: str, own_number: str, given_name: str, family_name: str) -> bool:
    """Whether an item of the inbox can be this person's: the number is theirs or nearly, or the name is.

    A number that is theirs explains a former name; a near number must not carry somebody else's name.
    """
    agrees = names_agree(sent_name, given_name, family_name)
    if sent_number == own_number:
        return True
    if near(sent_number, own_number):
        return agrees or not words(sent_name) or bool(words(sent_name) & words(given_name))
    return agrees and not well_formed(sent_number)

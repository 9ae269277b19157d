"""PURE: whether a row is about somebody, by number and name; in doubt never, then it goes to the inbox.

A number alone is believed by its check digit; with a name beside it both must agree. A near number or a former name is
for the person to claim, who knows what was sent.
"""

from collections.abc import Iterator

from auth.numbers import LENGTH, is_register_number
from core.names import same_person as names_agree
from core.names import words


def well_formed(number: str) -> bool:
    """Whether a number could be somebody's: what a provider is told rests on this, and on nothing that we know."""
    return is_register_number(number)


def is_match(number: str, claimed_name: str, given_name: str, *family_names: str) -> bool:
    """Whether a row is, without anybody looking, about the person who has this number."""
    return well_formed(number) and (not words(claimed_name) or names_agree(claimed_name, given_name, *family_names))


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


def may_claim(sent_number: str, sent_name: str, own_number: str, given_name: str, *family_names: str) -> bool:
    """Whether an item of the inbox can be this person's: the number is theirs or nearly, or the name is.

    A number that is theirs explains a former name; a near number must not carry somebody else's name.
    """
    agrees = names_agree(sent_name, given_name, *family_names)
    if sent_number == own_number:
        return True
    if near(sent_number, own_number):
        return agrees or not words(sent_name) or bool({*words(sent_name)} & {*words(given_name)})
    return agrees and not well_formed(sent_number)


__all__ = ["is_match", "may_claim", "names_agree", "near", "neighbours", "well_formed"]

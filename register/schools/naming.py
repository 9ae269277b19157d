"""How boards and towns are spoken of."""

from core.web.pages import _


def board_in_words(name: str) -> str:
    """By name; where nobody told it, by number, which then says so: the store keeps the number in the name's place."""
    return _("bestuur {number}, naam niet bekend", number=name) if name.isdigit() else name


def board_apart(shown: str) -> tuple[str | None, str | None]:
    """The name of a board, or None and its number: the store keeps the number in the place of a name nobody told."""
    return (None, shown) if shown.isdigit() else (shown, None)


SMALL = frozenset({"Aan", "Den", "De", "Der", "En", "Het", "In", "Op", "Van"})


def town_in_words(town: str) -> str:
    """Utrecht where DUO writes UTRECHT, and Capelle aan den IJssel; a small word is small but at the beginning."""
    words = town.title().replace("'S-", "'s-").replace("Ij", "IJ").split(" ")
    return " ".join([words[0], *(word.lower() if word in SMALL else word for word in words[1:])])


def place_in_words(name: str, town: str) -> str:
    """De Brug, Zwolle."""
    return ", ".join(part for part in (name, town_in_words(town)) if part)

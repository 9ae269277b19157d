"""How boards are spoken of."""

from core.pages import _


def board_in_words(name: str) -> str:
    """By name; where nobody told it, by number, which then says so: the store keeps the number in the name's place."""
    return _("bestuur {number}, naam niet bekend", number=name) if name.isdigit() else name

"""PURE: whether somebody was heard before a decision (horen, Awb 4:7, 4:8), and what it says of their view (3:46)."""

from collections.abc import Sequence
from datetime import date

from core.errors import Invalid, Refused


def require_heard(view: str, until: date, today: date) -> None:
    """Nobody goes on before there is a view or its term passed unused: Refused("hearing-term-runs")."""
    if not view.strip() and today <= until:
        raise Refused("hearing-term-runs", until=until)


def answered(views: Sequence[str], answer: str) -> str:
    """What goes after the reasons: the views (zienswijzen) that were given, and what they are answered with.

    Invalid("view-unanswered") where there is a view and no answer (Awb 3:46).
    """
    given = [view for view in views if view]
    if not given:
        return ""
    if not answer.strip():
        raise Invalid("invalid-input", [("answer", "view-unanswered")])
    return "\nU zei hierover: " + "\n".join(given) + f"\nOns antwoord: {answer.strip()}"

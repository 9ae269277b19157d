"""The lines of a timeline in words, for the macro that every page of a case draws."""

from collections.abc import Sequence
from typing import Any

from core.texts import day
from core.timeline.policy import Line
from core.web.pages import _, label


def shown(lines: Sequence[Line], *, own: bool) -> dict[str, list[dict[str, Any]]]:
    """What was, and what comes, as steps of the macro; `own`: for the party itself."""
    return {
        "past": [_step(one, "done", own) for one in lines if not one.comes],
        "ahead": [_step(one, "next", own) for one in lines if one.comes],
    }


def words(one: Line) -> str:
    """What a line says: of a message, what it was about."""
    if one.told:
        return label(one.what, "mail-topic")
    return label(one.what, "comes" if one.comes else "timeline")


def way(one: Line, own: bool) -> str:
    """To whom something was told, by which way, and whether it waits or came back; "" of what is no message."""
    if not one.told:
        return ""
    said = [label("you" if own and one.told == "party" else one.told, "told-to"), label(one.way, "channel").lower()]
    return ", ".join([*said, label(one.went, "delivery")] if one.went else said)


def _step(one: Line, state: str, own: bool) -> dict[str, Any]:
    notes = [
        one.number,
        _("tot en met {day}", day=day(one.until)) if one.until else "",
        _("op {day}", day=day(one.planned)) if one.planned else "",
        way(one, own),
        one.article,
    ]
    return {"what": words(one), "when": one.on, "state": state, "note": " · ".join(note for note in notes if note)}

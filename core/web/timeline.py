"""The lines of a timeline in words, for the macro that every page of a case draws."""

from collections.abc import Sequence
from typing import Any

from core.texts import day
from core.timeline.outlook import Outlook, Wrong
from core.timeline.policy import Line
from core.web.pages import SAID, _, label


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
    what = _("Bericht: {what}", what=words(one)) if one.told else words(one)
    return {"what": what, "when": one.on, "state": state, "note": " · ".join(note for note in notes if note)}


def standing(found: Outlook) -> dict[str, Any]:
    """How a case stands, in words."""
    return {
        "due": found.due,
        "last": found.told_last and _told(found.told_last),
        "not_arrived": [_told(one) for one in found.not_arrived],
        "wrong": [_wrong(one) for one in found.wrong_now],
    }


def _wrong(one: Wrong) -> dict[str, Any]:
    """A refusal that a deed would meet; the day only where its sentence does not say it."""
    said = SAID.sentence(one.code, None, **one.facts)
    return {
        "deed": label(one.deed, "verb"),
        "of": label(one.of, "waiver") if one.of else "",
        "said": said,
        "until": one.until if one.until and day(one.until) not in said else None,
    }


def _told(one: Line) -> dict[str, Any]:
    return {"what": words(one), "on": one.on, "way": way(one, own=False)}

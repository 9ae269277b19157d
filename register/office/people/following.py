"""What follows when two persons have signed, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.proposals import Standing
from core.texts import day
from core.web.pages import label

HERE = "/voorstellen"
"""Where what was proposed is read and signed."""


def follows(standing: Standing) -> dict[str, Any]:
    """What goes over and what ends, in words."""
    return {
        "moves": [label(code, "moves").format_map(_words(facts)) for code, facts in standing.moves],
        "ends": [label(code, "ends").format_map(_words(facts)) for code, facts in standing.ends],
    }


def _words(facts: Mapping[str, object]) -> dict[str, object]:
    said = dict(facts)
    if "table" in said:
        said["table"] = label(str(said["table"]).replace("_", "-"), "moved-rows")
    for name in ("since", "received_on"):
        if name in said:
            said[name] = day(date.fromisoformat(str(said[name])))
    for name, group in (("hiding", "hiding"), ("register", "register"), ("status", "status"), ("role", "user-role")):
        if name in said:
            said[name] = label(said[name], group)
    return said

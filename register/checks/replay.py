"""PURE: where an entry must stand, derived naively from what was decided and what time did to it.

Written apart from the services, on purpose: it shares their words and none of their code, so that a mistake there shows
as a difference here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

GRANTED = ("granted", "granted-shorter", "partly-granted")


@dataclass(frozen=True)
class Standing:
    """Where somebody stands in a register."""

    status: str = "enrolled"
    level: str | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Step:
    """A decision that was made known (its kind), or a line of the trail about the entry (its action)."""

    what: str
    outcome: str = ""
    level: str | None = None
    due_on: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def derive(steps: Iterable[Step], first_application_is_open: bool, begun: Standing | None = None) -> Standing:
    """The standing after these steps, oldest first; who only waits for a first decision has an application open.

    `begun` is how an entry stood in the system that it was taken over from.
    """
    found = begun or Standing()
    if found.status == "application-open":
        found = replace(found, status="enrolled")
    for step in steps:
        found = _after(found, step)
    if found.status == "enrolled" and first_application_is_open:
        return replace(found, status="application-open")
    return found


def _after(before: Standing, step: Step) -> Standing:
    granted = step.outcome in GRANTED
    if step.what == "registration" and granted:
        return Standing("in-training" if step.level == "in-opleiding" else "registered", step.level, step.due_on)
    if step.what == "reregistration" and granted:
        return Standing("registered", step.level or before.level, step.due_on)
    if step.what == "registration:import":
        due_on = step.facts["due_on"]
        return Standing(step.facts["status"], step.facts["level"], due_on and date.fromisoformat(due_on))
    if step.what == "registration:pass-due-date":
        return replace(before, status="conditional")
    if step.what == "registration:restore":
        return replace(before, status=step.facts["status"])
    if step.what == "registration:pass-limit":
        return Standing()
    if step.what == "postponement" and granted:
        return replace(before, status="postponed", due_on=step.due_on)
    if step.what == "level-change" and granted and before.status in ("registered", "postponed"):
        return replace(before, level=step.level or before.level)
    ended = {"lapse": "lapsed", "strike-off": "struck-off", "deregister": "deregistered"}
    status = ended.get(step.what.removeprefix("registration:"))
    return replace(before, status=status) if status else before


def counts_in(done_on: date, periods: Iterable[tuple[str, date, date | None]]) -> str | None:
    """The period (id, first day, last day that counts) in which an activity counts: the first not over by then."""
    in_order = sorted(periods, key=lambda each: (each[1], each[2] is None, each[0]))
    if not in_order or done_on < in_order[0][1]:
        return None
    for id, _, until in in_order:
        if until is None or done_on <= until:
            return id
    return None

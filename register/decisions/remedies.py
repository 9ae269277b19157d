"""What somebody can still do against a decision about themselves: object, appeal, or follow what they lodged."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from appeals.disputes.policy import Kind
from appeals.own import Lodged, lodged_against
from core.decisions import Decision, DecisionState, Verdict
from core.pages import _
from core.texts import weekday
from core.work import Work

LESS_THAN_ASKED = frozenset({Verdict.REFUSED, Verdict.GRANTED_SHORTER, Verdict.PARTLY_GRANTED, Verdict.WITHDRAWN})
OBJECTION, RULING = "objection", "appeal"
"""Kinds of decision: against the one lies appeal (Awb 7:1); of the other, its clause says where to go."""


async def remedies(work: Work, decisions: Collection[Decision]) -> dict[UUID, dict[str, Any]]:
    """By decision: what is open against it, or what runs already; nothing for what no longer stands."""
    lodged = await lodged_against(work, [row.id for row in decisions])
    found = {row.id: remedy(row, work.today, lodged.get(row.id)) for row in decisions}
    return {id: told for id, told in found.items() if told is not None}


def remedy(row: Decision, today: date, lodged: Lodged | None = None) -> dict[str, Any] | None:
    """In words, with where to go; after the last day one may still lodge, and say why it is late (Awb 6:11)."""
    if lodged is not None:
        return {"href": lodged.href, "verb": _("Volg {number}", number=lodged.number), **_lodged(lodged)}
    if row.state is not DecisionState.NOTIFIED or row.last_day_to_object is None or row.kind == RULING:
        return None
    late, appeal = today > row.last_day_to_object, row.kind == OBJECTION
    verb = _("Beroep instellen") if appeal else _("Bezwaar maken")
    return {
        "said": until(row.kind, row.last_day_to_object, late=late),
        "href": f"/{'beroepen' if appeal else 'bezwaren'}/nieuw?besluit={row.number}",
        "verb": verb,
        "state": "late" if late else "open",
        "hurts": row.outcome in LESS_THAN_ASKED,
    }


def _lodged(lodged: Lodged) -> dict[str, Any]:
    if lodged.kind is Kind.APPEAL:
        said = _("U hebt beroep ingesteld. Wij ontvingen het op {day}.", day=lodged.received_on)
    else:
        said = _("U hebt bezwaar gemaakt. Wij ontvingen het op {day}.", day=lodged.received_on)
    return {"said": said, "state": "lodged", "hurts": True}


def until(kind: str, last_day: date | None, *, late: bool = False) -> str:
    """Until when one objects, or appeals against a decision on an objection; nothing for a ruling."""
    if last_day is None or kind == RULING:
        return ""
    by = weekday(last_day)
    if kind == OBJECTION:
        late_said = _("U kon beroep instellen tot en met {day}.", day=by)
        return late_said if late else _("U kunt beroep instellen tot en met {day}.", day=by)
    late_said = _("U kon bezwaar maken tot en met {day}.", day=by)
    return late_said if late else _("U kunt bezwaar maken tot en met {day}.", day=by)

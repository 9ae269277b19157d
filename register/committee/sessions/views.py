"""What the pages of the committee are given: sessions, agendas and files in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from core.panel.service import PanelSession
from core.texts import day
from core.web.pages import _, label
from register.applications.file_views import file_title
from register.committee.sessions.schemas import ItemView, SeatView, SessionView


def session_title(row: PanelSession) -> str:
    """Which session, in words."""
    return f"{label(row.committee, 'committee')}, {day(row.held_on)}"


def session_shown(row: PanelSession, view: SessionView) -> dict[str, Any]:
    """A session with its head count."""
    present = sum(seat.state in {"invited", "accepted"} for seat in view.members)
    return {
        "title": session_title(row),
        "committee": label(row.committee, "committee"),
        "meets_on": row.held_on,
        "state": view.state,
        "version": row.version,
        "quorum": view.quorum,
        "present": present,
        "quorate": present >= view.quorum,
        "signed_on": row.signed_at,
        "sha256": row.minutes_sha256,
    }


def seat_shown(seat: SeatView, view: SessionView) -> dict[str, Any]:
    """A member, whether they come, and what the secretary may note of them."""
    sits = seat.state in {"invited", "accepted"}
    return {
        "id": str(seat.id),
        "name": seat.name,
        "role": "chair" if seat.id == view.chair_id else "member",
        "state": seat.presence or seat.state,
        "event": "miss" if sits else "arrive",
    }


def items_shown(view: SessionView) -> list[dict[str, Any]]:
    """The agenda, in its order."""
    names = {member.id: member.name for member in view.members}
    return [_item(view, item, names) for item in view.items]


def until_in_words(summary: Mapping[str, Any]) -> str:
    """The last day that a decision gives; before it is taken, the day on which that was reckoned stands beside it."""
    if not summary.get("due_on"):
        return ""
    due_on, on = date.fromisoformat(summary["due_on"]), date.fromisoformat(summary.get("reckoned_on") or summary["on"])
    if summary.get("basis") == "decision":
        return _("tot en met {day}", day=due_on)
    return _("verwacht tot en met {day}, als het besluit op {on} was genomen", day=due_on, on=on)


def _item(view: SessionView, item: ItemView, names: Mapping[UUID, str]) -> dict[str, Any]:
    summary = item.summary
    told = [label(summary["level"], "level")] if summary.get("level") else []
    told += filter(None, [until_in_words(summary)])
    href = f"/zittingen/{view.id}/dossiers/{item.id}"
    return {
        "id": str(item.id),
        "href": href if item.open_to_me else "",
        "title": file_title(label(item.kind, "kind"), item.applicant),
        "number": item.number,
        "state": item.state,
        "votes": item.votes or 0,
        "complete": item.complete,
        "my_vote": item.my_vote or "",
        "outcome": summary.get("outcome", ""),
        "sampled": bool(summary.get("sampled")),
        "told": ", ".join(told),
        "grounds": [label(code, "ground") for code in summary.get("grounds", ())],
        "recused": ", ".join(names.get(one, "") for one in item.recused),
        "awaited": ", ".join(names.get(one, "") for one in item.awaited),
        "votable": item.open_to_me and item.state == "listed" and item.my_vote is None,
        "decide_by": item.decide_by,
        "decision": (
            {"href": f"/mijn/besluiten/{item.decision}", "outcome": item.decision_outcome, "state": item.decision_state}
            if item.decision
            else None
        ),
    }

"""What the pages of the committee are given: sessions, agendas and files in words."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from core.decisions import Decision
from core.pages import _, label
from core.panel import PanelSession
from core.texts import day, number
from register.assessment.answer import Assessment, Line
from register.assessment.facts import Activity, Facts
from register.committee.schemas import ItemView, SeatView, SessionView
from register.portfolio.page_views import category_in_words

ARTICLE = re.compile(r"art\.|Awb|Atw|FAQ")


def session_title(row: PanelSession) -> str:
    """Which session, in words."""
    return f"{label(row.committee, 'committee')}, {day(row.held_on)}"


def file_title(kind: str, name: str) -> str:
    """What it is and of whom."""
    return f"{kind}: {name}" if name else kind


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


def _until(summary: Mapping[str, Any]) -> str:
    """The last day that a decision gives; before it is taken, the day on which that was reckoned stands beside it."""
    due_on, on = date.fromisoformat(summary["due_on"]), date.fromisoformat(summary.get("reckoned_on") or summary["on"])
    if summary["basis"] == "decision":
        return _("tot en met {day}", day=due_on)
    return _("verwacht tot en met {day}, als het besluit op {on} was genomen", day=due_on, on=on)


def _item(view: SessionView, item: ItemView, names: Mapping[UUID, str]) -> dict[str, Any]:
    summary = item.summary
    told = [label(summary["level"], "level")] if summary.get("level") else []
    told += [_until(summary)] if summary.get("due_on") else []
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


def facts_shown(facts: Facts) -> list[tuple[str, str]]:
    """The post, and what was stated beside the proofs."""
    found = [
        (_("Functie"), label(facts.role, "role") if facts.role else ""),
        (_("In functie sinds"), day(facts.appointed_on)),
        (_("Sector"), label(facts.sector, "sector") if facts.sector else ""),
        (_("Niveau nu"), label(facts.level, "level-is") if facts.level else ""),
        (_("Periode begon op"), day(facts.registered_on)),
        (_("Einddatum"), day(facts.due_on)),
    ]
    for one in facts.qualifications or ():
        worked = _("{n} uur gewerkt", n=one.work_hours) if one.work_hours is not None else _("uren niet opgegeven")
        found.append((_("Bevoegdheid"), f"{one.name} ({worked})"))
    return [(said, value) for said, value in found if value]


def assessment_shown(answer: Assessment, decision: Decision | None = None) -> dict[str, Any]:
    """What the rules come to: outcome, level, each rule that was applied; the day of the decision, once it is taken."""
    granted = answer.outcome.value != "refused"
    told = [label(answer.level, "level")] if granted and answer.level else []
    if decision is not None and decision.due_on:
        told.append(_("tot en met {day}", day=decision.due_on))
    elif granted and answer.due_on and decision is None:
        told.append(_("verwacht tot en met {day}, als het vandaag wordt besloten", day=answer.due_on))
    return {
        "outcome": answer.outcome.value,
        "summary": ", ".join(told),
        "grounds": [label(code, "ground") for code in answer.grounds],
        "missing": list(answer.missing),
        "lines": [
            {"rule": _source(step.rule), "found": label(step.code, "step"), "why": _stretch(step)}
            for step in answer.explanation
        ],
    }


def _source(rule: str) -> str:
    """The article; the keys of our own list of sources say nothing to a member."""
    return rule if ARTICLE.search(rule) else ""


def _stretch(step: Any) -> str:
    if step.from_on and step.to_on:
        return _("van {start} tot en met {end}", start=step.from_on, end=step.to_on)
    return ""


def activities_shown(facts: Facts, answer: Assessment) -> list[dict[str, Any]]:
    """For a renewal, what each activity counts for."""
    lines = {line.activity: line for line in answer.lines}
    return [_activity(one, lines.get(at)) for at, one in enumerate(facts.activities or ())]


def _activity(one: Activity, line: Line | None) -> dict[str, Any]:
    in_points = one.points is not None
    stated = one.points if in_points else one.hours
    counted = (line.points if in_points else line.hours) if line else 0
    return {
        "what": label(one.kind, "entry-kind"),
        "done_on": one.done_on,
        "about": category_in_words(one.category),
        "stated": number(stated or 0),
        "counted": number(counted),
        "why": label(line.code, "why") if line and line.code else "",
    }

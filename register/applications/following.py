"""How an application goes: what was done on which day, who is at turn, and the days to come."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from core.decisions import Decision, DecisionState
from core.panel.service import PanelItem, PanelSession
from core.store.audit import TrailEvent
from core.store.work import Work
from core.web.pages import _, label
from register.applications.forecast import Forecast
from register.entries.models import Application, CompletionRequest

ROAD = ("draft", "submitted", "in-review", "on-agenda", "decided", "notified")


@dataclass(frozen=True)
class Days:
    """The days of one application, as far as they are known; `sits_on` is the session (zitting) that it is on."""

    began_at: datetime
    received_on: date | None = None
    asked_on: date | None = None
    until_on: date | None = None
    admitted_on: date | None = None
    sits_on: date | None = None
    due_on: date | None = None
    decided_on: date | None = None
    notified_on: date | None = None
    last_day: date | None = None
    """The last day to object (Awb 6:7), once the decision is made known."""

    def of(self, state: str) -> Any:
        """The day that belongs to a step."""
        return {
            "draft": self.began_at,
            "submitted": self.received_on,
            "in-review": self.admitted_on,
            "on-agenda": self.sits_on,
            "decided": self.decided_on,
            "notified": self.notified_on,
        }[state]


async def days_of(work: Work, row: Application, asked: CompletionRequest | None, decision: Decision | None) -> Days:
    """The days of one application; `asked` is the request that it be completed, while that runs."""
    return Days(
        began_at=row.started_at,
        received_on=row.received_on,
        asked_on=asked.asked_on if asked else None,
        until_on=asked.until_on if asked else None,
        admitted_on=await _admitted_on(work, row.id),
        sits_on=await _sits_on(work, row.id),
        due_on=row.decision_due_on,
        decided_on=decision.decided_on if decision else None,
        notified_on=decision.notified_on if decision else None,
        last_day=decision.last_day_to_object if decision and decision.state is DecisionState.NOTIFIED else None,
    )


async def _admitted_on(work: Work, id: UUID) -> date | None:
    wanted = select(col(TrailEvent.on_day)).where(
        TrailEvent.object_id == str(id), TrailEvent.action == "application:admit"
    )
    found: date | None = (await work.session.exec(wanted.order_by(col(TrailEvent.seq).desc()).limit(1))).first()
    return found


async def _sits_on(work: Work, id: UUID) -> date | None:
    """The latest session that it was put on."""
    wanted = select(col(PanelSession.held_on)).join(PanelItem, col(PanelItem.session_id) == col(PanelSession.id))
    latest = wanted.where(PanelItem.case_id == id).order_by(col(PanelSession.held_on).desc()).limit(1)
    found: date | None = (await work.session.exec(latest)).first()
    return found


def steps_of(state: str, days: Days) -> list[dict[str, Any]]:
    """Where an application stands: what is done with its day, who is at turn now, what comes and by when."""
    if state in {"withdrawn", "left-untreated", "sent-on"}:
        return _ended_early(state, days)
    if state == "incomplete":
        ahead = [_step("next", name) for name in ROAD[2:]]
        ahead[2]["note"] = _due(days)
        asked: dict[str, Any] = {"what": _("Aanvulling gevraagd"), "when": days.asked_on, "state": "now"}
        asked["note"] = _("U bent aan zet: vul aan tot en met {day}.", day=days.until_on)
        return [*(_step("done", name, days.of(name)) for name in ROAD[:2]), asked, *ahead]
    at = ROAD.index(state)
    steps = [_step("done", name, days.of(name)) for name in ROAD[: at + 1]]
    for name in ROAD[at + 1 :]:
        step = _step("now" if name == ROAD[at + 1] else "next", name)
        notes = [label(name, "now")] if step["state"] == "now" else []
        notes += [_due(days)] if name == "decided" and days.due_on else []
        steps.append({**step, "note": " ".join(notes)})
    return steps + ([_to_object(days)] if state == "notified" and days.last_day else [])


def _step(state: str, name: str, when: Any = None) -> dict[str, Any]:
    said = {
        "draft": _("Aanvraag begonnen"),
        "submitted": _("Ingediend"),
        "in-review": _("Compleet bevonden"),
        "on-agenda": _("Op de agenda van de commissie"),
        "decided": _("Besloten"),
        "notified": _("Besluit verzonden"),
    }[name]
    note = _("zitting") if name == "on-agenda" and when else ""
    return {"what": said, "state": state, "when": when, "note": note}


def _ended_early(state: str, days: Days) -> list[dict[str, Any]]:
    steps = [_step("done", "draft", days.began_at)]
    if days.received_on:
        steps.append(_step("done", "submitted", days.received_on))
    steps.append({"what": label(state, "state"), "state": "done", "when": days.notified_on})
    return steps + ([_to_object(days)] if days.last_day else [])


def _due(days: Days) -> str:
    return _("Uiterlijk {day}.", day=days.due_on) if days.due_on else ""


def _to_object(days: Days) -> dict[str, Any]:
    """A remedy is open until its last day; who is at turn is the applicant, who may leave it at that."""
    return {"what": _("Bezwaar mogelijk"), "state": "next", "note": _("Tot en met {day}.", day=days.last_day)}


def forecast_in_words(waits: Forecast | None) -> str:
    """How long the last files took, and when this one comes then; "" where there is nothing to say."""
    if waits is None:
        return ""
    n, days = waits.files, waits.median_days
    if waits.longest_days == 0:
        said = _("De laatste {n} dossiers kregen hun besluit op de dag zelf.", n=n)
    elif waits.shortest_days == waits.longest_days:
        said = _("De laatste {n} dossiers duurden {days} dagen.", n=n, days=days)
    else:
        least, most = waits.shortest_days, waits.longest_days
        said = _(
            "De laatste {n} dossiers duurden meestal {days} dagen (van {least} tot {most}).",
            n=n,
            days=days,
            least=least,
            most=most,
        )
    if waits.expected_on is None or waits.longest_days == 0:
        return said
    return said + " " + _("Dan komt het besluit rond {day}.", day=waits.expected_on)

"""A decision on a page, as its letter tells it."""

from typing import Any
from uuid import UUID

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Template

from auth import queries as people
from auth.permissions import SIGNED_IN
from core.decisions import Decision, DecisionState
from core.http import WorkDep
from core.pages import _, label, render
from core.texts import weekday
from register.decisions import service

AnyRequest = Request[Any, Any, Any]


@get("/mijn/besluiten/{decision_id:uuid}", requires=SIGNED_IN, traces=True, include_in_schema=False)
async def decision(request: AnyRequest, work: WorkDep, decision_id: FromPath[UUID]) -> Template:
    """One decision, for its addressee, or for the secretary who sends it: that look leaves a trace."""
    row = await service.read(work, decision_id)
    own = service.is_addressed_to(work.actor, row)
    names = await people.names_of(work.session, [row.person_id])
    earlier = await service.decision(work, row.replaces) if row.replaces else None
    return render(
        request,
        "mine/decision.html",
        work,
        decision=_letter(row, names.get(row.person_id, ""), earlier, own=own),
        back=("/mijn", _("Mijn register")) if own else ("/secretariaat", _("Werklijst")),
    )


def _letter(row: Decision, addressee: str, earlier: Decision | None, *, own: bool) -> dict[str, Any]:
    kind, outcome = label(row.kind, "decision-kind"), row.outcome.value
    given = outcome not in {"refused", "withdrawn"}
    return {
        "title": kind,
        "outcome": outcome,
        "reference": row.number,
        "addressee": addressee,
        "register": row.register_code,
        "taken_by": _("Het register") if row.kind == "valuation" else _("Commissie Registratie"),
        "decided_on": row.decided_on,
        "sent_on": row.notified_on,
        "valid_from": row.decided_on if given and row.due_on else None,
        "valid_until": row.due_on if given else None,
        "level": label(row.level, "level") if row.level and given else "",
        "points": row.result.get("points") if row.kind == "valuation" else None,
        "rule_set": label(row.rule_set, "rule-set"),
        "summary": label(outcome, "letter"),
        "reasons": row.reasons.splitlines(),
        "grounds": [label(code, "ground") for code in row.ground_codes()],
        "repair": row.repair,
        "conditions": row.conditions.splitlines(),
        "last_day": row.last_day_to_object,
        "remedy": row.remedy.splitlines(),
        "letter": f"/mijn/besluiten/{row.id}/brief",
        "contest": _contest(row) if own else None,
        "replaced": row.state.value == "replaced",
        "replaces": earlier and {"title": earlier.number, "href": f"/mijn/besluiten/{earlier.id}"},
    }


def _contest(row: Decision) -> dict[str, str] | None:
    """Where to object or appeal, and until when; nothing for a ruling, or for what no longer stands."""
    if row.state is not DecisionState.NOTIFIED or row.last_day_to_object is None or row.kind == "appeal":
        return None
    if row.kind == "objection":
        said = _("U kunt beroep instellen tot en met {day}.", day=weekday(row.last_day_to_object))
        return {"said": said, "href": f"/beroepen/nieuw?besluit={row.number}", "verb": _("Beroep instellen")}
    said = _("U kunt bezwaar maken tot en met {day}.", day=weekday(row.last_day_to_object))
    return {"said": said, "href": f"/bezwaren/nieuw?besluit={row.number}", "verb": _("Bezwaar maken")}


HANDLERS = [decision]

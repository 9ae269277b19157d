"""A decision on a page, as its letter tells it."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from auth import queries as people
from auth.permissions import SIGNED_IN, Permission
from core.decisions import Decision, DecisionState
from core.store.outbox import OutboxMessage
from core.store.work import Work
from core.texts import day, day_time
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, label, render
from register.notification import announcing, service
from register.notification.letters import Sending, if_sent_on, summary
from register.notification.models import MakingKnown
from register.notification.remedies import clause_today, remedies, until
from register.notification.told import about, begins_on, grounds, leads_to


@get("/mijn/besluiten/{decision_id:uuid}", requires=SIGNED_IN)
async def decision(request: AnyRequest, work: WorkDep, decision_id: FromPath[UUID]) -> Template:
    """One decision, for its addressee, or for the secretary who sends it: that look leaves a trace."""
    row = await service.read(work, decision_id)
    own = service.is_addressed_to(work.actor, row)
    names = await people.names_of(work.session, [row.person_id])
    earlier = await service.decision(work, row.replaces) if row.replaces else None
    told = letter_of(row, names.get(row.person_id, ""), earlier, own=own)
    contest = (await remedies(work, [row])).get(row.id)
    return render(
        request,
        "mine/decision.html",
        work,
        decision=told_today(work, row, told | {"contest": contest} | clause_today(row, work.today, contest)),
        known=[_known(*each) for each in await announcing.proof(work, row.id)],
        to=[],
        back=_back(work, own),
    )


def _back(work: Work, own: bool) -> tuple[str, str]:
    """Where the reader came from: not everybody has a register of their own."""
    if not own:
        return "/secretariaat", _("Aanvragen en besluiten")
    may = work.actor.can(Permission.APPLICATION_READ_OWN)
    return ("/mijn", _("Mijn register")) if may else ("/mijn/berichten", _("Berichten"))


def _taken_by(decision: Decision) -> str:
    kind, by = decision.kind, decision.facts.get("decided_by")
    if by:
        return label(by["body"], "committee")
    if kind == "valuation" or kind.startswith("provider-"):
        return _("Het register")
    if kind == "appeal":
        return _("Commissie van Beroep")
    return _("Commissie Accreditatie") if kind.startswith("course-") else _("Commissie Registratie")


def _known(row: MakingKnown, mail: OutboxMessage | None) -> list[str]:
    """How, on which day, what became of the notice, and when it was opened: the proof, in words."""
    told = ""
    if mail is not None:
        told = _("aangenomen") if mail.sent_at else _("teruggekomen") if mail.failed_at else _("onderweg")
    sent = day(row.sent_on) if row.sent_on else label(row.state, "delivery")
    return [label(row.channel, "channel"), sent, told, day_time(row.read_at)]


def letter_of(row: Decision, addressee: str, earlier: Decision | None, *, own: bool = False) -> dict[str, Any]:
    """A decision as its letter tells it."""
    kind, outcome = label(row.kind, "decision-kind"), row.outcome.value
    given = outcome not in {"refused", "withdrawn"}
    return {
        "title": kind,
        "outcome": outcome,
        "reference": row.number,
        "addressee": addressee,
        "register": row.register_code,
        "taken_by": _taken_by(row),
        "decided_on": row.decided_on,
        "sent_on": row.notified_on,
        "if_sent_on": None,
        "valid_from": begins_on(row),
        "about": about(row),
        "leads_to": leads_to(row),
        "valid_until": row.due_on if given else None,
        "level": label(row.level, "level-is") if row.level and given else "",
        "points": row.result.get("points") if row.kind == "course-accreditation" else None,
        "rule_set": label(row.rule_set, "rule-set"),
        "summary": summary(row),
        "reasons": row.reasons.splitlines(),
        "grounds": grounds(row),
        "repair": row.repair,
        "conditions": row.conditions.splitlines(),
        "last_day": row.last_day_to_object,
        "remedy": row.remedy.splitlines(),
        "letter": f"/mijn/besluiten/{row.id}/brief",
        "contest": None,
        "own": own,
        "correct": f"/correcties?besluit={row.number}" if _may_be_corrected(row) else "",
        "replaced": row.state.value == "replaced",
        "replaces": earlier and {"title": earlier.number, "href": f"/mijn/besluiten/{earlier.id}"},
    }


def told_today(work: Work, row: Decision, told: dict[str, Any]) -> dict[str, Any]:
    """The letter of a decision that waits, with the days that it would have if it went today."""
    if row.state is not DecisionState.TAKEN:
        return told
    return told | as_if_sent(row, if_sent_on(row, work.today, work.means))


def as_if_sent(row: Decision, sending: Sending) -> dict[str, Any]:
    """The days of a letter that did not go yet, and its clause."""
    said = until(row, sending.last_day)
    contest = {"said": said} if said else None
    days = {"last_day": sending.last_day, "remedy": sending.remedy.splitlines(), "contest": contest}
    return days | {"if_sent_on": sending.sent_on}


def _may_be_corrected(row: Decision) -> bool:
    """Whether it stands and may be wrong; a decision on a dispute is not corrected here."""
    return row.state is DecisionState.NOTIFIED and row.kind not in service.DISPUTES


HANDLERS = [decision]

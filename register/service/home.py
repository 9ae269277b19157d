"""`/mijn`: where one stands, what comes next, and everything that runs."""

from collections.abc import Sequence
from typing import Any

from litestar import get
from litestar.response import Template

from auth import queries as people
from auth.actor import person_of
from auth.permissions import Permission
from core.decisions import Decision, DecisionState
from core.store.work import Work
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, label, render
from register.applications.renewal.views import portfolio_card, running_registers
from register.committee.doubts.service import own_running
from register.committee.measures.policy import MeasureState
from register.committee.measures.queries import own_measures
from register.employers.deliveries.queries import waiting as waiting_claims
from register.entries import queries
from register.entries.models import Application, CompletionRequest, Registration
from register.entries.policy import ENDED, MAY_ASK, REGISTRATION, ApplicationKind, ApplicationState, Event, Status
from register.entries.views import title_in_words
from register.notification import service as decisions
from register.notification.remedies import remedies
from register.office.people import hiding
from register.portfolio.dialogue.queries import for_me_to_hold, mine_to_do
from register.service.next_step import Standing, ask_before, is_advice, may_apply, next_step, renewal_waits

MOST = 20
READ = 100
"""So many of each kind are looked at, the last ones."""
ASKED_AGAIN = frozenset({Status.CONDITIONAL})
"""Where the words on an entry change once its renewal was handed in."""


@get("/mijn", requires=Permission.APPLICATION_READ_OWN)
async def home(request: AnyRequest, work: WorkDep) -> Template:
    """One's own register."""
    mine = await queries.own_registrations(work)
    running = await running_registers(work, mine)
    asked = await queries.own_applications(work, READ)
    known = await decisions.own_decisions(work, READ)
    card = await portfolio_card(work, running[0]) if running else None
    open_against = await remedies(work, known)
    decided = {row.subject_id: row for row in known if row.state is DecisionState.NOTIFIED}
    to_ask, to_prepare = await mine_to_do(work)
    said = len(await waiting_claims(work))
    against, lacking = await own_measures(work, READ), await _lacking(work, asked)
    to_hold = await for_me_to_hold(work)
    now = Standing(
        work, mine, asked, against, lacking, card, to_ask, to_prepare, to_hold, await own_running(work), said
    )
    return render(
        request,
        "mine/home.html",
        work,
        hidden=await hiding.hidden(work, await people.person(work.session, person_of(work.actor))),
        registrations=[_registration(now, row) for row in mine],
        next_step=next_step(now),
        applications=[_application(row, decided.get(row.id)) for row in reversed(asked)][:MOST],
        portfolio=card,
        decisions=[_decision(row, open_against.get(row.id)) for row in reversed(known)][:MOST],
        may_apply=any(may_apply(row, asked) for row in mine),
        new_application_href="/mijn/aanvragen/nieuw",
        requests=_requests(work, mine, asked),
    )


def _requests(work: Work, mine: Sequence[Registration], asked: Sequence[Application]) -> list[tuple[str, str]]:
    """What else may be asked for an entry that runs: address and words."""
    found = []
    for row in mine:
        if any(each.registration_id == row.id and each.state not in ENDED for each in asked):
            continue
        rules = work.rules.chosen(row.register_code.value, work.today)
        if row.status in MAY_ASK[ApplicationKind.POSTPONEMENT]:
            found.append((f"/mijn/uitstel?register={row.register_code.value}", _("Uitstel aanvragen")))
        if row.status in MAY_ASK[ApplicationKind.LEVEL_CHANGE] and rules.level_changes:
            found.append((f"/mijn/niveau?register={row.register_code.value}", _("Ander niveau aanvragen")))
        if REGISTRATION.may(row.status, Event.DEREGISTER):
            found.append((f"/mijn/uitschrijven/{row.id}", _("Uitschrijven")))
    return found


async def _lacking(work: Work, asked: Sequence[Application]) -> CompletionRequest | None:
    """What the latest application that must be completed was found to lack."""
    for row in asked:
        if row.state is ApplicationState.INCOMPLETE:
            return (await queries.completion_requests(work, row.id))[-1]
    return None


def _registration(now: Standing, row: Registration) -> dict[str, Any]:
    ending = next((each for each in now.measures if each.registration_id == row.id), None)
    renewing = row.status in ASKED_AGAIN and renewal_waits(now, row)
    limit = None if renewal_waits(now, row) else ask_before(now.work, row)
    advised = is_advice(now.work, row, limit)
    return {
        "register": row.register_code.value,
        "title": title_in_words(row.title, row.level),
        "status": row.status.value,
        "meaning": label(row.status, "own-meaning-asked" if renewing else "own-meaning"),
        "registered_on": row.registered_on,
        "valid_until": row.due_on,
        "apply_by": None if advised else limit,
        "advised": limit if advised else None,
        "ends_on": ending.effect_on if ending and ending.state is MeasureState.NOTIFIED else None,
    }


def _application(row: Application, decision: Decision | None) -> dict[str, Any]:
    return {
        "href": f"/mijn/aanvragen/{row.id}",
        "kind": label(row.kind, "kind"),
        "state": row.state.value,
        "line": label(row.state, "waiting"),
        "received_on": row.received_on,
        "outcome": decision.outcome.value if decision else "",
        "decide_by": None if row.state in ENDED else row.decision_due_on,
    }


def _decision(row: Decision, remedy: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "href": f"/mijn/besluiten/{row.id}",
        "title": label(row.kind, "decision-kind"),
        "outcome": row.outcome.value,
        "sent_on": row.notified_on,
        "remedy": remedy["said"] if remedy and remedy["hurts"] and remedy["state"] != "late" else "",
    }


HANDLERS = [home]

"""`/mijn`: where one stands, what comes next, and everything that runs."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, get
from litestar.response import Template

from auth.permissions import Permission
from core.days import add_months
from core.decisions import Decision
from core.http import WorkDep
from core.pages import _, label, render
from core.work import Work
from register.decisions import service as decisions
from register.registration import queries
from register.registration.models import Application, Registration
from register.registration.policy import ENDED, MAY_ASK, REGISTRATION, ApplicationKind, ApplicationState, Event, Status
from register.registration.views import title_in_words
from register.renewal.views import portfolio_card, running_registers

AnyRequest = Request[Any, Any, Any]
MOST = 20


@get("/mijn", requires=Permission.APPLICATION_READ_OWN, include_in_schema=False)
async def home(request: AnyRequest, work: WorkDep) -> Template:
    """One's own register."""
    mine = await queries.own_registrations(work)
    running = running_registers(mine)
    own = {row.person_id for row in mine}
    asked = [row for row in await queries.applications(work, None, None, 100) if row.person_id in own]
    known = [row for row in await decisions.decisions(work, None, None, 100) if row.person_id in own]
    card = await portfolio_card(work, running[0]) if running else None
    return render(
        request,
        "mine/home.html",
        work,
        registrations=[_registration(work, row) for row in mine],
        next_step=next_step(work, mine, asked, card),
        applications=[_application(row) for row in reversed(asked)][:MOST],
        portfolio=card,
        decisions=[_decision(row) for row in reversed(known)][:MOST],
        may_apply=any(_may_apply(row, asked) for row in mine),
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


def _registration(work: Work, row: Registration) -> dict[str, Any]:
    before = work.rules.chosen(row.register_code.value, work.today).apply_before_due_months
    return {
        "register": row.register_code.value,
        "title": title_in_words(row.title, row.level),
        "status": row.status.value,
        "meaning": label(row.status, "own-meaning"),
        "registered_on": row.registered_on,
        "valid_until": row.due_on,
        "apply_before": add_months(row.due_on, -before) if row.due_on else None,
    }


def _application(row: Application) -> dict[str, Any]:
    return {
        "href": f"/mijn/aanvragen/{row.id}",
        "kind": label(row.kind, "kind"),
        "state": row.state.value,
        "line": label(row.state, "waiting"),
        "decide_by": None if row.state in ENDED else row.decision_due_on,
    }


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "href": f"/mijn/besluiten/{row.id}",
        "title": label(row.kind, "decision-kind"),
        "outcome": row.outcome.value,
        "sent_on": row.notified_on,
    }


def _may_apply(row: Registration, asked: Sequence[Application]) -> bool:
    open_already = any(each.registration_id == row.id and each.state not in ENDED for each in asked)
    return not open_already and row.status in MAY_ASK[ApplicationKind.REGISTRATION]


def next_step(
    work: Work, mine: Sequence[Registration], asked: Sequence[Application], card: dict[str, Any] | None
) -> dict[str, Any] | None:
    """The one thing to do now, the most pressing first."""
    for application in asked:
        if application.state in {ApplicationState.DRAFT, ApplicationState.INCOMPLETE}:
            here = f"/mijn/aanvragen/{application.id}"
            return _step(
                _("Maak uw aanvraag af"),
                _("Beantwoord wat nog open staat en dien de aanvraag in."),
                f"{here}/verder" if application.state is ApplicationState.DRAFT else here,
                _("Verder met de aanvraag"),
            )
    renewing = any(each.kind is ApplicationKind.REREGISTRATION and each.state not in ENDED for each in asked)
    for row in mine:
        if _may_apply(row, asked):
            return _step(
                _("Vraag uw registratie aan"),
                _("U bent ingeschreven. Met een diploma of certificaat vraagt u de registratie aan."),
                "/mijn/aanvragen/nieuw",
                _("Registratie aanvragen"),
            )
        shown = _registration(work, row)
        if shown["apply_before"] and shown["apply_before"] <= add_months(work.today, 6) and not renewing:
            late = row.status is Status.CONDITIONAL or shown["apply_before"] < work.today
            return _step(
                _("Vraag herregistratie aan"),
                _("Uw portfolio gaat als bewijs mee."),
                f"/mijn/herregistratie?register={row.register_code.value}",
                _("Herregistratie aanvragen"),
                tone="bad" if late else "warn",
                due_on=shown["apply_before"] if shown["apply_before"] >= work.today else None,
            )
    if card and card["missing"] and not renewing:
        text = _("Er ontbreekt nog iets voor de volgende herregistratie.")
        return _step(_("Vul uw portfolio aan"), text, card["href"], _("Naar het portfolio"))
    return None


def _step(title: str, text: str, href: str, said: str, *, tone: str = "", due_on: Any = None) -> dict[str, Any]:
    return {"title": title, "text": text, "href": href, "label": said, "tone": tone, "due_on": due_on}


HANDLERS = [home]

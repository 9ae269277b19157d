"""Silence on one's own application on its page: giving notice of default, and the way to an appeal."""

from datetime import date
from typing import Any

from appeals.disputes.silence import silent_from
from auth.permissions import Permission
from core.law.days import previous_day
from core.store.work import Work
from core.web.submissions import Back, Forms
from register.applications.silence import service
from register.entries.models import Application


async def silence_shown(work: Work, row: Application) -> dict[str, Any] | None:
    """What an applicant can do about a late decision, or did; None while the term runs and once it is decided."""
    due_on: date | None = row.decision_due_on
    if row.state not in service.WAITING or due_on is None or work.today <= due_on:
        return None
    notice = await service.notice_on(work, row.id)
    if notice is None:
        return {"due_on": due_on, "give": f"/mijn/aanvragen/{row.id}/ingebrekestelling"}
    from_on = silent_from(work, notice.received_on)
    appeal = f"/beroepen/nieuw?besluit={row.number}" if work.today >= from_on else ""
    return {
        "due_on": due_on,
        "given_on": notice.received_on,
        "until_on": previous_day(from_on),
        "from_on": from_on,
        "appeal": appeal,
    }


async def penalty_due(work: Work, row: Application) -> dict[str, Any] | None:
    """What the office has to set, or set; None where nothing is owed (yet)."""
    notice = await service.notice_on(work, row.id)
    owed = service.owed(work, row, notice, await service.known_on(work, row)) if notice else None
    if notice is None or owed is None or not owed.days:
        return None
    decided = await service.penalty_decision(work, notice)
    return {
        "given_on": notice.received_on,
        "days": owed.days,
        "amount": owed.amount_eur,
        "decided": decided.number if decided else "",
        "decide": "" if decided else f"/secretariaat/aanvragen/{row.id}/dwangsom",
    }


def give_form(back: Back) -> Any:
    """The form by which an applicant gives notice of default."""
    here = "/mijn/aanvragen/{application_id:uuid}"
    give = service.give_notice
    return Forms(here, back, if_match=True)(
        "/ingebrekestelling", Permission.APPLICATION_FILE, None, give, "notice-given"
    )

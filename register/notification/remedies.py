"""What somebody can still do against a decision about themselves: object, appeal, or follow what they lodged."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from appeals.disputes.policy import Kind
from appeals.own import Lodged, lodged_against
from auth.actor import Actor
from core.decisions import Decision, DecisionState, Verdict
from core.law.articles import in_register
from core.remedies import Remedy, remedy_of
from core.store.work import Work
from core.texts import weekday
from core.web.pages import _, label
from register.notification.letters import ENDINGS

LESS_THAN_ASKED = frozenset(
    {
        Verdict.REFUSED,
        Verdict.GRANTED_SHORTER,
        Verdict.PARTLY_GRANTED,
        Verdict.WITHDRAWN,
        Verdict.INADMISSIBLE,
        Verdict.DISMISSED,
        Verdict.DISMISSED_CORRECTED,
        Verdict.PARTLY_UPHELD,
    }
)
RULING = "appeal"


MOST = 3
"""So many decisions stand above a home page; the rest in its lists."""


async def to_read(work: Work) -> list[dict[str, Any]]:
    """Decisions that give the reader less than was asked, while one may still object: read, and go on from there."""
    actor = work.actor
    if not isinstance(actor, Actor):
        return []
    found = await adverse(work, actor, MOST)
    told = await remedies(work, found)
    return [_to_read(row, told[row.id]) for row in found if told[row.id]["state"] == "open"]


def _to_read(row: Decision, told: dict[str, Any]) -> dict[str, Any]:
    about = label(row.kind, "decision-kind")
    # A kind that says what happens (doorhaling) has for its outcome that an earlier decision is taken back.
    outcome = about[:1].lower() + about[1:] if row.kind in ENDINGS else label(row.outcome, "outcome").lower()
    how = _("Daar staat waarom, en wat u kunt doen om wel een ander besluit te krijgen.")
    return {
        "title": _("Lees het besluit: {outcome}", outcome=outcome),
        "text": _("{about}, {number}.", about=about, number=row.number)
        + " "
        + (how if row.repair else _("Daar staat waarom, en hoe u er iets tegen doet."))
        + " "
        + told["said"],
        "href": f"/mijn/besluiten/{row.id}",
        "contest": (told["href"], told["verb"]),
    }


async def adverse(work: Work, actor: Actor, most: int) -> Sequence[Decision]:
    """What stands against this person, or an organisation they act for, and can still be contested; latest first."""
    own = sa.and_(col(Decision.organisation_id).is_(None), col(Decision.person_id) == actor.person_id)
    theirs = col(Decision.organisation_id).in_(list(actor.organisations))
    wanted = select(Decision).where(
        sa.or_(own, theirs) if actor.organisations else own,
        Decision.state == DecisionState.NOTIFIED,
        Decision.kind != RULING,
        sa.or_(col(Decision.part_of).is_(None), col(Decision.taken_by).not_like("chamber/%")),  # as remedy_of
        col(Decision.last_day_to_object) >= work.today,
        col(Decision.outcome).in_(LESS_THAN_ASKED),
    )
    return (await work.session.exec(wanted.order_by(col(Decision.notified_on).desc()).limit(most))).all()


async def remedies(work: Work, decisions: Collection[Decision]) -> dict[UUID, dict[str, Any]]:
    """By decision: what is open against it, or what runs already; nothing for what no longer stands."""
    lodged = await lodged_against(work, [row.id for row in decisions])
    found = {row.id: remedy(row, work.today, lodged.get(row.id)) for row in decisions}
    late = {row.id: in_register(work, row.register_code, "Awb 6:11") for row in decisions}
    return {id: told | {"article": late[id]} for id, told in found.items() if told is not None}


def remedy(row: Decision, today: date, lodged: Lodged | None = None) -> dict[str, Any] | None:
    """In words, with where to go; after the last day one may still lodge, and say why it is late (Awb 6:11)."""
    if lodged is not None:
        return {"href": lodged.href, "verb": _("Volg {number}", number=lodged.number), **_lodged(lodged)}
    if row.state is not DecisionState.NOTIFIED or row.last_day_to_object is None or _to_court(row):
        return None
    late, appeal = today > row.last_day_to_object, remedy_of(row) is Remedy.APPEAL
    verb = _("Beroep instellen") if appeal else _("Bezwaar maken")
    return {
        "said": until(row, row.last_day_to_object, late=late),
        "href": f"/{'beroepen' if appeal else 'bezwaren'}/nieuw?besluit={row.part_of or row.number}",
        "verb": verb,
        "state": "late" if late else "open",
        "hurts": row.outcome in LESS_THAN_ASKED,
    }


def clause_today(row: Decision, today: date, contest: dict[str, Any] | None) -> dict[str, Any]:
    """The remedy clause as long as it can be followed; after that, in the past, what one could do (Awb 6:11)."""
    if row.state is DecisionState.TAKEN or row.last_day_to_object is None or _to_court(row):
        return {}
    if row.state is not DecisionState.NOTIFIED:
        return {"last_day": contest and row.last_day_to_object, "remedy": []}
    if contest is not None and contest["state"] != "open":
        return {"remedy": []}
    if today > row.last_day_to_object:
        said = until(row, row.last_day_to_object, late=True)
        return {"remedy": [], "contest": {"said": said, "state": "over"}}
    return {}


def _lodged(lodged: Lodged) -> dict[str, Any]:
    if lodged.kind is Kind.APPEAL:
        said = _("U hebt beroep ingesteld. Wij ontvingen het op {day}.", day=lodged.received_on)
    else:
        said = _("U hebt bezwaar gemaakt. Wij ontvingen het op {day}.", day=lodged.received_on)
    return {"said": said, "state": "lodged", "hurts": True}


def _to_court(row: Decision) -> bool:
    """Whether its own clause says where to go."""
    return remedy_of(row) is Remedy.COURT


def until(row: Decision, last_day: date | None, *, late: bool = False) -> str:
    """Until when one objects, or appeals against a decision on an objection; a ruling's own clause says it."""
    if last_day is None or _to_court(row):
        return ""
    by = weekday(last_day)
    if remedy_of(row) is Remedy.APPEAL:
        late_said = _("U kon beroep instellen tot en met {day}.", day=by)
        return late_said if late else _("U kunt beroep instellen tot en met {day}.", day=by)
    late_said = _("U kon bezwaar maken tot en met {day}.", day=by)
    return late_said if late else _("U kunt bezwaar maken tot en met {day}.", day=by)

"""Shares, looks, shared portfolios and staff as the outside sees them, each name found once for a whole list."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from auth import queries as people
from core.records import filled
from core.store.audit import TrailEvent
from core.store.files import StoredFile
from core.store.work import Work
from register.entries import search
from register.portfolio import queries as portfolios
from register.portfolio.ledger import Amount
from register.portfolio.models import PortfolioEntry, hours_of
from register.portfolio.policy import measure_of
from register.portfolio.schemas import FileView
from register.portfolio.sharing import queries
from register.portfolio.sharing.models import PortfolioShare
from register.portfolio.sharing.policy import Looked
from register.portfolio.sharing.schemas import (
    LookView,
    SharedEntryView,
    SharedItem,
    SharedPeriodView,
    SharedPortfolioView,
    ShareView,
    StaffShareView,
    StaffView,
)
from register.portfolio.sharing.service import Shown
from register.portfolio.views import portfolio_view

NAMED = frozenset({"share", "colleague"})
"""In these capacities people look in their own name; an assessor or member looks for the register."""
NOBODY = UUID(int=0)


async def share_views(work: Work, rows: Sequence[tuple[PortfolioShare, bool]]) -> list[ShareView]:
    """Shares with the names of their readers."""
    boards = await queries.names_of_boards(work, {row.board_number for row, _ in rows if row.board_number})
    names = await people.names_of(work.session, {row.grantee_id for row, _ in rows if row.grantee_id})
    return [_share(work, row, employed, boards, names) for row, employed in rows]


def _share(
    work: Work, row: PortfolioShare, employed: bool, boards: dict[str, str], names: dict[UUID, str]
) -> ShareView:
    why = None
    if row.ended_at is not None:
        why = "taken-back"
    elif row.until_on < work.today:
        why = "run-out"
    elif not employed:
        why = "employment-ended"
    reader = (
        boards.get(row.board_number or "") if row.board_number else names.get(row.grantee_id) if row.grantee_id else ""
    )
    return filled(
        ShareView,
        row,
        entry_ids=[UUID(id) for id in row.entry_ids],
        to=reader or row.board_number or "",
        holds=why is None,
        why=why,
    )


async def look_views(work: Work, events: Sequence[TrailEvent]) -> list[LookView]:
    """Looks with the names of those whom the owner let in or who stand outside the register's own work."""
    facts = {event.id: json.loads(event.facts) for event in events}
    known = {
        event.id: _person(event) for event in events if _capacity(event, facts[event.id]) in {"share", "colleague"}
    }
    names = await people.names_of(work.session, {id for id in known.values() if id})
    return [_look(event, facts[event.id], names.get(known.get(event.id) or UUID(int=0))) for event in events]


def _look(event: TrailEvent, facts: dict[str, Any], name: str | None) -> LookView:
    refused = event.action == "portfolio:refused"
    what = "evidence" if facts.get("file") else event.action.partition(":")[0]
    return LookView(
        id=event.id,
        at=event.at,
        what=what,
        outcome=(Looked.REFUSED if refused else Looked.SHOWN).value,
        capacity=_capacity(event, facts),
        name=name,
        entry_id=facts.get("entry"),
    )


def _capacity(event: TrailEvent, facts: dict[str, Any]) -> str:
    """In what capacity somebody looked: by a share, as a colleague who was asked, as an assessor, for the register."""
    if event.action == "portfolio:refused" or facts.get("via") == "share":
        return "share"
    if event.action == "endorsement:read":
        return "colleague"
    return "assessor" if event.action == "portfolio:read" else "register"


def _person(event: TrailEvent) -> UUID | None:
    kind, _, id = event.actor.partition("/")
    return UUID(id) if kind == "person" else None


async def shared_items(work: Work, rows: Sequence[Any]) -> list[SharedItem]:
    """The portfolios that are shown to somebody, with whose they are."""
    faces = await people.faces_of(work.session, {row.person_id for row in rows})
    return [SharedItem(row.id, row.register_code.value, *faces[row.person_id], row.until_on) for row in rows]


async def shared_view(work: Work, shown: Shown) -> SharedPortfolioView:
    """A portfolio as far as it is shown."""
    registration = shown.portfolio.registration
    rules = portfolios.rules_of(work, shown.portfolio)
    whole = portfolio_view(shown.portfolio, rules)
    faces = await people.faces_of(work.session, {registration.person_id})
    with_files = [row for row in shown.entries if shown.shows_file(row)]
    files = await portfolios.files_of(work, with_files)
    name, number = faces[registration.person_id]
    return SharedPortfolioView(
        registration_id=registration.id,
        register_code=registration.register_code.value,
        name=name,
        register_number=number,
        measure=measure_of(rules).value,
        periods=[
            SharedPeriodView(each.id, each.began_on, each.due_on, each.counts_from, each.points, each.hours)
            for each in whole.periods
            if shown.sight.shows_period(each.id)
        ],
        entries=[_entry(shown, row, files) for row in shown.entries],
        norms=whole.norms if shown.sight.whole else [],
    )


def _entry(shown: Shown, row: PortfolioEntry, files: dict[UUID, StoredFile]) -> SharedEntryView:
    file = files.get(row.file_id) if row.file_id and shown.shows_file(row) else None
    worth: Amount = row.worth()
    return filled(
        SharedEntryView,
        row,
        period_id=shown.period_of(row),
        category=row.category.value if row.category else None,
        points=worth.points if row.points is not None else None,
        hours=float(hours_of(row.hundredths) or 0) if row.hundredths is not None else None,
        file=FileView(file.name, file.media_type, file.size) if file else None,
        why=shown.portfolio.waits.get(row.id),
    )


async def staff_views(work: Work, rows: Sequence[Any]) -> list[StaffView]:
    """A page of staff, with what they chose to show."""
    granted: dict[tuple[UUID, str], list[StaffShareView]] = defaultdict(list)
    for share in await queries.shares_of_staff(work, {row.person_id for row in rows}):
        shown = StaffShareView(share.registration_id, share.register_code.value, share.scope.value, share.until_on)
        granted[share.person_id, share.register_code.value].append(shown)
    return [_staff(row, granted.get((row.person_id, row.register_code), [])) for row in rows]


def _staff(row: Any, shares: Sequence[StaffShareView]) -> StaffView:
    view = search.view(row[: len(search.COLUMNS)])
    return StaffView(view.register_number, view, shares)

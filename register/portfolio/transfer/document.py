"""Writes the document: everything that is kept of one portfolio, each thing as its owner can see it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlmodel import col, select

from auth import queries as people
from core.decisions import Decision
from core.records import filled
from core.store.files import StoredFile
from core.store.work import Work
from register.portfolio import queries as portfolios
from register.portfolio.endorsing import queries as endorsements
from register.portfolio.endorsing.views import endorsement_views
from register.portfolio.models import DevelopmentGoal, PortfolioEntry, hours_of
from register.portfolio.queries import Portfolio
from register.portfolio.sharing import queries as sharing
from register.portfolio.sharing.views import look_views, share_views
from register.portfolio.transfer.policy import FOLDER, FORMAT, VERSION
from register.portfolio.transfer.schemas import Document, EntryDocument, FileEntry
from register.portfolio.views import portfolio_view

MOST = 100_000


async def document(work: Work, found: Portfolio) -> Document:
    """Everything of one portfolio, in a constant number of queries."""
    registration = found.registration
    entries = list(found.entries.values())
    rules = portfolios.rules_of(work, found)
    view = portfolio_view(found, rules)
    files = await portfolios.files_of(work, entries)
    decisions = await _decisions(work, registration.person_id, registration.register_code.value)
    numbers = {each.id: each.number for each in decisions}
    name, number = (await people.faces_of(work.session, {registration.person_id}))[registration.person_id]
    shares = await sharing.own_shares(work, None, MOST)
    said = await endorsements.of_entries(work, list(found.entries))
    return Document(
        format=FORMAT,
        version=VERSION,
        exported_at=work.now,
        register=registration.register_code.value,
        rule_set=rules.name,
        owner={"name": name, "register_number": number},
        registration={
            "status": registration.status.value,
            "title": registration.title,
            "level": registration.level,
            "registered_on": registration.registered_on,
            "due_on": registration.due_on,
        },
        entries=[_entry(row, files, numbers) for row in entries],
        periods=view.periods,
        ledger=view.ledger,
        decisions=[_decision(each) for each in decisions],
        plan=[_goal(each) for each in await _goals(work, registration.id)],
        endorsements=await endorsement_views(work, said),
        shares=[
            each for each in await share_views(work, shares) if each.register_code == registration.register_code.value
        ],
        looks=await look_views(work, await sharing.looks(work, None, MOST)),
    )


def written(document: Document) -> bytes:
    """The document as it stands in the file, to be read by people too."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1)


def _entry(row: PortfolioEntry, files: dict[UUID, StoredFile], numbers: dict[UUID, str]) -> EntryDocument:
    file = files.get(row.file_id) if row.file_id else None
    return filled(
        EntryDocument,
        row,
        points=row.claimed_points,
        hours=_hours(row.claimed_hundredths),
        contact_hours=_hours(row.contact_hundredths),
        category=row.category.value if row.category else None,
        given_points=row.points,
        given_hours=_hours(row.hundredths),
        decision=numbers.get(row.decision_id) if row.decision_id else None,
        file=_file(file) if file else None,
    )


def _file(file: StoredFile) -> FileEntry:
    ending = file.media_type.rpartition("/")[2]
    return FileEntry(f"{FOLDER}/{file.sha256}.{ending}", file.name, file.media_type, file.size, file.sha256)


def _hours(kept: int | None) -> str | None:
    hours = hours_of(kept)
    return None if hours is None else format(hours, "f")


async def _decisions(work: Work, person_id: UUID, register: str) -> Sequence[Decision]:
    """What was decided and made known about somebody in one register."""
    wanted = select(Decision).where(
        Decision.person_id == person_id,
        Decision.register_code == register,
        col(Decision.notified_on).is_not(None),
    )
    return (await work.session.exec(wanted.order_by(col(Decision.id)))).all()


def _decision(each: Decision) -> dict[str, Any]:
    return {
        "number": each.number,
        "kind": each.kind,
        "outcome": each.outcome.value,
        "grounds": each.ground_codes(),
        "reasons": each.reasons,
        "decided_on": each.decided_on,
        "notified_on": each.notified_on,
        "last_day_to_object": each.last_day_to_object,
        "rule_set": each.rule_set,
    }


async def _goals(work: Work, registration_id: UUID) -> Sequence[DevelopmentGoal]:
    wanted = select(DevelopmentGoal).where(DevelopmentGoal.registration_id == registration_id)
    return (await work.session.exec(wanted.order_by(col(DevelopmentGoal.reach_by), col(DevelopmentGoal.id)))).all()


def _goal(each: DevelopmentGoal) -> dict[str, Any]:
    return {
        "id": each.id,
        "title": each.title,
        "themes": each.themes,
        "category": each.category.value if each.category else None,
        "reach_by": each.reach_by,
        "reached_on": each.reached_on,
    }

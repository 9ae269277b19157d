"""Where the files of a provider stand: since when, what happens now, and the day that counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from accreditation.courses.applications import ANSWER
from accreditation.courses.policy import FileState
from accreditation.courses.schemas import FileView
from accreditation.providers import queries as providers
from accreditation.providers.policy import LOST
from core.agenda import AgendaEntry
from core.store.audit import TrailEvent
from core.store.work import Work
from core.texts import day
from core.web.pages import _, label

ASKED = frozenset({FileState.RETURNED, FileState.MORE_INFORMATION})
RUNS = frozenset({FileState.SUBMITTED, FileState.LOCKED, FileState.PAID, FileState.ASSESSED})


@dataclass(frozen=True)
class Days:
    """The day of the last step in a file, and the last one to answer where the register asks something."""

    since: date | None = None
    answer_by: date | None = None


async def days_of(work: Work, files: Sequence[FileView]) -> Mapping[UUID, Days]:
    """The days of these files, in two queries."""
    ids = [file.id for file in files]
    last = (
        select(TrailEvent.object_id, sa.func.max(TrailEvent.on_day))
        .where(col(TrailEvent.object_id).in_([str(id) for id in ids]))
        .where(col(TrailEvent.action).startswith("course-file:"))
        .group_by(col(TrailEvent.object_id))
    )
    since = dict((await work.session.exec(last)).all())
    wanted = select(col(AgendaEntry.case_id), col(AgendaEntry.due_on)).where(
        col(AgendaEntry.case_id).in_(ids), AgendaEntry.task == ANSWER, col(AgendaEntry.done_at).is_(None)
    )
    answers = dict((await work.session.exec(wanted)).all())
    return {id: Days(since.get(str(id)), answers.get(id)) for id in ids}


async def lost_by(work: Work, provider_id: UUID) -> Collection[str]:
    """The registers to which a provider is admitted no longer."""
    return {row.register_code for row in await providers.authorisations(work, [provider_id]) if row.state in LOST}


def standing(file: FileView, days: Days, lost: Collection[str]) -> dict[str, Any]:
    """One file as its provider reads it; `lost` are the registers to which the provider is admitted no longer."""
    unlisted = file.state == FileState.ACCREDITED and file.register_code in lost
    return {
        "register": file.register_code,
        "state": file.state,
        "since": days.since,
        "now": label("not-admitted" if unlisted else file.state, "file-now"),
        "until": _until(file, days),
    }


def _until(file: FileView, days: Days) -> str:
    """The day that counts now: to answer, to pay, or for the register to decide."""
    if file.state in ASKED:
        return _("antwoord uiterlijk op {day}", day=day(days.answer_by)) if days.answer_by else ""
    if file.state == FileState.INVOICED and file.invoice:
        return _("betaal uiterlijk op {day}", day=day(file.invoice.due_on))
    return (
        _("besluit uiterlijk op {day}", day=day(file.decide_by_on)) if file.state in RUNS and file.decide_by_on else ""
    )

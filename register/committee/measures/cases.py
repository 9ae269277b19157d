"""A measure as a case before the committee."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import col, select

from core.records import filled
from core.store.work import Work
from register.committee.cases import Case
from register.committee.measures.models import Measure


def case_of(row: Measure) -> Case:
    """As the agenda and the search for conflicts know it."""
    return filled(Case, row, room="measure", kind=row.kind.value, register=row.register_code, decide_by=None)


async def cases(work: Work, ids: Collection[UUID]) -> Sequence[Case]:
    """The measures among these cases."""
    return [case_of(row) for row in await work.session.exec(select(Measure).where(col(Measure.id).in_(list(ids))))]

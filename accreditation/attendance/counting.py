"""Reads where attendances count: by what their course was accredited for on the day, and by what was booked."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlmodel import col, select

from accreditation.attendance import finding
from accreditation.attendance.models import Attendance, CreditLine
from accreditation.attendance.policy import Amount
from accreditation.attendance.settling import worth
from accreditation.attendance.standing import Counted, stands
from core.store.work import Work


async def accredited_for(work: Work, rows: Collection[Attendance]) -> Mapping[UUID, Sequence[str]]:
    """In which registers each row is worth something; it rests on the run alone, so a provider may know it."""
    runs = await finding.runs_of(work, {row.run_id for row in rows})
    return {row.id: sorted({line.register for line in worth(runs[row.run_id], row.ended_on)}) for row in rows}


async def counted(
    work: Work, person_id: UUID, own: Collection[str], rows: Collection[Attendance]
) -> Mapping[UUID, Counted]:
    """How each row of one person stands, who is in the registers `own`."""
    accredited, booked = await accredited_for(work, rows), await _booked(work, person_id)
    return {
        row.id: stands(row.state, row.cause, accredited=accredited[row.id], booked=booked.get(row.run_id, ()), own=own)
        for row in rows
    }


async def _booked(work: Work, person_id: UUID) -> Mapping[UUID, Collection[str]]:
    """In which registers something stands of each run."""
    sums: dict[tuple[UUID, str], Amount] = defaultdict(Amount)
    for line in await work.session.exec(select(CreditLine).where(col(CreditLine.person_id) == person_id)):
        sums[line.run_id, line.register_code] += line.booking().amount
    found: dict[UUID, set[str]] = defaultdict(set)
    for (run_id, register), amount in sums.items():
        if amount:
            found[run_id].add(register)
    return found

"""What came in held against what stands on the ledgers afterwards: an import that loses a point is none."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
import sqlalchemy as sa

from core.store.work import Work
from register.portfolio.models import LedgerLine


class Balance(msgspec.Struct, frozen=True):
    """Points and hours of one register: in the lines that were stored, and on the ledgers afterwards."""

    register_code: str
    points_in: int
    points_on_ledgers: int
    hours_in: str
    hours_on_ledgers: str

    @property
    def even(self) -> bool:
        return (self.points_in, self.hours_in) == (self.points_on_ledgers, self.hours_on_ledgers)


class OutOfBalance(RuntimeError):
    """What came in is not what stands on the ledgers: a mistake of ours, so nothing is stored."""


async def reconcile(
    work: Work, came_in: Mapping[str, Sequence[int]], earned: Mapping[str, Sequence[UUID]]
) -> list[Balance]:
    """Points and hundredths of hours in, by register, against the ledger lines of their entries; OutOfBalance."""
    await work.flush()
    table: sa.Table = LedgerLine.__table__  # type: ignore[attr-defined]
    sums = sa.select(table.c.entry_id, sa.func.sum(table.c.points), sa.func.sum(table.c.hundredths))
    rows = await (await work.session.connection()).execute(sums.group_by(table.c.entry_id))
    stands = {id: (points, hundredths) for id, points, hundredths in rows}
    found = []
    for register, (points, hundredths) in sorted(came_in.items()):
        on = [stands.get(id, (0, 0)) for id in earned[register]]
        found.append(
            Balance(
                register,
                points,
                sum(each[0] for each in on),
                f"{hundredths / 100:.2f}",
                f"{sum(each[1] for each in on) / 100:.2f}",
            )
        )
    if not all(balance.even for balance in found):
        raise OutOfBalance(str(found))
    return found

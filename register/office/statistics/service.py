"""The figures of a day: complete for who may, and for everybody without what could point at a person."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from core.store.work import Work
from register.entries.entry import NOT_SHOWN, REGISTERED_NOW
from register.entries.history.policy import require_past
from register.entries.history.service import end_of
from register.entries.policy import Register, Status
from register.office.statistics import queries
from register.office.statistics.policy import Count, Participation, merged, shown_total, suppressed, total

ENTITLED = Path(__file__).parent / "entitled.csv"
REGISTERED = frozenset(status.value for status in REGISTERED_NOW)


class CountView(msgspec.Struct, frozen=True):
    """How many entries stand so; null: fewer than five, or what would give such a number away."""

    register_code: str
    sector: str
    status: str
    level: str | None
    number: int | None


class ParticipationView(msgspec.Struct, frozen=True):
    """Registered of entitled; `entitled` with its source is null where it is not known."""

    register_code: str
    registered: int | None
    in_register: int | None
    entitled: int | None
    per_cent: float | None
    source: str


class Figures(msgspec.Struct, frozen=True):
    """The figures of a day; `complete` is false in the public version."""

    on: date
    complete: bool
    counts: Sequence[CountView]
    participation: Sequence[ParticipationView]


async def complete(work: Work, on: date | None) -> Figures:
    """Every number of a day, today unless told; Invalid("day-to-come")."""
    day, counts = await _counts(work, on)
    participation = [_participation(register, counts, day) for register in Register]
    return _figures(day, True, counts, participation)


async def public(work: Work, on: date | None) -> Figures:
    """What everybody may know: no entry that is not shown, of teachers registered or not, and no small numbers."""
    day, counts = await _counts(work, on)
    open_ones = merged([_as_public(each) for each in counts if each.status not in {s.value for s in NOT_SHOWN}])
    shown = suppressed(open_ones)
    participation = []
    for register in Register:
        of_it = [each for each in shown if each.register == register.value]
        found = _participation(register, open_ones, day)
        hidden = {each.status in REGISTERED for each in of_it if each.number is None}
        registered = found.registered if True not in hidden and (found.registered or 0) >= 5 else None
        participation.append(
            replace(found, registered=registered, in_register=shown_total(found.in_register or 0, of_it))
        )
    return _figures(day, False, shown, participation)


async def _counts(work: Work, on: date | None) -> tuple[date, Sequence[Count]]:
    day = require_past(on or work.today, work.today)
    return day, merged(await queries.counts_on(work, day, end_of(work.today)))


def _as_public(count: Count) -> Count:
    if count.register != Register.TEACHERS.value:
        return count
    status = Status.REGISTERED if count.status in REGISTERED else Status.ENROLLED
    return replace(count, status=status.value, level=None)


def _participation(register: Register, counts: Sequence[Count], on: date) -> Participation:
    of_it = [each for each in counts if each.register == register.value]
    number, source = entitled(register.value, on)
    return Participation(register.value, total(of_it, REGISTERED), total(of_it), number, source)


@cache
def _known() -> Sequence[tuple[str, date, int, str]]:
    with ENTITLED.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter=";")
        return [(r["register"], date.fromisoformat(r["from_on"]), int(r["number"]), r["source"]) for r in rows]


def entitled(register: str, on: date) -> tuple[int | None, str]:
    """How many could be in a register, by the last source before a day; None where nobody counted them."""
    found = [(since, number, source) for name, since, number, source in _known() if name == register and since <= on]
    return max(found)[1:] if found else (None, "")


def _figures(day: date, whole: bool, counts: Sequence[Count], participation: Sequence[Participation]) -> Figures:
    return Figures(
        on=day,
        complete=whole,
        counts=[CountView(each.register, each.sector, each.status, each.level, each.number) for each in counts],
        participation=[
            ParticipationView(
                each.register, each.registered, each.in_register, each.entitled, each.per_cent, each.source
            )
            for each in participation
        ],
    )

"""Attendance as the outside sees it: a provider what it sent, a person and a second pair of eyes what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from accreditation.attendance.credits import Shown
from accreditation.attendance.models import Attendance, AttendanceBatch, CreditLine
from accreditation.attendance.policy import ATTENDANCE, Cause, Outcome, State
from accreditation.attendance.receiving import Result, told
from accreditation.attendance.schemas import (
    AttendanceView,
    CreditView,
    ListResult,
    RowResult,
    SentDetail,
    SentEvent,
    SentView,
)
from accreditation.attendance.standing import Counted, Standing, is_taken_back
from core.records import filled
from core.web.pages import _, label

# Which moves are a person's own; the others are for a second pair of eyes.
PERSONS = frozenset({"dispute"})
JUDGES = {
    State.HELD: ("release", "reject"),
    State.DISPUTED: ("sustain", "overrule"),
    State.UNMATCHED: ("claim", "dismiss"),
}
ENDED = frozenset({Standing.TAKEN_BACK, Standing.NOT_KEPT})
WAITS = frozenset({Standing.HELD, Standing.DISPUTED, Standing.IN_PART})
"""Of these somebody has to do something first; `attendance-waits` says who."""


def list_view(batch: AttendanceBatch, results: Sequence[Result]) -> ListResult:
    """What became of a list, row by row."""
    return filled(ListResult, batch, rows=[RowResult(one.line, one.outcome.value, one.code or None) for one in results])


def outcome_of(row: Attendance) -> Outcome:
    """What a provider was told of a row, whatever became of it since."""
    return told(row.sent_number, row.doubt_codes())


def taken_back(row: Attendance) -> bool:
    """Whether the provider itself took a row back, or its whole run."""
    return is_taken_back(row.state, row.cause)


def in_words(counted: Counted) -> tuple[str, str]:
    """How an attendance stands with its holder, and why it counts for nothing where it does."""
    said = label(counted.standing, "attendance-standing")
    if counted.standing in ENDED:
        return said, ""
    why = []
    if counted.standing in WAITS:
        why.append(label(counted.standing, "attendance-waits"))
    where = [label(one, "register") for one in counted.counts_in]
    if counted.standing is Standing.COUNTING:
        why.append(_("Telt mee in: {registers}.", registers=where))
    if counted.nothing_in:
        nothing = [label(one, "register") for one in counted.nothing_in]
        why.append(
            _(
                "Telt voor niets in: {nothing}. De cursus is alleen geaccrediteerd voor: {registers}.",
                nothing=nothing,
                registers=where,
            )
        )
    elif counted.standing is Standing.ELSEWHERE:
        why.append(_("De cursus is alleen geaccrediteerd voor: {registers}. Daar staat u niet in.", registers=where))
    return said, " ".join(why)


def worth_in_words(registers: Sequence[str]) -> str:
    """Where a row counts, as its provider is told: also that it counts nowhere else."""
    where = [label(one, "register") for one in registers]
    if not where:
        return _("Telt in geen enkel register: de cursus was op die dag niet geaccrediteerd.")
    return _(
        "Telt alleen in: {registers}. Wie in een ander register staat, krijgt er daar niets voor: daarvoor is de "
        "cursus niet geaccrediteerd.",
        registers=where,
    )


def sent_view(row: Attendance, accredited: Sequence[str]) -> SentView:
    """A row as its provider sees it; `accredited` are the registers in which its course counts."""
    counts_in = () if taken_back(row) else accredited
    outcome = outcome_of(row).value
    return SentView(row.id, row.sent_number, row.ended_on, row.meeting, outcome, taken_back(row), counts_in)


TOLD = {"attendance:reverse": "taken-back", "attendance:restore": "put-back"}
"""What a provider is told of the trail of a row; whatever others did to it would tell whose it is."""


def sent_detail(
    row: Attendance, batch: AttendanceBatch, events: Iterable[Mapping[str, Any]], accredited: Sequence[str]
) -> SentDetail:
    """A row with its history, oldest first: a correction takes back, it never wipes out."""
    own = [each for each in events if each["action"] in TOLD]
    history = [SentEvent("received", batch.received_at), *(SentEvent(TOLD[one["action"]], one["at"]) for one in own)]
    brief = sent_view(row, accredited)
    return SentDetail(
        **msgspec.structs.asdict(brief),
        run_id=row.run_id,
        source=batch.source.value,
        reason=row.said if brief.taken_back else "",
        history=history,
        open_moves=sent_moves(row),
    )


def sent_moves(row: Attendance) -> Sequence[str]:
    """What a provider can do with a row; of what others did to it this tells nothing."""
    if not taken_back(row):
        return ["reverse"]
    return ["restore"] if row.cause is Cause.PROVIDER else []


def attendance_view(row: Attendance, shown: Mapping[UUID, Shown], *, own: bool) -> AttendanceView:
    """An attendance for its person, or for a second pair of eyes."""
    run = shown[row.run_id]
    moves = [move for move in ATTENDANCE.open(row.state) if (move in PERSONS) == own]
    return filled(
        AttendanceView,
        row,
        course=run.title,
        provider=run.provider,
        doubts=row.doubt_codes(),
        cause=row.cause.value if row.cause else None,
        open_moves=moves if own else [move for move in moves if move in JUDGES.get(row.state, ())],
    )


def brief(row: Attendance, shown: Mapping[UUID, Shown]) -> AttendanceView:
    """A line of a list of what waits: it tells nothing of whose it is until it is opened."""
    run = shown[row.run_id]
    return filled(
        AttendanceView,
        row,
        course=run.title,
        provider=run.provider,
        doubts=row.doubt_codes(),
        cause=None,
        said="",
        sent_number="",
        sent_name="",
        open_moves=JUDGES.get(row.state, ()),
    )


def credit_view(row: CreditLine) -> CreditView:
    """One line of the ledger of course credits."""
    return CreditView(
        row.id,
        row.run_id,
        row.register_code,
        row.done_on,
        row.category,
        row.points,
        row.hundredths / 100,
        row.booked_at,
    )

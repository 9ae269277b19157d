"""The credits of courses, read beside the portfolio's own ledger: attendance is not copied upward."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from sqlalchemy.orm import object_session

from accreditation.attendance import service as attendance
from accreditation.attendance.credits import Booked, CourseCredit
from core.store.work import Work
from register.entries.models import Registration
from register.entries.policy import Register
from register.portfolio.ledger import Cause, Period, period_of
from register.portfolio.models import LedgerLine, PortfolioEntry
from register.portfolio.policy import EntryKind, EntryState
from register.rules.assessment.facts import Category, Valuation

STATES = {
    "counting": EntryState.ACCEPTED,
    "held": EntryState.UNDER_VALUATION,
    "disputed": EntryState.UNDER_VALUATION,
    "reversed": EntryState.REVOKED,
}


WAITS = frozenset({"held", "disputed", "in-part", "elsewhere"})
"""How an attendance can stand of which somebody asks why it does not count."""


def is_course(entry: PortfolioEntry) -> bool:
    """Whether an entry stands for a credit of a course: then it is no row of the portfolio."""
    return object_session(entry) is None


async def course_rows(
    work: Work, registration: Registration, periods: Sequence[Period]
) -> tuple[list[PortfolioEntry], list[LedgerLine], dict[UUID, str]]:
    """What the portfolio shows of courses, in its own shapes, and for what each waits; nothing of it is kept here."""
    credits = await attendance.credits_of(work, registration.person_id, registration.register_code.value)
    entries, lines, waits = [], [], {}
    for credit in credits:
        for category, days in _booked(credit).items():
            for done_on, booked in days.items():
                entry = _entry(registration, credit, category, done_on, booked)
                entries.append(entry)
                if credit.standing in WAITS:
                    waits[entry.id] = f"attendance-{credit.standing}"
                period = period_of(done_on, periods)
                if period is not None:
                    lines += [_line(registration, entry.id, period.id, each) for each in booked]
    return entries, lines, waits


def _booked(credit: CourseCredit) -> dict[str | None, dict[date, list[Booked]]]:
    """The lines by what they are about and by day; a credit without lines waits, and stands for its own day."""
    found: dict[str | None, dict[date, list[Booked]]] = defaultdict(lambda: defaultdict(list))
    for line in credit.lines:
        found[line.category][line.done_on].append(line)
    if not credit.lines:
        found[None][credit.done_on] = []
    return found


def _entry(
    registration: Registration, credit: CourseCredit, category: str | None, done_on: date, booked: Sequence[Booked]
) -> PortfolioEntry:
    points, hundredths = sum(line.points for line in booked), sum(line.hundredths for line in booked)
    counts = credit.state == "counting" and (points or hundredths)
    teacher = registration.register_code is Register.TEACHERS
    state = STATES[credit.state]
    return PortfolioEntry(
        id=uuid5(credit.attendance_id, f"{category}/{done_on}"),
        person_id=registration.person_id,
        registration_id=registration.id,
        register_code=registration.register_code,
        kind=EntryKind.COURSE,
        title=credit.title[:160],
        done_on=done_on,
        category=Category(category) if category else None,
        themes=list(credit.themes),
        valuation=Valuation.VALIDATED if teacher else Valuation.IN_ADVANCE,
        provider=credit.provider,
        state=state if counts or state is not EntryState.ACCEPTED else EntryState.UNDER_VALUATION,
        points=None if teacher else points,
        hundredths=hundredths if teacher else None,
        added_at=booked[0].booked_at if booked else datetime.combine(done_on, time(), UTC),
    )


def _line(registration: Registration, entry_id: UUID, period_id: UUID, line: Booked) -> LedgerLine:
    back = line.points < 0 or line.hundredths < 0
    return LedgerLine(
        id=line.id,
        person_id=line.person_id,
        registration_id=registration.id,
        entry_id=entry_id,
        period_id=period_id,
        points=line.points,
        hundredths=line.hundredths,
        cause=Cause.REVERSED if back else Cause.BOOKED,
        booked_at=line.booked_at,
    )

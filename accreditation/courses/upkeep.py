"""What time does to an accreditation: the warning before its last day, and its end."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, or_, select

from accreditation.courses.models import Course, CourseAccreditation
from accreditation.courses.policy import ACCREDITATION, AccreditationEvent, AccreditationState
from accreditation.providers import queries as providers
from core.law.days import add_period
from core.store.work import Work
from core.texts import day

AT_ONCE = 100


async def near_end(work: Work, on: date) -> int:
    """Warn the provider of what ends within the term of warning; how many were moved, a hundred at most."""
    moved = 0
    for register in work.rules.registers():
        term = work.rules.chosen(register, on).terms["accreditation-warning"]
        wanted = select(CourseAccreditation).where(
            CourseAccreditation.register_code == register,
            CourseAccreditation.state == AccreditationState.ACCREDITED,
            CourseAccreditation.until_on <= add_period(on, term.length, term.unit),
        )
        rows = (await work.session.exec(wanted.order_by(col(CourseAccreditation.id)).limit(AT_ONCE))).all()
        await _warn(work, rows, on)
        moved += len(rows)
    return moved


async def _warn(work: Work, rows: Sequence[CourseAccreditation], on: date) -> None:
    wanted = select(Course).where(col(Course.id).in_({row.course_id for row in rows}))
    courses = {course.id: course for course in await work.session.exec(wanted)}
    addresses = await providers.addresses_of(work, {course.provider_id for course in courses.values()})
    for row in rows:
        row.state = ACCREDITATION.after(row.state, AccreditationEvent.NEAR_END)
        work.log("accreditation:near-end", row, until_on=row.until_on)
        course = courses[row.course_id]
        subject, body = _words(f"De accreditatie van {course.title}", course.code, row.until_on, on)
        work.send(
            "accreditation-expiring",
            address=addresses[course.provider_id],
            subject=subject,
            body=body,
        )


def _words(about: str, code: str, until_on: date, on: date) -> tuple[str, str]:
    """As it is on the day of telling, however late that comes."""
    until = day(until_on, "nl")
    if until_on < on:
        again = "Deelname daarna telt niet mee. Vraag de accreditatie opnieuw aan."
        return f"{about} is afgelopen", f"{about} ({code}) liep tot en met {until}.\n{again}\n"
    in_time = "Vraag op tijd verlenging aan: daarna telt deelname niet meer."
    return f"{about} loopt af", f"{about} ({code}) loopt tot en met {until}.\n{in_time}\n"


async def expire(work: Work, on: date) -> int:
    """End what is past its last day; how many, a hundred at most. What was followed before it keeps counting."""
    open_states = (AccreditationState.EXPIRING, AccreditationState.CHANGE_REQUESTED)
    wanted = select(CourseAccreditation).where(
        or_(*[CourseAccreditation.state == state for state in open_states]), CourseAccreditation.until_on < on
    )
    rows: Sequence[CourseAccreditation] = (
        await work.session.exec(wanted.order_by(col(CourseAccreditation.id)).limit(AT_ONCE))
    ).all()
    for row in rows:
        row.state = ACCREDITATION.after(row.state, AccreditationEvent.EXPIRE)
        work.log("accreditation:expire", row, until_on=row.until_on)
    return len(rows)

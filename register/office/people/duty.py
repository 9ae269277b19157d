"""The duty to qualify (po-assessment): appointed, so many months passed, and nothing was asked."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from core.store.work import Work
from register.entries.models import Application, Appointment, Registration
from register.entries.policy import Register, Status
from register.office.people.policy import latest_overdue

AT_ONCE = 100


async def mark(work: Work, on: date) -> int:
    """Flag the entries whose duty is overdue on a day, and unflag the others, so many at once; how many changed."""
    overdue = sa.or_(*[_overdue(work, register, on) for register in Register])
    wanted = select(Registration).where(col(Registration.duty_overdue) != overdue).order_by(col(Registration.id))
    rows = (await work.session.exec(wanted.limit(AT_ONCE))).all()
    for row in rows:
        row.duty_overdue = not row.duty_overdue
        work.log("registration:duty", row, overdue=row.duty_overdue)
    return len(rows)


def _overdue(work: Work, register: Register, on: date) -> sa.ColumnElement[bool]:
    """Enrolled, in a post for longer than the months of grace, and no application that runs."""
    grace = work.rules.chosen(register.value, on).qualification_grace_months
    if not grace:
        return sa.false()
    post = select(Appointment.id).where(
        Appointment.person_id == Registration.person_id,
        col(Appointment.ended_on).is_(None),
        Appointment.appointed_on <= latest_overdue(on, grace),
    )
    asked = select(Application.id).where(
        Application.registration_id == Registration.id,
        col(Application.state).in_(["submitted", "incomplete", "in-review", "on-agenda", "decided"]),
    )
    return sa.and_(
        col(Registration.register_code) == register,
        col(Registration.status) == Status.ENROLLED,
        post.exists(),
        ~asked.exists(),
    )

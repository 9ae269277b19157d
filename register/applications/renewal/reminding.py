"""Reminders of a due date that comes near: each rung of the rule set's ladder once (sterk-2019)."""

from datetime import date
from uuid import UUID

from sqlmodel import col, select

from auth import queries as people
from core.law.days import previous_day, to_come
from core.law.rulesets import RuleSet
from core.law.terms import add_months
from core.store.work import Work
from core.texts import day as in_words
from register.applications.renewal.models import Reminder
from register.entries.models import Application, Registration
from register.entries.policy import ENDED, ApplicationKind, ApplicationState, Register, Status

AT_ONCE = 200
RUNS = (Status.REGISTERED, Status.POSTPONED)


async def remind(work: Work, on: date) -> int:
    """Send what is to be sent on a day, so many at a time; how many went out.

    Who asked already is not reminded; of several rungs that were missed only the nearest one goes out.
    """
    for register in Register:
        rules = work.rules.chosen(register.value, on)
        for months in sorted(rules.reminder_months):
            if sent := await _rung(work, register, rules, months, on):
                return sent
    return 0


async def _rung(work: Work, register: Register, rules: RuleSet, months: int, on: date) -> int:
    told = select(Reminder).where(
        Reminder.registration_id == Registration.id,
        Reminder.due_on == Registration.due_on,
        col(Reminder.months_before) <= months,
    )
    asked = select(Application).where(
        Application.registration_id == Registration.id,
        col(Application.kind).in_((ApplicationKind.REREGISTRATION, ApplicationKind.POSTPONEMENT)),
        col(Application.state).not_in(ENDED | {ApplicationState.DRAFT}),
    )
    wanted = (
        select(Registration.id, col(Registration.due_on), Registration.person_id)
        .where(
            Registration.register_code == register,
            col(Registration.status).in_(RUNS),
            col(Registration.due_on) >= on,
            col(Registration.due_on) <= add_months(on, months),
            ~told.exists(),
            ~asked.exists(),
        )
        .order_by(col(Registration.id))
        .limit(AT_ONCE)
    )
    rows = (await work.session.exec(wanted)).all()
    addresses = await people.addresses_of(work.session, [person_id for _, _, person_id in rows])
    for registration_id, due_on, person_id in rows:
        if due_on is not None:
            work.add(Reminder(registration_id=registration_id, due_on=due_on, months_before=months, sent_on=on))
            _tell(work, rules, person_id, addresses[person_id], due_on, on)
    if rows:
        await work.flush()
        work.log("reminder:send", None, months_before=months, number=len(rows))
    return len(rows)


def _tell(work: Work, rules: RuleSet, person_id: UUID, email: str, due_on: date, on: date) -> None:
    advised = to_come(previous_day(add_months(due_on, -rules.apply_before_due_months)), on)
    when = f"liefst uiterlijk op {in_words(advised, 'nl')}" if advised else "zo snel mogelijk"
    work.send(
        "renewal-reminder",
        address=email,
        subject=f"Uw registratie loopt tot en met {in_words(due_on, 'nl')}",
        body=(
            f"Uw registratie loopt tot en met {in_words(due_on, 'nl')}. Vraag herregistratie aan, {when}. "
            "Log in om te zien wat er in uw portfolio nog ontbreekt.\n"
        ),
        person_id=person_id,
    )

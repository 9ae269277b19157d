"""The daily sweep: terms that ran out, messages that wait, and records that nobody needs any more. Twice is once."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from accreditation.courses import upkeep
from appeals.disputes import interim
from appeals.disputes import upkeep as disputes
from appeals.disputes.models import Dispute
from auth import queries as people
from auth import reset, roles
from auth.actor import SYSTEM
from auth.models import HalfwaySession, LoginSession, SignInFailure
from core.clock import legal_day, machine_now
from core.law.days import next_day
from core.settings import Settings
from core.store import outbox
from core.store.work import IdempotencyRecord, Means, Work
from core.terminal import say
from core.texts import day as in_words
from register.applications import telling
from register.applications.renewal.reminding import remind
from register.committee.measures import effect as measures
from register.committee.reconsideration import service as reopened
from register.entries.entry import follow_places, move_all
from register.entries.models import Application, Registration
from register.entries.policy import ApplicationKind, ApplicationState, Event, Status
from register.notification import case_letters, sending
from register.notification.announcing import fall_back
from register.office import jobs
from register.office.people import duty
from register.office.proposals import service as two_persons
from register.office.retention import service as retention
from register.service.context import open_means

KEPT = timedelta(days=30)
AT_ONCE = 100
"""Entries in one work: a sweep holds the writer no longer than a request may wait."""
WAITS = frozenset(
    {
        ApplicationState.SUBMITTED,
        ApplicationState.INCOMPLETE,
        ApplicationState.IN_REVIEW,
        ApplicationState.ON_AGENDA,
        ApplicationState.DECIDED,  # it takes effect when it is made known (Awb 3:40)
    }
)


class Swept(msgspec.Struct, frozen=True):
    """What a sweep did, in numbers."""

    letters_pressed: int
    """Letters that were left without their bytes when a process stopped."""
    conditional: int
    """Entries of which the due date passed."""
    limits_passed: int
    """Entries in training of which the limit passed."""
    struck_off: int
    """Entries of which the strike-off reached its day."""
    applications_late: int
    """Applicants who hear that their application was not decided in time."""
    reminded: int
    """Reminders of a due date that comes near."""
    omissions_passed: int
    """Objections and appeals of which the day to repair went by."""
    files_opened: int
    """Hearings before which the file lies open from now on."""
    terms_warned: int
    """Objections and appeals of which the term to decide nears, or ran out."""
    penalties_running: int
    interim_ended: int
    """Suspensions of a contested decision of which the last day passed."""
    disputes_closed: int
    reconsiderations_overtaken: int
    """Files about a decision that was replaced by another way."""
    accreditations_warned: int
    """Accreditations of which the provider hears that their last day is near."""
    accreditations_expired: int
    places_followed: int
    """Public entries that show another board or school, or the same by its new name."""
    duties: int
    """Entries of which the duty to qualify became overdue, or is no longer."""
    proposals_expired: int
    deeds_expired: int
    """What waited for a second person too long."""
    resets: int
    delivered: int
    letters: int
    """Decisions that go by post, since the mail did not announce them."""
    entries_erased: int
    """Registers that somebody left longer ago than what belongs to them is kept."""
    persons_erased: int
    """Persons of whom nothing has to be kept any more."""
    bytes_erased: int
    """Contents of files that nothing names any more."""
    cleaned: int


async def sweep(means: Means, on: date) -> Swept:
    """The chores of a day, each in works of its own: what is done stays done when a later one fails."""
    pressed, ended = await sending.press_all(means), Counter[str]()
    for day in await means.do(SYSTEM, lambda work: _days(work, on)):
        ended.update(await _end(means, day))
    return Swept(
        letters_pressed=pressed,
        conditional=ended["conditional"],
        limits_passed=ended["limits"],
        struck_off=ended["struck-off"],
        omissions_passed=ended["omissions"],
        applications_late=await _until_none(lambda: means.do(SYSTEM, lambda work: telling.tell_late(work, on))),
        reminded=await _until_none(lambda: means.do(SYSTEM, lambda work: remind(work, on))),
        files_opened=await _until_none(lambda: means.do(SYSTEM, lambda work: disputes.open_papers(work, on))),
        terms_warned=ended["overdue"]
        + await _until_none(lambda: means.do(SYSTEM, lambda work: disputes.warn_near(work, on))),
        penalties_running=await means.do(SYSTEM, lambda work: disputes.run_penalties(work, on)),
        interim_ended=await _until_none(lambda: means.do(SYSTEM, lambda work: interim.end_due(work, on))),
        disputes_closed=await _until_none(lambda: means.do(SYSTEM, lambda work: disputes.close(work, on))),
        reconsiderations_overtaken=await _until_none(lambda: means.do(SYSTEM, reopened.overtake)),
        accreditations_warned=await _until_none(lambda: means.do(SYSTEM, lambda work: upkeep.near_end(work, on))),
        accreditations_expired=await _until_none(lambda: means.do(SYSTEM, lambda work: upkeep.expire(work, on))),
        places_followed=await means.do(SYSTEM, lambda work: follow_places(work, on)),
        duties=await _until_none(lambda: means.do(SYSTEM, lambda work: duty.mark(work, on))),
        proposals_expired=await _until_none(lambda: means.do(SYSTEM, roles.expire)),
        deeds_expired=await _until_none(lambda: means.do(SYSTEM, two_persons.expire)),
        resets=await _until_none(lambda: reset.answer_all(means)),
        delivered=await _deliver(means),
        letters=await _until_none(lambda: means.do(SYSTEM, fall_back))
        + await _until_none(lambda: means.do(SYSTEM, case_letters.fall_back)),
        entries_erased=await _until_none(lambda: means.do(SYSTEM, lambda work: retention.erase_entries(work, on))),
        persons_erased=await _until_none(lambda: means.do(SYSTEM, lambda work: retention.erase_persons(work, on))),
        bytes_erased=await _until_none(lambda: means.do(SYSTEM, lambda work: retention.remove_bytes(work, on))),
        cleaned=await means.do(SYSTEM, _clean),
    )


async def _days(work: Work, on: date) -> list[date]:
    """Each day until now from which something that ended is to be told: a sweep that runs late tells them in turn."""
    told: list[tuple[Any, Any]] = [
        (_past_due(on), col(Registration.due_on)),
        (_past_limit(on), col(Registration.due_on)),
        (disputes.unrepaired(on), col(Dispute.repair_until)),
        (disputes.overdue(on), col(Dispute.decision_due_on)),
    ]
    days = set(await measures.due_days(work, on))
    for wanted, last_day in told:
        found = await work.session.exec(wanted.with_only_columns(last_day).distinct())
        days |= {next_day(each) for each in found.all() if each is not None}
    return sorted(days)


async def _end(means: Means, day: date) -> dict[str, int]:
    """What ended by a day; of one day a strike-off comes first, as it ends more."""

    async def struck_off(work: Work) -> int:
        return await measures.carry_out_due(work, day, AT_ONCE)

    return {
        "struck-off": await _until_none(lambda: means.do(SYSTEM, struck_off)),
        "conditional": await _pass_all(means, _pass_due_date, _past_due(day)),
        "limits": await _pass_all(means, _pass_limit, _past_limit(day)),
        "omissions": await _until_none(lambda: means.do(SYSTEM, lambda work: disputes.pass_omissions(work, day))),
        "overdue": await _until_none(lambda: means.do(SYSTEM, lambda work: disputes.warn_over(work, day))),
    }


async def sweep_command(settings: Settings, on: date | None) -> int:
    """`bekwaam sweep`: the chores for a day, today unless told."""
    means = open_means(settings)
    try:
        day = on or legal_day(means.clock.now())
        swept = await sweep(means, day)
        did = msgspec.structs.asdict(swept)
        await means.do(SYSTEM, lambda work: _noted(work, day, did))
    finally:
        await means.database.close()
    numbers = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in did.items())
    say(f"{day}: {numbers}")
    return 0


async def _noted(work: Work, on: date, did: dict[str, int]) -> None:
    """The line by which the office sees that it ran."""
    jobs.note(work, on, did)


def _past_due(on: date) -> SelectOfScalar[Registration]:
    """Registered or postponed beyond the due date, without a timely request that still waits (sterk-2019)."""
    timely = col(Application.received_on) <= Registration.due_on
    waiting = _waiting(ApplicationKind.REREGISTRATION, ApplicationKind.POSTPONEMENT).where(timely)
    return _past(on, Status.REGISTERED, Status.POSTPONED).where(~waiting.exists())


def _past_limit(on: date) -> SelectOfScalar[Registration]:
    """In training beyond the limit (po-aspirant), without a timely request on the strength of the diploma."""
    waiting = _waiting(ApplicationKind.REGISTRATION).where(col(Application.received_on) <= Registration.due_on)
    return _past(on, Status.IN_TRAINING).where(~waiting.exists())


def _past(on: date, *statuses: Status) -> SelectOfScalar[Registration]:
    return select(Registration).where(col(Registration.status).in_(statuses), col(Registration.due_on) < on)


def _waiting(*kinds: ApplicationKind) -> SelectOfScalar[Application]:
    return select(Application).where(
        Application.registration_id == Registration.id,
        col(Application.kind).in_(kinds),
        col(Application.state).in_(WAITS),
    )


async def _pass_all(
    means: Means,
    passed: Callable[[Work, Sequence[Registration]], Awaitable[None]],
    past: SelectOfScalar[Registration],
) -> int:
    """Move them so many at a time; each work asks anew, so whoever was renewed meanwhile is left alone."""

    async def some(work: Work) -> int:
        rows = (await work.session.exec(past.order_by(col(Registration.id)).limit(AT_ONCE))).all()
        if rows:
            await passed(work, rows)
        return len(rows)

    return await _until_none(lambda: means.do(SYSTEM, some))


async def _pass_due_date(work: Work, rows: Sequence[Registration]) -> None:
    await move_all(work, [(row, _day_after(work, row)) for row in rows], Event.PASS_DUE_DATE)
    addresses = await people.addresses_of(work.session, {row.person_id for row in rows})
    for row in rows:
        work.send(
            "registration-conditional",
            address=addresses[row.person_id],
            subject=f"U staat sinds {in_words(_day_after(work, row), 'nl')} onder voorwaarden in het register",
            body=(
                f"Uw registratie liep tot en met {in_words(row.due_on or work.today, 'nl')}. Daarna staat u onder "
                "voorwaarden in het register. Vraag zo snel mogelijk herregistratie aan.\n"
            ),
            person_id=row.person_id,
        )


async def _pass_limit(work: Work, rows: Sequence[Registration]) -> None:
    """Back to enrolled; who asked too late for the limit still gets a decision (po-aspirant)."""
    nothing = {"level": None, "registered_on": None, "period_began_on": None, "due_on": None, "decision_id": None}
    ended = [(row, _day_after(work, row)) for row in rows]
    await move_all(work, ended, Event.PASS_LIMIT, title="", **nothing)
    asked = await _asked(work, [row.id for row in rows])
    await move_all(work, [(row, since) for row, since in ended if row.id in asked], Event.APPLY)
    addresses = await people.addresses_of(work.session, {row.person_id for row in rows})
    for row in rows:
        work.send(
            "training-ended",
            address=addresses[row.person_id],
            subject="Uw registratie in opleiding is afgelopen",
            body="De termijn van uw registratie in opleiding is voorbij. "
            "Vraag registratie aan zodra u uw diploma hebt.\n",
            person_id=row.person_id,
        )


async def _asked(work: Work, ids: Sequence[UUID]) -> set[UUID]:
    """The entries for which registration was asked that is not decided, or not made known yet."""
    wanted = select(Application.registration_id).where(
        col(Application.registration_id).in_(ids),
        Application.kind == ApplicationKind.REGISTRATION,
        col(Application.state).in_(WAITS),
    )
    return set(await work.session.exec(wanted))


def _day_after(work: Work, row: Registration) -> date:
    """The due date is the last day; what time does holds from the next, however late the sweep comes by."""
    return next_day(row.due_on) if row.due_on else work.today


async def _deliver(means: Means) -> int:
    return await _until_none(lambda: outbox.deliver(means.database, means.settings.outbox))


async def _until_none(deed: Callable[[], Awaitable[int]]) -> int:
    total = 0
    while done := await deed():
        total += done
    return total


async def _clean(work: Work) -> int:
    """Answers that no retry asks for, sessions that opened nothing for a month, failures that lock nobody."""
    long_ago = machine_now() - KEPT
    old: list[tuple[type[SQLModel], sa.ColumnElement[bool]]] = [
        (IdempotencyRecord, col(IdempotencyRecord.at) < work.now - KEPT),
        (LoginSession, col(LoginSession.last_seen_at) < long_ago),
        (HalfwaySession, col(HalfwaySession.created_at) < long_ago),
        (SignInFailure, col(SignInFailure.at) < long_ago),
    ]
    connection = await work.session.connection()
    return sum([(await connection.execute(sa.delete(model).where(which))).rowcount for model, which in old])

"""Reads of measures, scoped to who asks, and of the entries that may lapse."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import and_, col, or_, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Permission
from core.decisions import Decision, DecisionState
from core.errors import NotFound
from core.law.days import add_months
from core.store.work import Work
from register.committee.measures.models import Measure
from register.committee.measures.policy import ENDED, MeasureKind, MeasureState, limit_of
from register.committee.measures.schemas import CandidateView
from register.entries.models import Application, Registration
from register.entries.policy import ENDED as DECIDED
from register.entries.policy import REGISTRATION, ApplicationKind, ApplicationState, Event, Register, Status


async def measure(work: Work, id: UUID) -> Measure:
    """A measure that the actor may see; NotFound("no-such-measure")."""
    found = (await work.session.exec(_visible(work).where(Measure.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-measure")
    return found


async def measures(work: Work, state: MeasureState | None, after: UUID | None, most: int) -> Sequence[Measure]:
    """The measures that the actor may see, oldest first."""
    wanted = _visible(work)
    if state is not None:
        wanted = wanted.where(Measure.state == state)
    if after is not None:
        wanted = wanted.where(col(Measure.id) > after)
    return (await work.session.exec(wanted.order_by(col(Measure.id)).limit(most))).all()


async def own_measures(work: Work, most: int) -> Sequence[Measure]:
    """The last ones against the actor, newest last."""
    wanted = select(Measure).where(Measure.person_id == person_of(work.actor))
    return (await work.session.exec(wanted.order_by(col(Measure.id).desc()).limit(most))).all()[::-1]


def _visible(work: Work) -> SelectOfScalar[Measure]:
    """One's own; the secretary all others; who may sign those that wait for a signature."""
    actor = work.actor
    wanted = select(Measure)
    if not isinstance(actor, Actor):
        return wanted
    ways = [col(Measure.person_id) == actor.person_id]
    if actor.can(Permission.MEASURE_PROPOSE):
        ways.append(col(Measure.person_id) != actor.person_id)
    if actor.can(Permission.MEASURE_SIGN):
        ways.append(and_(col(Measure.state) == MeasureState.PROPOSED, col(Measure.person_id) != actor.person_id))
    return wanted.where(or_(*ways))


async def runs(work: Work, registration_id: UUID) -> bool:
    """Whether a measure against an entry still runs."""
    wanted = select(Measure.id).where(Measure.registration_id == registration_id, col(Measure.state).not_in(ENDED))
    return (await work.session.exec(wanted.limit(1))).first() is not None


async def running(work: Work, registration_id: UUID) -> Sequence[Measure]:
    """The measures against an entry that run, not those that wait for their day or are suspended."""
    over = (*ENDED, MeasureState.NOTIFIED, MeasureState.HALTED)
    wanted = select(Measure).where(Measure.registration_id == registration_id, col(Measure.state).not_in(over))
    return (await work.session.exec(wanted.order_by(col(Measure.id)))).all()


async def renewal_waits(work: Work, registration_id: UUID) -> bool:
    """Whether a renewal was asked, however late, and is not decided or not made known yet."""
    return (await work.session.exec(_waiting(registration_id).limit(1))).first() is not None


async def renewal_asked_on(work: Work, registration_id: UUID) -> date | None:
    """The day on which a renewal was asked that waits, if one does."""
    wanted = select(Application).where(col(Application.id).in_(_waiting(registration_id)))
    found = (await work.session.exec(wanted.limit(1))).first()
    return found.received_on if found else None


def _waiting(registration_id: object) -> SelectOfScalar[UUID]:
    return select(Application.id).where(
        Application.registration_id == registration_id,
        Application.kind == ApplicationKind.REREGISTRATION,
        or_(col(Application.state).not_in(DECIDED), Application.state == ApplicationState.DECIDED),
        Application.state != ApplicationState.DRAFT,
    )


async def candidates(work: Work, most: int) -> Sequence[CandidateView]:
    """Entries under conditions of which the months have passed, without a renewal that waits or a measure that runs."""
    ways = [
        and_(
            col(Registration.register_code) == register,
            col(Registration.due_on) <= add_months(work.today, -rules.conditional_months),
        )
        for register in Register
        for rules in [work.rules.chosen(register.value, work.today)]
    ]
    running = select(Measure.id).where(Measure.registration_id == Registration.id, col(Measure.state).not_in(ENDED))
    wanted = (
        select(Registration)
        .where(Registration.status == Status.CONDITIONAL, or_(*ways))
        .where(~_waiting(Registration.id).exists(), ~running.exists())
        .order_by(col(Registration.due_on), col(Registration.id))
        .limit(most)
    )
    if isinstance(work.actor, Actor):
        wanted = wanted.where(Registration.person_id != work.actor.person_id)
    entries = (await work.session.exec(wanted)).all()
    known = {one.id: one for one in await people.persons(work.session, [entry.person_id for entry in entries])}
    found = []
    for entry in entries:
        months = work.rules.chosen(entry.register_code.value, work.today).conditional_months
        assert entry.due_on is not None
        limit = limit_of(entry.due_on, months)
        if limit < work.today:  # the last day of a month, seen from either end
            person = known[entry.person_id]
            said = (entry.id, person.register_number, entry.register_code.value, person.full_name())
            found.append(CandidateView(*said, entry.due_on, limit))
    return found


async def due(work: Work, on: date, most: int) -> Sequence[tuple[Measure, Registration]]:
    """Strike-offs whose day has come, whose decision still stands, of entries that did not end meanwhile."""
    return (await work.session.exec(_due(on).order_by(col(Measure.effect_on), col(Measure.id)).limit(most))).all()


async def due_days(work: Work, on: date) -> Sequence[date]:
    """The days of those strike-offs."""
    found = await work.session.exec(_due(on).order_by(col(Measure.effect_on)))
    return [row.effect_on for row, _ in found.all() if row.effect_on is not None]


def _due(on: date) -> Select[Measure, Registration]:
    stands = [status for status in Status if REGISTRATION.may(status, Event.STRIKE_OFF)]
    return (
        select(Measure, Registration)
        .join(Registration, col(Registration.id) == Measure.registration_id)
        .join(Decision, col(Decision.id) == Measure.decision_id)
        .where(Measure.state == MeasureState.NOTIFIED, Measure.kind == MeasureKind.STRIKE_OFF)
        .where(col(Measure.effect_on) <= on, Decision.state == DecisionState.NOTIFIED)
        .where(col(Registration.status).in_(stands))
    )

"""A notice of default on an application, what may follow, and the penalty payment (dwangsom) where there is one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from appeals.disputes.policy import require_notice
from appeals.disputes.silence import join_penalty, silent_from
from appeals.ports import Undecided
from core import agenda
from core.decisions import Decision, Effect, Verdict, case_number, take
from core.errors import Invalid, Refused
from core.law import penalty as law
from core.law.articles import ARTICLES, PUBLIC
from core.law.days import Unit, previous_day
from core.law.term_run import Term, run
from core.store.work import Work
from core.texts import day, euro
from register.applications import telling
from register.applications.service import CASE, others_application, own_application
from register.applications.silence.models import DefaultNotice
from register.entries import queries
from register.entries.models import Application
from register.entries.policy import ApplicationState
from register.notification import service as decisions

KIND = "penalty"
SUBJECT = "default-notice"
OVER = frozenset({ApplicationState.WITHDRAWN, ApplicationState.SENT_ON})
"""On which nothing is to be decided any more."""
NOTICE = "notice"
PENALTY, ANEW = "penalty", "decide-anew"
WITHIN = 2
"""Weeks after the last day of penalty in which it is decided on (Awb 4:18)."""
WAITING = frozenset(
    {
        ApplicationState.SUBMITTED,
        ApplicationState.INCOMPLETE,
        ApplicationState.IN_REVIEW,
        ApplicationState.ON_AGENDA,
        ApplicationState.DECIDED,  # as long as it is not made known, the applicant waits (Awb 3:40)
    }
)


async def give_notice(work: Work, application_id: UUID) -> DefaultNotice:
    """The applicant gives notice of default: received today (Awb 4:17(3)). The first one stands.

    Refused: `wrong-state` where nothing is to be decided, `notice-premature` while the term runs, `notice-given`.
    """
    return await _receive(work, await own_application(work, application_id), work.today)


async def file_notice(work: Work, application_id: UUID, received_on: date) -> DefaultNotice:
    """The office takes in a notice that came on paper, on the day on which it came (Awb 4:17(3)). As give_notice;
    Invalid("received-in-future"); Forbidden("own-case")."""
    application = await others_application(work, application_id)
    if received_on > work.today:
        raise Invalid("invalid-input", [("received_on", "received-in-future")])
    return await _receive(work, application, received_on)


async def _receive(work: Work, application: Application, received_on: date) -> DefaultNotice:
    work.expect(application)
    if application.state not in WAITING or application.decision_due_on is None:
        raise Refused("wrong-state", state=application.state.value)
    before = await notice_on(work, application.id)
    require_notice(application.decision_due_on, before.received_on if before else None, received_on)
    row = DefaultNotice(
        application_id=application.id,
        person_id=application.person_id,
        received_on=received_on,
        due_on=application.decision_due_on,
    )
    work.add(row)
    await work.flush()
    work.log("default-notice:give", row, received_on=row.received_on, due_on=row.due_on)
    await telling.tell_notice(work, application, row.received_on, silent_from(work, row.received_on))
    by = previous_day(silent_from(work, row.received_on))
    register = application.register_code.value
    await agenda.expect(work, CASE, application.id, NOTICE, role="secretary", due_on=by, register=register)
    if has_penalty(work, application, row):
        await _expect(work, application, row, None)
    return row


async def notice_on(work: Work, application_id: UUID) -> DefaultNotice | None:
    """The notice of default on an application."""
    wanted = select(DefaultNotice).where(DefaultNotice.application_id == application_id)
    return (await work.session.exec(wanted)).one_or_none()


def has_penalty(work: Work, application: Application, row: DefaultNotice) -> bool:
    """Whether the register owes a penalty for silence: a public body does, a private one only by its regulation."""
    return work.rules.chosen(application.register_code.value, row.received_on).switches[PUBLIC]


def owed(work: Work, application: Application, row: DefaultNotice, known_on: date | None) -> law.Penalty | None:
    """What is owed up to the day on which it was decided, or today; None where the register knows no penalty."""
    return _penalty(work, row, known_on) if has_penalty(work, application, row) else None


def _penalty(work: Work, row: DefaultNotice, known_on: date | None) -> law.Penalty:
    """Counted by the tariffs of this installation."""
    tariffs = work.means.settings.rates.penalties
    return law.penalty(row.due_on, row.received_on, known_on or work.today, work.calendar, tariffs)


async def known_on(work: Work, application: Application) -> date | None:
    """When the decision on an application was made known first."""
    wanted = select(col(Decision.notified_on)).where(
        Decision.subject_id == application.id, col(Decision.notified_on).is_not(None)
    )
    return (await work.session.exec(wanted.order_by(col(Decision.notified_on)).limit(1))).first()


async def penalty_decision(work: Work, row: DefaultNotice) -> Decision | None:
    """The decision on the penalty."""
    wanted = select(Decision).where(Decision.subject_id == row.id, Decision.kind == KIND)
    return (await work.session.exec(wanted.order_by(col(Decision.id).desc()))).first()


def _last_day(work: Work, row: DefaultNotice, known: date | None) -> date | None:
    """The last day of penalty: the one before it was decided, the forty-second at most; None where there is none."""
    owed = _penalty(work, row, known)
    assert owed.first_day is not None
    assert owed.last_day is not None
    last = owed.last_day if known is None else min(owed.last_day, previous_day(known))
    return last if last >= owed.first_day else None


async def _expect(work: Work, application: Application, row: DefaultNotice, known: date | None) -> None:
    """The office decides on the penalty within two weeks after its last day (Awb 4:18), or has nothing to decide."""
    last = _last_day(work, row, known)
    if last is None:
        await agenda.done(work, application.id, PENALTY)
        return
    within = run(last, Term(WITHIN, Unit.WEEKS, ARTICLES[CASE, PENALTY]), work.calendar).last_day
    register = application.register_code.value
    await agenda.expect(work, CASE, application.id, PENALTY, role="secretary", due_on=within, register=register)


def settling(effect: Effect) -> Effect:
    """An effect on an application, after which the days of a penalty are known."""

    async def both(work: Work, decision: Decision) -> None:
        await effect(work, decision)
        application = await work.session.get_one(Application, decision.subject_id)
        row = await notice_on(work, application.id)
        if row is None or decision.replaces is not None or not has_penalty(work, application, row):
            return
        await _expect(work, application, row, decision.notified_on)

    return both


async def decide_penalty(work: Work, application_id: UUID) -> Decision:
    """Set the penalty by a decision of its own, and make it known (Awb 4:18); the tariff is that of the notice.

    Refused: `no-penalty` where nothing is owed, `penalty-runs` while days are still added, `penalty-decided`;
    Forbidden("own-case").
    """
    application = await others_application(work, application_id)
    work.expect(application)
    row = await notice_on(work, application.id)
    if row is None or not has_penalty(work, application, row):
        raise Refused("no-penalty")
    known = await known_on(work, application)
    last = _last_day(work, row, known)
    if last is None:
        raise Refused("no-penalty")
    if known is None and work.today <= last:
        raise Refused("penalty-runs", last_day=last)
    if await penalty_decision(work, row) is not None:
        raise Refused("penalty-decided")
    decision = _set_by(work, application, row, known, last)
    await take(work, decision)
    await decisions.announce(work, decision, None)
    await agenda.done(work, application.id, PENALTY)
    return decision


async def anew(work: Work, earlier: Decision, reasons: str) -> Decision:
    """What takes the place of a decision on the penalty (Awb 7:11), by the days and tariffs that hold now; not taken
    yet. Refused("no-penalty")."""
    row = await work.session.get_one(DefaultNotice, earlier.subject_id)
    application = await work.session.get_one(Application, row.application_id)
    known = await known_on(work, application)
    last = _last_day(work, row, known)
    if last is None:
        raise Refused("no-penalty")
    decision = _set_by(work, application, row, known, last)
    decision.reasons = f"{reasons}\n{decision.reasons}"
    return decision


def _set_by(work: Work, application: Application, row: DefaultNotice, known: date | None, last: date) -> Decision:
    sum_owed = _penalty(work, row, known)
    first = silent_from(work, row.received_on)
    return Decision(
        number=case_number("B", work.today),
        kind=KIND,
        subject_kind=SUBJECT,
        subject_id=row.id,
        person_id=application.person_id,
        register_code=application.register_code.value,
        outcome=Verdict.GRANTED,
        reasons=_reasons(application, row, first, last, sum_owed),
        rule_set=work.rules.chosen(application.register_code.value, row.received_on).name,
        facts={"application": application.number, "due_on": str(row.due_on), "received_on": str(row.received_on)},
        result={"days": sum_owed.days, "amount_eur": sum_owed.amount_eur, "first_day": str(first)},
        taken_by=work.actor.ref,
        decided_on=work.today,
    )


def _reasons(application: Application, row: DefaultNotice, first: date, last: date, owed: law.Penalty) -> str:
    return (
        f"Wij moesten uiterlijk op {day(row.due_on, 'nl')} beslissen op uw aanvraag {application.number}. U stelde ons "
        f"in gebreke op {day(row.received_on, 'nl')}. Twee weken later was er nog geen besluit.\n"
        f"De dwangsom loopt van {day(first, 'nl')} tot en met {day(last, 'nl')}: {owed.days} dagen. "
        f"Dat is samen {euro(owed.amount_eur, 'nl')}.\n"
        "Wij betalen dit bedrag binnen zes weken nadat dit besluit is verzonden."
    )


async def take_effect(work: Work, decision: Decision) -> None:
    """It is known, and can be paid (Awb 4:87); who contests what came late contests this along (4:19)."""
    row = await work.session.get_one(DefaultNotice, decision.subject_id)
    work.log("default-notice:penalty", row, decision=str(decision.id), **decision.result)
    if decision.replaces is None:
        late = await work.session.exec(select(Decision.id).where(Decision.subject_id == row.application_id))
        await join_penalty(work, decision, list(late))


async def penalties(work: Work, decision: Decision) -> Sequence[Decision]:
    """What was set, and made known, for being late with the decision on an application."""
    row = await notice_on(work, decision.subject_id) if decision.subject_kind == CASE else None
    if row is None:
        return []
    wanted = select(Decision).where(
        Decision.subject_id == row.id, col(Decision.replaces).is_(None), col(Decision.notified_on).is_not(None)
    )
    return (await work.session.exec(wanted)).all()


async def undecided(work: Work, number: str) -> Undecided | None:
    """An application that was handed in, by its number, as an appeal against silence sees it."""
    found = (await work.session.exec(select(Application).where(Application.number == number))).one_or_none()
    if found is None or found.received_on is None or found.state in OVER:
        return None
    decided = await queries.known_decision(work, found.id)
    decision = await work.session.get(Decision, decided) if decided else None
    notice = await notice_on(work, found.id)
    return Undecided(
        found.id,
        found.number,
        found.person_id,
        found.register_code.value,
        notice.received_on if notice else None,
        decided=decision.number if decision else "",
    )


async def decide_by(work: Work, application_id: UUID, until: date) -> None:
    """A chamber found that it was not decided in time, and set a last day; the secretary finds it on the list."""
    application = await work.session.get_one(Application, application_id)
    register = application.register_code.value
    await agenda.expect(work, CASE, application.id, ANEW, role="secretary", due_on=until, register=register)
    await telling.tell_set(work, application, until)

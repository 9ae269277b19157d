"""What a decision does, by its kind, once it is made known; app, seed, chores and tests use this table."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from accreditation.attendance.ports import AttendancePorts
from accreditation.attendance.queries import attended
from accreditation.audits.ports import AuditPorts
from accreditation.catalogue import service as catalogue
from accreditation.committee.ports import CommitteePorts
from accreditation.courses import ruling, withdrawals
from accreditation.courses.ports import CoursePorts
from accreditation.institutional import service as institutional
from accreditation.institutional.queries import declaring
from accreditation.providers import service as providers
from accreditation.runs.ports import RunPorts
from appeals.chambers import service as chambers
from appeals.objections import service as objections
from appeals.ports import DisputePorts, Halting, Served
from core.boards import BoardNames
from core.decisions import Decision, Effect, Effects
from core.store.work import Work
from register.applications import effect, leaving
from register.applications.effect import registration_of as entry_of
from register.applications.renewal import qualifications, requests
from register.applications.renewal import service as renewal
from register.applications.silence import service as silence
from register.applications.silence.service import settling
from register.committee import contested_papers as behind
from register.committee.corrections import signing as corrections
from register.committee.corrections.policy import takes_away
from register.committee.corrections.service import reopen as reopen_correction
from register.committee.corrections.signing import ending
from register.committee.corrections.weighing import given_by
from register.committee.measures import effect as measured
from register.committee.measures import service as measures
from register.committee.reconsideration import outcomes as reconsideration
from register.committee.reconsideration import service as reopened
from register.entries import queries as registrations
from register.entries.policy import ApplicationKind, Status
from register.notification import announcing, case_letters, sending
from register.office.publication import service as publication
from register.portfolio import service as portfolio
from register.schools.queries import board_name


async def _registration(work: Work, decision: Decision) -> None:
    """The entry, and with it the first period of the portfolio."""
    await effect.take_effect(work, decision)
    await qualifications.make_each_known(work, decision)
    entry = await effect.registration_of(work, decision)
    if decision.outcome not in effect.GRANTED or entry.status not in effect.STANDS or not entry.due_on:
        return
    from_on = effect.works_from(decision)
    if decision.replaces is not None and await portfolio.runs_from(work, entry.id, from_on):
        await portfolio.postpone_period(work, entry, entry.due_on)  # the replaced one opened it
    else:
        await portfolio.open_period(work, entry, from_on, entry.due_on)


async def _renewal(work: Work, decision: Decision) -> None:
    """The next period, and each qualification of it."""
    await renewal.take_effect(work, decision)
    await qualifications.make_each_known(work, decision)


def _overtaking(effect: Effect) -> Effect:
    """An effect on an entry, which ends the measures that it leaves no place for."""

    async def both(work: Work, decision: Decision) -> None:
        await effect(work, decision)
        await measures.overtaken(work, await entry_of(work, decision))

    return both


async def _served(work: Work, decision_id: UUID) -> Sequence[Served]:
    """The proof of each way in which a decision was made known."""
    return [
        Served(row.channel.value, row.state.value, row.sent_on, announcing.notice_of(mail), row.read_at)
        for row, mail in await announcing.proof(work, decision_id)
    ]


EFFECTS = Effects(
    {
        ApplicationKind.REGISTRATION.value: settling(ending(_overtaking(_registration))),
        ApplicationKind.REREGISTRATION.value: settling(ending(_overtaking(_renewal))),
        qualifications.KIND: qualifications.take_effect,
        ApplicationKind.POSTPONEMENT.value: settling(ending(_overtaking(requests.postpone))),
        ApplicationKind.LEVEL_CHANGE.value: settling(ending(requests.change_level)),
        "leave-untreated": settling(leaving.take_effect),
        silence.KIND: silence.take_effect,
        publication.KIND: publication.take_effect,
        "valuation": ending(portfolio.take_effect),
        corrections.KIND: corrections.take_effect,
        **measured.EFFECTS,
        objections.KIND: objections.take_effect,
        chambers.KIND: chambers.take_effect,
        ruling.ACCREDIT: ruling.take_effect,
        withdrawals.WITHDRAW: withdrawals.take_effect,
        providers.ADMISSION: providers.take_effect,
        providers.SUSPENSION: providers.take_effect,
        providers.WITHDRAWAL: providers.take_effect,
        institutional.GRANT: institutional.take_effect,
        institutional.WITHDRAWAL: institutional.take_effect,
    }
)

UNDONE: dict[str, Effect] = {
    **dict.fromkeys(measured.EFFECTS, measured.undo),
    "leave-untreated": leaving.reopen,
    publication.KIND: publication.overturn,
    corrections.KIND: reopen_correction,
    withdrawals.WITHDRAW: ruling.give_back,
    providers.SUSPENSION: providers.give_back,
    providers.WITHDRAWAL: providers.give_back,
    institutional.WITHDRAWAL: institutional.give_back,
}
"""What takes back a decision of which no request is left, by its kind (Awb 7:11(2))."""

HALTS: dict[str, Halting] = {
    **dict.fromkeys(measured.EFFECTS, Halting(measured.halt, measured.resume)),
    withdrawals.WITHDRAW: Halting(ruling.give_back, withdrawals.take_effect),
    providers.SUSPENSION: Halting(providers.give_back, providers.take_again),
    providers.WITHDRAWAL: Halting(providers.give_back, providers.take_again),
    institutional.WITHDRAWAL: Halting(institutional.give_back, institutional.take_effect),
}
"""What takes something away, so that it can stand while that is contested (compare Awb 6:16, 8:81)."""

DISPUTES = DisputePorts(
    halts=HALTS,
    worse=lambda before, after: takes_away(given_by(before), given_by(after)),
    revocations=UNDONE,
    reconsider=reconsideration.reconsider,
    conflicts=reconsideration.conflicts,
    may_contest=reconsideration.may_contest,
    chamber_of=reconsideration.chamber_of,
    undecided=silence.undecided,
    decide_by=silence.decide_by,
    dependents=reconsideration.dependents,
    penalties=silence.penalties,
    look_again=reopened.open_file,
    letter=sending.letter,
    papers=behind.papers,
    served=_served,
    announce=announcing.announce,
    deliver=case_letters.deliver,
    told=case_letters.told,
)


async def holds_post(work: Work, person_id: UUID, board_number: str, since: date) -> bool:
    """Whether a person has a post at a board, now or since a day: the port of the accreditation committee."""
    return await registrations.has_post_at(work.session, person_id, board_number, since)


async def registers_of(work: Work, person_id: UUID) -> frozenset[str]:
    """The registers in which a person stands, or asks to stand: the port of attendance."""
    rows = await registrations.registrations_of(work, person_id)
    return frozenset(
        row.register_code.value for row in rows if row.status not in {Status.STRUCK_OFF, Status.DEREGISTERED}
    )


def ports() -> tuple[object, ...]:
    """What rooms need from those above them."""
    return (
        EFFECTS,
        DISPUTES,
        CommitteePorts(holds_post, sending.draft),
        BoardNames(board_name),
        AttendancePorts(registers_of),
        RunPorts(attended),
        AuditPorts(declaring),
        CoursePorts(catalogue.in_agenda),
    )

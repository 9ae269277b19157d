"""Objecting to the publication of one's entry (AVG 21): received, weighed, and decided on with reasons.

Out of sight at once by one person of the office, and back in sight by two, as for who is hidden for their safety.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Permission
from core import agenda, proposals
from core.decisions import Decision, Verdict, case_number, require_undecided, take, waiting_about
from core.errors import Forbidden, NotFound, Refused
from core.law.articles import ARTICLES, PUBLIC
from core.law.term_run import Term, run
from core.proposals import Deed, Proposal, Standing
from core.records import filled
from core.store.db import digest
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID
from register.committee.grounds import library
from register.entries.entry import registration_of, withhold
from register.entries.models import PublicEntry, Registration
from register.notification import box
from register.notification import service as decisions
from register.office.publication.models import PublicationObjection
from register.office.publication.policy import (
    GROUND,
    PUBLICATION,
    WITHHOLDS,
    PublicationEvent,
    PublicationState,
    withheld_meanwhile,
)
from register.office.publication.schemas import NewPublicationObjection, PublicationView

KIND = "publication"
CASE, SETTLE = "publication-objection", "settle-publication"
MOST = 100
EVENTS = {Verdict.GRANTED: PublicationEvent.GRANT, Verdict.REFUSED: PublicationEvent.REFUSE}
SUPERVISOR = "U kunt ook een klacht indienen bij de Autoriteit Persoonsgegevens (AVG 77)."
COURT = (
    "U kunt ook een klacht indienen bij de Autoriteit Persoonsgegevens (AVG 77), of de burgerlijke rechter binnen zes "
    "weken vragen het register te bevelen u niet meer te tonen (UAVG 35)."
)
"""What else is open to who is refused, by the track of the register (AVG 12(4))."""


async def ask(work: Work, new: NewPublicationObjection) -> PublicationObjection:
    """Object to the publication of one's entry; it is received today, and its receipt is confirmed with the last day.

    Refused: `not-public` where the public does not find it, `publication-objection-waits`.
    """
    me = person_of(work.actor)
    entry = await registration_of(work, me, new.register_code)
    if entry is None or not await _shown(work, entry):
        raise Refused("not-public")
    if await _any(work, entry.id, PublicationState.ASKED):
        raise Refused("publication-objection-waits")
    refused = await _any(work, entry.id, PublicationState.REFUSED)
    rules = work.rules.chosen(entry.register_code.value, work.today)
    length = rules.terms["publication-answer"]
    term = Term(length.length, length.unit, ARTICLES[CASE, SETTLE], length.rolled)
    row = PublicationObjection(
        number=case_number("V", work.today),
        person_id=me,
        registration_id=entry.id,
        register_code=entry.register_code,
        reasons=new.reasons,
        asked_on=work.today,
        answer_by=run(work.today, term, work.calendar).last_day,
        withheld=withheld_meanwhile(
            entry.status,
            withholds=rules.switches[WITHHOLDS],
            lapse_is_public=rules.lapse_is_public,
            refused_before=refused,
        ),
    )
    work.add(row)
    await work.flush()
    work.log("publication-objection:ask", row, register=row.register_code.value, answer_by=row.answer_by)
    register = row.register_code.value
    await agenda.expect(work, CASE, row.id, SETTLE, role="office", due_on=row.answer_by, register=register)
    if row.withheld:
        await withhold(work, entry, True)
    await _confirm(work, row, refused)
    return row


async def _shown(work: Work, entry: Registration) -> bool:
    wanted = select(PublicEntry.hidden).where(
        PublicEntry.person_id == entry.person_id, PublicEntry.register_code == entry.register_code
    )
    return (await work.session.exec(wanted)).one_or_none() is False


async def _any(work: Work, registration_id: UUID, state: PublicationState) -> bool:
    wanted = select(PublicationObjection.id).where(
        PublicationObjection.registration_id == registration_id, PublicationObjection.state == state
    )
    return (await work.session.exec(wanted)).first() is not None


async def _confirm(work: Work, row: PublicationObjection, refused: bool) -> None:
    """The receipt, with the last day to answer and whether one is shown until then."""
    why = (
        "wij hebben uw verzet eerder afgewezen, en dat besluit geldt zolang het niet is herroepen"
        if refused
        else "anderen moeten kunnen zien dat uw registratie verlopen is (AVG 18)"
    )
    name = SAID.label(row.register_code.value, "register", "nl")
    meanwhile = (
        "Tot die tijd tonen wij u daar niet (AVG 18)."
        if row.withheld
        else f"Tot die tijd blijft u daar zichtbaar: {why}."
    )
    await _tell(
        work,
        row,
        "publication-objection-received",
        "Wij hebben uw verzet tegen openbaarheid ontvangen",
        f"U wilt niet meer openbaar staan in: {name}. Wij ontvingen dat op {day(row.asked_on, 'nl')}; het kenmerk is "
        f"{row.number}.\nU krijgt uiterlijk op {day(row.answer_by, 'nl')} ons besluit, met de redenen (AVG 12). "
        f"{meanwhile}\nWat er gebeurt volgt u op {work.means.settings.address}/mijn/openbaar/{row.id}\n",
    )


async def _tell(work: Work, row: PublicationObjection, topic: str, subject: str, body: str) -> None:
    person = await people.addressee(work.session, row.person_id)
    await box.place(work, person, topic, subject, body)
    work.tell(topic, row, "party")


async def own(work: Work) -> Sequence[PublicationObjection]:
    """One's own, the latest first."""
    wanted = select(PublicationObjection).where(PublicationObjection.person_id == person_of(work.actor))
    return (await work.session.exec(wanted.order_by(col(PublicationObjection.id).desc()).limit(MOST))).all()


async def waiting(work: Work) -> Sequence[PublicationObjection]:
    """What waits for the office, the longest first, never one's own; for anybody else one's own."""
    if not work.actor.can(Permission.PERSON_KEEP):
        return await own(work)
    wanted = select(PublicationObjection).where(
        PublicationObjection.state == PublicationState.ASKED,
        PublicationObjection.person_id != person_of(work.actor),
    )
    return (await work.session.exec(wanted.order_by(col(PublicationObjection.id)).limit(MOST))).all()


async def may_ask(work: Work) -> list[str]:
    """The registers in which the public finds who asks."""
    wanted = select(PublicEntry.register_code).where(
        PublicEntry.person_id == person_of(work.actor), col(PublicEntry.hidden).is_(False)
    )
    return sorted(await work.session.exec(wanted))


async def read(work: Work, id: UUID) -> PublicationObjection:
    """One's own, or any for the office, whose look leaves a trace; NotFound("no-such-publication-objection")."""
    row = (await work.session.exec(select(PublicationObjection).where(PublicationObjection.id == id))).one_or_none()
    own_one = row is not None and isinstance(work.actor, Actor) and row.person_id == work.actor.person_id
    if row is None or not (own_one or work.actor.can(Permission.PERSON_KEEP)):
        raise NotFound("no-such-publication-objection")
    if not own_one:
        work.looked("person:read", stream=f"person/{row.person_id}")
    return row


async def _others(work: Work, id: UUID) -> PublicationObjection:
    """One to weigh. Forbidden("own-case"); Refused("wrong-state"), and as decisions.require_undecided."""
    row = await read(work, id)
    if row.person_id == person_of(work.actor):
        raise Forbidden("own-case")
    work.expect(row)
    PUBLICATION.after(row.state, PublicationEvent.GRANT)
    await require_undecided(work, row.id)
    return row


async def grant(work: Work, id: UUID, reasons: str) -> Decision:
    """Decide that somebody is shown no more, and make it known. As `_others`."""
    return await _decide(work, await _others(work, id), Verdict.GRANTED, reasons)


async def propose_refusal(work: Work, id: UUID, reasons: str) -> Proposal:
    """Propose that publication goes on, since others have more interest in it; a second person signs (AVG 21(1)).

    As `_others`; Refused("waits-for-signature").
    """
    row = await _others(work, id)
    found = await proposals.propose(
        work, DEED, person_of(work.actor), row.id, {"reasons": reasons}, person_id=row.person_id
    )
    work.log("publication-objection:propose", row, proposal=str(found.id))
    return found


async def _concerned(_work: Work, row: Proposal) -> set[UUID]:
    return {row.person_id} if row.person_id else set()


async def _stands(work: Work, row: Proposal) -> Standing:
    found = await work.session.get_one(PublicationObjection, row.subject_id)
    PUBLICATION.after(found.state, PublicationEvent.REFUSE)
    await require_undecided(work, found.id)
    return Standing({"objection": digest(found)}, moves=[("public", {})] if found.withheld else [])


async def _refuse(work: Work, row: Proposal) -> UUID | None:
    found = await work.session.get_one(PublicationObjection, row.subject_id)
    return (await _decide(work, found, Verdict.REFUSED, row.says["reasons"])).id


DEED = Deed("publication-refusal", Permission.PERSON_KEEP, _concerned, _stands, _refuse)


async def _decide(work: Work, row: PublicationObjection, outcome: Verdict, reasons: str) -> Decision:
    register, refused = row.register_code.value, outcome is Verdict.REFUSED
    rules = work.rules.chosen(register, work.today)
    decision = Decision(
        number=case_number("B", work.today),
        kind=KIND,
        subject_kind=CASE,
        subject_id=row.id,
        person_id=row.person_id,
        register_code=register,
        outcome=outcome,
        grounds=GROUND if refused else "",
        reasons="\n".join([reasons, SUPERVISOR if rules.switches[PUBLIC] else COURT] if refused else [reasons]),
        repair=library.ground(register, GROUND).repair if refused else "",
        rule_set=rules.name,
        facts={"objection": row.number, "asked_on": str(row.asked_on), "why": row.reasons},
        taken_by=work.actor.ref,
        decided_on=work.today,
    )
    await take(work, decision)
    return await decisions.announce(work, decision, None)


async def take_effect(work: Work, decision: Decision) -> None:
    """The entry goes out of sight, or comes back, once that is made known."""
    row = await work.session.get_one(PublicationObjection, decision.subject_id)
    row.decision_id = decision.id
    await _move(work, row, EVENTS[decision.outcome])


async def overturn(work: Work, decision: Decision) -> None:
    """A refusal is taken back: the entry is shown no more (Awb 7:11(2)). A grant that is taken back changes nothing."""
    row = await work.session.get_one(PublicationObjection, decision.subject_id)
    if PUBLICATION.may(row.state, PublicationEvent.OVERTURN):
        await _move(work, row, PublicationEvent.OVERTURN)


async def withdraw(work: Work, id: UUID) -> PublicationObjection:
    """Be shown again: take one's own objection back, also after it was granted.

    NotFound("no-such-publication-objection"); Refused("wrong-state"), and as decisions.require_undecided.
    """
    row = await read(work, id)
    if row.person_id != person_of(work.actor):
        raise NotFound("no-such-publication-objection")
    work.expect(row)
    await require_undecided(work, row.id)
    await _move(work, row, PublicationEvent.WITHDRAW)
    await agenda.done(work, row.id)
    return row


async def _move(work: Work, row: PublicationObjection, event: PublicationEvent) -> None:
    row.state, row.settled_on = PUBLICATION.after(row.state, event), work.today
    await work.flush()
    work.log(f"publication-objection:{event.value}", row)
    entry = await work.session.get_one(Registration, row.registration_id)
    await withhold(work, entry, row.state is PublicationState.GRANTED)


async def view(work: Work, row: PublicationObjection) -> PublicationView:
    """An objection as its person and the office see it."""
    decided = await waiting_about(work, row.id) is not None
    return _view(work, row, decided=decided)


def _view(work: Work, row: PublicationObjection, *, decided: bool = False) -> PublicationView:
    return filled(
        PublicationView,
        row,
        late=row.state is PublicationState.ASKED and row.answer_by < work.today,
        open_moves=[] if decided else PUBLICATION.open(row.state),
    )


def views(work: Work, rows: Sequence[PublicationObjection]) -> list[PublicationView]:
    """Several, as they stand."""
    return [_view(work, row) for row in rows]

"""Making known (bekendmaking): by the message box with consent, else by post; each way leaves a row as its proof."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from appeals.disputes import dossier, silence
from appeals.disputes.lodging import judge_again
from auth import queries as people
from auth.actor import Actor
from auth.queries import Addressee
from core import agenda
from core.clock import legal_day
from core.decisions import (
    DECISION,
    Channel,
    Decision,
    DecisionEvent,
    DecisionState,
    make_known,
    require_sending_day,
    withdraw,
)
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.law.terms import objection_last_day
from core.store import outbox
from core.store.outbox import OutboxMessage
from core.store.work import Work
from register.entries import queries as registrations
from register.notification import box, case_letters, letters, sending
from register.notification.models import BoxMessage, MakingKnown, SentLetter
from register.notification.policy import DELIVERY, CameBack, Delivery, DeliveryEvent, WrongDay
from register.notification.remedy import remedy_clause

AFTERWARDS = "penalty"
"""What is done of a file after its decision: only then the days of a penalty are known (Awb 4:18)."""


async def announce(work: Work, decision: Decision, channel: Channel | None, sent_on: date | None = None) -> MakingKnown:
    """Send a decision on its way: into the message box, which makes it known, or onto the posting list.

    A letter that went already is made known by its `sent_on`. Forbidden("no-consent"); Refused: `wrong-state`,
    `on-posting-list`, `deceased`.
    """
    DECISION.after(decision.state, DecisionEvent.NOTIFY)
    if await waiting(work, decision.id):
        raise Refused("on-posting-list")
    person = await people.addressee(work.session, decision.person_id)
    if channel is Channel.MESSAGE_BOX and not person.message_box:
        raise Forbidden("no-consent")
    by = channel or (Channel.MESSAGE_BOX if person.message_box and sent_on is None else Channel.POST)
    if person.deceased:
        raise Refused("deceased")
    row = MakingKnown(decision_id=decision.id, person_id=person.id, channel=by, begun_at=work.now)
    work.add(row)
    await work.flush()
    if by is Channel.MESSAGE_BOX:
        await _place(work, row, decision, person)
    elif sent_on is not None:
        await _post(work, row, decision, sent_on)
    else:
        work.log("delivery:list", row, decision=str(decision.id))
    return row


async def _place(work: Work, row: MakingKnown, decision: Decision, person: Addressee) -> None:
    await _known(work, decision, Channel.MESSAGE_BOX, work.today)
    message, mail = await box.place(
        work,
        person,
        "decision",
        letters.title(decision),
        f"{letters.summary(decision, letters.LANGUAGE)}\nHet kenmerk is {decision.number}.\n",
        decision.id,
    )
    row.state = DELIVERY.after(row.state, DeliveryEvent.PLACE)
    row.sent_on, row.message_id, row.mail_id = work.today, message.id, mail.id
    work.log("delivery:place", row, decision=str(decision.id))


async def _post(work: Work, row: MakingKnown, decision: Decision, sent_on: date) -> None:
    await _require_day(work, row, decision, sent_on)
    row.state = DELIVERY.after(row.state, DeliveryEvent.POST)
    row.sent_on = sent_on
    work.log("delivery:post", row, decision=str(decision.id), sent_on=sent_on)
    if decision.state is DecisionState.TAKEN:
        await _known(work, decision, Channel.POST, sent_on)
    elif decision.state is DecisionState.NOTIFIED:
        await _known_again(work, decision, sent_on)


async def again_since(work: Work, row: MakingKnown) -> datetime | None:
    """Since when a letter waits that goes again, in the place of what did not arrive; None for the first one."""
    wanted = select(MakingKnown.id).where(
        MakingKnown.decision_id == row.decision_id, MakingKnown.begun_at < row.begun_at
    )
    return row.begun_at if (await work.session.exec(wanted.limit(1))).first() else None


async def _require_day(work: Work, row: MakingKnown, decision: Decision, sent_on: date) -> None:
    """A letter went on a day that can be, and that its paper names: one that goes again has papers of its own.

    Invalid: `sent-too-early` (also before it was listed again), `sent-later`, `printed-for-another-day`.
    """
    require_sending_day(decision, sent_on, work.today)
    since = await again_since(work, row)
    if since is not None and sent_on < legal_day(since):
        raise Invalid("invalid-input", [("sent_on", "sent-too-early")])
    await sending.require_printed_for(work, decision.id, sent_on, since)


async def waiting_again(work: Work, decision_id: UUID) -> datetime | None:
    """Since when a letter of a decision waits to go again; None where none does."""
    wanted = select(MakingKnown).where(MakingKnown.decision_id == decision_id, MakingKnown.state == Delivery.TO_POST)
    row = (await work.session.exec(wanted)).first()
    return await again_since(work, row) if row else None


async def _known(work: Work, decision: Decision, by: Channel, sent_on: date) -> None:
    def remedy(last_day: date) -> str:
        return remedy_clause(decision, last_day, work.means.settings, work.rules)

    await make_known(work, decision, by, remedy, sent_on)
    await _in_file(work, decision, await sending.keep(work, decision))
    await agenda.done(work, decision.subject_id, but=AFTERWARDS)
    await judge_again(work, decision)
    await silence.join(work, decision)


async def _known_again(work: Work, decision: Decision, sent_on: date) -> None:
    """The notice of the message box came back, so the term starts with the letter: what was told only moves later."""
    if decision.notified_on is None or sent_on > decision.notified_on:
        await _known_on(work, decision, sent_on)


async def _known_on(work: Work, decision: Decision, sent_on: date) -> None:
    """Another day counts as that on which a decision was sent: its last day to object follows.

    What went along with the decision on an application, one on each qualification, moves with it.
    """
    last_day = objection_last_day(sent_on, work.calendar).last_day
    for one in (decision, *await registrations.going_along(work, decision)):
        one.notified_on, one.channel, one.last_day_to_object = sent_on, Channel.POST, last_day
        one.remedy = remedy_clause(one, last_day, work.means.settings, work.rules)
        work.log("decision:notify-by-post", one, notified_on=sent_on, last_day=last_day)
        await _in_file(work, one, await sending.keep_again(work, one))
        await judge_again(work, one)


async def _in_file(work: Work, decision: Decision, kept: SentLetter | None) -> None:
    """The letter that goes out is a piece of the objection or appeal in which it was decided."""
    if kept is not None and kept.words is not None:
        await dossier.known(work, decision, kept.words)


async def correct(work: Work, id: UUID, sent_on: date, reason: WrongDay) -> MakingKnown:
    """Another day was noted than that on which a letter went: the term starts with the right one.

    Invalid: `sent-too-early`, `sent-later`, `printed-for-another-day`, `same-day`; Forbidden("own-case");
    Refused: `wrong-state`, `sent-again`.
    """
    row = await letter(work, id)
    decision = await _of_another(work, row)
    if row.state is not Delivery.POSTED or decision.state is not DecisionState.NOTIFIED:
        raise Refused("wrong-state", state=row.state.value)
    if decision.notified_on != row.sent_on:
        raise Refused("sent-again")
    if sent_on == row.sent_on:
        raise Invalid("invalid-input", [("sent_on", "same-day")])
    await _require_day(work, row, decision, sent_on)
    before, row.sent_on = row.sent_on, sent_on
    work.log("delivery:correct", row, decision=str(decision.id), before=before, sent_on=sent_on, reason=reason.value)
    await _known_on(work, decision, sent_on)
    return row


async def returned(work: Work, id: UUID, reason: CameBack) -> MakingKnown:
    """A letter that was posted came back: it goes onto the posting list again, and the term starts with that one.

    Forbidden("own-case"); Refused("wrong-state").
    """
    row = await letter(work, id)
    decision = await _of_another(work, row)
    row.state = DELIVERY.after(row.state, DeliveryEvent.BOUNCE)
    work.log("delivery:return", row, decision=str(decision.id), reason=reason.value)
    if decision.state is DecisionState.NOTIFIED:
        await _list(work, row)
    return row


async def _of_another(work: Work, row: MakingKnown) -> Decision:
    """The decision of a letter that is not the actor's own. Forbidden("own-case")."""
    work.expect(row)
    if isinstance(work.actor, Actor) and work.actor.person_id == row.person_id:
        raise Forbidden("own-case")
    return await work.session.get_one(Decision, row.decision_id)


async def posted(work: Work, id: UUID, sent_on: date) -> MakingKnown:
    """A letter from the posting list went to the post: that day starts the term. Forbidden("own-case")."""
    row = await letter(work, id)
    decision = await _of_another(work, row)
    DELIVERY.after(row.state, DeliveryEvent.POST)
    await _post(work, row, decision, sent_on)
    return row


async def letter(work: Work, id: UUID) -> MakingKnown:
    """A letter for the post; NotFound("no-such-letter")."""
    row = await work.session.get(MakingKnown, id)
    if row is None or row.channel is not Channel.POST:
        raise NotFound("no-such-letter")
    return row


async def waiting(work: Work, decision_id: UUID) -> MakingKnown | None:
    """The letter of a decision that waits on the posting list."""
    wanted = select(MakingKnown).where(MakingKnown.decision_id == decision_id, MakingKnown.state == Delivery.TO_POST)
    return (await work.session.exec(wanted)).first()


async def waiting_among(work: Work, decisions: Collection[UUID]) -> set[UUID]:
    """Which of these decisions wait on the posting list."""
    wanted = select(MakingKnown.decision_id).where(MakingKnown.state == Delivery.TO_POST)
    return set(await work.session.exec(wanted.where(col(MakingKnown.decision_id).in_(list(decisions)))))


async def waiting_count(work: Work) -> int:
    """How many letters wait for the post."""
    wanted = select(sa.func.count()).select_from(MakingKnown).where(MakingKnown.state == Delivery.TO_POST)
    return (await work.session.exec(wanted)).one()


async def posting_list(work: Work, after: UUID | None, most: int) -> list[tuple[MakingKnown, Decision, Addressee]]:
    """The letters that wait for the post, oldest first."""
    wanted = (
        select(MakingKnown, Decision)
        .join(Decision, col(Decision.id) == MakingKnown.decision_id)
        .where(MakingKnown.state == Delivery.TO_POST)
    )
    if after is not None:
        wanted = wanted.where(col(MakingKnown.id) > after)
    rows = (await work.session.exec(wanted.order_by(col(MakingKnown.id)).limit(most))).all()
    to = await sending.addressees(work, [decision for _, decision in rows])
    return [(row, decision, one) for (row, decision), one in zip(rows, to, strict=True)]


async def proof(work: Work, decision_id: UUID) -> Sequence[tuple[MakingKnown, OutboxMessage | None]]:
    """Every way in which a decision went to its addressee, each with its notice in the mail."""
    wanted = (
        select(MakingKnown, OutboxMessage)
        .join(OutboxMessage, col(OutboxMessage.id) == MakingKnown.mail_id, isouter=True)
        .where(MakingKnown.decision_id == decision_id)
        .order_by(col(MakingKnown.id))
    )
    return (await work.session.exec(wanted)).all()


def notice_of(mail: OutboxMessage | None) -> str:
    """What became of the notice by e-mail: `accepted`, `returned` or `underway`; empty when there was none."""
    if mail is None:
        return ""
    return "accepted" if mail.sent_at and not mail.failed_at else "returned" if mail.failed_at else "underway"


async def opened(work: Work, decision_id: UUID) -> None:
    """The addressee opened the decision: the message is read, and a letter that still waits is not needed."""
    rows = (await work.session.exec(select(MakingKnown).where(MakingKnown.decision_id == decision_id))).all()
    for row in rows:
        if row.channel is Channel.MESSAGE_BOX and DELIVERY.may(row.state, DeliveryEvent.OPEN):
            row.state, row.read_at = DELIVERY.after(row.state, DeliveryEvent.OPEN), work.now
            work.log("delivery:open", row, decision=str(decision_id))
            if row.message_id is not None:
                box.mark(work, await work.session.get_one(BoxMessage, row.message_id))
            for each in rows:
                if each.state is Delivery.TO_POST:
                    cancel(work, each)


def cancel(work: Work, row: MakingKnown) -> None:
    """Take a letter off the posting list."""
    row.state = DELIVERY.after(row.state, DeliveryEvent.CANCEL)
    work.log("delivery:cancel", row, decision=str(row.decision_id))


async def take_back(work: Work, decision_id: UUID) -> None:
    """Let a decision that was not made known go no further, nor its letter. Refused("wrong-state")."""
    withdraw(work, await work.session.get_one(Decision, decision_id))
    if letter := await waiting(work, decision_id):
        cancel(work, letter)


async def cancel_all(work: Work, person_id: UUID) -> None:
    """Send nothing of what waits for a person."""
    wanted = select(MakingKnown).where(MakingKnown.person_id == person_id, MakingKnown.state == Delivery.TO_POST)
    for row in (await work.session.exec(wanted)).all():
        cancel(work, row)
    await case_letters.cancel_all(work, person_id)


async def came_back(work: Work, id: UUID) -> MakingKnown:
    """The office saw that a notice came back after the mail server had taken it. NotFound("no-such-delivery")."""
    row = await work.session.get(MakingKnown, id)
    if row is None or row.mail_id is None:
        raise NotFound("no-such-delivery")
    await outbox.bounced(work.session, row.mail_id)
    await work.flush()
    await fall_back(work)
    return row


async def fall_back(work: Work) -> int:
    """Put on the posting list what the mail could not announce; how many."""
    wanted = (
        select(MakingKnown)
        .join(OutboxMessage, col(OutboxMessage.id) == MakingKnown.mail_id)
        .where(MakingKnown.state == Delivery.PLACED, col(OutboxMessage.failed_at).is_not(None))
        .order_by(col(MakingKnown.id))
        .limit(100)
    )
    rows = (await work.session.exec(wanted)).all()
    for row in rows:
        row.state = DELIVERY.after(row.state, DeliveryEvent.BOUNCE)
        work.log("delivery:bounce", row, decision=str(row.decision_id))
        await _list(work, row)
    return len(rows)


async def _list(work: Work, row: MakingKnown) -> None:
    """Put a letter on the posting list in the place of what did not arrive."""
    post = MakingKnown(decision_id=row.decision_id, person_id=row.person_id, channel=Channel.POST, begun_at=work.now)
    work.add(post)
    await work.flush()
    work.log("delivery:list", post, decision=str(row.decision_id))


async def went_by_post(work: Work, most: int) -> list[tuple[MakingKnown, Decision, Addressee]]:
    """The letters that went, the latest first: what may have to be corrected, or comes back."""
    wanted = (
        select(MakingKnown, Decision)
        .join(Decision, col(Decision.id) == MakingKnown.decision_id)
        .where(MakingKnown.state == Delivery.POSTED)
        .order_by(col(MakingKnown.sent_on).desc(), col(MakingKnown.id).desc())
    )
    rows = (await work.session.exec(wanted.limit(most))).all()
    to = await sending.addressees(work, [decision for _, decision in rows])
    return [(row, decision, one) for (row, decision), one in zip(rows, to, strict=True)]

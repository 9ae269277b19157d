"""The letters of an objection or appeal on their way: by the message box with consent, else by post (Awb 2:14, 6:17).

Each is a row as its proof, as a decision has. What the mail could not announce goes by post; what came back goes again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from appeals.disputes import handling
from appeals.disputes.filing import repair_until
from appeals.ports import UNTIL, Outgoing
from auth import queries as people
from auth.actor import Actor
from core import letters as paper
from core.clock import legal_day
from core.decisions import Channel
from core.errors import Forbidden, Invalid, NotFound
from core.letters import Letter
from core.store import outbox
from core.store.outbox import OutboxMessage
from core.store.work import Work
from core.texts import day
from core.timeline.policy import Telling, went_of
from register.notification import box
from register.notification.models import CaseLetter
from register.notification.policy import DELIVERY, CameBack, Delivery, DeliveryEvent

DATED = "Datum"


async def deliver(work: Work, new: Outgoing) -> bool:
    """Send a letter on its way; whether it went at once, by the message box. Nothing goes to who is deceased."""
    to = await people.addressee(work.session, new.to_id) if new.to_id else None
    if to is not None and to.deceased:
        return False
    row = CaseLetter(
        dispute_id=new.dispute_id,
        person_id=new.person_id,
        to_id=new.to_id,
        name=new.name[:160],
        topic=new.topic,
        number=new.number,
        subject=new.subject[:200],
        words=paper.words_of(new.letter),
        term_days=new.term_days,
        starts=new.starts,
        channel=Channel.MESSAGE_BOX if to is not None and to.message_box else Channel.POST,
        begun_at=work.now,
    )
    work.add(row)
    await work.flush()
    if to is None or not to.message_box:
        work.log("case-letter:list", row, topic=row.topic)
        return False
    message, mail = await box.place(work, to, row.topic, row.subject, new.text)
    row.state = DELIVERY.after(row.state, DeliveryEvent.PLACE)
    row.sent_on, row.message_id, row.mail_id = work.today, message.id, mail.id
    row.words = paper.words_of(await letter(work, row, work.today))
    work.log("case-letter:place", row, topic=row.topic)
    return True


async def letter(work: Work, row: CaseLetter, on: date) -> Letter:
    """The letter as it goes on a day, or as it went: what is shown, printed and kept."""
    kept = paper.letter_with(row.words)
    if row.sent_on is not None and row.state is not Delivery.TO_POST:
        return kept
    lines = kept.addressee
    if row.to_id is not None:
        to = await people.addressee(work.session, row.to_id)
        lines = (to.name, *to.lines)
    until = day(repair_until(on, row.term_days), "nl") if row.term_days else ""
    return replace(
        kept,
        written_on=on,
        addressee=lines,
        facts=tuple((name, day(on, "nl") if name == DATED else value) for name, value in kept.facts),
        parts=tuple(
            replace(part, paragraphs=tuple(line.replace(UNTIL, until) for line in part.paragraphs))
            for part in kept.parts
        ),
    )


async def pdf(work: Work, row: CaseLetter, on: date) -> bytes:
    """The letter as PDF, in the words that the page shows. Busy("document-takes-long")."""
    return await paper.pdf(work, await letter(work, row, on))


async def one(work: Work, id: UUID) -> CaseLetter:
    """A letter for the post; NotFound("no-such-letter")."""
    row = await work.session.get(CaseLetter, id)
    if row is None or row.channel is not Channel.POST:
        raise NotFound("no-such-letter")
    return row


def own(work: Work, row: CaseLetter) -> bool:
    """Whether a letter is to the actor, or about their own case."""
    return isinstance(work.actor, Actor) and work.actor.person_id in {row.person_id, row.to_id}


async def posted(work: Work, id: UUID, sent_on: date) -> CaseLetter:
    """A letter went to the post: the term that it names runs from that day.

    Invalid: `sent-too-early`, `sent-later`; Forbidden("own-case"); Refused("wrong-state").
    """
    row = await _of_another(work, id)
    state = DELIVERY.after(row.state, DeliveryEvent.POST)
    if sent_on < legal_day(row.begun_at):
        raise Invalid("invalid-input", [("sent_on", "sent-too-early")])
    if sent_on > work.today:
        raise Invalid("invalid-input", [("sent_on", "sent-later")])
    row.words = paper.words_of(await letter(work, row, sent_on))
    row.state, row.sent_on = state, sent_on
    work.log("case-letter:post", row, sent_on=sent_on)
    if row.starts:
        await handling.request_posted(work, row.dispute_id, sent_on)
    return row


async def returned(work: Work, id: UUID, reason: CameBack) -> CaseLetter:
    """A letter came back: it goes onto the posting list again. Forbidden("own-case"); Refused("wrong-state")."""
    row = await _of_another(work, id)
    row.state = DELIVERY.after(row.state, DeliveryEvent.BOUNCE)
    work.log("case-letter:return", row, reason=reason.value)
    await _again(work, row)
    return row


async def _of_another(work: Work, id: UUID) -> CaseLetter:
    row = await one(work, id)
    work.expect(row)
    if own(work, row):
        raise Forbidden("own-case")
    return row


async def _again(work: Work, row: CaseLetter) -> None:
    """Put a letter on the posting list in the place of what did not arrive; what it asked was not asked."""
    if row.starts:
        await handling.request_returned(work, row.dispute_id)
    if row.term_days and not await handling.awaits_repair(work, row.dispute_id):
        return  # what it asked is over
    words = row.words
    if row.term_days and row.sent_on:  # the day that it named moves with the day on which it goes again
        words = words.replace(day(repair_until(row.sent_on, row.term_days), "nl"), UNTIL)
    taken = {"id", "version", "salt", "words", "channel", "state", "begun_at", "sent_on", "read_at"}
    values = row.model_dump(exclude={*taken, "message_id", "mail_id"})
    post = CaseLetter(**values, words=words, channel=Channel.POST, begun_at=work.now)
    work.add(post)
    await work.flush()
    work.log("case-letter:list", post, topic=post.topic)


async def came_back(work: Work, id: UUID) -> CaseLetter:
    """The office saw that the notice of a letter came back after the mail server had taken it.

    NotFound("no-such-letter"); Refused("message-not-sent").
    """
    row = await work.session.get(CaseLetter, id)
    if row is None or row.mail_id is None:
        raise NotFound("no-such-letter")
    await outbox.bounced(work.session, row.mail_id)
    await work.flush()
    await fall_back(work)
    return row


async def fall_back(work: Work) -> int:
    """Put on the posting list what the mail could not announce; how many, a hundred at most."""
    wanted = (
        select(CaseLetter)
        .join(OutboxMessage, col(OutboxMessage.id) == CaseLetter.mail_id)
        .where(CaseLetter.state == Delivery.PLACED, col(OutboxMessage.failed_at).is_not(None))
        .order_by(col(CaseLetter.id))
        .limit(100)
    )
    rows = (await work.session.exec(wanted)).all()
    for row in rows:
        row.state = DELIVERY.after(row.state, DeliveryEvent.BOUNCE)
        work.log("case-letter:bounce", row)
        await _again(work, row)
    return len(rows)


async def cancel_all(work: Work, person_id: UUID) -> None:
    """Send nothing of what waits for a person."""
    wanted = select(CaseLetter).where(CaseLetter.to_id == person_id, CaseLetter.state == Delivery.TO_POST)
    for row in (await work.session.exec(wanted)).all():
        row.state = DELIVERY.after(row.state, DeliveryEvent.CANCEL)
        work.log("case-letter:cancel", row)


async def waiting(work: Work, after: UUID | None, most: int) -> Sequence[CaseLetter]:
    """The letters that wait for the post, oldest first."""
    wanted = select(CaseLetter).where(CaseLetter.state == Delivery.TO_POST)
    if after is not None:
        wanted = wanted.where(col(CaseLetter.id) > after)
    return (await work.session.exec(wanted.order_by(col(CaseLetter.id)).limit(most))).all()


async def went(work: Work, most: int) -> Sequence[CaseLetter]:
    """The letters that went by post, the latest first."""
    wanted = select(CaseLetter).where(CaseLetter.state == Delivery.POSTED)
    return (await work.session.exec(wanted.order_by(col(CaseLetter.id).desc()).limit(most))).all()


async def told(work: Work, dispute_id: UUID) -> Sequence[Telling]:
    """The letters of a dispute, the oldest first: to whom, when and by which way each went, or that it waits."""
    wanted = select(CaseLetter).where(CaseLetter.dispute_id == dispute_id).order_by(col(CaseLetter.id))
    return [
        Telling(
            row.topic,
            row.sent_on or legal_day(row.begun_at),
            "party" if row.to_id == row.person_id else "representative",
            row.channel.value,
            went_of(row.state.value),
        )
        for row in (await work.session.exec(wanted)).all()
    ]


async def waiting_count(work: Work) -> int:
    """How many letters of cases wait for the post."""
    wanted = select(sa.func.count()).select_from(CaseLetter).where(CaseLetter.state == Delivery.TO_POST)
    return (await work.session.exec(wanted)).one()

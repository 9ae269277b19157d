"""The letter as it goes out: made once when its decision is made known, and shown before by the same function."""

from uuid import UUID

from sqlmodel import col, select

from auth import queries as people
from core import letters as paper
from core.decisions import Decision, DecisionState, require_notified
from core.work import Work
from register.decisions.letters import Sending, draft_of, if_sent_on, letter_of, sent
from register.decisions.models import SentLetter


async def keep(work: Work, decision: Decision) -> SentLetter:
    """Keep the letter of a decision that is made known now: from here on, it is what everybody is shown."""
    content = await _made(work, decision, sent(decision))
    row = SentLetter(
        decision_id=decision.id,
        sent_on=require_notified(decision),
        sha256=await work.files.put(content),
        size=len(content),
        made_at=work.now,
    )
    work.add(row)
    await work.flush()
    work.log("letter:keep", row, decision=str(decision.id), sha256=row.sha256)
    return row


async def letter(work: Work, decision: Decision) -> bytes:
    """The letter as PDF: as it was sent, or as it would be if it were sent today."""
    if decision.state is DecisionState.TAKEN:
        return await _made(work, decision, if_sent_on(decision, work.today, work.calendar))
    kept = await _kept(work, decision.id)
    if kept is None:  # made known before letters were kept
        return await _made(work, decision, sent(decision))
    return await work.files.get(kept.sha256)


async def draft(work: Work, decision: Decision) -> bytes:
    """The letter of a decision that is drawn up and not taken, as it would go today, marked as a draft."""
    to = await _addressee(work, decision)
    return await paper.pdf(draft_of(decision, to, if_sent_on(decision, work.today, work.calendar)))


async def to_post(work: Work, decision: Decision) -> bytes:
    """The letter to print today for the post, also where a notice came back and the term starts anew."""
    return await _made(work, decision, if_sent_on(decision, work.today, work.calendar))


async def _kept(work: Work, decision_id: UUID) -> SentLetter | None:
    wanted = select(SentLetter).where(SentLetter.decision_id == decision_id).order_by(col(SentLetter.sent_on).desc())
    return (await work.session.exec(wanted.limit(1))).first()


async def _made(work: Work, decision: Decision, sending: Sending) -> bytes:
    to = await _addressee(work, decision)
    return await paper.pdf(letter_of(decision, to, work.means.settings.origin, sending))


async def _addressee(work: Work, decision: Decision) -> tuple[str, ...]:
    person = await people.person(work.session, decision.person_id)
    return (person.full_name(), person.address, f"{person.postcode[:4]} {person.postcode[4:]}  {person.town}")

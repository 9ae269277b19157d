"""The letter as it goes out: its words are kept when its decision is made known, and pressed once, right after.

What is shown before goes by the same function, and what everybody opens later is the same, byte for byte.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from msgspec import structs
from sqlmodel import col, select

from accreditation.providers import service as providers
from accreditation.providers.service import Postal
from auth import queries as people
from auth.actor import SYSTEM
from auth.queries import Addressee
from core import countries
from core import letters as paper
from core.decisions import Decision, DecisionState, require_notified
from core.errors import Busy, Code, Invalid
from core.law.days import add_days
from core.store.work import Means, Work
from register.notification import deciders
from register.notification.letters import Sending, draft_of, if_sent_on, letter_of, sent
from register.notification.models import PrintedLetter, SentLetter

LOG = logging.getLogger("bekwaam")
AHEAD_DAYS = 14
"""So long before it goes a letter may be printed."""


async def keep(work: Work, decision: Decision) -> SentLetter:
    """Keep the letter of a decision that is made known now: from here on, it is what everybody is shown."""
    row = SentLetter(
        decision_id=decision.id,
        sent_on=require_notified(decision),
        words=paper.words_of(paper.headed(await _words(work, decision, sent(decision)), work.means.settings.house)),
        made_at=work.now,
    )
    work.add(row)
    await work.flush()
    work.log("letter:keep", row, decision=str(decision.id))
    work.then(lambda means: press(means, row.id))
    return row


async def keep_again(work: Work, decision: Decision) -> SentLetter | None:
    """Keep the letter of another day, unless it was kept before: then that one is shown again, and there is no new."""
    return await keep(work, decision) if await _kept(work, decision) is None else None


async def press(means: Means, id: UUID) -> None:
    """Make the PDF of a letter whose words are kept, and keep it; when that fails, whoever reads it tries again."""
    try:
        async with means.work(SYSTEM, write=False) as reading:
            row = await reading.session.get(SentLetter, id)
            if row is None or row.sha256 or row.words is None:
                return
            content = await paper.pdf(reading, paper.letter_with(row.words))
        sha256 = await means.files.put(content)
        await means.do(SYSTEM, lambda work: _keep_pressed(work, id, sha256, len(content)))
    except Exception as error:  # whatever it was, the decision stands and the sweep comes back
        LOG.warning("a letter was not pressed: %s", type(error).__name__)


async def _keep_pressed(work: Work, id: UUID, sha256: str, size: int) -> None:
    row = await work.session.get_one(SentLetter, id)
    if not row.sha256:
        row.sha256, row.size = sha256, size
        work.log("letter:press", row, decision=str(row.decision_id), sha256=sha256)


async def press_all(means: Means) -> int:
    """Press what was kept and not pressed; how many were left of the oldest hundred before it."""
    unpressed = select(SentLetter.id).where(SentLetter.sha256 == "").order_by(col(SentLetter.id)).limit(100)
    async with means.work(SYSTEM, write=False) as reading:
        waiting = (await reading.session.exec(unpressed)).all()
    for id in waiting:
        await press(means, id)
    return len(waiting)


async def letter(work: Work, decision: Decision) -> bytes:
    """The letter as PDF: as it was sent, or as it would be if it were sent today.

    Busy("document-takes-long") also for who writes meanwhile, when it is not pressed yet: it is by the next try.
    """
    if decision.state is DecisionState.TAKEN:
        return await to_post(work, decision, work.today)
    kept = await _kept(work, decision)
    if kept is not None and kept.sha256:
        return await work.files.get(kept.sha256)
    about = decision.id
    work.then(lambda means: _keep_late(means, about))
    if work.writing:
        raise Busy("document-takes-long")
    if kept is not None and kept.words is not None:
        return await paper.pdf(work, paper.letter_with(kept.words))
    return await _made(work, decision, sent(decision))  # made known before letters were kept


async def _keep_late(means: Means, decision_id: UUID) -> None:
    """Press a letter that was left without its bytes, or keep one that was sent before letters were kept."""

    async def deed(work: Work) -> UUID | None:
        decision = await work.session.get_one(Decision, decision_id)
        kept = await _kept(work, decision)
        if kept is not None:
            return kept.id
        await keep(work, decision)
        return None

    if (left := await means.do(SYSTEM, deed)) is not None:
        await press(means, left)


async def draft(work: Work, decision: Decision) -> bytes:
    """The letter of a decision that is drawn up and not taken, as it would go today, marked as a draft."""
    to = await _addressee(work, decision)
    return await paper.pdf(
        work, draft_of(decision, to, work.means.settings, if_sent_on(decision, work.today, work.means))
    )


async def to_post(work: Work, decision: Decision, sent_on: date) -> bytes:
    """The letter to print for the post of a day, also where a notice came back and the term starts anew.

    That it was printed is kept before it is given: it counts for that day alone. Invalid as `require_printing_day`.
    """
    require_printing_day(work, decision, sent_on)
    actor, about = work.actor, decision.id
    content = await _made(work, decision, if_sent_on(decision, sent_on, work.means))
    work.then(lambda means: means.do(actor, lambda aside: _printed(aside, about, sent_on)))
    return content


def require_printing_day(work: Work, decision: Decision, sent_on: date) -> None:
    """Refuse a day for which nobody prints: `printed-too-early`, before the decision; `printed-too-late`."""
    if sent_on < decision.decided_on:
        raise Invalid("invalid-input", [("dag", Code("printed-too-early", {"day": decision.decided_on}))])
    if sent_on > (last := add_days(work.today, AHEAD_DAYS)):
        raise Invalid("invalid-input", [("dag", Code("printed-too-late", {"day": last}))])


async def _printed(work: Work, decision_id: UUID, sent_on: date) -> None:
    wanted = select(PrintedLetter).where(PrintedLetter.decision_id == decision_id, PrintedLetter.sent_on == sent_on)
    row = (await work.session.exec(wanted)).one_or_none()
    if row is None:
        row = PrintedLetter(decision_id=decision_id, sent_on=sent_on, printed_at=work.now)
        work.add(row)
    row.printed_at = work.now
    await work.flush()
    work.log("letter:print", row, decision=str(decision_id), sent_on=sent_on)


async def printed_for(work: Work, decision_id: UUID, since: datetime | None = None) -> Sequence[date]:
    """The days for which a letter was printed, the first one first; of one that goes again those `since` it waits."""
    wanted = select(PrintedLetter).where(PrintedLetter.decision_id == decision_id)
    if since is not None:
        wanted = wanted.where(PrintedLetter.printed_at >= since)
    return [row.sent_on for row in await work.session.exec(wanted.order_by(col(PrintedLetter.sent_on)))]


async def require_printed_for(work: Work, decision_id: UUID, sent_on: date, since: datetime | None) -> None:
    """The paper and the register name one day: Invalid("printed-for-another-day") where ours tells another."""
    days = await printed_for(work, decision_id, since)
    if days and sent_on not in days:
        raise Invalid("invalid-input", [("sent_on", Code("printed-for-another-day", {"days": list(days)}))])


async def _kept(work: Work, decision: Decision) -> SentLetter | None:
    """The letter of the day that counts."""
    wanted = select(SentLetter).where(
        SentLetter.decision_id == decision.id, SentLetter.sent_on == require_notified(decision)
    )
    return (await work.session.exec(wanted)).first()


async def _made(work: Work, decision: Decision, sending: Sending) -> bytes:
    return await paper.pdf(work, await _words(work, decision, sending))


async def _words(work: Work, decision: Decision, sending: Sending) -> paper.Letter:
    """The letter; who decided stands before what one can do against it."""
    letter = letter_of(decision, await _addressee(work, decision), work.means.settings, sending)
    by = await deciders.told_of(work, decision)
    return replace(letter, parts=(*letter.parts[:-1], by, *letter.parts[-1:])) if by.paragraphs else letter


async def _addressee(work: Work, decision: Decision) -> tuple[str, ...]:
    (found,) = await addressees(work, [decision])
    return (found.name, *found.lines)


async def addressees(work: Work, decisions: Sequence[Decision]) -> list[Addressee]:
    """To whom each of these letters goes: the person, or the organisation by its own name and address (Awb 3:41)."""
    persons = await people.addressees(work.session, {row.person_id for row in decisions})
    named = {row.organisation_id for row in decisions if row.organisation_id is not None}
    postal = await providers.postal_of(work, named) if named else {}
    return [_of_organisation(persons[row.person_id], postal.get(row.organisation_id or row.id)) for row in decisions]


def _of_organisation(person: Addressee, to: Postal | None) -> Addressee:
    if to is None:
        return person
    return structs.replace(
        person,
        name=to.name,
        address=to.address,
        postcode=to.postcode,
        town=to.town,
        country=countries.HOME,
        lines=countries.postal_lines(to.address, to.postcode, to.town, countries.HOME),
    )

"""How a letter in a dispute leaves: to the party and who speaks for it, by the box or on paper (Awb 2:14, 6:17)."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import select

from appeals.disputes import written
from appeals.disputes.filing import repair_until
from appeals.disputes.models import Dispute, Representative
from appeals.ports import UNTIL, DisputePorts, Outgoing
from auth import queries as people
from core.decisions import Decision
from core.letters import letter_with
from core.store.work import Work
from core.texts import day


async def send(work: Work, row: Dispute, topic: str, subject: str, body: str, term_days: int | None = None) -> bool:
    """To who speaks for the party first, whose letter begins a term; whether that one went at once.

    By the message box, with a neutral notice; who wants none gets the letter on paper, and the text by mail to know.
    """
    first, went = True, False
    text = body.replace(UNTIL, day(repair_until(work.today, term_days), "nl")) if term_days else body
    for to in await side(work, row):
        letter = written.letter_of(work, row, subject, body, (to.name, *to.lines))
        new = Outgoing(
            row.id,
            row.person_id,
            to.person_id,
            to.name,
            topic,
            row.number,
            subject,
            text,
            letter,
            term_days,
            starts=first and term_days is not None,
        )
        placed = await work.port(DisputePorts).deliver(work, new)
        if not placed:
            work.send(topic, address=to.email, subject=subject, body=text, person_id=row.person_id)
        went, first = went or (first and placed), False
    return went


@dataclass(frozen=True)
class To:
    """Somebody on the filer's side; `lines` are an address that no account has."""

    person_id: UUID | None
    name: str
    email: str
    lines: tuple[str, ...] = ()


async def side(work: Work, row: Dispute) -> list[To]:
    """Who speaks for the party, where somebody does, and the party."""
    person = await people.person(work.session, row.person_id)
    found = [To(person.id, person.full_name(), person.email)]
    spoken = (await work.session.exec(select(Representative).where(Representative.dispute_id == row.id))).one_or_none()
    if spoken is not None:
        # Without an address of its own, the letter goes to that of the party, in the name of who speaks for it.
        theirs = (f"p/a {person.full_name()}", *person.postal_lines())
        lines = tuple(spoken.postal.splitlines()) if spoken.postal else theirs
        account = row.representative_id
        found.insert(0, To(account, spoken.name, spoken.email, () if account else lines))
    return found


async def copy_decision(work: Work, row: Dispute, decision: Decision, words: str) -> None:
    """Send the letter of what was decided in a case to who speaks for the party, too (Awb 6:17)."""
    for to in await side(work, row):
        if to.person_id == row.person_id:
            continue
        letter = replace(letter_with(words), addressee=(to.name, *to.lines))
        subject = f"{written.DECIDED.get(decision.kind, 'Besluit')} {decision.number}"
        text = "\n".join(line for part in letter.parts for line in (*part.paragraphs, *part.items))
        topic = f"{row.kind.value}-decided"
        new = Outgoing(row.id, row.person_id, to.person_id, to.name, topic, row.number, subject, text, letter)
        await work.port(DisputePorts).deliver(work, new)

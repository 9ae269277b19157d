"""What is said in a dispute becomes a numbered piece of its file when it is said: what, by whom, on which day.

A piece that we write ourselves is kept in words, as a letter is; whoever opens it gets the PDF of those words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from appeals.disputes.body import body_of
from appeals.disputes.models import Dispute, Hearing, Piece, Seat
from appeals.disputes.policy import Kind
from appeals.disputes.schemas import Minutes, NewFiling
from auth import queries as people
from auth.actor import Actor
from core.decisions import Decision
from core.letters import Letter, Part, words_of
from core.operator import Operator
from core.store.files import StoredFile, clean_name
from core.store.work import Work
from core.texts import day, day_time
from core.web.pages import SAID

WORDS = "application/vnd.bekwaam.letter+json"
"""The kind of a file that is the words of a letter: `core.letters` makes its PDF."""
LATER = "until-decided"
"""Why a party does not read the advice yet: it comes with the decision (Awb 7:13(7))."""


class Maker(StrEnum):
    """From whom a piece comes."""

    PARTY = "party"
    REPRESENTATIVE = "representative"
    BODY = "body"
    ADVISERS = "advisers"
    CHAMBER = "chamber"


class Paper(StrEnum):
    """What a piece is that we wrote down ourselves; a letter has the topic of its message instead."""

    FILING = "filing"
    MINUTES = "minutes"
    ADVICE = "advice"
    DEFENCE = "defence"
    DECISION = "decision"


FILED = {Kind.OBJECTION: "Bezwaarschrift", Kind.APPEAL: "Beroepschrift"}
ACTS = {
    "repair": "Aanvulling",
    "withdrawal": "Intrekking",
    "consent": "Instemming met een latere beslissing",
    "default-notice": "Ingebrekestelling",
    "costs-request": "Verzoek om vergoeding van kosten",
    "interim-request": "Verzoek om schorsing",
    "hearing-renunciation": "Mededeling over de hoorzitting",
}
"""What a party does here itself, by the name of the deed: the title of its piece. An act on paper is its own piece."""
SAYS = {
    "withdrawal": "De indiener trekt het in.",
    "default-notice": "De indiener stelt ons in gebreke: de dag om te beslissen is voorbij.",
    "costs-request": "De indiener vraagt om vergoeding van de kosten.",
    "interim-request": "De indiener vraagt om het besluit te schorsen zolang de zaak loopt.",
    "hearing-renunciation": "De indiener wil niet worden gehoord.",
}


@dataclass(frozen=True)
class Said:
    """Something that was said: what it is (`Paper`, a deed or a topic), by whom, and in which words."""

    paper: str
    maker: Maker
    title: str
    lines: Sequence[str]
    facts: Sequence[tuple[str, str]] = ()
    kept: str = ""


async def next_position(work: Work, row: Dispute) -> int:
    """The number of the next piece."""
    wanted = select(func.max(col(Piece.position))).where(Piece.dispute_id == row.id)
    return ((await work.session.exec(wanted)).one() or 0) + 1


async def put(work: Work, row: Dispute, said: Said) -> Piece:
    """Write down what was said today, as the next piece."""
    sender = SAID.label(said.maker.value, "maker", "nl")
    facts = (("Zaak", row.number), ("Van", sender), ("Dag", day(work.today, "nl")), *said.facts)
    sheet = _sheet(work, said.title, row.number, said.lines, facts)
    return await put_words(work, row, said, words_of(sheet))


async def put_words(
    work: Work, row: Dispute, said: Said, words: str, made_on: date | None = None, decision: Decision | None = None
) -> Piece:
    """Put these words of a letter into the file, as the next piece."""
    stored = await _keep(work, row.person_id, said.title, words)
    piece = Piece(
        dispute_id=row.id,
        person_id=row.person_id,
        position=await next_position(work, row),
        title=said.title[:160],
        file_id=stored.id,
        sha256=stored.sha256,
        received_on=work.today,
        only_for="body" if said.kept else "",
        kept_ground=said.kept or None,
        decision_id=decision.id if decision else None,
        paper=said.paper,
        maker=said.maker.value,
        made_on=made_on or work.today,
    )
    work.add(piece)
    await work.flush()
    work.log(f"{row.kind.value}:piece", piece, position=piece.position, sha256=stored.sha256, paper=said.paper)
    return piece


def _sheet(work: Work, title: str, number: str, lines: Sequence[str], facts: Sequence[tuple[str, str]]) -> Letter:
    return Letter(
        language="nl",
        written_on=work.today,
        sender="Stuk uit het dossier",
        addressee=(),
        reference=number,
        subject=title,
        facts=tuple(facts),
        parts=(Part(tuple(line for line in lines if line.strip())),),
        letterhead=("Zoals het is vastgelegd",),
    )


async def keep_sheet(work: Work, person_id: UUID, title: str, number: str, lines: Sequence[str]) -> StoredFile:
    """What stands in a file of another room, written down as a document about a person."""
    return await _keep(work, person_id, title, words_of(_sheet(work, title, number, lines, (("Kenmerk", number),))))


async def _keep(work: Work, person_id: UUID, title: str, words: str) -> StoredFile:
    content = words.encode()
    stored = StoredFile(
        person_id=person_id,
        sha256=await work.files.put(content),
        name=clean_name(f"{title[:110]}.pdf"),
        media_type=WORDS,
        size=len(content),
        uploaded_at=work.now,
    )
    work.add(stored)
    await work.flush()
    work.log("file:store", stored, sha256=stored.sha256, size=stored.size)
    return stored


def house_of(row: Dispute) -> Maker:
    """Who treats a dispute: the body an objection, the chamber an appeal."""
    return Maker.BODY if row.kind is Kind.OBJECTION else Maker.CHAMBER


def head(house: Operator, row: Dispute) -> tuple[str, tuple[str, ...]]:
    """Whose letters go out in a dispute, and the lines beside that name: an appeal has the Commissie's own."""
    if row.kind is Kind.OBJECTION:
        return SAID.label(row.register_code, "register", "nl"), house.letterhead
    return house.appeals.name, house.appeals.letterhead


def letter_of(work: Work, row: Dispute, subject: str, body: str, addressee: Sequence[str] = ()) -> Letter:
    """A letter in a dispute: the same words for the file, the message box and the post, save to whom."""
    sender, letterhead = head(work.means.settings.house, row)
    return Letter(
        language="nl",
        written_on=work.today,
        sender=sender,
        addressee=tuple(addressee),
        reference=row.number,
        subject=subject,
        facts=(("Kenmerk", row.number), ("Datum", day(work.today, "nl"))),
        parts=(Part(sentences(body)),),
        letterhead=letterhead,
    )


def sentences(body: str) -> tuple[str, ...]:
    """The paragraphs of a message; lines that were broken for the mail run on."""
    lines, found = body.strip().splitlines(), [""]
    for line in lines:
        one = line.strip()
        found[-1] = f"{found[-1]} {one}".strip()
        if one.endswith((".", "?", ":", "!")) or not one:
            found.append("")
    return tuple(one for one in found if one)


async def told(work: Work, row: Dispute, topic: str, subject: str, body: str, to: Sequence[str] = ()) -> Piece:
    """Keep a letter or message that goes out in a dispute, with whom it went to: the body where nobody is named."""
    said = Said(topic, house_of(row), f"Brief: {subject}", ())
    addressee = to or [f"De {SAID.label(body_of(row).value, 'committee', 'nl')}"]
    return await put_words(work, row, said, words_of(letter_of(work, row, subject, body, addressee)))


async def filing(work: Work, row: Dispute, decisions: Sequence[Decision], new: NewFiling) -> Piece:
    """Keep what was lodged: against what, with which grounds, when and how it came in (Awb 6:5, 6:14)."""
    spoken = new.on_behalf_of is not None or bool(new.representative_name)
    days = [("Ontvangen op", row.received_on), ("Op de post gedaan op", row.posted_on)]
    facts = [(name, day(on, "nl")) for name, on in days if on]
    facts.append(("Hoe", SAID.label(row.channel.value, "channel", "nl")))
    about = f"het niet op tijd beslissen op {row.about_number}" if row.about_number else ""
    lines = [f"Tegen {about or ', '.join(f'besluit {one.number}' for one in decisions)}."]
    lines += _paragraphs(new.grounds) or ["Er zijn nog geen gronden."]
    lines += ["De indiener vraagt om vergoeding van de kosten."] if new.asks_costs else []
    maker = Maker.REPRESENTATIVE if spoken else Maker.PARTY
    return await put(work, row, Said(Paper.FILING, maker, FILED[row.kind], lines, facts))


async def act(work: Work, row: Dispute, name: str, value: Any) -> None:
    """Keep what a party does here itself."""
    if name not in ACTS:
        return
    lines = [SAYS[name]] if name in SAYS else []
    lines += _paragraphs(getattr(value, "grounds", ""))
    lines += _paragraphs(getattr(value, "interim_reasons", ""))
    lines += [SAID.label(item.value, "form-item", "nl") for item in getattr(value, "repaired", ())]
    if until := getattr(value, "consented_until", None):
        lines.append(f"De indiener is ermee akkoord dat de beslissing er uiterlijk op {day(until, 'nl')} is.")
    if getattr(value, "at_hearing", False):
        lines.append("Mondeling, op de hoorzitting.")
    me = work.actor.person_id if isinstance(work.actor, Actor) else None
    spoken = me is not None and me == row.representative_id
    await put(work, row, Said(name, Maker.REPRESENTATIVE if spoken else Maker.PARTY, ACTS[name], lines))


async def minutes(work: Work, row: Dispute, hearing: Hearing, sitting: Sequence[Seat], new: Minutes) -> None:
    """Keep the report of a hearing: who heard, who else was there, what was said, and who signs for it (Awb 7:7)."""
    scribe = await _name_of_actor(work)
    lines = [
        f"Gehoord door: {await seated(work, sitting)}.",
        f"Verder aanwezig: {new.also_present or 'niemand opgeschreven'}.",
        *_paragraphs(new.minutes),
        f"Opgemaakt en ondertekend door {scribe} op {day(work.today, 'nl')}.",
    ]
    facts = (("Gehouden op", day_time(hearing.held_at, "nl")), ("Plaats", hearing.place))
    title = f"Verslag van de hoorzitting van {day(hearing.held_on, 'nl')}"
    maker = Maker.ADVISERS if row.advisory else house_of(row)
    await put(work, row, Said(Paper.MINUTES, maker, title, lines, facts))


async def seated(work: Work, sitting: Sequence[Seat]) -> str:
    """Who sits, by name and function, the chair first."""
    names = await people.names_of(work.session, [one.member_id for one in sitting])
    first = sorted(sitting, key=lambda one: not one.chair)
    return ", ".join(f"{names[one.member_id]} ({'voorzitter' if one.chair else 'lid'})" for one in first)


async def panel(work: Work, sitting: Sequence[Seat]) -> list[str]:
    """Who rules, by name and function, and who assists them: as a ruling says it (Awb 7:26)."""
    judges = [one for one in (await seated(work, sitting)).split(", ") if one]
    return [*judges, f"{await _name_of_actor(work)} (griffier)"]


async def defence(work: Work, row: Dispute) -> None:
    """Keep the defence of the body, with who handed it in or wrote it down."""
    lines = [*_paragraphs(row.defence), f"Ingediend of vastgelegd door {await _name_of_actor(work)}."]
    await put(work, row, Said(Paper.DEFENCE, Maker.BODY, "Verweerschrift", lines))


async def _name_of_actor(work: Work) -> str:
    if not isinstance(work.actor, Actor):
        return "het register"
    return (await people.names_of(work.session, [work.actor.person_id]))[work.actor.person_id]


async def advice(work: Work, row: Dispute, sitting: Sequence[Seat]) -> None:
    """Keep the advice, with who gave it; the party reads it with the decision (Awb 7:13(6)-(7))."""
    outcome = SAID.label(row.advised_outcome, "outcome", "nl").lower()
    lines = [f"De commissie adviseert: {outcome}.", *_paragraphs(row.advice), f"{await seated(work, sitting)}."]
    await put(work, row, Said(Paper.ADVICE, Maker.ADVISERS, "Advies van de commissie", lines, kept=LATER))


def _paragraphs(text: str) -> list[str]:
    return [one for one in (line.strip() for line in text.splitlines()) if one]


DECIDED = {"objection": "Beslissing op bezwaar", "appeal": "Uitspraak"}


async def decided(work: Work, row: Dispute, decision: Decision, words: str) -> None:
    """Keep the letter of what was decided in a case, as it went."""
    title = f"{DECIDED.get(decision.kind, 'Besluit')} {decision.number}"
    maker = Maker.CHAMBER if decision.kind == Kind.APPEAL.value else Maker.BODY
    said = Said(Paper.DECISION, maker, title, ())
    await put_words(work, row, said, words, decision.notified_on, decision)


async def open_advice(work: Work, row: Dispute) -> None:
    """The advice comes with the decision: from now on the party reads it (Awb 7:13(7))."""
    wanted = select(Piece).where(Piece.dispute_id == row.id, Piece.kept_ground == LATER)
    for piece in (await work.session.exec(wanted)).all():
        piece.only_for, piece.kept_ground = "", None
        work.log(f"{row.kind.value}:piece-mark", piece, ground="")

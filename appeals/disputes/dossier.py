"""The file of a dispute: numbered, paginated pieces, an inventory, a list of SHA-256 digests; as a PDF or a ZIP."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from appeals.disputes import outgoing, written
from appeals.disputes.bundle import MOST_PAGES, Sheet, bound, made, packed
from appeals.disputes.models import Contested, Dispute, Hearing, Piece
from appeals.disputes.policy import AppealState, Kind, ObjectionState
from appeals.disputes.queries import File, Relation
from appeals.disputes.schemas import KEPT_GROUNDS
from core import diary
from core.decisions import Decision, Verdict
from core.diary import Event
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.store.files import Evidence, StoredFile
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID

MOST_PIECES = 200
MOST_BOUND = 100 * 2**20
"""Bytes of pieces in one PDF."""
LENGTH = timedelta(minutes=90)
HEARING_STANDS = frozenset({ObjectionState.SCHEDULED, AppealState.SCHEDULED})
TAKEN_OVER = {
    *("title", "file_id", "sha256", "pages", "received_on"),
    *("mandate", "only_for", "kept_ground", "decision_id"),
    *("paper", "maker", "made_on"),
}


async def add_piece(
    work: Work, file: File, who: Relation, evidence: Evidence, *, mandate: bool = False, kept_ground: str = ""
) -> Piece:
    """Put a document into the file, with the next number.

    Refused("documents-too-late") for a party after the eleventh day before the hearing (Awb 7:4(1)); Refused
    ("dispute-ended"); Invalid("too-many-pieces"); Forbidden("not-for-this-role") where anybody
    but a handler keeps it from the filer.
    """
    row = file.dispute
    if row.ended_on is not None:
        raise Refused("dispute-ended")
    if kept_ground not in ("", *KEPT_GROUNDS):
        raise Invalid("unknown-ground", [("kept_ground", "unknown-ground")])
    if not (who.party or who.handler) or (kept_ground and not who.handler):
        raise Forbidden("not-for-this-role")
    hearing = file.hearing
    late = hearing is not None and not hearing.held and work.today > hearing.documents_until
    if who.party and late:
        raise Refused("documents-too-late")
    if sum(one.paper is None for one in file.pieces) >= MOST_PIECES:
        raise Invalid("too-many-pieces", most=MOST_PIECES)
    sha256 = await work.files.put(evidence.content)
    stored = StoredFile(
        person_id=row.person_id,
        sha256=sha256,
        name=evidence.name,
        media_type=evidence.media_type,
        size=len(evidence.content),
        uploaded_at=work.now,
    )
    work.add(stored)
    await work.flush()
    work.log("file:store", stored, sha256=sha256, size=stored.size)
    piece = Piece(
        dispute_id=row.id,
        person_id=row.person_id,
        position=await written.next_position(work, row),
        title=stored.name,
        file_id=stored.id,
        sha256=sha256,
        pages=evidence.pages,
        received_on=work.today,
        mandate=mandate,
        only_for="body" if kept_ground else "",
        kept_ground=kept_ground or None,
        maker=_maker(row, who).value,
        made_on=work.today,
    )
    work.add(piece)
    await work.flush()
    work.log(f"{row.kind.value}:piece", piece, position=piece.position, sha256=sha256, mandate=mandate)
    if mandate and file.representative is not None:
        file.representative.mandate_seen_on = work.today
        work.log(f"{row.kind.value}:mandate", file.representative)
    return piece


def _maker(row: Dispute, who: Relation) -> written.Maker:
    if who.body:
        return written.Maker.BODY
    return written.Maker.PARTY if who.filer else written.house_of(row)


async def take_over(work: Work, row: Dispute, earlier: Dispute) -> None:
    """Put the pieces of the objection into the file of the appeal, each with its mark, as far as they are not there
    (Awb 7:18)."""
    there = {one.file_id for one in (await work.session.exec(_in_order(row))).all()}
    for one in (await work.session.exec(_in_order(earlier))).all():
        if one.file_id in there:
            continue
        piece = Piece(
            dispute_id=row.id,
            person_id=row.person_id,
            position=await written.next_position(work, row),
            **one.model_dump(include=TAKEN_OVER),
        )
        work.add(piece)
        await work.flush()
        work.log(f"{row.kind.value}:piece", piece, position=piece.position, sha256=piece.sha256, mandate=piece.mandate)


def _in_order(row: Dispute) -> SelectOfScalar[Piece]:
    """The pieces of a dispute in their order."""
    return select(Piece).where(Piece.dispute_id == row.id).order_by(col(Piece.position))


async def known(work: Work, decision: Decision, words: str) -> None:
    """A decision of a case was made known: its letter is a piece, and the advice behind it opens (Awb 7:13(7)).

    A ruling that sends back is one of the objection that runs again, too.
    """
    row = await work.session.get(Dispute, decision.taken_in) if decision.taken_in else None
    if row is None:
        return
    await written.decided(work, row, decision, words)
    await written.open_advice(work, row)
    await outgoing.copy_decision(work, row, decision, words)
    if decision.outcome is Verdict.SENT_BACK:
        for again in await _sent_back(work, row):
            await written.decided(work, again, decision, words)


async def _sent_back(work: Work, appeal: Dispute) -> list[Dispute]:
    """The objections that run again because of an appeal (Awb 7:25)."""
    contested = select(Decision).join(Contested, col(Contested.decision_id) == Decision.id)
    rows = (await work.session.exec(contested.where(Contested.dispute_id == appeal.id))).all()
    objected = select(Contested.dispute_id).where(col(Contested.decision_id).in_([one.id for one in rows]))
    wanted = select(Dispute).where(
        col(Dispute.id).in_([one.subject_id for one in rows]) | col(Dispute.id).in_(objected),
        Dispute.kind == Kind.OBJECTION,
        col(Dispute.remitted_on).is_not(None),
    )
    return list((await work.session.exec(wanted)).all())


def may_read(piece: Piece, who: Relation) -> bool:
    """A piece that is marked for the body alone is kept from the filer (compare Awb 8:29).

    Who shows no mandate reads what they sent in themselves, and the letters that they get as well.
    """
    is_letter = piece.paper is not None and piece.paper not in set(written.Paper)
    if who.unproven and not is_letter and piece.maker != written.Maker.REPRESENTATIVE:
        return False
    return not (who.filer and piece.only_for == "body")


async def piece_of(work: Work, file: File, who: Relation, id: UUID) -> tuple[str, bytes]:
    """One document with its media type; NotFound("no-such-file") also for who may not know of it."""
    piece = next((one for one in file.pieces if one.id == id and may_read(one, who)), None)
    if piece is None:
        raise NotFound("no-such-file")
    stored = await work.session.get_one(StoredFile, piece.file_id)
    return await made(work, stored.media_type, await work.files.get(stored.sha256))


def decision_in(file: File, who: Relation, id: UUID) -> Decision:
    """A decision of the file: what it is about, or what was decided; a party reads none before it is made known.

    NotFound("no-such-decision").
    """
    ruled = file.decision
    among = [*(decision for _, decision in file.contested), *([ruled] if ruled else [])]
    found = next((decision for decision in among if decision.id == id), None)
    if found is None or who.unproven or (who.party and found.notified_on is None):
        raise NotFound("no-such-decision")
    return found


async def bound_as_pdf(work: Work, file: File, who: Relation) -> bytes:
    """The file as one PDF, with the pieces that this actor may read. Refused("dossier-too-large"): take the ZIP."""
    row, sheets = file.dispute, await _sheets(work, file, who)
    if sum(len(one.content) for one in sheets) > MOST_BOUND or sum(one.pages for one in file.pieces) > MOST_PAGES:
        raise Refused("dossier-too-large")
    work.looked(f"{row.kind.value}:bundle", stream=row.stream(), dispute=str(row.id), pieces=_read(sheets))
    return await bound(work, row.number, sheets)


async def as_zip(work: Work, file: File, who: Relation) -> bytes:
    """The file as a ZIP: the pieces that this actor may read, `inventaris.txt` and `SHA256SUMS`."""
    row, sheets = file.dispute, await _sheets(work, file, who)
    work.looked(f"{row.kind.value}:dossier", stream=row.stream(), dispute=str(row.id), pieces=_read(sheets))
    return await packed(work, row.number, sheets)


def _read(sheets: list[Sheet]) -> int:
    return sum(not one.kept_from_you for one in sheets)


async def _sheets(work: Work, file: File, who: Relation) -> list[Sheet]:
    """The pieces as they are bound, in their order; of what is kept from this actor its number and the ground alone."""
    wanted = select(StoredFile).where(col(StoredFile.id).in_([one.file_id for one in file.pieces]))
    stored = {one.id: one for one in (await work.session.exec(wanted)).all()}
    found = []
    for one in file.pieces:
        ground = SAID.label(one.kept_ground or "weighty-reasons", "kept", "nl")
        if not may_read(one, who):
            found.append(Sheet(one.position, kept_from_you=ground))
            continue
        found.append(
            Sheet(
                one.position,
                title=one.title,
                maker=SAID.label(one.maker, "maker", "nl") if one.maker else "",
                on=day(one.made_on or one.received_on, "nl"),
                kept=ground if one.only_for else "",
                pages=one.pages,
                media_type=stored[one.file_id].media_type,
                content=await work.files.get(one.sha256),
            )
        )
    return found


async def icalendar(work: Work, row: Dispute) -> bytes:
    """The hearing for a diary: an hour and a half, with nobody's name in it. NotFound("no-hearing").

    One that was moved is the same event with a higher sequence; one that is not held any more is cancelled.
    """
    wanted = select(Hearing).where(Hearing.dispute_id == row.id).order_by(col(Hearing.id))
    planned = (await work.session.exec(wanted)).all()
    if not planned:
        raise NotFound("no-hearing")
    last, before = planned[-1], [at for at, one in enumerate(planned[:-1], 1) if one.held]
    moved = planned[before[-1] if before else 0 :]  # what was held is over: the next one is another hearing
    cancelled = not last.held and row.state not in HEARING_STANDS
    event = Event(
        str(moved[0].id),
        f"Hoorzitting {row.number}",
        last.held_at,
        last.held_at + LENGTH,
        last.place,
        sequence=len(moved) - 1 + cancelled,
        cancelled=cancelled,
    )
    return diary.icalendar("Hoorzitting", [event], work.now)

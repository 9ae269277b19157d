"""The file of a dispute: numbered, paginated pieces, an inventory, a list of SHA-256 digests; as a ZIP."""

import io
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from appeals.disputes.bundle import MOST_PAGES, bound
from appeals.disputes.models import Dispute, Hearing, Piece
from appeals.disputes.policy import AppealState, ObjectionState
from appeals.disputes.queries import File, Relation
from appeals.disputes.schemas import KEPT_GROUNDS
from core import diary
from core.decisions import Decision
from core.diary import Event
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.store.files import Evidence, StoredFile
from core.store.work import Work
from core.texts import day

MOST_PIECES = 200
MOST_BOUND = 100 * 2**20
"""Bytes of pieces in one PDF."""
LENGTH = timedelta(minutes=90)
HEARING_STANDS = frozenset({ObjectionState.SCHEDULED, AppealState.SCHEDULED})
TAKEN_OVER = {
    *("title", "file_id", "sha256", "pages", "received_on"),
    *("mandate", "only_for", "kept_ground", "decision_id"),
}
EPOCH = (1980, 1, 1, 0, 0, 0)
"""One moment for every member, so that the same file is the same bytes."""


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
    if not (who.filer or who.handler) or (kept_ground and not who.handler):
        raise Forbidden("not-for-this-role")
    hearing = file.hearing
    late = hearing is not None and not hearing.held and work.today > hearing.documents_until
    if who.filer and late:
        raise Refused("documents-too-late")
    if len(file.pieces) >= MOST_PIECES:
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
        position=max((one.position for one in file.pieces), default=0) + 1,
        title=stored.name,
        file_id=stored.id,
        sha256=sha256,
        pages=evidence.pages,
        received_on=work.today,
        mandate=mandate,
        only_for="body" if kept_ground else "",
        kept_ground=kept_ground or None,
    )
    work.add(piece)
    await work.flush()
    work.log(f"{row.kind.value}:piece", piece, position=piece.position, sha256=sha256, mandate=mandate)
    if mandate and file.representative is not None:
        file.representative.mandate_seen_on = work.today
        work.log(f"{row.kind.value}:mandate", file.representative)
    return piece


async def take_over(work: Work, row: Dispute, earlier: Dispute) -> None:
    """Put the pieces of the objection in front of the file of the appeal, each with its mark (Awb 7:18)."""
    taken = [
        Piece(
            dispute_id=row.id,
            person_id=row.person_id,
            position=0,
            **one.model_dump(include=TAKEN_OVER),
        )
        for one in (await work.session.exec(_in_order(earlier))).all()
    ]
    mine = (await work.session.exec(_in_order(row))).all()
    for one in reversed(mine):
        one.position += len(taken)
        await work.flush()  # one by one, the last first: a number stands only once
        work.log(f"{row.kind.value}:renumber", one, position=one.position)
    for n, piece in enumerate(taken, 1):
        piece.position = n
        work.add(piece)
    await work.flush()
    for piece in taken:
        work.log(f"{row.kind.value}:piece", piece, position=piece.position, sha256=piece.sha256, mandate=piece.mandate)


def _in_order(row: Dispute) -> SelectOfScalar[Piece]:
    """The pieces of a dispute in their order."""
    return select(Piece).where(Piece.dispute_id == row.id).order_by(col(Piece.position))


def may_read(piece: Piece, who: Relation) -> bool:
    """A piece that is marked for the body alone is kept from the filer (compare Awb 8:29)."""
    return not (who.filer and piece.only_for == "body")


async def piece_of(work: Work, file: File, who: Relation, id: UUID) -> tuple[StoredFile, bytes]:
    """One document; NotFound("no-such-file") also for who may not know of it."""
    piece = next((one for one in file.pieces if one.id == id and may_read(one, who)), None)
    if piece is None:
        raise NotFound("no-such-file")
    stored = await work.session.get_one(StoredFile, piece.file_id)
    return stored, await work.files.get(stored.sha256)


def decision_in(file: File, who: Relation, id: UUID) -> Decision:
    """A decision of the file: what it is about, or what was decided; the filer reads the last once it is made known.

    NotFound("no-such-decision").
    """
    ruled = file.decision
    inside = ruled is not None and (not who.filer or ruled.notified_on is not None)
    among = [decision for _, decision in file.contested] + ([ruled] if ruled and inside else [])
    found = next((decision for decision in among if decision.id == id), None)
    if found is None:
        raise NotFound("no-such-decision")
    return found


def inventory(row: Dispute, pieces: Sequence[Piece], who: Relation) -> str:
    """The list of pieces with their pages, running through the whole file; of what is kept back the number alone."""
    lines, page = [f"Inventaris {row.number}", ""], 1
    for one in pieces:
        if not may_read(one, who):
            lines.append(f"{one.position:>3}  niet voor u in te zien; de grond staat bij de zaak")
            continue
        last = page + one.pages - 1
        kept = "  (alleen voor wie oordeelt)" if one.only_for else ""
        lines.append(f"{one.position:>3}  p. {page}-{last}  {day(one.received_on, 'nl')}  {one.title}{kept}")
        page = last + 1
    return "\n".join([*lines, ""])


async def bound_as_pdf(work: Work, file: File, who: Relation) -> bytes:
    """The file as one PDF, with the pieces that this actor may read. Refused("dossier-too-large"): take the ZIP."""
    row = file.dispute
    pieces = [one for one in file.pieces if may_read(one, who)]
    wanted = select(StoredFile).where(col(StoredFile.id).in_([one.file_id for one in pieces]))
    stored = {one.id: one for one in (await work.session.exec(wanted)).all()}
    if sum(one.size for one in stored.values()) > MOST_BOUND or sum(one.pages for one in pieces) > MOST_PAGES:
        raise Refused("dossier-too-large")
    content = {one.id: await work.files.get(one.sha256) for one in pieces}
    typed = [(one, stored[one.file_id].media_type) for one in pieces]
    work.looked(f"{row.kind.value}:bundle", stream=row.stream(), dispute=str(row.id), pieces=len(pieces))
    kept = [one for one in file.pieces if not may_read(one, who)]
    return await bound(work, row, typed, kept, content, work.today)


async def packed(work: Work, file: File, who: Relation) -> bytes:
    """The file as a ZIP: the pieces that this actor may read, `inventaris.txt` and `SHA256SUMS`."""
    row = file.dispute
    pieces = [one for one in file.pieces if may_read(one, who)]
    sums, out = [], io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packing:
        for one in pieces:
            name = f"{one.position:03}-{one.title}"
            packing.writestr(zipfile.ZipInfo(name, EPOCH), await work.files.get(one.sha256))
            sums.append(f"{one.sha256}  {name}\n")
        packing.writestr(zipfile.ZipInfo("inventaris.txt", EPOCH), inventory(row, file.pieces, who))
        packing.writestr(zipfile.ZipInfo("SHA256SUMS", EPOCH), "".join(sums))
    work.looked(f"{row.kind.value}:dossier", stream=row.stream(), dispute=str(row.id), pieces=len(pieces))
    return out.getvalue()


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

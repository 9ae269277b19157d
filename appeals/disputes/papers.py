"""The papers of a contested decision in the file of a dispute, and which pieces are kept from the filer."""

from collections.abc import Sequence
from contextlib import suppress

from appeals.disputes import dossier, written
from appeals.disputes.bundle import page_count
from appeals.disputes.models import Piece
from appeals.disputes.queries import File
from appeals.disputes.schemas import MarkPiece, Nothing
from appeals.ports import DisputePorts
from core.clock import legal_day
from core.decisions import Decision
from core.errors import Busy, NotFound, Refused
from core.store.work import Work


def are_left(file: File) -> bool:
    """Whether the papers of a contested decision are not in the file yet."""
    there = {piece.decision_id for piece in file.pieces}
    return any(decision.id not in there for _, decision in file.contested)


async def gather(work: Work, file: File, _new: Nothing) -> None:
    """Put the letter of each contested decision, and what was handed in for it, into the file (Awb 7:4(2), 7:18(2)).

    Refused: `papers-there`, `too-many-pieces`, `dispute-ended`.
    """
    row = file.dispute
    if row.ended_on is not None:
        raise Refused("dispute-ended")
    if not are_left(file):
        raise Refused("papers-there")
    await _gather(work, file, [decision for _, decision in file.contested])


async def complete(work: Work, file: File) -> None:
    """See to it that nobody is heard or passed over without the papers; a letter that is being made stays for later."""
    if are_left(file):
        with suppress(Busy):
            await _gather(work, file, [decision for _, decision in file.contested if decision.notified_on])


async def _gather(work: Work, file: File, decisions: Sequence[Decision]) -> None:
    row = file.dispute
    there = {piece.decision_id for piece in file.pieces}
    known = {piece.file_id for piece in file.pieces}
    handed_in = sum(piece.paper is None for piece in file.pieces)
    for decision in decisions:
        if decision.id in there or decision.notified_on is None:  # nobody reads what is not made known
            continue
        for n, stored in enumerate(await work.port(DisputePorts).papers(work, decision)):
            if stored.id in known:
                continue
            known.add(stored.id)
            handed_in += 1
            if handed_in > dossier.MOST_PIECES:
                raise Refused("too-many-pieces", most=dossier.MOST_PIECES)
            ours = stored.media_type == written.WORDS
            piece = Piece(
                dispute_id=row.id,
                person_id=row.person_id,
                position=await written.next_position(work, row),
                title=stored.name,
                file_id=stored.id,
                sha256=stored.sha256,
                pages=1 if ours else await page_count(await work.files.get(stored.sha256)),
                received_on=work.today,
                decision_id=decision.id,
                maker=written.Maker.BODY.value if not n else None if ours else written.Maker.PARTY.value,
                made_on=legal_day(stored.uploaded_at) if n else decision.notified_on,
            )
            work.add(piece)
            await work.flush()
            at, about = piece.position, str(decision.id)
            work.log(f"{row.kind.value}:piece", piece, position=at, sha256=piece.sha256, decision=about)


async def mark(work: Work, file: File, new: MarkPiece) -> None:
    """Keep a piece from the filer on a ground, or lay it open to them again. NotFound("no-such-file")."""
    row = file.dispute
    if row.ended_on is not None:
        raise Refused("dispute-ended")
    piece = next((one for one in file.pieces if one.id == new.piece_id), None)
    if piece is None:
        raise NotFound("no-such-file")
    piece.only_for, piece.kept_ground = ("body", new.kept_ground) if new.kept_ground else ("", None)
    work.log(f"{row.kind.value}:piece-mark", piece, ground=new.kept_ground)

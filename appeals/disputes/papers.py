"""The papers of a contested decision in the file of a dispute, and which pieces are kept from the filer."""

from appeals.disputes import dossier
from appeals.disputes.bundle import page_count
from appeals.disputes.models import Piece
from appeals.disputes.queries import File
from appeals.disputes.schemas import MarkPiece, Nothing
from appeals.ports import DisputePorts
from core.errors import NotFound, Refused
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
    there = {piece.decision_id for piece in file.pieces}
    known = {piece.file_id for piece in file.pieces}
    position = max((piece.position for piece in file.pieces), default=0)
    for _, decision in file.contested:
        if decision.id in there:
            continue
        for stored in await work.port(DisputePorts).papers(work, decision):
            if stored.id in known:
                continue
            known.add(stored.id)
            position += 1
            if position > dossier.MOST_PIECES:
                raise Refused("too-many-pieces", most=dossier.MOST_PIECES)
            piece = Piece(
                dispute_id=row.id,
                person_id=row.person_id,
                position=position,
                title=stored.name,
                file_id=stored.id,
                sha256=stored.sha256,
                pages=await page_count(await work.files.get(stored.sha256)),
                received_on=work.today,
                decision_id=decision.id,
            )
            work.add(piece)
            await work.flush()
            work.log(
                f"{row.kind.value}:piece", piece, position=position, sha256=piece.sha256, decision=str(decision.id)
            )


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

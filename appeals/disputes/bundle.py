"""The file of a dispute as one PDF: an inventory with digests, and every page of every piece with its number."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import typst

from appeals.disputes.models import Dispute, Piece
from core.errors import Invalid, TooLarge
from core.press import pressed
from core.store import bounded, opening
from core.store.work import Work
from core.texts import day

TEMPLATE = Path(__file__).with_name("bundle.typ")
MOST_PAGES = 2_000


async def page_count(content: bytes) -> int:
    """How many pages a document has; 1 for an image, and for what cannot be opened (it was kept in an earlier age)."""
    try:
        return int(await bounded.run(opening.opened, content))
    except (Invalid, TooLarge):
        return 1


def _draws(path: Path, page: int = 1) -> bool:
    """Whether a page of a document can be drawn."""
    which = f", page: {page}" if path.suffix == ".pdf" else ""
    source = path.with_suffix(".typ")
    source.write_text(f'#image("{path.name}"{which}, width: 10mm)', encoding="utf-8")
    try:
        typst.compile(str(source), format="pdf", root=str(path.parent))
    except typst.TypstError:
        return False
    return True


async def bound(
    work: Work,
    row: Dispute,
    pieces: Sequence[tuple[Piece, str]],
    kept: Sequence[Piece],
    content: Mapping[UUID, bytes],
    on: date,
) -> bytes:
    """The PDF of these pieces, each with its media type; what cannot be drawn has a page that says so.

    What is `kept` from the reader stands in the inventory with its number alone. Busy("document-takes-long").
    """
    listed, first = [], 1
    for piece, media_type in pieces:
        listed.append(
            {
                "id": str(piece.id),
                "position": piece.position,
                "title": piece.title,
                "sha256": piece.sha256,
                "received_on": day(piece.received_on, "nl"),
                "kept": bool(piece.only_for),
                "first": first,
                "last": first + piece.pages - 1,
                "pages": piece.pages,
                "media_type": media_type,
                "path": "",
            }
        )
        first += piece.pages
    said = {
        "number": row.number,
        "title": f"Dossier {row.number}",
        "pages": first - 1,
        "pieces": listed,
        "kept": [one.position for one in kept],
    }
    made_on = [on.year, on.month, on.day]
    return await pressed(work, _bound, {**said, "made_on": made_on}, content)


def _bound(said: dict[str, Any], content: Mapping[UUID, bytes]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        for one in said["pieces"]:
            path = Path(folder) / f"{one['position']}.{one['media_type'].rpartition('/')[2]}"
            path.write_bytes(content[UUID(one.pop("id"))])
            one["path"] = path.name if _draws(path, one["pages"]) else ""
        source = Path(folder) / TEMPLATE.name
        source.write_bytes(TEMPLATE.read_bytes())
        inputs = {"file": json.dumps(said, ensure_ascii=False)}
        return typst.compile(str(source), format="pdf", root=folder, sys_inputs=inputs, ignore_system_fonts=True)

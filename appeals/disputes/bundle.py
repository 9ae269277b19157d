"""The file of a dispute bound: an inventory with digests, and every page of every piece with its number; as PDF or ZIP.

What we said ourselves is kept in words; its PDF is made here, beside everything that waits.
"""

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import typst

from appeals.disputes.written import WORDS
from core import letters
from core.errors import Invalid, TooLarge
from core.press import pressed
from core.store import bounded, opening
from core.store.files import clean_name
from core.store.work import Work

TEMPLATE = Path(__file__).with_name("bundle.typ")
MOST_PAGES = 2_000
EPOCH = (1980, 1, 1, 0, 0, 0)
"""One moment for every member, so that the same file is the same bytes."""


@dataclass(frozen=True)
class Sheet:
    """One piece to bind; of what is kept from the reader, the ground stands in `kept_from_you` and nothing else."""

    position: int
    title: str = ""
    maker: str = ""
    on: str = ""
    kept: str = ""
    """The ground on which the parties do not read it, for who may."""
    kept_from_you: str = ""
    pages: int = 0
    media_type: str = ""
    content: bytes = b""


async def page_count(content: bytes) -> int:
    """How many pages a document has; 1 for an image, and for what cannot be opened (it was kept in an earlier age)."""
    try:
        return int(await bounded.run(opening.opened, content))
    except (Invalid, TooLarge):
        return 1


async def made(work: Work, media_type: str, content: bytes) -> tuple[str, bytes]:
    """A piece as one reads it: of words, the PDF of the letter that they are. Busy("document-takes-long")."""
    if media_type != WORDS:
        return media_type, content
    return opening.PDF, await pressed(work, letters.made, letters.letter_with(content.decode()))


async def bound(work: Work, number: str, sheets: Sequence[Sheet]) -> bytes:
    """The PDF of these pieces; what cannot be drawn has a page that says so. Busy("document-takes-long")."""
    return await pressed(work, _bound, number, list(sheets), work.today)


async def packed(work: Work, number: str, sheets: Sequence[Sheet]) -> bytes:
    """The ZIP of these pieces, with an inventory and digests. Busy("document-takes-long")."""
    return await pressed(work, _packed, number, list(sheets))


def _made(sheet: Sheet) -> Sheet:
    """The piece with its PDF, where it is words."""
    if sheet.media_type != WORDS:
        return sheet
    content = letters.made(letters.letter_with(sheet.content.decode()))
    return replace(sheet, media_type=opening.PDF, content=content, pages=opening.opened(content))


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


def _bound(number: str, sheets: list[Sheet], on: date) -> bytes:
    listed: list[dict[str, Any]] = []
    first = 1
    with tempfile.TemporaryDirectory() as folder:
        for one in map(_made, sheets):
            path = Path(folder) / f"{one.position}.{one.media_type.rpartition('/')[2]}"
            shown = {name: getattr(one, name) for name in ("position", "title", "maker", "on", "kept", "kept_from_you")}
            if not one.kept_from_you:
                path.write_bytes(one.content)
                shown |= {"sha256": hashlib.sha256(one.content).hexdigest(), "media_type": one.media_type}
                shown["path"] = path.name if _draws(path, one.pages) else ""
            listed.append({**shown, "first": first, "last": first + one.pages - 1, "pages": one.pages})
            first += one.pages
        said = {
            "number": number,
            "title": f"Dossier {number}",
            "made_on": [on.year, on.month, on.day],
            "pages": first - 1,
            "pieces": listed,
        }
        source = Path(folder) / TEMPLATE.name
        source.write_bytes(TEMPLATE.read_bytes())
        inputs = {"file": json.dumps(said, ensure_ascii=False)}
        return typst.compile(str(source), format="pdf", root=folder, sys_inputs=inputs, ignore_system_fonts=True)


def _packed(number: str, sheets: list[Sheet]) -> bytes:
    ready, sums, out = [_made(one) for one in sheets], [], io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packing:
        for one in ready:
            if one.kept_from_you:
                continue
            name = _name(one)
            packing.writestr(zipfile.ZipInfo(name, EPOCH), one.content)
            sums.append(f"{hashlib.sha256(one.content).hexdigest()}  {name}\n")
        packing.writestr(zipfile.ZipInfo("inventaris.txt", EPOCH), _inventory(number, ready))
        packing.writestr(zipfile.ZipInfo("SHA256SUMS", EPOCH), "".join(sums))
    return out.getvalue()


def _name(sheet: Sheet) -> str:
    """The name of a piece in the ZIP: its number and title; of what we wrote ourselves the title has no ending."""
    ending = "" if "." in sheet.title[-5:] else f".{sheet.media_type.rpartition('/')[2]}"
    return f"{sheet.position:03}-{clean_name(sheet.title)}{ending}"


def _inventory(number: str, sheets: Sequence[Sheet]) -> str:
    """The list of pieces with maker, day and pages, running through the whole file; of what is kept back its number
    and the ground."""
    lines, page = [f"Inventaris {number}", ""], 1
    for one in sheets:
        if one.kept_from_you:
            lines.append(f"{one.position:>3}  niet voor u in te zien: {one.kept_from_you}")
            continue
        last = page + one.pages - 1
        maker = f"  van: {one.maker}" if one.maker else ""
        kept = f"  (alleen voor wie oordeelt: {one.kept})" if one.kept else ""
        lines.append(f"{one.position:>3}  p. {page}-{last}  {one.on}  {one.title}{maker}{kept}")
        page = last + 1
    return "\n".join([*lines, ""])

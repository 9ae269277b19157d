"""The DUO import: which files, in which order, in one transaction, with a report of each.

Every file is read before anything is stored: when one of them is unusable, nothing is.
"""

import asyncio
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path

import msgspec

from accreditation.programmes.schemas import ProgrammeRow
from accreditation.programmes.service import import_programmes
from core.errors import Invalid
from core.store.work import Actor, Means, Work
from register.schools.duo.layouts import LAYOUTS
from register.schools.duo.reading import read, read_handed_over
from register.schools.duo.rows import Reading, RefusedRow, Source
from register.schools.extract import shipped
from register.schools.service import Stored, import_places

ORDER = [layout.source for layout in LAYOUTS]
Progress = Callable[[str, int, int], object]
"""Told at each step: what, how far, of how many."""


class Outcome(IntEnum):
    """How an import went, as the command's exit code."""

    STORED = 0
    SOME_REFUSED = 1
    UNUSABLE = 2


class FileReport(msgspec.Struct, frozen=True):
    """What became of one file; `unusable` is the code for which the whole file was refused."""

    name: str
    source: Source | None = None
    stored: Stored | None = None
    refused: Sequence[RefusedRow] = ()
    unusable: str | None = None


class DuoReport(msgspec.Struct, frozen=True):
    """What became of every file; `dry_run`: nothing was stored, this is what would have been."""

    files: Sequence[FileReport]
    dry_run: bool

    @property
    def outcome(self) -> Outcome:
        if any(file.unusable for file in self.files):
            return Outcome.UNUSABLE
        return Outcome.SOME_REFUSED if any(file.refused for file in self.files) else Outcome.STORED


def _silent(_what: str, _done: int, _of: int) -> None: ...


async def import_duo(
    means: Means,
    actor: Actor,
    files: Sequence[Path] | None = None,
    *,
    dry_run: bool = False,
    progress: Progress = _silent,
) -> DuoReport:
    """Read and store DUO files; none named: the ones that the product ships."""
    contents: list[tuple[str, Path | bytes]] = [(path.name, path) for path in files] if files else [*shipped()]
    readings: list[tuple[str, Reading]] = []
    unusable: list[FileReport] = []
    for done, (name, content) in enumerate(contents):
        progress(name, done, 2 * len(contents))
        try:
            readings.append((name, await _read(content)))
        except Invalid as error:
            unusable.append(FileReport(name, unusable=error.code))
        except OSError:
            unusable.append(FileReport(name, unusable="unreadable-file"))
    if unusable:
        return DuoReport([*unusable, *(FileReport(name, r.source, None, r.refused) for name, r in readings)], dry_run)

    async def deed(work: Work) -> list[FileReport]:
        return await store(work, readings, progress)

    if not dry_run:
        return DuoReport(await means.do(actor, deed), dry_run)
    work = means.begin(actor)
    try:
        return DuoReport(await deed(work), dry_run)
    finally:
        await work.close()


async def _read(content: Path | bytes) -> Reading:
    if isinstance(content, Path):
        return await read_handed_over(await asyncio.to_thread(content.read_bytes))
    return read(content)


async def store(work: Work, readings: Sequence[tuple[str, Reading]], progress: Progress = _silent) -> list[FileReport]:
    """Store files that were read, in the order in which one needs another; a report of each, in that order."""
    reports = []
    ordered = sorted(readings, key=lambda named: ORDER.index(named[1].source))
    for done, (name, reading) in enumerate(ordered, len(ordered)):
        progress(name, done, 2 * len(ordered))
        reports.append(FileReport(name, reading.source, await _store(work, reading), reading.refused))
    progress("", 2 * len(ordered), 2 * len(ordered))
    return reports


async def _store(work: Work, reading: Reading) -> Stored:
    if reading.source is not Source.PROGRAMMES:
        return await import_places(work, reading)
    rows = [row for _, row in reading.rows if isinstance(row, ProgrammeRow)]
    new, changed, gone = await import_programmes(work, rows, refused=len(reading.refused))
    return Stored(new, changed, len(rows) - new - changed, gone)

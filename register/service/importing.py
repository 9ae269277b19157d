"""`bekwaam import duo`: progress on standard error, a report by file and by row on standard output."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from auth.actor import SYSTEM
from core.settings import Settings
from core.store.work import Work
from core.terminal import Bar, say
from register.entries.entry import follow_places
from register.schools.duo.rows import REPAIRS
from register.schools.duo_import import DuoReport, FileReport, import_duo
from register.service.context import open_means


async def duo(settings: Settings, files: Sequence[Path] | None, dry_run: bool, as_json: bool) -> int:
    """Import DUO files, or the shipped ones; exit code 0 all stored, 1 some rows refused, 2 a file is unusable.

    Entries in the public register show boards and schools by name, so they follow.
    """
    means = open_means(settings)

    async def follow(work: Work) -> int:
        return await follow_places(work)

    try:
        report = await import_duo(means, SYSTEM, files, dry_run=dry_run, progress=Bar())
        if not dry_run:
            await means.do(SYSTEM, follow)
    finally:
        await means.database.close()
    say(msgspec.json.format(msgspec.json.encode(as_data(report))).decode() if as_json else as_text(report))
    return int(report.outcome)


def as_data(report: DuoReport) -> dict[str, Any]:
    """The report for a program; each refused row says what would repair it."""
    return {
        "outcome": report.outcome.name.lower().replace("_", "-"),
        "dry_run": report.dry_run,
        "files": [_file_data(file) for file in report.files],
    }


def _file_data(file: FileReport) -> dict[str, Any]:
    refused = [{**msgspec.structs.asdict(row), "detail": REPAIRS[row.code]} for row in file.refused]
    return {
        **msgspec.structs.asdict(file),
        "refused": refused,
        "detail": REPAIRS[file.unusable] if file.unusable else None,
    }


def as_text(report: DuoReport) -> str:
    """The report for a person: a line for each file, and under it a line for each refused row."""
    lines = ["Nothing was stored: this is what would have been."] if report.dry_run else []
    for file in report.files:
        lines.append(f"{file.name}: {_fate(file)}")
        for row in file.refused:
            column = f", {row.column}" if row.column else ""
            lines.append(f"  line {row.line}{column}: {REPAIRS[row.code]} ({row.code})")
    if any(file.unusable for file in report.files):
        lines.append("Nothing was stored, because a file is unusable.")
    return "\n".join(lines)


def _fate(file: FileReport) -> str:
    if file.unusable:
        return f"unusable. {REPAIRS[file.unusable]} ({file.unusable})"
    refused = f"{len(file.refused)} refused"
    if file.stored is None:
        return f"not stored, {refused}"
    stored = file.stored
    closed = f", {stored.elsewhere} elsewhere" if stored.elsewhere else ""
    return f"{stored.new} new, {stored.changed} changed, {stored.unchanged} as they were{closed}, {refused}"

"""`bekwaam import register`: progress on standard error, a report by line on standard output."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from auth.actor import SYSTEM
from core.errors import Invalid
from core.store.work import Means, Work
from core.terminal import Bar, say
from register.office.imports.columns import REGISTER
from register.office.imports.faults import lines_in
from register.office.imports.lines import lines_of
from register.office.imports.refusals import repair
from register.office.imports.service import Progress, TakeoverReport, silent, take_over
from register.schools.duo.rows import RefusedRow

STORED, SOME_REFUSED, UNUSABLE = 0, 1, 2
SOURCE = "register"


async def import_register(
    means: Means, source: str, content: bytes, *, dry_run: bool = False, progress: Progress = silent
) -> TakeoverReport:
    """Take a register over, all of it or, on a dry run, nothing; Invalid for a file that is unusable."""
    lines = await lines_of(content, REGISTER)

    async def deed(work: Work) -> TakeoverReport:
        return await take_over(work, source, lines, progress)

    if not dry_run:
        return await means.do(SYSTEM, deed)
    work = means.begin(SYSTEM)
    try:
        return msgspec.structs.replace(await deed(work), dry_run=True)
    finally:
        await work.close()


async def command(means: Means, file: Path, source: str | None, dry_run: bool, as_json: bool) -> int:
    """Exit code 0 all stored, 1 some lines refused, 2 file unusable."""
    try:
        content = await asyncio.to_thread(file.read_bytes)
        report = await import_register(means, source or SOURCE, content, dry_run=dry_run, progress=Bar())
    except Invalid as error:
        say(unusable(file, error.code, error.facts, as_json))
        return UNUSABLE
    except OSError:
        say(unusable(file, "unreadable-file", {}, as_json))
        return UNUSABLE
    finally:
        await means.database.close()
    say(msgspec.json.format(msgspec.json.encode(as_data(report))).decode() if as_json else as_text(report))
    return SOME_REFUSED if report.refused else STORED


def unusable(file: Path, code: str, facts: dict[str, Any], as_json: bool) -> str:
    """Why a whole file was refused."""
    detail = repair(code)
    if as_json:
        told = {"outcome": "unusable", "file": file.name, "code": code, "detail": detail, **facts}
        return msgspec.json.format(msgspec.json.encode(told)).decode()
    column = f" [{facts['column']}]" if "column" in facts else ""
    return f"{file.name}: unusable.{column} {detail} ({code}) Nothing was stored."


def as_data(report: TakeoverReport) -> dict[str, Any]:
    """The report for a program; each refused line says what would repair it."""
    return {
        "outcome": "some-refused" if report.refused else "stored",
        **msgspec.structs.asdict(report),
        "refused": [{**msgspec.structs.asdict(row), "detail": repair(row.code)} for row in report.refused],
    }


def as_text(report: TakeoverReport) -> str:
    """The report for a person: the totals, and a line for each refused one."""
    lines = ["Nothing was stored: this is what would have been."] if report.dry_run else []
    lines.append(
        f"{report.read} lines read: {report.new} new, {report.changed} changed, {report.unchanged} as they were, "
        f"{lines_in(report.refused)} refused"
    )
    for each in report.balances:
        lines.append(
            f"{each.register_code}: {each.points_in} points and {each.hours_in} hours in, "
            f"{each.points_on_ledgers} points and {each.hours_on_ledgers} hours on ledgers"
        )
    return "\n".join([*lines, *refused_as_text(report.refused)])


def refused_as_text(refused: Sequence[RefusedRow]) -> list[str]:
    """A line for each refused one, with what would repair it."""
    return [
        f"  line {row.line}{f', {row.column}' if row.column else ''}: {repair(row.code)} ({row.code})"
        for row in refused
    ]

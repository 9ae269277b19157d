"""`bekwaam import appointments`: a report by line on standard output."""

import asyncio
from pathlib import Path

import msgspec

from auth.actor import SYSTEM
from core.errors import Invalid
from core.store.work import Means, Work
from core.terminal import say
from register.employers.deliveries.service import DeliveryReport, deliver
from register.office.imports.columns import APPOINTMENTS
from register.office.imports.command import SOME_REFUSED, STORED, UNUSABLE, refused_as_text, unusable
from register.office.imports.faults import lines_in
from register.office.imports.lines import lines_of
from register.office.imports.refusals import repair


async def import_appointments(means: Means, content: bytes, *, dry_run: bool = False) -> DeliveryReport:
    """Take a delivery in, all of it or, on a dry run, nothing; Invalid if a file is unusable or has a BSN in it."""
    lines = await lines_of(content, APPOINTMENTS)

    async def deed(work: Work) -> DeliveryReport:
        return await deliver(work, lines)

    if not dry_run:
        return await means.do(SYSTEM, deed)
    work = means.begin(SYSTEM)
    try:
        return msgspec.structs.replace(await deed(work), dry_run=True)
    finally:
        await work.close()


async def command(means: Means, file: Path, dry_run: bool, as_json: bool) -> int:
    """Exit code 0 all stored, 1 some lines refused, 2 file unusable."""
    try:
        content = await asyncio.to_thread(file.read_bytes)
        report = await import_appointments(means, content, dry_run=dry_run)
    except Invalid as error:
        say(unusable(file, error.code, error.facts, as_json))
        return UNUSABLE
    except OSError:
        say(unusable(file, "unreadable-file", {}, as_json))
        return UNUSABLE
    finally:
        await means.database.close()
    if as_json:
        refused = [{**msgspec.structs.asdict(row), "detail": repair(row.code)} for row in report.refused]
        outcome = "some-refused" if refused else "stored"
        told = {"outcome": outcome, **msgspec.structs.asdict(report), "refused": refused}
        say(msgspec.json.format(msgspec.json.encode(told)).decode())
    else:
        say(as_text(report))
    return SOME_REFUSED if report.refused else STORED


def as_text(report: DeliveryReport) -> str:
    """The report for a person: the totals, and a line for each refused one."""
    lines = ["Nothing was stored: this is what would have been."] if report.dry_run else []
    lines.append(
        f"{report.read} lines read: {report.waiting} wait for the professional's answer, {report.unchanged} as they "
        f"were, {lines_in(report.refused)} refused"
    )
    return "\n".join([*lines, *refused_as_text(report.refused)])

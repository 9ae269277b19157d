"""Imports the national list of higher-education programmes: set-based, twice is once, one line in the trail."""

from collections.abc import Sequence

import msgspec
from sqlmodel import col, select

from accreditation.programmes.models import HigherEducationProgramme
from accreditation.programmes.schemas import ProgrammeRow
from core.errors import Invalid
from core.store import bulk
from core.store.work import Work

PROGRAMMES = HigherEducationProgramme.__table__  # type: ignore[attr-defined]
WHOLE_LIST = 0.9
"""A list with fewer of the rows that stand is a fragment, from which no absence follows."""


async def import_programmes(work: Work, rows: Sequence[ProgrammeRow], *, refused: int = 0) -> tuple[int, int, int]:
    """Store the list; how many rows came, how many changed, and how many are no longer on it.

    `refused` is how many lines could not be read: while there are any, nothing is taken to be gone.
    """
    stood = await bulk.standing(work.session, PROGRAMMES)
    wanted: list[bulk.Values] = [{**msgspec.structs.asdict(row), "unlisted_on": None} for row in rows]
    named = {bulk.key_of(PROGRAMMES, values) for values in wanted}
    listed = {key for key, values in stood.items() if values["unlisted_on"] is None}
    if not refused and len(listed & named) >= WHOLE_LIST * len(listed):
        wanted += [{**stood[key], "unlisted_on": work.today} for key in listed - named]

    written = await bulk.write(work.session, PROGRAMMES, stood, wanted)

    new, changed = len(written.new), len(written.changed & named)
    gone = len(written.changed) - changed
    if written:
        work.log(
            "programmes:import",
            stream="programmes",
            rows=len(rows),
            rows_digest=bulk.digest_of_all(rows),
            refused=refused,
            new=new,
            changed=changed,
            gone=gone,
            tables={PROGRAMMES.name: await bulk.digest_of_table(work.session, PROGRAMMES)},
        )
    return new, changed, gone


async def nvao_master(work: Work, croho_code: str) -> HigherEducationProgramme:
    """The NVAO-accredited master that stands under a CROHO code; Invalid("not-an-nvao-master")."""
    wanted = select(HigherEducationProgramme).where(
        HigherEducationProgramme.croho_code == croho_code,
        HigherEducationProgramme.degree == "master",
        HigherEducationProgramme.accreditor == "NVAO",
        col(HigherEducationProgramme.unlisted_on).is_(None),
    )
    found = (await work.session.exec(wanted.order_by(col(HigherEducationProgramme.offer_code)).limit(1))).first()
    if found is None:
        raise Invalid("not-an-nvao-master", [("croho_code", "not-an-nvao-master")])
    return found

"""What extracts are made from: the whole history of somebody, as it was written."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import col, select

from core.store.work import Work
from register.entries.models import EntryVersion, Registration
from register.entries.policy import Register


async def lines_of(work: Work, person_id: UUID) -> Mapping[Register, Sequence[EntryVersion]]:
    """Every line about every entry of a person, in the order of writing."""
    wanted = (
        select(Registration.register_code, EntryVersion)
        .join(EntryVersion, col(EntryVersion.registration_id) == Registration.id)
        .where(Registration.person_id == person_id)
        .order_by(col(Registration.register_code), col(EntryVersion.seq))
    )
    found: dict[Register, list[EntryVersion]] = {}
    for register, line in await work.session.exec(wanted):
        found.setdefault(Register(register), []).append(line)
    return found

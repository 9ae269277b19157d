"""Reads of histories, each scoped to who asks."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import and_, col, select

from auth.actor import Actor
from auth.permissions import Permission
from core.errors import NotFound
from core.store.work import Work
from register.entries.models import EntryVersion, PublicEntry, Registration
from register.entries.policy import Register


async def entry(work: Work, id: UUID) -> Registration:
    """An entry of who asks, or any for who may read histories; NotFound("no-such-registration") otherwise."""
    wanted = select(Registration).where(Registration.id == id)
    if isinstance(work.actor, Actor) and not work.actor.can(Permission.HISTORY_READ):
        wanted = wanted.where(Registration.person_id == work.actor.person_id)
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-registration")
    return found


async def lines(work: Work, registration_id: UUID) -> Sequence[EntryVersion]:
    """Every line of a history, as it was written."""
    wanted = select(EntryVersion).where(EntryVersion.registration_id == registration_id)
    return (await work.session.exec(wanted.order_by(col(EntryVersion.seq)))).all()


async def public_lines(work: Work, register_number: str, on: date) -> Sequence[tuple[Register, EntryVersion]]:
    """What was written about the entries that everybody may see now, as far as it holds on a day; oldest first.

    NotFound("no-such-entry") for who is not in the register, is hidden, or has left it.
    """
    shown = select(PublicEntry.person_id, PublicEntry.register_code).where(
        PublicEntry.register_number == register_number, col(PublicEntry.hidden).is_(False)
    )
    seen = (await work.session.exec(shown)).all()
    if not seen:
        raise NotFound("no-such-entry")
    same = and_(
        col(Registration.person_id) == PublicEntry.person_id,
        col(Registration.register_code) == PublicEntry.register_code,
    )
    wanted = (
        select(PublicEntry.register_code, EntryVersion)
        .join(Registration, same)
        .join(EntryVersion, col(EntryVersion.registration_id) == Registration.id)
        .where(PublicEntry.register_number == register_number, col(PublicEntry.hidden).is_(False))
        .where(col(EntryVersion.holds_from) <= on)
        .order_by(col(PublicEntry.register_code), col(EntryVersion.seq))
    )
    return [(Register(register), line) for register, line in await work.session.exec(wanted)]

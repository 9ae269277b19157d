"""Reads of renewals."""

from uuid import UUID

from sqlmodel import col, select

from core.errors import NotFound
from core.store.work import Work
from register.entries.models import Application
from register.entries.policy import ENDED, ApplicationKind


async def open_renewal(work: Work, registration_id: UUID) -> Application | None:
    """The request to renew that is being drawn up or decided, if there is one."""
    wanted = select(Application).where(
        Application.registration_id == registration_id,
        Application.kind == ApplicationKind.REREGISTRATION,
        col(Application.state).not_in(ENDED),
    )
    return (await work.session.exec(wanted.order_by(col(Application.id).desc()).limit(1))).first()


async def decided(work: Work, id: UUID) -> Application:
    """The request that a decision is about, for the house itself; NotFound("no-such-application")."""
    found = await work.session.get(Application, id)
    if found is None:
        raise NotFound("no-such-application")
    return found

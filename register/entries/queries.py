"""Reads of entries and applications, each scoped to who asks; and the public search on its projection."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from auth.actor import Actor, person_of
from auth.permissions import Permission
from core.decisions import Decision, DecisionState
from core.errors import NotFound
from core.store.db import AsyncSession
from core.store.files import StoredFile
from core.store.work import Work
from register.entries.models import (
    Application,
    ApplicationProof,
    Appointment,
    CompletionRequest,
    EntryVersion,
    PublicEntry,
    Qualification,
    Registration,
)
from register.entries.policy import ENDED, ApplicationKind, ApplicationState, QualificationState, Register, Status


async def registration(work: Work, id: UUID) -> Registration:
    """An entry by id, for the house itself; NotFound("no-such-registration")."""
    found = (await work.session.exec(select(Registration).where(Registration.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-registration")
    return found


async def own_registrations(work: Work) -> Sequence[Registration]:
    """The entries of who asks."""
    wanted = select(Registration).where(Registration.person_id == person_of(work.actor))
    return (await work.session.exec(wanted.order_by(col(Registration.register_code)))).all()


async def registrations_of(work: Work, person_id: UUID) -> Sequence[Registration]:
    """The entries of a person, for the house itself."""
    wanted = select(Registration).where(Registration.person_id == person_id)
    return (await work.session.exec(wanted.order_by(col(Registration.register_code)))).all()


async def own_registration(work: Work, register: Register) -> Registration:
    """The entry of who asks in one register; NotFound("no-such-registration")."""
    wanted = select(Registration).where(
        Registration.person_id == person_of(work.actor), Registration.register_code == register
    )
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-registration")
    return found


async def application(work: Work, id: UUID) -> Application:
    """An application that the actor may see; NotFound("no-such-application") otherwise.

    The applicant sees their own, the secretary those that were handed in. A member reads a file in the session, where
    recusal is checked. A role is void on one's own case: there one is applicant and nothing else.
    """
    found = (await work.session.exec(_visible(work).where(Application.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-application")
    return found


async def applications(
    work: Work, state: ApplicationState | None, after: UUID | None, most: int
) -> Sequence[Application]:
    """What the actor may see, newest last."""
    wanted = _visible(work)
    if state is not None:
        wanted = wanted.where(Application.state == state)
    if after is not None:
        wanted = wanted.where(col(Application.id) > after)
    return (await work.session.exec(wanted.order_by(col(Application.id)).limit(most))).all()


async def own_applications(work: Work, most: int) -> Sequence[Application]:
    """The last ones that the actor drew up, newest last."""
    wanted = select(Application).where(Application.person_id == person_of(work.actor))
    return (await work.session.exec(wanted.order_by(col(Application.id).desc()).limit(most))).all()[::-1]


def _visible(work: Work) -> SelectOfScalar[Application]:
    actor = work.actor
    wanted = select(Application)
    if not isinstance(actor, Actor):
        return wanted if actor.can(Permission.APPLICATION_READ) else wanted.where(sa.false())
    ways = [col(Application.person_id) == actor.person_id]
    handed_in = col(Application.state) != ApplicationState.DRAFT
    if actor.can(Permission.APPLICATION_ADMIT):
        ways.append(handed_in)
    return wanted.where(or_(*ways))


async def proofs(work: Work, application_id: UUID) -> Sequence[ApplicationProof]:
    """The documents behind an application, in the order in which they were added."""
    wanted = select(ApplicationProof).where(ApplicationProof.application_id == application_id)
    return (await work.session.exec(wanted.order_by(col(ApplicationProof.id)))).all()


async def open_applications(work: Work, registration_id: UUID) -> Sequence[Application]:
    """What still runs for an entry; also what was decided and is not made known."""
    gone = ENDED - {ApplicationState.DECIDED}
    wanted = select(Application).where(
        Application.registration_id == registration_id, col(Application.state).not_in(gone)
    )
    return (await work.session.exec(wanted.order_by(col(Application.id)))).all()


async def qualifications(work: Work, registration_ids: Sequence[UUID]) -> Sequence[Qualification]:
    """What the register holds of what teachers may teach, by name."""
    wanted = select(Qualification).where(
        col(Qualification.registration_id).in_(registration_ids),
        Qualification.state == QualificationState.REGISTERED,
    )
    return (await work.session.exec(wanted.order_by(col(Qualification.name), col(Qualification.id)))).all()


async def completion_requests(work: Work, application_id: UUID) -> Sequence[CompletionRequest]:
    """What an application was found to lack, oldest first."""
    wanted = select(CompletionRequest).where(CompletionRequest.application_id == application_id)
    return (await work.session.exec(wanted.order_by(col(CompletionRequest.id)))).all()


async def open_kinds(work: Work, registration_id: UUID) -> set[ApplicationKind]:
    """The kinds of application that still run for an entry."""
    wanted = select(Application.kind).where(
        Application.registration_id == registration_id, col(Application.state).not_in(ENDED)
    )
    return {ApplicationKind(kind) for kind in await work.session.exec(wanted)}


async def appointments(work: Work, person_id: UUID) -> Sequence[Appointment]:
    """The posts of a person, the latest first."""
    return (await posts_of(work, {person_id})).get(person_id, [])


async def posts_of(work: Work, person_ids: Collection[UUID]) -> dict[UUID, list[Appointment]]:
    """The posts of persons, the latest of each first."""
    wanted = select(Appointment).where(col(Appointment.person_id).in_(list(person_ids)))
    latest = (col(Appointment.appointed_on).desc(), col(Appointment.id).desc())
    found: dict[UUID, list[Appointment]] = {}
    for post in await work.session.exec(wanted.order_by(*latest)):
        found.setdefault(post.person_id, []).append(post)
    return found


async def shares_board(session: AsyncSession, one: UUID, other: UUID, since: date) -> bool:
    """Whether two persons have a post at the same board, now or since a day."""
    mine, theirs = aliased(Appointment), aliased(Appointment)
    wanted = (
        select(mine.id)
        .join(theirs, col(theirs.board_number) == mine.board_number)
        .where(mine.person_id == one, theirs.person_id == other)
        .where(or_(col(mine.ended_on).is_(None), col(mine.ended_on) >= since))
        .where(or_(col(theirs.ended_on).is_(None), col(theirs.ended_on) >= since))
    )
    return (await session.exec(wanted.limit(1))).first() is not None


async def has_post_at(session: AsyncSession, person_id: UUID, board_number: str, since: date) -> bool:
    """Whether a person has a post at a board, now or since a day."""
    wanted = (
        select(Appointment.id)
        .where(Appointment.person_id == person_id, Appointment.board_number == board_number)
        .where(or_(col(Appointment.ended_on).is_(None), col(Appointment.ended_on) >= since))
    )
    return (await session.exec(wanted.limit(1))).first() is not None


async def been(session: AsyncSession, registration_ids: Collection[UUID], statuses: Collection[Status]) -> set[UUID]:
    """Which of these entries ever stood in one of these ways."""
    line = EntryVersion
    wanted = select(line.registration_id).where(col(line.registration_id).in_(list(registration_ids)))
    return set(await session.exec(wanted.where(col(line.status).in_(list(statuses))).distinct()))


async def faces_of(work: Work, person_ids: Collection[UUID]) -> dict[tuple[UUID, Register], PublicEntry]:
    """The public faces of the entries of persons."""
    wanted = select(PublicEntry).where(col(PublicEntry.person_id).in_(list(person_ids)))
    return {(shown.person_id, shown.register_code): shown for shown in await work.session.exec(wanted)}


async def proofs_with_files(work: Work, application_id: UUID) -> Sequence[tuple[ApplicationProof, StoredFile | None]]:
    """The documents behind an application, each with what is known of its file."""
    wanted = (
        select(ApplicationProof, StoredFile)
        .join(StoredFile, col(ApplicationProof.file_id) == StoredFile.id, isouter=True)
        .where(ApplicationProof.application_id == application_id)
        .order_by(col(ApplicationProof.id))
    )
    return (await work.session.exec(wanted)).all()


async def known_decision(work: Work, application_id: UUID) -> UUID | None:
    """The decision on an application, once it is made known."""
    wanted = select(Decision.id).where(Decision.subject_id == application_id, col(Decision.notified_on).is_not(None))
    return (await work.session.exec(wanted.order_by(col(Decision.notified_on).desc(), col(Decision.id).desc()))).first()


async def going_along(work: Work, main: Decision) -> Sequence[Decision]:
    """The decisions on qualifications that went out with one on an application, and were not replaced since."""
    apart = col(Qualification.decision_id) != Qualification.main_id
    wanted = select(Decision).join(Qualification, col(Qualification.decision_id) == Decision.id)
    first = col(Decision.replaces).is_(None)  # what took the place of one has a day of its own
    wanted = wanted.where(Qualification.main_id == main.id, apart, first, Decision.state == DecisionState.NOTIFIED)
    return (await work.session.exec(wanted.order_by(col(Decision.id)))).all()

"""Reads of audits: the secretary sees all, an auditor those assigned, a provider its own once reported."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from accreditation.attendance.models import Attendance
from accreditation.attendance.policy import Cause, State
from accreditation.audits.models import AuditFinding, AuditRound, ProviderAudit
from accreditation.audits.policy import PUBLISHED, SEEN_BY_PROVIDER, Signals
from accreditation.audits.ports import AuditPorts
from accreditation.courses.models import Course, CourseAccreditation
from accreditation.providers.models import Provider, ProviderAuthorisation
from accreditation.providers.policy import AuthorisationState
from accreditation.rating.models import CourseRating
from accreditation.rating.queries import counting
from auth.actor import Actor
from auth.permissions import Permission
from core.errors import NotFound
from core.store.work import Work

CORRECTED = (Cause.PROVIDER, Cause.SECOND_EYES, Cause.DISPUTE)
MOST_REMARKS = 200


def _visible(work: Work) -> SelectOfScalar[ProviderAudit]:
    actor = work.actor
    wanted = select(ProviderAudit)
    if not isinstance(actor, Actor):
        return wanted
    own = list(actor.organisations)
    if actor.can(Permission.AUDIT_KEEP):
        # A case of one's own is seen as the provider sees it.
        return wanted.where(
            or_(col(ProviderAudit.provider_id).not_in(own), col(ProviderAudit.state).in_(SEEN_BY_PROVIDER))
        )
    ways: list[sa.ColumnElement[bool]] = [
        sa.and_(col(ProviderAudit.provider_id).in_(own), col(ProviderAudit.state).in_(SEEN_BY_PROVIDER))
    ]
    if actor.can(Permission.AUDIT_DO):
        ways.append(col(ProviderAudit.auditor_id) == actor.person_id)
    return wanted.where(or_(*ways))


async def audit(work: Work, id: UUID) -> ProviderAudit:
    """An audit that the actor may see; NotFound("no-such-audit")."""
    found = (await work.session.exec(_visible(work).where(ProviderAudit.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-audit")
    return found


async def audits(work: Work, after: UUID | None, most: int) -> Sequence[tuple[ProviderAudit, str]]:
    """The audits that the actor may see with the names of the providers, oldest first."""
    seen = _visible(work).with_only_columns(col(ProviderAudit.id))
    wanted = select(ProviderAudit, Provider.name).join(Provider, col(Provider.id) == ProviderAudit.provider_id)
    wanted = wanted.where(col(ProviderAudit.id).in_(seen))
    if after is not None:
        wanted = wanted.where(col(ProviderAudit.id) > after)
    return (await work.session.exec(wanted.order_by(col(ProviderAudit.id)).limit(most))).all()


async def published(work: Work, after: UUID | None, most: int) -> Sequence[tuple[ProviderAudit, str]]:
    """The audits whose report everybody may read, oldest first."""
    wanted = (
        select(ProviderAudit, Provider.name)
        .join(Provider, col(Provider.id) == ProviderAudit.provider_id)
        .where(col(ProviderAudit.state).in_(PUBLISHED))
    )
    if after is not None:
        wanted = wanted.where(col(ProviderAudit.id) > after)
    return (await work.session.exec(wanted.order_by(col(ProviderAudit.id)).limit(most))).all()


async def published_one(work: Work, id: UUID) -> ProviderAudit:
    """An audit whose report everybody may read; NotFound("no-such-audit")."""
    found = await work.session.get(ProviderAudit, id)
    if found is None or found.state not in PUBLISHED:
        raise NotFound("no-such-audit")
    return found


async def findings_of(work: Work, audit_id: UUID) -> Sequence[AuditFinding]:
    """What was found, in the order in which it was written."""
    wanted = select(AuditFinding).where(AuditFinding.audit_id == audit_id)
    return (await work.session.exec(wanted.order_by(col(AuditFinding.position)))).all()


async def round_of(work: Work, id: UUID) -> AuditRound:
    """A draw; NotFound("no-such-round")."""
    found = await work.session.get(AuditRound, id)
    if found is None:
        raise NotFound("no-such-round")
    return found


async def rounds(work: Work, after: UUID | None, most: int) -> Sequence[AuditRound]:
    """The draws, oldest first."""
    wanted = select(AuditRound)
    if after is not None:
        wanted = wanted.where(col(AuditRound.id) > after)
    return (await work.session.exec(wanted.order_by(col(AuditRound.id)).limit(most))).all()


async def drawn_in(work: Work, round_ids: Collection[UUID]) -> Mapping[UUID, list[UUID]]:
    """Whom draws fell on."""
    wanted = select(ProviderAudit.round_id, ProviderAudit.provider_id).where(
        col(ProviderAudit.round_id).in_(list(round_ids))
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for round_id, provider_id in (await work.session.exec(wanted.order_by(col(ProviderAudit.id)))).all():
        found[round_id].append(provider_id)
    return found


async def candidates(work: Work, register: str) -> Sequence[UUID]:
    """Who offers accredited courses in a register and is authorised there."""
    offering = (
        select(Course.provider_id)
        .join(CourseAccreditation, col(CourseAccreditation.course_id) == Course.id)
        .where(CourseAccreditation.register_code == register, CourseAccreditation.until_on >= work.today)
    )
    wanted = select(ProviderAuthorisation.provider_id).where(
        ProviderAuthorisation.register_code == register,
        ProviderAuthorisation.state == AuthorisationState.AUTHORISED,
        col(ProviderAuthorisation.provider_id).in_(offering),
    )
    return (await work.session.exec(wanted.order_by(col(ProviderAuthorisation.provider_id)))).all()


async def signals_of(work: Work, register: str, provider_ids: Collection[UUID], since: date) -> dict[UUID, Signals]:
    """What was heard of providers since a day, in three queries whatever their number."""
    rated = (
        sa.select(
            col(Course.provider_id),
            sa.func.sum(col(CourseRating.stars)),
            sa.func.count(),
            sa.func.sum(sa.case((col(CourseRating.complaint), 1), else_=0)),
        )
        .join(Course, col(Course.id) == CourseRating.course_id)
        .where(
            col(Course.provider_id).in_(provider_ids),
            col(CourseRating.register_code) == register,
            col(CourseRating.rated_on) >= since,
            counting(),
        )
        .group_by(col(Course.provider_id))
    )
    corrected = sa.and_(col(Attendance.state) == State.REVERSED, col(Attendance.cause).in_(CORRECTED))
    attended = (
        sa.select(
            col(Attendance.provider_id),
            sa.func.count(),
            sa.func.sum(sa.case((corrected, 1), else_=0)),
        )
        .where(col(Attendance.provider_id).in_(provider_ids), col(Attendance.ended_on) >= since)
        .group_by(col(Attendance.provider_id))
    )
    connection = await work.session.connection()
    stars: dict[UUID, Any] = {row[0]: row[1:] for row in await connection.execute(rated)}
    there: dict[UUID, Any] = {row[0]: row[1:] for row in await connection.execute(attended)}
    declaring = await work.port(AuditPorts).declaring(work, register)
    return {
        one: _signals(stars.get(one, (0, 0, 0)), there.get(one, (0, 0)), declares=one in declaring)
        for one in provider_ids
    }


def _signals(rated: Sequence[Any], attended: Sequence[Any], *, declares: bool) -> Signals:
    stars, ratings, complaints = (int(number or 0) for number in rated)
    attendances, corrections = (int(number or 0) for number in attended)
    return Signals(stars, ratings, complaints, attendances, corrections, declares)


async def remarks_on(work: Work, provider_id: UUID, register: str, since: date) -> Sequence[str]:
    """What participants remarked, the latest first, without who."""
    wanted = (
        select(CourseRating.remark)
        .join(Course, col(Course.id) == CourseRating.course_id)
        .where(
            Course.provider_id == provider_id,
            CourseRating.register_code == register,
            CourseRating.rated_on >= since,
            CourseRating.remark != "",
        )
        .order_by(col(CourseRating.id).desc())
    )
    return (await work.session.exec(wanted.limit(MOST_REMARKS))).all()

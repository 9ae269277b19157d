"""Reads of institutional accreditations: a provider its own, the secretary all of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from accreditation.audits.models import AuditFinding, ProviderAudit
from accreditation.audits.policy import Weight
from accreditation.courses.models import Course, CourseAccreditation, CourseFile
from accreditation.courses.policy import FileState
from accreditation.institutional.models import CourseDeclaration, InstitutionalAccreditation
from accreditation.institutional.policy import InstitutionalState, Record
from accreditation.providers import queries as providers
from accreditation.providers.models import Provider, ProviderAuthorisation
from accreditation.providers.policy import AuthorisationState
from auth.actor import Actor
from auth.permissions import Permission
from core.decisions import Decision, DecisionState, Verdict
from core.errors import NotFound
from core.store.work import Work

MEASURES = ("provider-suspension", "provider-withdrawal")
ADMISSION = "provider-admission"


def _visible(work: Work) -> SelectOfScalar[InstitutionalAccreditation]:
    actor = work.actor
    wanted = select(InstitutionalAccreditation)
    if not isinstance(actor, Actor) or actor.can(Permission.PROVIDER_ADMIT):
        return wanted
    return wanted.where(col(InstitutionalAccreditation.provider_id).in_(list(actor.organisations)))


async def one(work: Work, id: UUID) -> InstitutionalAccreditation:
    """One that the actor may see; NotFound("no-such-institutional")."""
    found = (await work.session.exec(_visible(work).where(InstitutionalAccreditation.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-institutional")
    return found


async def several(work: Work, after: UUID | None, most: int) -> Sequence[InstitutionalAccreditation]:
    """Those that the actor may see, oldest first."""
    wanted = _visible(work)
    if after is not None:
        wanted = wanted.where(col(InstitutionalAccreditation.id) > after)
    return (await work.session.exec(wanted.order_by(col(InstitutionalAccreditation.id)).limit(most))).all()


async def names_of(work: Work, provider_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """What providers are called."""
    wanted = select(Provider.id, Provider.name).where(col(Provider.id).in_(list(provider_ids)))
    return dict((await work.session.exec(wanted)).all())


async def waits(work: Work, provider_id: UUID, register: str) -> bool:
    """Whether a request waits for its decision."""
    wanted = select(InstitutionalAccreditation.id).where(
        InstitutionalAccreditation.provider_id == provider_id,
        InstitutionalAccreditation.register_code == register,
        InstitutionalAccreditation.state == InstitutionalState.APPLIED,
    )
    return (await work.session.exec(wanted)).first() is not None


async def terms_of(work: Work, provider_id: UUID, register: str) -> Sequence[InstitutionalAccreditation]:
    """What was granted a provider in a register and is not withdrawn, the first to begin on top."""
    wanted = select(InstitutionalAccreditation).where(
        InstitutionalAccreditation.provider_id == provider_id,
        InstitutionalAccreditation.register_code == register,
        InstitutionalAccreditation.state == InstitutionalState.GRANTED,
    )
    return (await work.session.exec(wanted.order_by(col(InstitutionalAccreditation.from_on)))).all()


async def decided_among(work: Work, ids: Collection[UUID]) -> Collection[UUID]:
    """About which of these a decision waits to be made known."""
    wanted = select(Decision.subject_id).where(col(Decision.subject_id).in_(list(ids)))
    return set(await work.session.exec(wanted.where(Decision.state == DecisionState.TAKEN)))


async def standing(work: Work, provider_id: UUID, register: str) -> InstitutionalAccreditation | None:
    """The one under which a course may go by declaration today, or None."""
    wanted = select(InstitutionalAccreditation).where(
        InstitutionalAccreditation.provider_id == provider_id,
        InstitutionalAccreditation.register_code == register,
        InstitutionalAccreditation.state == InstitutionalState.GRANTED,
        col(InstitutionalAccreditation.from_on) <= work.today,
        col(InstitutionalAccreditation.until_on) >= work.today,
    )
    return (await work.session.exec(wanted.order_by(col(InstitutionalAccreditation.from_on).desc()).limit(1))).first()


async def declaring(work: Work, register: str) -> set[UUID]:
    """The providers that may let courses go by declaration in a register today."""
    wanted = select(InstitutionalAccreditation.provider_id).where(
        InstitutionalAccreditation.register_code == register,
        InstitutionalAccreditation.state == InstitutionalState.GRANTED,
        col(InstitutionalAccreditation.from_on) <= work.today,
        col(InstitutionalAccreditation.until_on) >= work.today,
    )
    return set((await work.session.exec(wanted)).all())


async def declared_under(work: Work, ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many courses went, or ask to go, by declaration."""
    wanted = (
        select(CourseDeclaration.under_id, sa.func.count())
        .join(CourseFile, col(CourseFile.id) == CourseDeclaration.file_id)
        .where(col(CourseDeclaration.under_id).in_(list(ids)), CourseFile.state != FileState.WITHDRAWN)
        .group_by(col(CourseDeclaration.under_id))
    )
    return {id: int(count) for id, count in (await work.session.exec(wanted)).all()}


async def declaration_of(work: Work, file_id: UUID) -> CourseDeclaration | None:
    """What was declared of a file, or None."""
    return (
        await work.session.exec(select(CourseDeclaration).where(CourseDeclaration.file_id == file_id))
    ).one_or_none()


Declared = tuple[CourseDeclaration, CourseFile, str, str]


def _declared(work: Work) -> SelectOfScalar[Any]:
    """One's own; for the secretary all."""
    wanted = (
        select(CourseDeclaration, CourseFile, Course.title, Provider.name)
        .join(CourseFile, col(CourseFile.id) == CourseDeclaration.file_id)
        .join(Course, col(Course.id) == CourseFile.course_id)
        .join(Provider, col(Provider.id) == CourseFile.provider_id)
    )
    actor = work.actor
    if isinstance(actor, Actor) and not actor.can(Permission.COURSE_ASSESS):
        wanted = wanted.where(col(CourseFile.provider_id).in_(list(actor.organisations)))
    return cast("SelectOfScalar[Any]", wanted)


async def declared(work: Work, file_id: UUID) -> Declared:
    """What was declared of a file that the actor may see; NotFound("no-such-declaration")."""
    found = (await work.session.exec(_declared(work).where(CourseDeclaration.file_id == file_id))).one_or_none()
    if found is None:
        raise NotFound("no-such-declaration")
    return cast("Declared", found)


async def declarations(work: Work, after: UUID | None, most: int) -> Sequence[Declared]:
    """Declarations with file, course and provider, oldest first."""
    wanted = _declared(work)
    if after is not None:
        wanted = wanted.where(col(CourseDeclaration.id) > after)
    return (await work.session.exec(wanted.order_by(col(CourseDeclaration.id)).limit(most))).all()


async def may_declare(work: Work, provider_id: UUID) -> Sequence[tuple[CourseFile, Course]]:
    """The files of a provider that were handed in and not declared yet."""
    wanted = (
        select(CourseFile, Course)
        .join(Course, col(Course.id) == CourseFile.course_id)
        .where(CourseFile.provider_id == provider_id, CourseFile.state == FileState.SUBMITTED)
        .where(col(CourseFile.id).not_in(select(CourseDeclaration.file_id)))
    )
    return (await work.session.exec(wanted.order_by(col(CourseFile.id)).limit(100))).all()


async def record_of(work: Work, provider_id: UUID, register: str, year_ago: date, since: date) -> Record:
    """What a provider has shown in a register; measures count since a day, applications since a year ago."""
    standing = await providers.authorisation_in(work, provider_id, register)
    if standing is None or standing.state is not AuthorisationState.AUTHORISED:
        return Record(None, 0)
    accredited = (
        select(sa.func.count(sa.distinct(col(CourseAccreditation.course_id))))
        .join(Course, col(Course.id) == CourseAccreditation.course_id)
        .where(
            Course.provider_id == provider_id,
            CourseAccreditation.register_code == register,
            CourseAccreditation.from_on >= year_ago,
            col(CourseAccreditation.withdrawn_on).is_(None),
        )
    )
    measured = select(Decision.id).where(
        Decision.subject_id == standing.id, col(Decision.kind).in_(MEASURES), Decision.decided_on >= since
    )
    return Record(
        await _authorised_since(work, standing),
        int((await work.session.exec(accredited)).one()),
        (await work.session.exec(measured)).first() is not None,
        await _unsound(work, provider_id, register),
    )


async def _authorised_since(work: Work, standing: ProviderAuthorisation) -> date:
    """The day on which the admission that stands was made known, or that on which it was asked."""
    wanted = select(Decision).where(
        Decision.subject_id == standing.id,
        Decision.kind == ADMISSION,
        Decision.outcome == Verdict.GRANTED,
        Decision.state == DecisionState.NOTIFIED,
    )
    admission = (await work.session.exec(wanted.order_by(col(Decision.id).desc()).limit(1))).first()
    return admission.notified_on if admission and admission.notified_on else standing.asked_on


async def _unsound(work: Work, provider_id: UUID, register: str) -> bool:
    """Whether the last audit that ended found something serious."""
    last = (
        select(ProviderAudit.id)
        .where(
            ProviderAudit.provider_id == provider_id,
            ProviderAudit.register_code == register,
            col(ProviderAudit.closed_on).is_not(None),
        )
        .order_by(col(ProviderAudit.closed_on).desc(), col(ProviderAudit.id).desc())
        .limit(1)
    )
    wanted = select(AuditFinding.id).where(
        col(AuditFinding.audit_id).in_(last.scalar_subquery()), AuditFinding.weight == Weight.SERIOUS
    )
    return (await work.session.exec(wanted.limit(1))).first() is not None

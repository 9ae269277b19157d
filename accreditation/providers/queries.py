"""Reads of providers, each scoped to who asks: a member sees their own, the secretary all of them."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import and_, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from accreditation.providers.models import Provider, ProviderAuthorisation, ProviderInvitation, ProviderMember
from accreditation.providers.policy import LOST, AuthorisationState
from auth.actor import Actor, person_of
from auth.permissions import Permission
from core.decisions import Decision, DecisionState, undecided
from core.errors import NotFound
from core.names import plain_key
from core.store.audit import TrailEvent
from core.store.work import Work


def _visible(work: Work) -> SelectOfScalar[Provider]:
    actor = work.actor
    wanted = select(Provider)
    if not isinstance(actor, Actor) or actor.can(Permission.PROVIDER_ADMIT):
        return wanted
    mine = select(ProviderMember.provider_id).where(
        ProviderMember.person_id == actor.person_id, col(ProviderMember.ended_at).is_(None)
    )
    return wanted.where(col(Provider.id).in_(mine))


async def provider(work: Work, id: UUID) -> Provider:
    """A provider that the actor may see; NotFound("no-such-provider")."""
    found = (await work.session.exec(_visible(work).where(Provider.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-provider")
    return found


async def providers(work: Work, after: UUID | None, most: int) -> Sequence[Provider]:
    """The providers that the actor may see, oldest first."""
    wanted = _visible(work)
    if after is not None:
        wanted = wanted.where(col(Provider.id) > after)
    return (await work.session.exec(wanted.order_by(col(Provider.id)).limit(most))).all()


async def by_id(work: Work, id: UUID) -> Provider:
    """A provider, for the house itself; NotFound("no-such-provider")."""
    found = (await work.session.exec(select(Provider).where(Provider.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-provider")
    return found


async def by_ids(work: Work, ids: Collection[UUID]) -> dict[UUID, Provider]:
    """Some providers, for the house itself."""
    rows = await work.session.exec(select(Provider).where(col(Provider.id).in_(list(ids))))
    return {row.id: row for row in rows}


async def addresses_of(work: Work, ids: Collection[UUID]) -> dict[UUID, str]:
    """Where these providers read their mail, for the house itself."""
    wanted = select(Provider.id, Provider.email).where(col(Provider.id).in_(list(ids)))
    return dict((await work.session.exec(wanted)).all())


async def membership(work: Work, provider_id: UUID) -> ProviderMember:
    """The actor's own membership; NotFound("no-such-provider") without one."""
    wanted = select(ProviderMember).where(
        ProviderMember.provider_id == provider_id,
        ProviderMember.person_id == person_of(work.actor),
        col(ProviderMember.ended_at).is_(None),
    )
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-provider")
    return found


async def is_member(work: Work, provider_id: UUID) -> bool:
    """Whether the actor acts for a provider: to them its cases are cases of their own."""
    return isinstance(work.actor, Actor) and provider_id in work.actor.organisations


async def acting(work: Work, person_id: UUID) -> bool:
    """Whether somebody acts for any provider now."""
    wanted = select(ProviderMember.id).where(ProviderMember.person_id == person_id)
    return (await work.session.exec(wanted.where(col(ProviderMember.ended_at).is_(None)))).first() is not None


async def members(work: Work, provider_id: UUID) -> Sequence[ProviderMember]:
    """Who acts for a provider now, who came first on top."""
    wanted = select(ProviderMember).where(
        ProviderMember.provider_id == provider_id, col(ProviderMember.ended_at).is_(None)
    )
    return (await work.session.exec(wanted.order_by(col(ProviderMember.id)))).all()


async def member_of(work: Work, provider_id: UUID, person_id: UUID) -> ProviderMember | None:
    """The membership of a person, also one that ended."""
    wanted = select(ProviderMember).where(
        ProviderMember.provider_id == provider_id, ProviderMember.person_id == person_id
    )
    return (await work.session.exec(wanted)).one_or_none()


async def invitation(work: Work, code_hash: str) -> ProviderInvitation:
    """The unused invitation behind a code that is still good; NotFound("no-such-invitation")."""
    wanted = select(ProviderInvitation).where(
        ProviderInvitation.code_hash == code_hash,
        col(ProviderInvitation.used_at).is_(None),
        col(ProviderInvitation.expires_on) >= work.today,
    )
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-invitation")
    return found


async def authorisations(work: Work, provider_ids: Sequence[UUID]) -> Sequence[ProviderAuthorisation]:
    """Where some providers stand, by register."""
    wanted = select(ProviderAuthorisation).where(col(ProviderAuthorisation.provider_id).in_(provider_ids))
    return (await work.session.exec(wanted.order_by(col(ProviderAuthorisation.register_code)))).all()


async def authorisation(work: Work, id: UUID) -> ProviderAuthorisation:
    """Where a provider stands in a register, for who may see the provider; NotFound("no-such-authorisation")."""
    seen = _visible(work).with_only_columns(col(Provider.id))
    wanted = select(ProviderAuthorisation).where(
        ProviderAuthorisation.id == id, col(ProviderAuthorisation.provider_id).in_(seen)
    )
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-authorisation")
    return found


async def authorisation_in(work: Work, provider_id: UUID, register: str) -> ProviderAuthorisation | None:
    """Where one provider stands in one register, or None."""
    wanted = select(ProviderAuthorisation).where(
        ProviderAuthorisation.provider_id == provider_id, ProviderAuthorisation.register_code == register
    )
    return (await work.session.exec(wanted)).one_or_none()


async def lost_since(work: Work, rows: Collection[ProviderAuthorisation]) -> dict[UUID, date]:
    """Since when each of these admissions is suspended, withdrawn or ended; those that stand are left out."""
    lost = {str(row.id): row for row in rows if row.state in LOST}
    events = {f"provider:{event.value}" for event in LOST.values()}
    wanted = (
        select(TrailEvent.object_id, func.max(TrailEvent.on_day))
        .where(col(TrailEvent.object_id).in_(list(lost)), col(TrailEvent.action).in_(events))
        .group_by(col(TrailEvent.object_id))
    )
    return {lost[str(id)].id: since for id, since in (await work.session.exec(wanted)).all()} if lost else {}


async def standing_decision(work: Work, row: ProviderAuthorisation, but: Decision) -> Decision | None:
    """The last decision but one about where a provider stands that was made known and stands itself."""
    wanted = select(Decision).where(
        Decision.subject_id == row.id, Decision.state == DecisionState.NOTIFIED, Decision.id != but.id
    )
    return (await work.session.exec(wanted.order_by(col(Decision.id).desc()).limit(1))).first()


async def authorised_registers(work: Work, provider_id: UUID) -> set[str]:
    """The registers in which a provider may apply now (pe-3)."""
    wanted = select(ProviderAuthorisation.register_code).where(
        ProviderAuthorisation.provider_id == provider_id,
        ProviderAuthorisation.state == AuthorisationState.AUTHORISED,
    )
    return set(await work.session.exec(wanted))


async def waiting(work: Work, most: int) -> Sequence[tuple[ProviderAuthorisation, Provider]]:
    """What waits for the secretary, nearest last day first; not what concerns a provider of their own."""
    own = work.actor.organisations if isinstance(work.actor, Actor) else frozenset()
    wanted = (
        select(ProviderAuthorisation, Provider)
        .join(Provider, and_(col(Provider.id) == ProviderAuthorisation.provider_id))
        .where(ProviderAuthorisation.state == AuthorisationState.APPLIED, undecided(col(ProviderAuthorisation.id)))
        .where(col(ProviderAuthorisation.provider_id).not_in(list(own)))
        .order_by(col(ProviderAuthorisation.decide_by_on), col(ProviderAuthorisation.id))
    )
    return (await work.session.exec(wanted.limit(most))).all()


async def standing_ones(work: Work, text: str, most: int) -> Sequence[tuple[ProviderAuthorisation, Provider]]:
    """Who is admitted or suspended and has this in the name, by name."""
    wanted = (
        select(ProviderAuthorisation, Provider)
        .join(Provider, and_(col(Provider.id) == ProviderAuthorisation.provider_id))
        .where(col(ProviderAuthorisation.state).in_([AuthorisationState.AUTHORISED, AuthorisationState.SUSPENDED]))
        .where(col(Provider.name_key).contains(plain_key(text), autoescape=True))
        .order_by(col(Provider.name_key), col(ProviderAuthorisation.id))
    )
    return (await work.session.exec(wanted.limit(most))).all()


async def same_name(work: Work, name_key: str) -> bool:
    """Whether a provider has this name already (pe-1: blocks)."""
    return (await work.session.exec(select(Provider.id).where(Provider.name_key == name_key))).first() is not None


async def same_postcode(work: Work, postcode: str, but: UUID | None = None) -> bool:
    """Whether another provider is at this postcode (pe-1: warns)."""
    wanted = select(Provider.id).where(Provider.postcode == postcode)
    if but is not None:
        wanted = wanted.where(Provider.id != but)
    return (await work.session.exec(wanted)).first() is not None


async def own_providers(work: Work) -> Sequence[Provider]:
    """The providers for which the actor acts, by name."""
    mine = list(work.actor.organisations) if isinstance(work.actor, Actor) else []
    return (
        await work.session.exec(select(Provider).where(col(Provider.id).in_(mine)).order_by(Provider.name_key))
    ).all()

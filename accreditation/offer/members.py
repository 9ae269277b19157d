"""Who acts, or acted, for the provider of what stands in the offer: the committee asks it for conflicts of interest."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select

from accreditation.offer.models import AccreditedOffer
from accreditation.providers.models import Provider, ProviderMember
from core.store.work import Work


async def members_of(work: Work, codes: Collection[str], persons: Collection[UUID]) -> Collection[tuple[str, UUID]]:
    """Of these persons, who belongs to the provider of which code; the offer knows its provider by name."""
    wanted = (
        select(AccreditedOffer.code, ProviderMember.person_id)
        .join(Provider, col(Provider.name) == AccreditedOffer.provider)
        .join(ProviderMember, col(ProviderMember.provider_id) == Provider.id)
        .where(col(AccreditedOffer.code).in_(list(codes)), col(ProviderMember.person_id).in_(list(persons)))
    )
    return (await work.session.exec(wanted.distinct())).all()

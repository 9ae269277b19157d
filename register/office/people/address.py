"""Another e-mail address for who cannot reach the old one and showed who they are: by two persons."""

from uuid import UUID

from auth import addresses, queries
from auth.actor import person_of
from auth.permissions import Permission
from auth.persons import Person
from core import proposals
from core.errors import Refused
from core.proposals import Deed, Proposal, Standing
from core.store.db import digest
from core.store.work import Work
from register.office.people.schemas import NewAddress


async def propose(work: Work, id: UUID, new: NewAddress) -> Proposal:
    """Propose another address; the old one stands until a second person signs.

    Forbidden("own-case"); Refused: `same-email`, `email-taken`, `deceased`, `waits-for-signature`.
    """
    person = await queries.person(work.session, id)
    work.expect(person)
    says = new.model_dump(mode="json")
    return await proposals.propose(work, DEED, person_of(work.actor), person.id, says, person_id=person.id)


async def _concerned(_work: Work, row: Proposal) -> set[UUID]:
    return {row.subject_id}


async def _person(work: Work, row: Proposal) -> Person:
    return await queries.itself(work.session, row.subject_id)


async def _stands(work: Work, row: Proposal) -> Standing:
    person = await _person(work, row)
    if person.deceased_on is not None:
        raise Refused("deceased")
    if person.merged_into is not None:
        raise Refused("merged-already")
    await addresses.require_free(work, person, row.says["email"])
    return Standing({"person": digest(person)}, moves=[("email", {"before": person.email, "now": row.says["email"]})])


async def _replace(work: Work, row: Proposal) -> UUID | None:
    await addresses.replace(work, await _person(work, row), row.says["email"])
    return None


DEED = Deed("email-change", Permission.PERSON_KEEP, _concerned, _stands, _replace)

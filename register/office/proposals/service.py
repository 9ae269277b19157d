"""Every deed that two persons do, and what the second person does with it."""

from collections.abc import Mapping
from uuid import UUID

from accreditation.audits import service as audits
from accreditation.providers import service as providers
from appeals.disputes import filed
from auth.actor import person_of
from core import proposals
from core.errors import Problem
from core.proposals import TWO_PERSONS, Deed, Proposal, ProposalState, Standing
from core.store.work import Work
from register.committee.corrections import service as corrections
from register.committee.measures import service as measures
from register.office.people import death, merge

DEEDS: Mapping[str, Deed] = {
    deed.kind: deed
    for deed in (
        merge.DEED,
        *death.DEEDS,
        *providers.DEEDS.values(),
        audits.DEED,
        *filed.DEEDS.values(),
        measures.FILED,
        corrections.FILED,
    )
}


def mine(work: Work) -> list[Deed]:
    """The deeds that this actor may propose and sign."""
    return [deed for deed in DEEDS.values() if work.actor.can(deed.permission)]


async def read(work: Work, id: UUID) -> tuple[Proposal, Standing]:
    """A proposal with what follows when it is signed; NotFound("no-such-proposal") for who may not do such a thing."""
    row = await proposals.proposal(work, id, mine(work))
    if row.person_id is not None:
        work.looked("proposal:read", stream=f"person/{row.person_id}", proposal=str(row.id))
    if row.state is not TWO_PERSONS.start:
        return row, Standing({})
    try:
        return row, await DEEDS[row.kind].stands(work, row)
    except Problem:  # it can not be done any more; signing says why
        return row, Standing({})


async def waiting(work: Work, after: UUID | None, most: int, state: ProposalState | None = None) -> list[Proposal]:
    """The proposals that this actor may sign or read, the oldest first."""
    return list(await proposals.proposals(work, mine(work), state, after, most))


async def sign(work: Work, id: UUID) -> Proposal:
    """Put the second signature, which carries it out. As core.proposals.sign."""
    row = await proposals.proposal(work, id, mine(work))
    return await proposals.sign(work, DEEDS[row.kind], row, person_of(work.actor))


async def withdraw(work: Work, id: UUID) -> Proposal:
    """Take it off the table. As core.proposals.withdraw."""
    return await proposals.withdraw(work, await proposals.proposal(work, id, mine(work)), person_of(work.actor))

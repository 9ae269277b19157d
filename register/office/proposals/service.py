"""Every deed that two persons do, and what the second person does with it."""

from collections.abc import Mapping
from uuid import UUID

from accreditation.audits import service as audits
from accreditation.providers import service as providers
from appeals.disputes import filed
from auth import queries as people
from auth.actor import person_of
from core import proposals
from core.errors import Problem
from core.proposals import TWO_PERSONS, Deed, Proposal, ProposalState, Standing
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID
from register.committee.corrections import service as corrections
from register.committee.doubts import service as doubts
from register.committee.measures import service as measures
from register.notification import box
from register.office.people import address, death, hiding, merge
from register.office.publication import service as publication

DEEDS: Mapping[str, Deed] = {
    deed.kind: deed
    for deed in (
        merge.DEED,
        *death.DEEDS,
        hiding.DEED,
        address.DEED,
        *providers.DEEDS.values(),
        audits.DEED,
        *filed.DEEDS.values(),
        measures.FILED,
        corrections.FILED,
        doubts.FILED,
        publication.DEED,
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
        return row, proposals.follows(row)
    try:
        return row, await DEEDS[row.kind].stands(work, row)
    except Problem:  # it can not be done any more; signing says why
        return row, proposals.follows(row)


async def may_settle(work: Work, row: Proposal) -> bool:
    """Whether the actor may sign or reject it: it is not theirs, and not about them."""
    me = person_of(work.actor)
    try:
        return me != row.proposed_by and me not in await DEEDS[row.kind].concerned(work, row)
    except Problem:  # what it is about is no more: only who proposed it can take it off the table
        return me != row.proposed_by


async def waiting(work: Work, after: UUID | None, most: int, state: ProposalState | None = None) -> list[Proposal]:
    """The proposals that this actor may sign or read, the oldest first."""
    return list(await proposals.proposals(work, mine(work), state, after, most))


async def sign(work: Work, id: UUID) -> Proposal:
    """Put the second signature, which carries it out. As core.proposals.sign."""
    row = await proposals.proposal(work, id, mine(work))
    return await proposals.sign(work, DEEDS[row.kind], row, person_of(work.actor))


async def to_sign_count(work: Work) -> int:
    """How many proposals this actor may sign now."""
    return len(await proposals.to_sign(work, mine(work), person_of(work.actor)))


async def reject(work: Work, id: UUID, reason: str) -> Proposal:
    """Do not sign, and say why; who proposed it is told. As core.proposals.reject."""
    row = await proposals.proposal(work, id, mine(work))
    await proposals.reject(work, DEEDS[row.kind], row, person_of(work.actor), reason)
    await _tell(work, row, f"Een collega tekende niet. De reden: {reason}")
    return row


async def expire(work: Work) -> int:
    """Close the proposals that nobody signed in time, and tell who made them; how many."""
    rows = await proposals.expire(work)
    for row in rows:
        await _tell(work, row, f"Niemand tekende tot en met {day(row.expires_on, 'nl')}. Er is niets veranderd.")
    return len(rows)


async def _tell(work: Work, row: Proposal, said: str) -> None:
    """What became of a proposal, into the box of who made it."""
    proposer = await people.addressee(work.session, row.proposed_by)
    if proposer.deceased:
        return
    kind = SAID.label(row.kind, "two-persons", "nl")
    where = f"Het voorstel staat nog bij Voorstellen: {work.means.settings.address}/voorstellen/{row.id}"
    await box.place(work, proposer, "proposal-settled", f"Uw voorstel: {kind}", f"{said}\n{where}\n")


async def withdraw(work: Work, id: UUID) -> Proposal:
    """Take it off the table. As core.proposals.withdraw."""
    return await proposals.withdraw(work, await proposals.proposal(work, id, mine(work)), person_of(work.actor))

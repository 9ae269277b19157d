"""Asking a colleague to endorse an activity, and their answer: evidence, sealed, taken back only with its history."""

from typing import Any
from uuid import UUID

from auth import queries as people
from core.errors import Invalid, NotFound
from core.store.work import Work
from register.portfolio import queries as portfolios
from register.portfolio.endorsing import queries
from register.portfolio.endorsing.models import Endorsement
from register.portfolio.endorsing.policy import (
    ENDORSEMENT,
    EndorsementEvent,
    EndorsementState,
    require_another,
    require_draft,
    seal,
)
from register.portfolio.endorsing.schemas import NewRequest
from register.portfolio.models import PortfolioEntry
from register.portfolio.policy import EntryState, require_editable

MOST_ASKED = 10


async def ask(work: Work, entry_id: UUID, new: NewRequest) -> Endorsement:
    """Ask a colleague about a draft of one's own.

    NotFound("no-such-entry"); Refused: `entry-frozen`, `entry-endorsed`, `own-endorsement`;
    Invalid: `no-such-person`, `too-many-asked`, `already-asked`.
    """
    entry = await portfolios.own_entry(work, entry_id)
    require_editable(entry.state, endorsed=entry.endorsed_sha256 is not None)
    try:
        peer = await people.person_named(work.session, new.register_number, new.family_name)
    except NotFound as error:
        raise Invalid("invalid-input", [("register_number", "no-such-person")]) from error
    require_another(peer.id, entry.person_id)
    if entry.peers_asked >= MOST_ASKED:
        raise Invalid("too-many-asked", most=MOST_ASKED)
    known = await queries.of_entries(work, [entry.id])
    if any(each.peer_id == peer.id and each.state is EndorsementState.ASKED for each in known):
        raise Invalid("invalid-input", [("register_number", "already-asked")])
    row = Endorsement(person_id=entry.person_id, entry_id=entry.id, peer_id=peer.id, asked_at=work.now)
    work.add(row)
    entry.peers_asked += 1
    await work.flush()
    work.log("endorsement:ask", row, entry=str(entry.id), peer=str(peer.id))
    work.log("entry:ask-peer", entry, asked=entry.peers_asked)
    work.send(
        "endorsement-asked",
        address=peer.email,
        subject="Een collega vraagt uw bevestiging",
        body=(
            "Een collega vraagt u om een activiteit te bevestigen.\n"
            f"Log in bij Bekwaam en kijk bij Verzoeken van collega's: {work.means.settings.address}/collegas\n"
        ),
        person_id=peer.id,
    )
    return row


async def read(work: Work, id: UUID) -> tuple[Endorsement, PortfolioEntry]:
    """A request as the colleague opens it; the look is told to the owner. NotFound("no-such-request")."""
    row, entry = await queries.asked_of_me(work, id)
    work.looked("endorsement:read", stream=row.stream(), entry=str(entry.id))
    return row, entry


async def endorse(work: Work, id: UUID, statement: str) -> tuple[Endorsement, PortfolioEntry]:
    """Put one's name to an activity as it stands; `If-Match` names the version of it that was read.

    Refused: `wrong-state`, `entry-frozen`, `entry-endorsed`; Stale when the owner changed it meanwhile.
    """
    row, entry = await queries.asked_of_me(work, id)
    work.expect(entry)
    state = ENDORSEMENT.after(row.state, EndorsementEvent.ENDORSE)
    require_editable(entry.state, endorsed=entry.endorsed_sha256 is not None)
    row.state, row.statement, row.answered_at = state, statement, work.now
    row.seal = seal(facts_of(entry), str(row.peer_id), statement)
    entry.endorsed_sha256 = row.seal
    await work.flush()
    work.log("endorsement:endorse", row, entry=str(entry.id), seal=row.seal)
    work.log("entry:endorsed", entry, seal=row.seal)
    return row, entry


async def decline(work: Work, id: UUID) -> tuple[Endorsement, PortfolioEntry]:
    """Say no. Refused("wrong-state")."""
    row, entry = await queries.asked_of_me(work, id)
    work.expect(entry)
    row.state, row.answered_at = ENDORSEMENT.after(row.state, EndorsementEvent.DECLINE), work.now
    await work.flush()
    work.log("endorsement:decline", row, entry=str(entry.id))
    return row, entry


async def revoke(work: Work, id: UUID) -> tuple[Endorsement, PortfolioEntry]:
    """The colleague takes their word back: the row stays. What was handed in keeps what was frozen, for who values it.

    Refused("wrong-state").
    """
    row, entry = await queries.asked_of_me(work, id)
    work.expect(entry)
    row.state, row.ended_at = ENDORSEMENT.after(row.state, EndorsementEvent.REVOKE), work.now
    await work.flush()
    work.log("endorsement:revoke", row, entry=str(entry.id))
    _let_go(work, entry, row)
    return row, entry


async def end(work: Work, id: UUID) -> Endorsement:
    """The owner asks no longer, or wants to change the draft. Refused: `wrong-state`, `entry-frozen`."""
    row = await queries.own(work, id)
    work.expect(row)
    entry = await portfolios.own_entry(work, row.entry_id)
    state = ENDORSEMENT.after(row.state, EndorsementEvent.END)
    require_draft(draft=entry.state is EntryState.DRAFT)
    row.state, row.ended_at = state, work.now
    await work.flush()
    work.log("endorsement:end", row, entry=str(entry.id))
    _let_go(work, entry, row)
    return row


def _let_go(work: Work, entry: PortfolioEntry, row: Endorsement) -> None:
    """A draft loses the evidence that is no more; what was handed in is frozen."""
    if entry.state is EntryState.DRAFT and row.seal is not None and entry.endorsed_sha256 == row.seal:
        entry.endorsed_sha256 = None
        work.log("entry:endorsement-ended", entry)


def facts_of(entry: PortfolioEntry) -> dict[str, Any]:
    """What of an activity is endorsed; a draft that has an endorsement does not change."""
    return {
        "kind": entry.kind.value,
        "title": entry.title,
        "description": entry.description,
        "done_on": entry.done_on.isoformat(),
        "points": entry.claimed_points,
        "hundredths": entry.claimed_hundredths,
        "contact_hundredths": entry.contact_hundredths,
        "category": entry.category.value if entry.category else None,
        "themes": entry.themes,
        "provider": entry.provider,
    }

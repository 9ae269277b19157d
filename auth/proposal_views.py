"""How a proposal of two persons is shown, in whatever room it was made."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response

from auth import queries
from core.proposals import TWO_PERSONS, Proposal, Standing
from core.records import filled
from core.store.work import Work
from core.web.http import versioned


class Consequence(msgspec.Struct, frozen=True):
    """One thing that goes over or ends: a code, and what it is about."""

    code: str
    facts: Mapping[str, Any]


class ProposalView(msgspec.Struct, frozen=True):
    """A deed that waits for its second person; `digest` is what is signed."""

    id: UUID
    kind: str
    subject_id: UUID
    says: Mapping[str, Any]
    digest: str
    state: str
    proposed_by: str
    proposed_on: date
    expires_on: date
    """The last day on which it can be signed."""
    settled_by: str
    open_moves: Sequence[str]
    rejection: str | None = None
    """Why a second person did not sign."""
    decision_id: UUID | None = None
    """The decision that was taken by signing, to be made known; none where a deed is none."""
    moves: Sequence[Consequence] = ()
    """What goes over when it is signed; empty in a list."""
    ends: Sequence[Consequence] = ()


async def views(work: Work, rows: Sequence[Proposal]) -> list[ProposalView]:
    """Proposals by name, without what follows."""
    people = {id for row in rows for id in (row.proposed_by, row.settled_by) if id is not None}
    names = await queries.names_of(work.session, people)
    return [_view(row, names, Standing({})) for row in rows]


async def view(work: Work, row: Proposal, standing: Standing) -> ProposalView:
    """One proposal, with what follows from it."""
    people = {id for id in (row.proposed_by, row.settled_by) if id is not None}
    return _view(row, await queries.names_of(work.session, people), standing)


def _view(row: Proposal, names: Mapping[UUID, str], standing: Standing) -> ProposalView:
    return filled(
        ProposalView,
        row,
        proposed_by=names.get(row.proposed_by, ""),
        settled_by=names.get(row.settled_by, "") if row.settled_by else "",
        open_moves=TWO_PERSONS.open(row.state),
        moves=[Consequence(code, facts) for code, facts in standing.moves],
        ends=[Consequence(code, facts) for code, facts in standing.ends],
    )


async def proposed(work: Work, row: Proposal) -> Response[ProposalView]:
    """The answer to a proposal: where it stands, for who signs."""
    shown = (await views(work, [row]))[0]
    return versioned(shown, row.version, 201, Location=f"/v1/proposals/{row.id}")

"""Endorsements as owner and colleague see them, each name found once for a whole list."""

from collections.abc import Sequence

from auth import queries as people
from core.records import filled
from core.store.work import Work
from register.portfolio.endorsing.models import Endorsement
from register.portfolio.endorsing.schemas import EndorsementView, RequestItem, RequestView
from register.portfolio.models import PortfolioEntry, hours_of


async def endorsement_views(work: Work, rows: Sequence[Endorsement]) -> list[EndorsementView]:
    """What colleagues were asked and said, for the owner and for who values the activity."""
    names = await people.names_of(work.session, {row.peer_id for row in rows})
    return [
        EndorsementView(
            row.id,
            row.entry_id,
            names[row.peer_id],
            row.state.value,
            row.statement,
            row.seal,
            row.asked_at,
            row.answered_at,
            row.ended_at,
        )
        for row in rows
    ]


def standing(entry: PortfolioEntry, rows: Sequence[Endorsement]) -> list[Endorsement]:
    """The word that stands as evidence; one that was taken back stays for who values what was handed in on it."""
    return [row for row in rows if row.seal is not None and row.seal == entry.endorsed_sha256]


async def request_items(work: Work, rows: Sequence[Endorsement]) -> list[RequestItem]:
    """Requests, with who asks."""
    names = await people.names_of(work.session, {row.person_id for row in rows})
    return [RequestItem(row.id, names[row.person_id], row.state.value, row.asked_at) for row in rows]


async def request_view(work: Work, row: Endorsement, entry: PortfolioEntry) -> RequestView:
    """One request with its activity."""
    name, number = (await people.faces_of(work.session, {row.person_id}))[row.person_id]
    hours, contact = hours_of(entry.claimed_hundredths), hours_of(entry.contact_hundredths)
    return filled(
        RequestView,
        row,
        owner=name,
        owner_number=number,
        kind=entry.kind.value,
        title=entry.title,
        description=entry.description,
        done_on=entry.done_on,
        points=entry.claimed_points,
        hours=None if hours is None else float(hours),
        contact_hours=None if contact is None else float(contact),
        category=entry.category.value if entry.category else None,
    )

"""A view of the person (zienswijze) that came in on paper or by telephone: written down by one, read by a second.

Nobody but the person says what they think of it (Awb 4:8): so of what the house wrote down they are always told.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator

from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Permission
from auth.schemas import Schema
from core import proposals, typed
from core.errors import Forbidden, Invalid
from core.fields import Day, NeededText
from core.proposals import Deed, Proposal, Standing
from core.store.work import Work
from core.texts import day

CHANNELS = ("post", "counter", "email", "telephone")


class FiledView(Schema):
    """What the person said, when that came in, and by what way."""

    view: NeededText
    received_on: Annotated[Day, BeforeValidator(typed.day)]
    filed_channel: Literal["post", "counter", "email", "telephone"]


def require_own(work: Work, person_id: UUID) -> None:
    """Forbidden("party-acts-only") for anybody but the person themselves."""
    if not isinstance(work.actor, Actor) or work.actor.person_id != person_id:
        raise Forbidden("party-acts-only")


def deed(
    kind: str,
    open_for: Callable[[Work, UUID], Awaitable[tuple[UUID, str]]],
    record: Callable[[Work, UUID, str], Awaitable[Any]],
) -> Deed:
    """The deed of one room. `open_for` gives whom it is about and its number, or refuses when nobody is heard now."""

    async def concerned(work: Work, row: Proposal) -> set[UUID]:
        return {(await open_for(work, row.subject_id))[0]}

    async def stands(work: Work, row: Proposal) -> Standing:
        _, number = await open_for(work, row.subject_id)
        told = {"number": number, "received_on": row.says["received_on"]}
        return Standing({"number": number}, moves=[("filed-view", told)])

    async def carry_out(work: Work, row: Proposal) -> UUID | None:
        person_id, number = await open_for(work, row.subject_id)
        await record(work, row.subject_id, row.says["view"])
        person = await people.person(work.session, person_id)
        received = day(date.fromisoformat(row.says["received_on"]), "nl")
        work.send(
            "view-filed",
            address=person.email,
            subject=f"Wij schreven op wat u vindt van {number}",
            body=f"Op {received} liet u ons weten wat u vindt. Twee van ons lazen het, en het hoort nu bij {number}.\n"
            "Kijk of het klopt. Hebt u niets laten weten? Neem dan meteen contact met ons op.\n",
            person_id=person_id,
        )
        return None

    return Deed(kind, Permission.MEASURE_PROPOSE, concerned, stands, carry_out)


async def propose(work: Work, of: Deed, subject_id: UUID, person_id: UUID, new: FiledView) -> Proposal:
    """Lay before a colleague what the person said. Invalid("received-in-future"); Forbidden("own-case")."""
    if new.received_on > work.today:
        raise Invalid("invalid-input", [("received_on", "received-in-future")])
    says = new.model_dump(mode="json")
    return await proposals.propose(work, of, person_of(work.actor), subject_id, says, person_id=person_id)

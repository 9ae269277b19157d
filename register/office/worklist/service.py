"""Taking a file upon oneself, handing it over, and letting it go: only among who may work on it."""

from dataclasses import replace
from uuid import UUID

from auth import queries as people
from auth.actor import Actor, person_of
from core.assigning import Assignment, assign
from core.errors import Forbidden, NotFound
from core.store.work import Work
from register.office.worklist import queries
from register.office.worklist.policy import Filter, colleagues_for
from register.office.worklist.queries import Waiting


async def item(work: Work, case_id: UUID) -> Waiting:
    """A file that waits for the actor, with its nearest term; NotFound("no-such-work")."""
    found = await queries.waiting(work, Filter(), most=1, case=case_id)
    if not found:
        raise NotFound("no-such-work")
    return found[0]


async def give(work: Work, case_id: UUID, to: UUID | None, was: UUID | None) -> Assignment:
    """Take a file upon oneself, hand it over, or let it go (`to` is nobody).

    NotFound("no-such-work"), Forbidden("may-not-work-on-it") of a colleague without the role or kept out of this file,
    Refused("changed-meanwhile") when not `was` works on it.
    """
    found = await item(work, case_id)
    row = await assign(work, found.kind.value, case_id, to, was)
    if to is not None and to != person_of(work.actor):
        await _require_may_work(work, case_id, to)
    return row


async def _require_may_work(work: Work, case_id: UUID, colleague: UUID) -> None:
    """What the colleague sees now decides: being given a file opens it to who has the role and no part in it."""
    roles, organisations = await people.held(work.session, colleague, work.today)
    theirs = Actor.of(colleague, colleague, colleague, roles, organisations, second_factor=True)
    if not await queries.waiting(replace(work, actor=theirs, write=False), Filter(), most=1, case=case_id):
        raise Forbidden("may-not-work-on-it")


async def colleagues(work: Work, found: Waiting) -> list[tuple[UUID, str]]:
    """Who may be handed a file of this kind, by name; the actor and who works on it left out."""
    not_these = {found.holder, person_of(work.actor)}
    seen: dict[UUID, str] = {}
    for role in sorted(colleagues_for(found.kind)):
        seen |= dict(await people.holders(work.session, role, work.today))
    return sorted(((id, name) for id, name in seen.items() if id not in not_these), key=lambda one: one[1])

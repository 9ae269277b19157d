"""Brings the plan for development along with a portfolio: each goal once, however often it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from pydantic import ValidationError
from sqlmodel import select

from core.store.work import Work
from register.entries.models import Registration
from register.portfolio.models import DevelopmentGoal
from register.portfolio.planning.policy import MOST_GOALS
from register.portfolio.transfer.schemas import GoalRead


@dataclass(frozen=True)
class Goals:
    """What came of a plan: under which id each goal stands here, how many are new, and how many were refused."""

    known: Mapping[UUID, UUID]
    new: int
    refused: int


async def bring_goals(work: Work, registration: Registration, rows: Sequence[Any], *, dry_run: bool) -> Goals:
    """Read goals into one's own plan; what is wrong with one keeps no other out."""
    wanted = select(DevelopmentGoal.id).where(DevelopmentGoal.registration_id == registration.id)
    here = set(await work.session.exec(wanted))
    known: dict[UUID, UUID] = {}
    new = refused = 0
    for row in rows:
        try:
            read = GoalRead.model_validate(row)
        except ValidationError:
            refused += 1
            continue
        # Named after where it came from, so that it is found again without keeping that beside it.
        id = read.id if read.id in here else uuid5(registration.id, str(read.id))
        if id not in here:
            if len(here) >= MOST_GOALS:
                refused += 1
                continue
            here.add(id)
            new += 1
            if not dry_run:
                await _keep(work, registration, id, read)
        known[read.id] = id
    return Goals(known, new, refused)


async def _keep(work: Work, registration: Registration, id: UUID, read: GoalRead) -> None:
    goal = DevelopmentGoal(
        id=id,
        person_id=registration.person_id,
        registration_id=registration.id,
        title=read.title,
        themes=list(dict.fromkeys(read.themes)),
        category=read.category,
        reach_by=read.reach_by,
        reached_on=read.reached_on,
    )
    work.add(goal)
    await work.flush()
    work.log("goal:import", goal, origin=str(read.id))

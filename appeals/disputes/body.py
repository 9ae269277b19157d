"""The body (bestuursorgaan) that decides on an objection, with or without advice: which committee, and its votes.

Who decided on persons decides again on persons, who decided on providers on providers (Awb 6:4, 7:11). Members who had
no hand in what is contested vote; only where they are not enough may others of the body, for it may decide again itself
(7:5, 10:3(3)).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import select

from appeals.disputes.models import Dispute, Exclusion, Seat
from appeals.disputes.policy import Kind, Outcome, Waiver
from appeals.disputes.queries import TOOK_PART, File
from appeals.ports import DisputePorts
from auth import merged_persons
from auth import queries as people
from auth.permissions import Role
from core.errors import Refused
from core.store.work import Work

ALONE = "inadmissible"
"""What the regulation may leave to the chair alone: that an objection is evidently inadmissible (Awb 10:3(1))."""
ADJOURNS = "adjournment"


class Body(StrEnum):
    """As the sessions of the committees are called."""

    REGISTRATION = "registration"
    ACCREDITATION = "accreditation"


BODIES = {"registration": Body.REGISTRATION, "certification": Body.ACCREDITATION}
"""By the chamber to which an appeal would go."""
ROLE = {Body.REGISTRATION: Role.COMMITTEE_MEMBER, Body.ACCREDITATION: Role.ACCREDITATION_MEMBER}


def body_of(row: Dispute) -> Body:
    """Which committee decides; of a case from before this was kept, by whom it is about."""
    if row.body:
        return Body(row.body)
    return Body.REGISTRATION if row.organisation_id is None else Body.ACCREDITATION


def quorum_of(work: Work, row: Dispute) -> int:
    """So many votes of the body at least."""
    return work.rules.chosen(row.register_code, work.today).committee.quorum


def leaves_to_chair(work: Work, row: Dispute, what: str) -> bool:
    """Whether the rules of the register let the chair alone do something in the name of the body (Awb 10:3(1))."""
    return what in work.rules.chosen(row.register_code, work.today).committee.chair_alone


async def is_short(work: Work, file: File) -> bool:
    """Whether fewer members than must vote had no hand in what is contested, and may judge it."""
    row = file.dispute
    barred = {*file.excluded, row.person_id, row.representative_id, *(one.member_id for one in file.stepped_aside())}
    free = 0
    for person, _name in await people.holders(work.session, ROLE[body_of(row)], work.today):
        if person not in barred and not await conflicts_of(work, file, person):
            free += 1
    return free < quorum_of(work, row)


async def conflicts_of(work: Work, file: File, person: UUID) -> list[str]:
    """The first ground on which somebody may not judge, apart from their part in it; none for most."""
    for _, decision in file.contested:
        if grounds := await work.port(DisputePorts).conflicts(work, decision, person):
            return grounds
    return []


async def took_part_only(work: Work, file: File, person: UUID) -> bool:
    """Whether somebody is shut out for their part in the decision, and for nothing else."""
    wanted = select(Exclusion.member_id).where(Exclusion.dispute_id == file.dispute.id, Exclusion.ground != TOOK_PART)
    others = await merged_persons.kept_of(work.session, (await work.session.exec(wanted)).all())
    return person in file.excluded and person not in others


@dataclass(frozen=True)
class Decided:
    """What the body wants, and who of it said so; `alone`: the chair, in its name."""

    outcome: str
    members: tuple[UUID, ...]
    chair: UUID
    alone: bool
    involved: tuple[UUID, ...]

    def as_facts(self, body: Body) -> dict[str, Any]:
        """As the decision keeps it: persons by id."""
        return {
            "body": body.value,
            "members": [str(one) for one in self.members],
            "chair": str(self.chair),
            "alone": self.alone,
            "involved": [str(one) for one in self.involved],
        }


def chair_alone(work: Work, file: File) -> Seat | None:
    """The chair who may decide alone, in the name of the body, that an objection is evidently inadmissible, and wants
    so: where the rules of the register leave it, never who had a hand in what is contested (Awb 10:3(1), (3))."""
    row, chair = file.dispute, next((one for one in file.deciding() if one.chair), None)
    if row.kind is not Kind.OBJECTION or row.advisory or row.waived is not Waiver.EVIDENTLY_INADMISSIBLE:
        return None
    if chair is None or chair.involved or not leaves_to_chair(work, row, ALONE):
        return None
    agreed = all(one.vote in {"", Outcome.INADMISSIBLE.value} for one in file.deciding())
    return chair if agreed and chair.vote == Outcome.INADMISSIBLE.value else None


async def decided(work: Work, file: File) -> Decided:
    """Count the votes of the body; one who is no member of it any more does not count.

    Refused: `body-decides` while too few have voted, `no-chair`, `no-majority`.
    """
    row, least = file.dispute, quorum_of(work, file.dispute)
    holders = {person for person, _ in await people.holders(work.session, ROLE[body_of(row)], work.today)}
    seats = [one for one in file.deciding() if one.vote and one.member_id in holders]
    alone = chair_alone(work, file)
    if alone in seats and alone is not None and len(seats) < least:
        return Decided(alone.vote, (alone.member_id,), alone.member_id, True, ())
    chair = next((one.member_id for one in file.deciding() if one.chair), None)
    outcome = outcome_of({one.member_id: one.vote for one in seats}, chair, least)
    assert chair is not None
    members = tuple(sorted(one.member_id for one in seats))
    return Decided(outcome, members, chair, False, tuple(sorted(one.member_id for one in seats if one.involved)))


def outcome_of(votes: Mapping[UUID, str], chair: UUID | None, quorum: int) -> str:
    """PURE: what more than half of enough members want. Refused: `body-decides`, `no-chair`, `no-majority`."""
    if len(votes) < quorum:
        raise Refused("body-decides", votes=len(votes), needed=quorum)
    if chair is None:
        raise Refused("no-chair")
    outcome, most = Counter(votes.values()).most_common(1)[0]
    if 2 * most <= len(votes):
        raise Refused("no-majority", votes=len(votes), needed=quorum)
    return outcome

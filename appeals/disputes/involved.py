"""The firewall: who prepared, advised on, voted on or signed a decision may not see or handle a dispute about it.

Persons by id: a second account, another role or a delegation of the same person changes nothing (Awb 7:5, 7:13, 10:3).
A double that became one with somebody counts as them, now and later.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from appeals.disputes.models import Dispute, Exclusion, Seat
from appeals.disputes.queries import TOOK_PART
from appeals.ports import DisputePorts, Matter, Undecided
from auth import merged_persons
from auth import queries as people
from auth.permissions import Role
from core.decisions import Decision
from core.panel.service import PanelItem, PanelRecusal, PanelSeat, PanelSession
from core.store.audit import TrailEvent
from core.store.db import AsyncSession
from core.store.work import Work

HANDLERS = (
    Role.SECRETARY,
    Role.OBJECTION_ADVISER,
    Role.COMMITTEE_MEMBER,
    Role.ACCREDITATION_MEMBER,
    Role.APPEALS_MEMBER,
    Role.APPEALS_SECRETARY,
)
PERSON = "person/"
NO_PART = ("objection:remit", "decision:annul", "dispute:due", "dispute:tell-due", "message:tell")
"""What a chamber does to a decision that it sends back, and what is only counted or told anew, is no part in it."""


async def took_part(
    session: AsyncSession,
    decisions: Iterable[Decision],
    before: datetime | None = None,
    undecided: Iterable[UUID] = (),
) -> set[UUID]:
    """Everybody whose hand is in these decisions, or in what is undecided: by the trail (of before a moment), the
    sessions that treated them, the seats of the objection that led to them. Whoever became one with somebody took part
    as well."""
    rows = list(decisions)
    cases = {each.subject_id for each in rows} | set(undecided)
    objects = {str(each.id) for each in rows} | {str(id) for id in cases}
    acted = select(TrailEvent.actor).where(col(TrailEvent.object_id).in_(objects)).distinct()
    acted = acted.where(col(TrailEvent.action).not_in(NO_PART))
    if before is not None:
        acted = acted.where(TrailEvent.at < before)
    found = {UUID(actor.removeprefix(PERSON)) for actor in await session.exec(acted) if actor.startswith(PERSON)}
    sat = select(PanelItem.session_id).where(col(PanelItem.case_id).in_(cases))
    found |= set(await session.exec(select(PanelSeat.member_id).where(col(PanelSeat.session_id).in_(sat))))
    led = select(PanelSession.chair_id, PanelSession.signed_by).where(col(PanelSession.id).in_(sat))
    found |= {person for pair in await session.exec(led) for person in pair if person is not None}
    found |= set(await session.exec(select(PanelRecusal.member_id).where(col(PanelRecusal.case_id).in_(cases))))
    found |= set(await session.exec(select(Seat.member_id).where(col(Seat.dispute_id).in_(cases))))
    return await merged_persons.kept_of(session, found) - {each.person_id for each in rows}


async def bar(work: Work, dispute: Dispute, decisions: Iterable[Decision], silence: Undecided | None = None) -> None:
    """Shut out who took part, and whoever may handle disputes but has a conflict with the filer."""
    rows = list(decisions)
    matters: list[Matter] = [*rows[:1], *([silence] if silence else [])]
    undecided = [silence.id] if silence else []
    grounds = dict.fromkeys(await took_part(work.session, rows, undecided=undecided), TOOK_PART)
    grounds.pop(dispute.person_id, None)
    for role in HANDLERS:
        for person, _name in await people.holders(work.session, role, work.today):
            if person not in grounds and person != dispute.person_id:
                found = [
                    one for each in matters[:1] for one in await work.port(DisputePorts).conflicts(work, each, person)
                ]
                if found:
                    grounds[person] = found[0]
    known = set(await work.session.exec(select(Exclusion.member_id).where(Exclusion.dispute_id == dispute.id)))
    for person, ground in grounds.items():
        if person not in known:
            work.add(Exclusion(dispute_id=dispute.id, member_id=person, ground=ground))
    work.log("dispute:bar", dispute, persons=sorted(str(person) for person in grounds))

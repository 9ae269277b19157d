"""A decision that stands, without the story that led to it."""

from datetime import date
from uuid import UUID

from appeals.disputes.filing import FiledBy, FilingChannel
from appeals.disputes.models import Contested, Dispute
from appeals.disputes.policy import Kind
from auth.permissions import Role
from auth.service import grant
from core.decisions import Decision, DecisionState, Verdict, case_number
from core.law.terms import objection_last_day
from core.store.db import new_id
from core.store.work import Work
from register.notification import sending
from tests.builders import House


async def a_refusal(
    house: House,
    who: str,
    notified_on: date,
    by: str = "secretaris",
    register: str = "schoolleiders-po",
    replaces: Decision | None = None,
    kind: str = "registration",
    about: Decision | None = None,
    organisation: bool = False,
) -> Decision:
    """A refusal that was made known on a day, in which somebody took part; `about` makes it one on an objection."""
    objected = await _objected(house, about, notified_on) if about else None

    async def deed(work: Work) -> Decision:
        row = Decision(
            number=case_number("B", notified_on),
            kind=kind,
            subject_kind="objection" if objected else "application",
            subject_id=objected or (replaces.subject_id if replaces else new_id()),
            round=replaces.round + 1 if replaces else 0,
            person_id=house.id_of(who),
            organisation_id=await _organisation(house, who) if organisation else about and about.organisation_id,
            register_code=register,
            outcome=Verdict.REFUSED if about is None else Verdict.DISMISSED,
            state=DecisionState.NOTIFIED,
            grounds="outside-accreditation-period",
            reasons="Na de accreditatie.",
            repair="Doe een assessment.",
            rule_set="schoolleiders-po-2022",
            taken_by="system",
            decided_on=notified_on,
            notified_on=notified_on,
            remedy="Maak bezwaar.",
            last_day_to_object=objection_last_day(notified_on, work.calendar).last_day,
            replaces=replaces.id if replaces else None,
        )
        work.add(row)
        await work.flush()
        work.log("decision:take", row)
        await sending.keep(work, row)
        return row

    return await house.world.by(by, deed)


async def _objected(house: House, about: Decision, on: date) -> UUID:
    """An objection against a decision, that ended on a day."""

    async def deed(work: Work) -> UUID:
        row = Dispute(
            kind=Kind.OBJECTION,
            number=case_number("Z", on),
            person_id=about.person_id,
            organisation_id=about.organisation_id,
            register_code=about.register_code,
            state="notified",
            filed_by=FiledBy.PERSON,
            channel=FilingChannel.WEB,
            received_at=work.now,
            received_on=on,
            decision_due_on=on,
            ended_on=on,
        )
        work.add(row)
        await work.flush()
        lodged = Contested(dispute_id=row.id, person_id=about.person_id, decision_id=about.id)
        work.add(lodged)
        await work.flush()
        work.log("test:make", row)
        work.log("test:make", lodged)
        return row.id

    return UUID(str(await house.system(deed)))


async def _organisation(house: House, who: str) -> UUID:
    """A provider that somebody acts for."""
    found = new_id()
    await house.system(lambda work: grant(work, house.id_of(who), Role.PROVIDER, work.today, str(found)))
    return found

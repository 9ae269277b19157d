"""A decision that stands, without the story that led to it."""

from datetime import date

from core.db import new_id
from core.decisions import Decision, DecisionState, Verdict, case_number
from core.terms import objection_last_day
from core.work import Work
from tests.builders import House


async def a_refusal(
    house: House,
    who: str,
    notified_on: date,
    by: str = "secretaris",
    register: str = "schoolleiders-po",
    replaces: Decision | None = None,
) -> Decision:
    """A refusal that was made known on a day, in which somebody took part."""

    async def deed(work: Work) -> Decision:
        row = Decision(
            number=case_number("B", notified_on),
            kind="registration",
            subject_kind="application",
            subject_id=replaces.subject_id if replaces else new_id(),
            round=replaces.round + 1 if replaces else 0,
            person_id=house.id_of(who),
            register_code=register,
            outcome=Verdict.REFUSED,
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
        return row

    return await house.world.by(by, deed)

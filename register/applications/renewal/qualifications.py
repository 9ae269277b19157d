"""What a teacher may teach, as the register holds it: one decision for each qualification (rl-registratie)."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel import col, select

from core.decisions import Decision, Verdict, case_number, make_known, take
from core.store.work import Work
from register.applications.effect import GRANTED, works_from
from register.applications.renewal.decision_snapshot import facts_as_json, result_as_json
from register.entries.models import Application, Qualification
from register.entries.policy import QUALIFICATION, QualificationEvent, QualificationState
from register.notification import sending
from register.rules.assessment.assess import assess_facts
from register.rules.assessment.facts import Facts

KIND = "qualification"
STANDING = frozenset({QualificationState.REGISTERED})


async def take_each(work: Work, application: Application, main: Decision, facts: Facts) -> None:
    """Decide on each qualification of an application, with the grounds of its own.

    With one, the decision on the application is the one on it. With more, each gets a decision that can be contested
    by itself: as the rules find it where the application is granted, else refused with it.
    """
    asked = facts.qualifications or ()
    stated = {one["name"]: one for one in application.qualifications}
    for number, one in enumerate(asked):
        row = Qualification(
            person_id=application.person_id,
            registration_id=application.registration_id,
            application_id=application.id,
            name=one.name,
            sector=application.sector,
            pedagogic_note=bool(stated[one.name].get("pedagogic_note")),
            main_id=main.id,
        )
        work.add(row)
        await work.flush()
        if len(asked) == 1:
            row.decision_id = main.id
        else:
            row.decision_id = (await _take_one(work, application, main, row, facts, number)).id
        await work.flush()
        work.log("qualification:decide", row, decision=str(row.decision_id))


async def _take_one(
    work: Work, application: Application, main: Decision, row: Qualification, facts: Facts, number: int
) -> Decision:
    alone = replace(facts, qualifications=(facts.qualifications or ())[number : number + 1])
    answer = assess_facts(alone, work.rules)
    given = main.outcome in GRANTED and answer.outcome.value != Verdict.REFUSED
    grounds = main.ground_codes() if main.outcome not in GRANTED else list(answer.grounds)
    decision = Decision(
        number=case_number("B", work.today),
        kind=KIND,
        subject_kind="qualification",
        subject_id=row.id,
        person_id=application.person_id,
        register_code=application.register_code.value,
        outcome=Verdict(answer.outcome.value) if given else Verdict.REFUSED,
        due_on=answer.due_on if given else None,
        grounds=" ".join(grounds),
        reasons=main.reasons,
        repair=main.repair,
        rule_set=main.rule_set,
        facts=facts_as_json(alone),
        result=result_as_json(answer),
        taken_by=main.taken_by,
        taken_in=main.taken_in,
        decided_on=main.decided_on,
    )
    return await take(work, decision)


async def make_each_known(work: Work, main: Decision) -> None:
    """The decisions on qualifications go out with the one on the application, on the same day and by the same way."""
    for row in await _of(work, Qualification.main_id, main.id):
        if row.decision_id == main.id:
            await _settle(work, row, main)
            continue
        decision = await work.session.get_one(Decision, row.decision_id)
        if main.channel is not None and decision.notified_on is None:
            await make_known(work, decision, main.channel, lambda _day: main.remedy, main.notified_on)
            await sending.keep(work, decision)
    if main.replaces is not None:
        for row in await _of(work, Qualification.main_id, main.replaces):
            if row.decision_id == main.replaces:
                row.decision_id = row.main_id = main.id
                await _settle(work, row, main)


async def take_effect(work: Work, decision: Decision) -> None:
    """What a decision on one qualification does once it is made known; also one that replaces another (Awb 7:11)."""
    row = await work.session.get_one(Qualification, decision.subject_id)
    row.decision_id = decision.id
    await _settle(work, row, decision)


async def _settle(work: Work, row: Qualification, decision: Decision) -> None:
    granted = decision.outcome in GRANTED
    row.state = QUALIFICATION.after(row.state, QualificationEvent.GRANT if granted else QualificationEvent.REFUSE)
    if granted:
        row.registered_on, row.due_on = works_from(decision), decision.due_on
        for earlier in await _of(work, Qualification.registration_id, row.registration_id):
            if earlier.id != row.id and earlier.name == row.name and earlier.state in STANDING:
                earlier.state = QUALIFICATION.after(earlier.state, QualificationEvent.SUCCEED)
                work.log("qualification:succeed", earlier, by=str(row.id))
    work.log(f"qualification:{'grant' if granted else 'refuse'}", row, due_on=row.due_on, decision=str(decision.id))


async def _of(work: Work, column: object, id: UUID | None) -> Sequence[Qualification]:
    wanted = select(Qualification).where(col(column) == id)
    return (await work.session.exec(wanted.order_by(col(Qualification.id)))).all()

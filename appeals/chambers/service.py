"""Appeals: lodged with the right chamber, defended, ruled on, and carried through in what was contested."""

from collections.abc import Sequence

from appeals.chambers.policy import OTHER, Chamber, require_ruling
from appeals.disputes import (
    conditions,
    dossier,
    interim,
    lodging,
    queries,
    silence,
    telling,
    telling_body,
    terms,
    written,
)
from appeals.disputes.filing import require_excuse
from appeals.disputes.handling import move
from appeals.disputes.involved import bar
from appeals.disputes.models import Dispute
from appeals.disputes.policy import Kind, require_heard, require_passed_over
from appeals.disputes.queries import File
from appeals.disputes.ruled import anew_by, changed
from appeals.disputes.schemas import CheckAppeal, Defence, NewFiling, Nothing, Ruling
from appeals.objections import service as objections
from appeals.objections.policy import GIVEN, require_costs
from appeals.ports import DisputePorts, Matter, Undecided
from core import agenda
from core.decisions import Decision, DecisionState, Verdict, annul, case_number, require_notified, take
from core.errors import Invalid, Refused
from core.law.term_run import Term
from core.law.terms import run
from core.store.work import Work

KIND = "appeal"
WHERE = {
    Chamber.REGISTRATION: "de kamer registratie van de Commissie van Beroep",
    Chamber.CERTIFICATION: "de kamer certificering van de Commissie van Beroep",
}


async def lodge(work: Work, new: NewFiling) -> Dispute:
    """Appeal against a decision on objection, or against not deciding in time after a notice of default (Awb 6:12).

    A request that was not decided on is named by its own number. Without prior objection it is treated as one and sent
    on (Awb 6:15); in the wrong chamber it is moved. As lodging.lodge and silence.require_silent; Refused:
    `appeal-runs`, `objection-runs`, `one-decision`, `no-further-appeal`, `replaced-already`.
    """
    if (asked := await lodging.undecided_of(work, Kind.APPEAL, new)) is not None:
        return await _against_silence(work, new, asked, ())
    decisions = await queries.with_whole(work, await lodging.decisions_of(work, Kind.APPEAL, new))
    kinds = {decision.kind for decision in decisions}
    if KIND in kinds:
        raise Refused("no-further-appeal")
    for decision in decisions:
        if running := await queries.open_against(work, decision, Kind.APPEAL):
            raise Refused("appeal-runs", number=running.number)
    if kinds == {objections.KIND}:
        return await _against_objection(work, new, decisions)
    if objections.KIND in kinds:
        raise Refused("one-decision")
    objection = await queries.open_against(work, decisions[0], Kind.OBJECTION)
    if objection is None:
        # Who names the first decision means the one on their objection.
        if ruled := [one for each in decisions if (one := await queries.ruled_on(work, each))]:
            return await _against_objection(work, new, list({one.id: one for one in ruled}.values()))
        return await _as_objection(work, new, decisions)
    if objection.default_notice_on is None:
        raise Refused("objection-runs", number=objection.number)
    return await _against_silence(work, new, silence.about(objection), decisions, objection)


async def _against_silence(
    work: Work, new: NewFiling, asked: Undecided, decisions: Sequence[Decision], objection: Dispute | None = None
) -> Dispute:
    await silence.require_silent(work, asked)
    row = await lodging.lodge(work, Kind.APPEAL, new, decisions, silence=asked)
    if objection is not None:
        await dossier.take_over(work, row, objection)
    return await _received(work, row, asked.number, decisions[0] if decisions else asked)


async def _against_objection(work: Work, new: NewFiling, decisions: Sequence[Decision]) -> Dispute:
    decision, *more = decisions
    if more:
        raise Refused("one-decision")
    if decision.state is DecisionState.ANNULLED:
        raise Refused("replaced-already")
    if running := await queries.open_against(work, decision, Kind.APPEAL):
        raise Refused("appeal-runs", number=running.number)
    row = await lodging.lodge(work, Kind.APPEAL, new, decisions)
    behind = [each for _, each in await queries.contested_of(work, row)]
    await bar(work, row, behind)
    await dossier.take_over(work, row, await work.session.get_one(Dispute, decision.subject_id))
    return await _received(work, row, decision.number, behind[-1])


async def _received(work: Work, row: Dispute, against: str, about: Matter) -> Dispute:
    """Before the chamber that treats what it is about, confirmed, and told to the body (Awb 6:14)."""
    await _to_chamber(work, row, about)
    await lodging.acknowledge(work, row)
    await telling_body.tell_lodged(work, row, against)
    return row


async def _as_objection(work: Work, new: NewFiling, decisions: Sequence[Decision]) -> Dispute:
    row = await lodging.lodge(work, Kind.APPEAL, new, decisions)
    objection = await objections.forwarded(work, row, decisions)
    row.forwarded_to, row.ended_on = objection.id, work.today
    move(work, row, "forward", to=str(objection.id))
    await telling.tell_moved(work, row, "het register, dat er als bezwaar over beslist")
    return row


async def _to_chamber(work: Work, row: Dispute, about: Matter) -> None:
    """To the chamber that treats it; where it was lodged stays known, and so does the day (Awb 6:15)."""
    right = Chamber(work.port(DisputePorts).chamber_of(about))
    if row.chamber and row.chamber != right.value:
        row.moved_from = row.chamber
        await telling.tell_moved(work, row, WHERE[right])
    row.chamber = right.value
    work.log("appeal:chamber", row, chamber=row.chamber, moved_from=row.moved_from)


async def change_chamber(work: Work, file: File, _new: Nothing) -> None:
    """Move an appeal to the other chamber, with its first day of receipt. Refused("wrong-state") once it is heard."""
    row = file.dispute
    await conditions.nobody_sits(work, file)
    row.moved_from, row.chamber = row.chamber, OTHER[Chamber(row.chamber)].value
    work.log("appeal:chamber", row, chamber=row.chamber, moved_from=row.moved_from)
    await telling.tell_moved(work, row, WHERE[Chamber(row.chamber)])


async def check(work: Work, file: File, new: CheckAppeal) -> None:
    """Term, form and standing were looked at; the body may answer until a day. Invalid: `excuse-needed`,
    `omission-first`, `not-later`."""
    row = file.dispute
    await conditions.omission_asked(work, file)
    require_excuse(file.late(), None if new.excused is None else new.excused == "yes", new.excuse_reasons)
    if new.defence_until <= work.today:
        raise Invalid("not-later", [("defence_until", "not-later")])
    row.excused = new.excused == "yes" if file.late() else None
    row.excuse_reasons = new.excuse_reasons if file.late() else ""
    row.defence_until = new.defence_until
    move(work, row, "check", late=file.late(), excused=row.excused)
    for lodged, decision in file.contested:
        if lodged is not None and decision.kind == objections.KIND:
            await dossier.take_over(work, row, await work.session.get_one(Dispute, decision.subject_id))
    await terms.wait_for_defence(work, row, new.defence_until)
    await telling_body.ask_defence(work, row)


async def receive_defence(work: Work, file: File, new: Defence) -> None:
    """The body answered (verweer), itself or on paper that the griffier wrote down; it is passed on."""
    row = file.dispute
    row.defence = new.defence
    move(work, row, "receive-defence")
    await written.defence(work, row)
    await telling.pass_on(work, row)
    await agenda.done(work, row.id, terms.DEFENCE)


async def decide(work: Work, file: File, new: Ruling) -> None:
    """Rule as the chamber voted. As policy.require_ruling; Refused: `no-chair`, `no-majority`,
    `hearing-first`, `replaced-already`."""
    row, voted = file.dispute, conditions.ruled_outcome(file)
    late = file.late() and row.excused is not True
    switches = work.rules.chosen(row.register_code, work.today).switches
    require_ruling(new.outcome, voted, late=late, replacements=len(objections.changed_by(new)), switches=switches)
    require_heard(row.waived, new.outcome.value)  # Awb 7:17
    require_passed_over(new.outcome, new.passed_over)
    require_costs(row.costs_asked_on is not None and new.outcome in GIVEN, new.award_costs, new.costs_reasons)
    await objections.require_changeable(work, file, new)
    row.ruling = new.model_dump(mode="json")
    move(work, row, "decide", outcome=new.outcome.value)
    changes = changed(work, file, new)
    await take(
        work,
        Decision(
            number=case_number("U", work.today),
            kind=KIND,
            subject_kind=KIND,
            subject_id=row.id,
            person_id=row.person_id,
            organisation_id=row.organisation_id,
            register_code=row.register_code,
            outcome=Verdict(new.outcome.value),
            grounds=new.ground,
            reasons=await objections.reasons_of(work, row, new, file, changes),
            rule_set=work.rules.chosen(row.register_code, work.today).name,
            facts={
                "contested": [decision.number for _, decision in file.contested],
                "panel": await written.panel(work, file.sitting()),
            },
            result={
                "costs": new.award_costs,
                "passed_over": new.passed_over,
                **objections.paid(work, new, file),
                **changes,
            },
            taken_by=f"chamber/{row.chamber}",
            taken_in=row.id,
            decided_on=work.today,
        ),
    )
    await terms.wait_for_telling(work, row)


async def notify(work: Work, file: File, _new: Nothing) -> None:
    """Send the ruling on its way (Awb 7:26): it binds, and is carried through as soon as it is made known."""
    await work.port(DisputePorts).announce(work, objections.decision_in(file), None, None)


async def take_effect(work: Work, decision: Decision) -> None:
    """What a ruling does once it is made known: it annuls, puts another decision in place, or sends back."""
    row = await work.session.get_one(Dispute, decision.subject_id)
    contested = await queries.contested_of(work, row)
    row.ended_on = require_notified(decision)
    move(work, row, "notify", decision=str(decision.id))
    await work.flush()
    ruled = [
        each
        for lodged, each in contested
        if (lodged is not None or row.against_silence)
        and each.kind == objections.KIND
        and each.state is DecisionState.NOTIFIED
    ]
    if decision.outcome in {Verdict.SENT_BACK, Verdict.EFFECTS_MAINTAINED, Verdict.DECIDED_IN_PLACE}:
        for each in ruled:
            annul(work, each, decision)
    await objections.replace(work, row, decision)
    await interim.end(work, row)
    if decision.outcome is Verdict.SENT_BACK:
        await _send_back(work, row, [each for _, each in contested], ruled)
        for each in ruled[:1]:
            anew_by(decision, (await work.session.get_one(Dispute, each.subject_id)).decision_due_on)
    await telling.tell_decided(work, row, decision.number)
    await telling_body.tell_ruled(work, row, decision)


async def _send_back(work: Work, row: Dispute, contested: Sequence[Decision], ruled: Sequence[Decision]) -> None:
    """The body must decide, or decide anew, within a term that starts now.

    Of a late decision on a request it treats what is contested as an objection, with its first day (Awb 6:20(4)).
    """
    if ruled:
        again = await work.session.get_one(Dispute, ruled[0].subject_id)
        await objections.reopen(work, again)
        await telling_body.tell_sent_back(work, again)
    elif not contested and row.about_id is not None:
        length = work.rules.chosen(row.register_code, work.today).terms["remitted-decision"]
        term = Term(length.length, length.unit, "", length.rolled)
        await work.port(DisputePorts).decide_by(work, row.about_id, run(work.today, term, work.calendar).last_day)
    elif await _is_objected_to(work, row):  # silence: the objection still runs
        found = await queries.open_against(work, contested[0], Kind.OBJECTION)
        if found is not None:
            found.remitted_on = work.today
            await terms.recount(work, found, await queries.contested_of(work, found))
            await telling.tell_due(work, found, "sent-back")
            await telling_body.tell_sent_back(work, found)
    else:
        objection = await objections.forwarded(work, row, [contested[-1]])
        row.forwarded_to = objection.id
    move(work, row, "remit")


async def _is_objected_to(work: Work, row: Dispute) -> bool:
    """Whether it was an objection that was not decided on."""
    return row.about_id is None or await work.session.get(Dispute, row.about_id) is not None

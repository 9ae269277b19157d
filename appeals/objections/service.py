"""Objections: lodged, checked, advised on, decided, made known with what another decision does."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import select

from appeals.costs import CostAct, Costs, costs_of
from appeals.disputes import body, conditions, interim, involved, lodging, queries, ruled, telling, terms, written
from appeals.disputes.filing import require_excuse
from appeals.disputes.handling import judge_anew, move, vote_anew
from appeals.disputes.models import Dispute
from appeals.disputes.policy import Kind, Outcome, require_passed_over
from appeals.disputes.queries import File
from appeals.disputes.schemas import Advice, Check, NewFiling, Nothing, Ruling
from appeals.objections.policy import GIVEN, Found, Wanted, require_laid, require_no_worse, require_outcome
from appeals.ports import DisputePorts, Proposal
from core.decisions import Channel, Decision, DecisionState, Verdict, annul, case_number, require_notified, take
from core.errors import Invalid, Refused
from core.store.work import Work
from core.texts import day

KIND = "objection"


async def lodge(work: Work, new: NewFiling) -> Dispute:
    """Object to one or several decisions. As lodging.lodge; Refused: `appeal-instead`, `replaced-already`,
    `objection-runs`; a letter against a decision that joined an open appeal is sent on to it (Awb 6:15, 6:19)."""
    decisions = await lodging.decisions_of(work, Kind.OBJECTION, new)
    appeal = await queries.open_against(work, decisions[0], Kind.APPEAL)
    for decision in decisions:
        await _require_objectable(work, decision, appeal)
    row = await lodging.lodge(work, Kind.OBJECTION, new, decisions)
    if along := await queries.penalties_along(work, row, decisions):
        await involved.bar(work, row, along)
    if appeal is not None:
        row.forwarded_to, row.ended_on = appeal.id, work.today
        move(work, row, "forward", to=str(appeal.id))
        await telling.tell_moved(work, row, "de Commissie van Beroep")
        return row
    await lodging.acknowledge(work, row)
    return row


async def _require_objectable(work: Work, decision: Decision, appeal: Dispute | None) -> None:
    if decision.part_of is not None or decision.kind in {Kind.OBJECTION.value, Kind.APPEAL.value}:
        raise Refused("appeal-instead")
    if appeal is not None:
        return
    if decision.state in {DecisionState.REPLACED, DecisionState.ANNULLED}:
        raise Refused("replaced-already")
    if running := await queries.open_against(work, decision, Kind.OBJECTION):
        raise Refused("objection-runs", number=running.number)


async def is_disputed(work: Work, decision: Decision) -> bool:
    """Whether an objection or appeal against a decision runs."""
    for kind in Kind:
        if await queries.open_against(work, decision, kind):
            return True
    return False


async def forwarded(work: Work, appeal: Dispute, decisions: Sequence[Decision]) -> Dispute:
    """An appeal without prior objection is one: taken in here, with the day on which the chamber got it."""
    numbers = [each.number for each in decisions]
    new = NewFiling(decisions=numbers, grounds=appeal.grounds, channel=appeal.channel, forwarded_from="appeal")
    for decision in decisions:
        await _require_objectable(work, decision, None)
    row = await lodging.lodge(work, Kind.OBJECTION, new, decisions, sent_on=appeal)
    await lodging.acknowledge(work, row)
    return row


async def check(work: Work, file: File, new: Check) -> None:
    """Term and form were looked at, and who will treat it. Invalid: `excuse-needed`, `omission-first` (Awb 6:6)."""
    row = file.dispute
    await conditions.omission_asked(work, file)
    require_excuse(file.late(), None if new.excused is None else new.excused == "yes", new.excuse_reasons)
    row.excused = new.excused == "yes" if file.late() else None
    row.excuse_reasons = new.excuse_reasons if file.late() else ""
    row.advisory = new.advisory
    move(work, row, "check", late=file.late(), excused=row.excused, advisory=row.advisory)
    await terms.recount(work, row, list(file.contested))
    if row.advisory:
        await telling.tell_advisory(work, row)
        await telling.tell_due(work, row, "committee")


async def advise(work: Work, file: File, new: Advice) -> None:
    """Write down what the committee advises, for the outcome that its majority wants (Awb 7:13).

    Refused as conditions.advised_outcome.
    """
    row = file.dispute
    row.advised_outcome = conditions.advised_outcome(file)
    row.advice = new.advice
    move(work, row, "advise", outcome=row.advised_outcome)
    await written.advice(work, row, file.hearing_panel())


async def lay_draft(work: Work, file: File, new: Ruling) -> None:
    """Lay a draft before the members of the body, who vote on it; what they voted before falls away.

    As `decide`, but for the votes.
    """
    row = file.dispute
    await conditions.body_at_turn(work, file)
    await _require_lawful(work, file, new, new.outcome.value)
    row.draft = new.model_dump(mode="json")
    vote_anew(work, row, file.deciding())
    work.log("objection:draft", row, outcome=new.outcome.value)
    await telling.tell_draft(work, row, [seat.member_id for seat in file.deciding()])


async def _require_lawful(work: Work, file: File, new: Ruling, voted: str) -> None:
    """As policy.require_outcome, and what is replaced or revoked can be."""
    row = file.dispute
    lodged = [(one, decision) for one, decision in file.contested if one is not None]
    late = [decision.id for one, decision in lodged if one.days_late and row.excused is not True]
    found = Found(
        late=bool(late) and len(late) == len(lodged),
        not_repaired=row.repair_until is not None and row.repaired_on is None,
        advised=row.advised_outcome,
        voted=voted,
        costs_asked=row.costs_asked_on is not None,
        waived=row.waived,
    )
    wanted = Wanted(new.outcome, new.ground, new.deviation, new.award_costs, new.costs_reasons, len(changed_by(new)))
    require_outcome(found, wanted)
    require_passed_over(new.outcome, new.passed_over)
    await _require_no_worse(work, file, new)
    await require_changeable(work, file, new, late)


async def _require_no_worse(work: Work, file: File, new: Ruling) -> None:
    """As policy.require_no_worse, where a chamber sent it back and something that was given can still be taken."""
    row = file.dispute
    if row.remitted_on is None or all(each.state is not DecisionState.NOTIFIED for _, each in file.contested):
        return
    wanted = select(Decision).where(
        Decision.subject_id == row.id, Decision.kind == KIND, Decision.round == row.round - 1
    )
    fallen = (await work.session.exec(wanted)).one_or_none()
    if fallen is not None:
        before, paid = Outcome(fallen.outcome.value), "costs_eur" in fallen.result
        require_no_worse(before, fallen.number, new.outcome, paid=paid, pays=new.award_costs)


async def decide(work: Work, file: File, new: Ruling) -> None:
    """Record what the body decided on an objection, as its members voted, after advice too (Awb 7:11, 7:12, 10:3).

    Refused: `not-advised`, as body.decided and policy.require_laid; as policy.require_outcome; Forbidden:
    `not-while-seated`.
    """
    row = file.dispute
    await conditions.body_at_turn(work, file)
    voted = await body.decided(work, file)
    await _require_lawful(work, file, new, voted.outcome)
    ruling = new.model_dump(mode="json")
    require_laid(row.draft, ruling, alone=voted.alone)
    row.ruling = ruling
    by = body.body_of(row)
    move(work, row, "decide", outcome=new.outcome.value, body=by.value, votes=len(voted.members), alone=voted.alone)
    changed = ruled.changed(work, file, new)
    decision = Decision(
        number=case_number("B", work.today),
        kind=KIND,
        subject_kind=KIND,
        subject_id=row.id,
        round=row.round,
        person_id=row.person_id,
        organisation_id=row.organisation_id,
        register_code=row.register_code,
        outcome=Verdict(new.outcome.value),
        grounds=new.ground,
        reasons=await reasons_of(work, row, new, file, changed),
        rule_set=work.rules.chosen(row.register_code, work.today).name,
        facts={"contested": [decision.number for _, decision in file.contested], "decided_by": voted.as_facts(by)},
        result={"costs": new.award_costs, "passed_over": new.passed_over, **paid(work, new, file), **changed},
        taken_by=f"committee/{by.value}",
        taken_in=row.id,
        decided_on=work.today,
    )
    await take(work, decision)
    await terms.wait_for_telling(work, row)


REVOKED = (
    "Wij herroepen besluit {number} van {day}. Het geldt niet meer, en heeft ook nooit gegolden: alles is weer zoals "
    "het zonder dat besluit zou zijn."
)
"""What a party reads of a decision that is taken back (Awb 7:11(2))."""
CONTESTED = "Uw {name} is gericht tegen {decisions}."
SILENCE = "Uw {name} is gericht tegen het niet op tijd beslissen op {number}."
ALSO = "Het gaat ook over {decisions}."
HEARD = "U bent gehoord op {day}."
ADVICE = "Het advies van de commissie: {advice}"
PASSED_OVER = "Aan het besluit kleefde een gebrek. U bent daardoor niet benadeeld, dus het besluit blijft in stand."
COSTS = "Uw kosten worden vergoed: {how}"
NO_COSTS = "U vroeg om vergoeding van uw kosten. Die geven wij niet. {why}"
ONLY_REVOKED = "Dat kan alleen als een besluit wordt herroepen door een fout van ons."
"""Why costs are not paid where what was contested stands (Awb 7:15(2)); otherwise who decides says why."""


def _costs(work: Work, new: Ruling, file: File) -> Costs:
    """What is paid, by the tariff of today."""
    held = file.hearing is not None and file.hearing.held
    acts = new.costs_acts or ([] if new.costs_other else [CostAct.FILING, *([CostAct.HEARING] if held else [])])
    return costs_of(work.means.settings.rates, work.today, acts, new.costs_weight, new.costs_other)


def paid(work: Work, new: Ruling, file: File) -> dict[str, str]:
    """The amount of costs that a decision on objection or appeal gives, where it gives any."""
    return {"costs_eur": str(_costs(work, new, file).amount)} if new.award_costs else {}


async def reasons_of(work: Work, row: Dispute, new: Ruling, file: File, changed: dict[str, Any]) -> str:
    """What a decision on objection or appeal must tell (Awb 7:12, 7:26): what was contested and whether the party was
    heard, the reasons, the advice and why it is not followed (7:13(6)-(7)), what is taken back, a defect (6:22), costs.
    """
    numbered = [
        f"besluit {each.number}" + (f" van {day(each.notified_on, 'nl')}" if each.notified_on else "")
        for _, each in file.contested
    ]
    parts = [_contested(row, " en ".join(numbered)), *await ruled.before(work, row)]
    if row.waived is not None:
        parts.append(f"Er is niet gehoord: {row.waiver_reasons}")
    elif file.hearing is not None and file.hearing.held:
        parts.append(HEARD.format(day=day(file.hearing.held_on, "nl")))
    parts.append(new.reasons)
    if row.advice.strip():
        parts.append(ADVICE.format(advice=row.advice))
    if new.deviation.strip():
        parts.append(f"Anders dan geadviseerd: {new.deviation}")
    parts += ruled.annulled(work, file, new)
    parts += ruled.changes(file, changed, await _outcomes(work, file, new))
    revoked = [decision for _, decision in file.contested if decision.id in new.revocations]
    parts += [REVOKED.format(number=each.number, day=day(each.notified_on, "nl")) for each in revoked]
    if new.passed_over:
        parts.append(PASSED_OVER)
    if row.costs_asked_on is not None:
        why = new.costs_reasons if new.outcome in GIVEN else ONLY_REVOKED
        given = COSTS.format(how=_costs(work, new, file).said) if new.award_costs else NO_COSTS.format(why=why)
        parts.append(given)
    return "\n".join([*parts, *ruled.basis(work, row, new)])


async def _outcomes(work: Work, file: File, new: Ruling) -> dict[str, Verdict]:
    """How what takes the place of a decision ends, where that is the only one: a second one may rest on the first."""
    if len(new.replacements) != 1:
        return {}
    (one,) = new.replacements
    earlier = next(decision for _, decision in file.contested if decision.id == one.decision_id)
    return {str(earlier.id): (await following_of(work, earlier, one)).outcome}


def _contested(row: Dispute, decisions: str) -> str:
    name = telling.NAME[row.kind]
    if not row.about_number:
        return CONTESTED.format(name=name, decisions=decisions)
    also = f" {ALSO.format(decisions=decisions)}" if decisions else ""
    return SILENCE.format(name=name, number=row.about_number) + also


def changed_by(new: Ruling) -> Sequence[tuple[str, UUID]]:
    """The contested decisions that a ruling replaces or revokes, each with the field that says so."""
    replaced = [("replacements", each.decision_id) for each in new.replacements]
    return [*replaced, *(("revocations", id) for id in new.revocations)]


async def require_changeable(work: Work, file: File, new: Ruling, late: Sequence[UUID] = ()) -> None:
    """What is to be replaced or revoked is contested, stands, and was contested in time; the first is tried at once.

    Invalid: `not-contested`, `inadmissible-only`, `changed-twice`, `replacement-needed` (a request is left that must be
    decided); Refused: `replaced-already`, and as DisputePorts.reconsider.
    """
    known = {decision.id: decision for _, decision in file.contested}
    seen: set[UUID] = set()
    for field, id in changed_by(new):
        if id not in known:
            raise Invalid("not-contested", [(field, "not-contested")])
        if id in late:
            raise Invalid("inadmissible-only", [(field, "inadmissible-only")])
        if known[id].state is not DecisionState.NOTIFIED:
            raise Refused("replaced-already")
        if id in seen:
            raise Invalid("changed-twice", [(field, "changed-twice")])
        if field == "revocations" and known[id].kind not in work.port(DisputePorts).revocations:
            raise Invalid("replacement-needed", [(field, "replacement-needed")])
        seen.add(id)
    if new.replacements:
        await following_of(work, known[new.replacements[0].decision_id], new.replacements[0])


async def following_of(work: Work, earlier: Decision, new: Proposal) -> Decision:
    """The decision in the place of a contested one, not taken yet; as DisputePorts.reconsider.

    Nobody is worse off for having contested it (no reformatio in peius, Awb 7:11): Refused("worse-off").
    """
    following = await work.port(DisputePorts).reconsider(work, earlier, new)
    if work.port(DisputePorts).worse(earlier, following):
        raise Refused("worse-off", number=earlier.number)
    return following


async def notify(work: Work, file: File, _new: Nothing) -> None:
    """Send the decision on its way (Awb 7:12): what replaces takes effect when it is made known."""
    await work.port(DisputePorts).announce(work, decision_in(file), None, None)


def decision_in(file: File) -> Decision:
    """What was decided; Refused("wrong-state") before that."""
    if file.decision is None:
        raise Refused("wrong-state", open_moves=(), state=file.dispute.state)
    return file.decision


async def take_effect(work: Work, decision: Decision) -> None:
    """What a decision on objection does once it is made known: other decisions take the place of contested ones."""
    row = await work.session.get_one(Dispute, decision.subject_id)
    row.ended_on = require_notified(decision)
    move(work, row, "notify", decision=str(decision.id))
    await work.flush()
    await replace(work, row, decision)
    await interim.end(work, row)
    await telling.tell_decided(work, row, decision.number)


async def replace(work: Work, row: Dispute, decision: Decision) -> None:
    """Put other decisions in the place of contested ones, one after the other, and have the rest looked at again."""
    await _revoke(work, [UUID(each) for each in row.ruling.get("revocations", [])], decision)
    proposals = [Proposal.model_validate(each) for each in row.ruling.get("replacements", [])]
    sent_on = decision.notified_on if decision.channel is Channel.POST else None
    done = set()
    for each in proposals:
        earlier = await work.session.get_one(Decision, each.decision_id)
        following = await following_of(work, earlier, each)
        belongs_to(following, row, decision, earlier)
        await take(work, following)
        await work.port(DisputePorts).announce(work, following, decision.channel, sent_on)
        await work.flush()
        done |= {earlier.id, following.id}
        for other in await work.port(DisputePorts).dependents(work, following):
            if other.id not in done and other.id not in {one.decision_id for one in proposals}:
                await work.port(DisputePorts).look_again(work, other, following)


CAME = "Dit besluit komt in de plaats van besluit {earlier}. Het hoort bij {ruled} {number}, op uw {name} {case}."
RULED = {Kind.OBJECTION: "beslissing op bezwaar", Kind.APPEAL: "uitspraak"}


def belongs_to(following: Decision, row: Dispute, decision: Decision, earlier: Decision) -> None:
    """What comes in the place of a contested decision was decided with the decision on it, on that day (Awb 7:11)."""
    following.taken_in, following.taken_by = row.id, decision.taken_by
    following.number = ruled.number_of(decision, earlier) or following.number
    following.part_of, following.decided_on = decision.number, decision.decided_on
    came = CAME.format(
        earlier=earlier.number,
        ruled=RULED[row.kind],
        number=decision.number,
        name=telling.NAME[row.kind],
        case=row.number,
    )
    following.reasons = f"{came}\n{following.reasons}"


async def _revoke(work: Work, ids: Sequence[UUID], by: Decision) -> None:
    """Take contested decisions back, with all that they did (Awb 7:11(2), 7:25)."""
    for id in ids:
        earlier = await work.session.get_one(Decision, id)
        annul(work, earlier, by)
        await work.flush()
        await work.port(DisputePorts).revocations[earlier.kind](work, earlier)


async def reopen(work: Work, row: Dispute) -> None:
    """Take an objection up again that the chamber sent back: heard and voted on anew, in another round (Awb 7:25)."""
    row.remitted_on, row.ended_on, row.round = work.today, None, row.round + 1
    row.ruling, row.adjourned_on = {}, None
    await judge_anew(work, await queries.file_of(work, row))
    move(work, row, "remit", round=row.round)
    await terms.recount(work, row, await queries.contested_of(work, row))
    await telling.tell_due(work, row, "sent-back")

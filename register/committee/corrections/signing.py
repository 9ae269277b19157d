"""Signing a correction: a second person takes the decision that replaces the wrong one; made known, it ends both."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from accreditation.offer.members import members_of
from auth.actor import person_of
from core import agenda
from core.decisions import Decision, Effect, Verdict, case_number, round_of, take
from core.errors import Forbidden, Refused
from core.law.term_run import Term, run
from core.store.work import Work
from register.committee.cases import Case
from register.committee.conflicts import conflicts_in, grounds_of
from register.committee.corrections import queries
from register.committee.corrections.models import Correction
from register.committee.corrections.policy import CORRECTION, CorrectionEvent
from register.committee.corrections.service import CASE, not_own, require_still_correctable
from register.committee.corrections.weighing import as_json, digest_of, given_by, proposal_of
from register.committee.reconsideration import service as reopened
from register.committee.reconsideration.outcomes import dependents, reconsider
from register.notification import announcing

KIND = CASE
"""The kind of the decision that refuses what was asked."""


async def sign(work: Work, id: UUID, digest: str) -> Decision:
    """A second person signs exactly what was proposed, and so takes the decision (four eyes).

    Forbidden: `own-case`, `own-proposal`, `conflict-of-interest`; Refused: `wrong-state`, `another-text` (also when the
    facts changed meanwhile), `proposal-expired`, and as policy.require_correctable.
    """
    row = await queries.correction(work, id)
    work.expect(row)
    not_own(work, row)
    signer = person_of(work.actor)
    following = CORRECTION.after(row.state, CorrectionEvent.SIGN)
    if signer == row.proposed_by:
        raise Forbidden("own-proposal")
    before = await work.session.get_one(Decision, row.decision_id)
    if found := await conflicts_in(work, await _cases(work, row, before), [signer], members_of):
        raise Forbidden("conflict-of-interest", grounds=grounds_of(found))
    if digest != row.digest or row.digest != digest_of(row):
        raise Refused("another-text")
    _require_fresh(work, row)
    decision = await _refusal(work, row, before) if row.refuses else await _replacing(work, row, before)
    await take(work, decision)
    row.state, row.signed_by, row.following_id = following, signer, decision.id
    work.log("correction:sign", row, decision=str(decision.id))
    return decision


async def _cases(work: Work, row: Correction, before: Decision) -> list[Case]:
    """The correction, and the file behind the decision: who had a hand in either does not sign."""
    entry = await queries.entry_behind(work, before)
    behind = entry.id if entry else before.subject_id
    return [
        Case(id, CASE, before.kind, row.number, row.person_id, behind, row.register_code, None)
        for id in (row.id, before.subject_id)
    ]


def _require_fresh(work: Work, row: Correction) -> None:
    assert row.proposed_on is not None
    length = work.rules.chosen(row.register_code.value, work.today).terms["four-eyes"]
    term = Term(length.length, length.unit, "security 2(4)", length.rolled)
    last = run(row.proposed_on, term, work.calendar).last_day
    if work.today > last:
        raise Refused("proposal-expired", until=last)


async def _replacing(work: Work, row: Correction, before: Decision) -> Decision:
    """The decision in the place of the wrong one; it ends that one once it is made known."""
    await require_still_correctable(work, before)
    following = await reconsider(work, before, proposal_of(row))
    if as_json(given_by(following)) != row.gives:
        raise Refused("another-text")
    following.grounds = " ".join(dict.fromkeys([row.ground, *following.ground_codes()]))
    return following


async def _refusal(work: Work, row: Correction, before: Decision) -> Decision:
    return Decision(
        number=case_number("B", work.today),
        kind=KIND,
        subject_kind=CASE,
        subject_id=row.id,
        round=await round_of(work, row.id, KIND),
        person_id=row.person_id,
        register_code=row.register_code.value,
        outcome=Verdict.REFUSED,
        grounds=row.ground,
        reasons=row.reasons,
        repair=row.repair,
        rule_set=work.rules.chosen(row.register_code.value, work.today).name,
        facts={"decision": before.number},
        taken_by=work.actor.ref,
        decided_on=work.today,
    )


async def take_effect(work: Work, decision: Decision) -> None:
    """The correction is at its end once its decision is made known; what rested on a valuation is looked at again."""
    row = await queries.taken_by(work, decision.id)
    if row is None:
        return
    row.state = CORRECTION.after(row.state, CorrectionEvent.NOTIFY)
    work.log("correction:notify", row, decision=str(decision.id))
    await agenda.done(work, row.id)
    for other in await dependents(work, decision):
        await reopened.open_file(work, other, decision)


async def _overtake(work: Work, decision: Decision) -> None:
    """End the other corrections of what was replaced, also one that was signed and not made known (Awb 3:40)."""
    for row in await queries.overtaken_by(work, decision):
        row.state = CORRECTION.after(row.state, CorrectionEvent.OVERTAKE)
        work.log("correction:overtake", row, by=str(decision.id))
        await agenda.done(work, row.id)
        if row.following_id is not None:
            await announcing.take_back(work, row.following_id)


def ending(effect: Effect) -> Callable[[Work, Decision], Awaitable[None]]:
    """An effect, and then the end of the correction from which the decision came, and of those that it overtook."""

    async def both(work: Work, decision: Decision) -> None:
        await effect(work, decision)
        if decision.replaces is not None:
            await _overtake(work, decision)
            await take_effect(work, decision)

    return both

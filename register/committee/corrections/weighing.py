"""Weighing a correction: what is found tried on the decision, what it takes away told first, the text fixed."""

from typing import Any
from uuid import UUID

from accreditation.courses.ruling import ACCREDIT
from appeals.ports import Proposal
from auth import queries as people
from auth.actor import person_of
from core import agenda
from core.decisions import Decision, Verdict, require_complete
from core.errors import Refused
from core.law.articles import ARTICLES
from core.law.term_run import Term, run
from core.panel.sessions import digest_of_text
from core.store.db import canonical
from core.store.work import Work
from core.texts import day
from register.applications.silence.service import KIND as PENALTY
from register.committee.corrections import queries
from register.committee.corrections.models import Correction
from register.committee.corrections.policy import (
    CORRECTION,
    VALUATION,
    CorrectionEvent,
    CorrectionState,
    Gives,
    require_ground,
    require_keeps_entry,
    takes_away,
)
from register.committee.corrections.schemas import NewCorrectionProposal
from register.committee.corrections.service import CASE, HEAR, not_own
from register.committee.reconsideration.outcomes import reconsider

COUNTED = frozenset({VALUATION, ACCREDIT, PENALTY})
"""The kinds of decision that give so many of something."""
WORTH = ("points", "hours", "amount_eur")


async def propose(work: Work, id: UUID, new: NewCorrectionProposal) -> Correction:
    """Fix the exact text of the new decision, for somebody else to sign; another text voids the digest.

    What it takes away is told first, with a term to say what one thinks of it (Awb 4:8), and told anew when it is more
    than was told. Invalid as in core.decisions.require_complete; Refused: `wrong-state`, `nothing-changes`, and as in
    policy.require_keeps_entry and require_ground; Forbidden("own-case").
    """
    row = await queries.correction(work, id)
    work.expect(row)
    not_own(work, row)
    require_ground(new.ground, refuses=new.refuses, asked=row.asked)
    before = await work.session.get_one(Decision, row.decision_id)
    told = row.gives if row.state is CorrectionState.HEARD else None
    row.refuses, row.ground, row.reasons, row.repair = new.refuses, new.ground, new.reasons, new.repair
    row.found = {} if new.refuses else new.found.model_dump(mode="json", exclude_none=True)
    gives: dict[str, Any] = {}
    less = False
    if new.refuses:
        require_complete(Verdict.REFUSED, [new.ground], new.reasons, new.repair)
    else:
        after = await _tried(work, row, before)
        gives = as_json(after)
        less = takes_away(given_by(before), after) and gives != told
    event = CorrectionEvent.INTEND if less else CorrectionEvent.PROPOSE
    row.state, row.gives = CORRECTION.after(row.state, event), gives
    row.proposed_by, row.proposed_on = person_of(work.actor), work.today
    row.digest = digest_of(row)
    if less:
        await _intend(work, row)
    work.log(f"correction:{event.value}", row, sha256=row.digest, ground=row.ground, refuses=row.refuses)
    return row


async def _tried(work: Work, row: Correction, before: Decision) -> Gives:
    """What the new decision would give, on the facts as they were found."""
    try:
        following = await reconsider(work, before, proposal_of(row))
    except Refused:
        if before.outcome is Verdict.REFUSED:
            raise
        raise Refused("strike-off-instead") from None  # the rules would not have given what stands
    if canonical(_says(following)) == canonical(_says(before)):
        raise Refused("nothing-changes")
    after = given_by(following)
    if before.kind != VALUATION:
        require_keeps_entry(given_by(before), after, work.today)
    return after


def _says(decision: Decision) -> dict[str, Any]:
    gives = as_json(given_by(decision))
    return {**gives, "facts": decision.facts, "result": decision.result}


def proposal_of(row: Correction) -> Proposal:
    """What is found, as a decision is reconsidered by."""
    return Proposal.model_validate(
        {"decision_id": row.decision_id, "reasons": row.reasons, "repair": row.repair, **row.found}
    )


def given_by(decision: Decision) -> Gives:
    """What a decision gives."""
    return Gives(decision.outcome.value, decision.level, decision.due_on, _worth(decision))


def _worth(decision: Decision) -> float:
    """Points or hours, all categories together; euros of a penalty."""
    if decision.kind not in COUNTED:
        return 0
    found = next((value for name in WORTH if (value := decision.result.get(name))), 0)
    return float(sum(found.values()) if isinstance(found, dict) else found)


def as_json(gives: Gives) -> dict[str, Any]:
    """As a correction keeps it."""
    due_on = gives.due_on and gives.due_on.isoformat()
    return {"outcome": gives.outcome, "level": gives.level, "due_on": due_on, "worth": gives.worth}


def digest_of(row: Correction) -> str:
    """Of everything that a second person signs for."""
    parts = (row.number, str(row.decision_id), row.ground, row.reasons, row.repair, row.view, str(row.refuses))
    said = canonical({"found": row.found, "gives": row.gives}).decode()
    return digest_of_text("\0".join((*parts, said)))


async def _intend(work: Work, row: Correction) -> None:
    length = work.rules.chosen(row.register_code.value, work.today).terms["hearing"]
    until = run(
        work.today, Term(length.length, length.unit, ARTICLES[CASE, HEAR], length.rolled), work.calendar
    ).last_day
    row.hearing_until, row.heard_on = until, None
    await agenda.expect(work, CASE, row.id, HEAR, role="secretary", due_on=until, register=row.register_code.value)
    person = await people.person(work.session, row.person_id)
    work.send(
        "correction-intended",
        address=person.email,
        subject=f"Voornemen {row.number}: wij horen graag wat u ervan vindt",
        body=(
            "Een besluit over u klopt volgens ons niet. Lees wat wij willen veranderen op "
            f"{work.means.settings.address}/correcties/{row.id}.\n"
            f"U kunt tot en met {day(until, 'nl')} zeggen wat u ervan vindt. Daarna beslissen wij.\n"
        ),
        person_id=person.id,
    )

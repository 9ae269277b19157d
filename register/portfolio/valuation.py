"""Valuing entries: each valuation is a decision, with reasons and a last day to object, made known at once."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from auth import queries as people
from core.clock import legal_day
from core.decisions import Decision, Verdict, case_number, require_undecided, round_of, take
from core.errors import Invalid
from core.law.rulesets import RuleSet
from core.law.terms import application_due
from core.store.work import Work
from register.notification.announcing import announce
from register.portfolio import queries
from register.portfolio.books import settle
from register.portfolio.models import PortfolioEntry, hours_of, hundredths
from register.portfolio.policy import (
    ENTRY,
    GROUNDS,
    VALUED,
    EntryEvent,
    Measure,
    event_of,
    measure_of,
    require_meant,
    require_on_paper,
    require_within,
)
from register.portfolio.schemas import NewValuation

KIND = "valuation"
GIVEN = frozenset({Verdict.GRANTED, Verdict.PARTLY_GRANTED})


def value_by(work: Work, entry: PortfolioEntry) -> date | None:
    """The last day to value what was handed in (Awb 4:13); None before it is."""
    if entry.submitted_at is None:
        return None
    term = work.rules.chosen(entry.register_code.value, work.today).terms["application-decision"]
    received_on = legal_day(entry.submitted_at)
    return application_due(received_on, term.length, (), work.calendar, moves=term.rolled).last_day


async def value_entry(work: Work, entry_id: UUID, new: NewValuation) -> tuple[PortfolioEntry, Decision]:
    """Accept an entry for so many points, or reject it with coded grounds and what would repair it.

    Forbidden: `own-case`, `conflict-of-interest`; Refused: `wrong-state`, `decided-already`, `valued-in-a-talk`;
    Invalid: `points-missing`, `above-claim`, `unknown-ground`, `decision-incomplete`, and as policy.require_within.
    """
    entry = await queries.handed_in(work, entry_id)
    require_on_paper(entry.valuation)
    require_meant(new.points, entry.claimed_points, meant=new.above_claim)
    return await _value(work, entry, new)


async def value_heard(work: Work, entry_id: UUID, new: NewValuation) -> tuple[PortfolioEntry, Decision]:
    """Value an entry in the talk that was held about it, as `value_entry` does on paper."""
    return await _value(work, await queries.handed_in(work, entry_id), new)


async def _value(work: Work, entry: PortfolioEntry, new: NewValuation) -> tuple[PortfolioEntry, Decision]:
    ENTRY.after(entry.state, EntryEvent.REJECT)  # only what waits to be valued can be rejected
    await require_undecided(work, entry.id)
    decision = await _decide(work, entry, new, None)
    return entry, decision


async def correct_valuation(work: Work, entry_id: UUID, new: NewValuation) -> tuple[PortfolioEntry, Decision]:
    """Put a new valuation in the place of the one that stands (Awb 7:11), or check an accepted entry by sample.

    As `value_entry`; what was booked is taken back and booked anew.
    """
    entry = await queries.handed_in(work, entry_id)
    if entry.state not in VALUED:
        ENTRY.after(entry.state, EntryEvent.CORRECT)
    await require_undecided(work, entry.id)
    earlier = await work.session.get(Decision, entry.decision_id) if entry.decision_id else None
    return entry, await _decide(work, entry, new, earlier)


async def _decide(work: Work, entry: PortfolioEntry, new: NewValuation, earlier: Decision | None) -> Decision:
    periods = [row.period() for row in await queries.periods_of(work, entry.registration_id)]
    rules = queries.rules_on(work, entry.register_code, entry.done_on, periods)
    result = _result(entry, new, rules)
    outcome = _outcome(entry, result, bool(new.grounds))
    if unknown := set(new.grounds) - GROUNDS:
        raise Invalid("unknown-ground", [("grounds", "unknown-ground")], grounds=sorted(unknown))
    decision = await take(
        work,
        Decision(
            number=case_number("W", work.today),
            kind=KIND,
            subject_kind="portfolio-entry",
            subject_id=entry.id,
            round=await round_of(work, entry.id, KIND),
            person_id=entry.person_id,
            register_code=entry.register_code.value,
            outcome=outcome,
            grounds=" ".join(dict.fromkeys(new.grounds)),
            reasons=new.reasons,
            repair=new.repair,
            rule_set=rules.name,
            facts=_facts(entry),
            result=result,
            taken_by=work.actor.ref,
            decided_on=work.today,
            replaces=earlier.id if earlier else None,
        ),
    )
    await announce(work, decision, None)
    await work.flush()
    return decision


def _result(entry: PortfolioEntry, new: NewValuation, rules: RuleSet) -> dict[str, Any]:
    """What it gives, within what this way of valuing can give; nothing needs no bounds."""
    if measure_of(rules) is Measure.HOURS:
        if new.points is not None:
            raise Invalid("invalid-input", [("points", "points-not-counted")])
        claimed = hours_of(entry.claimed_hundredths) or Decimal(0)
        hours = new.hours if new.hours is not None else Decimal(0) if new.grounds else claimed
        if hours > claimed:
            raise Invalid("invalid-input", [("hours", "more-than-claimed")])
        return {"hours": str(hours)}
    if new.hours is not None:
        raise Invalid("invalid-input", [("hours", "hours-not-counted")])
    points = 0 if new.points is None and new.grounds else new.points
    if points is None:
        raise Invalid("invalid-input", [("points", "points-missing")])
    covered = entry.themes if new.themes is None else [theme for theme in entry.themes if theme in new.themes]
    if points:
        require_within(points, entry.valuation, len(covered), rules)
    return {"points": points} if new.themes is None else {"points": points, "themes": covered}


def _outcome(entry: PortfolioEntry, result: dict[str, Any], grounds: bool) -> Verdict:
    """Less than was claimed is a refusal in part: it takes a ground."""
    given, claimed = (
        (Decimal(result["hours"]), hours_of(entry.claimed_hundredths))
        if "hours" in result
        else (Decimal(result["points"]), entry.claimed_points)
    )
    if not given:
        return Verdict.REFUSED
    return Verdict.PARTLY_GRANTED if grounds or (claimed or 0) > given else Verdict.GRANTED


def _facts(entry: PortfolioEntry) -> dict[str, Any]:
    return {
        "kind": entry.kind.value,
        "title": entry.title,
        "done_on": entry.done_on.isoformat(),
        "claimed_points": entry.claimed_points,
        "claimed_hundredths": entry.claimed_hundredths,
        "themes": entry.themes,
        "valuation": entry.valuation.value,
        "evidence": entry.frozen_sha256,
    }


async def take_effect(work: Work, decision: Decision) -> None:
    """What a valuation, or one that replaces it, does once it is made known: entry, ledger, message."""
    entry = await work.session.get_one(PortfolioEntry, decision.subject_id)
    accepted = decision.outcome in GIVEN
    event = event_of(entry.state, accepted=accepted)
    if event is not None:
        entry.state = ENTRY.after(entry.state, event)
    given = decision.result if accepted else {}
    entry.points = given.get("points")
    entry.hundredths = hundredths(Decimal(given["hours"])) if "hours" in given else None
    entry.decision_id = decision.id
    work.log(
        "entry:value",
        entry,
        decision=str(decision.id),
        state=entry.state.value,
        points=entry.points,
        hundredths=entry.hundredths,
    )
    await settle(work, entry.registration_id, decision.id, only=entry)
    await _tell(work, decision)


async def _tell(work: Work, decision: Decision) -> None:
    person = await people.person(work.session, decision.person_id)
    work.send(
        "entry-valued",
        address=person.email,
        subject=f"Uw activiteit is gewaardeerd: {decision.number}",
        body=(
            f"Er is een besluit over een activiteit in uw portfolio: {decision.number}.\n"
            "Log in bij Bekwaam om het te lezen. Daar staat ook hoe u bezwaar kunt maken.\n"
        ),
        person_id=person.id,
    )


def possible_grounds() -> Sequence[str]:
    """The coded grounds on which an entry may get less, or nothing."""
    return sorted(GROUNDS)

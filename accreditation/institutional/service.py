"""A provider asks, the secretary decides and withdraws; what was accredited meanwhile keeps its days."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from accreditation.institutional import queries
from accreditation.institutional.models import InstitutionalAccreditation
from accreditation.institutional.policy import (
    GROUNDS,
    INSTITUTIONAL,
    WITHDRAWAL_GROUNDS,
    InstitutionalEvent,
    InstitutionalState,
    Record,
    lacking,
    last_day,
    most_courses,
    require_none,
)
from accreditation.institutional.schemas import InstitutionalView, NewInstitutionalDecision
from accreditation.providers import queries as providers
from accreditation.providers.deciding import Said, decision_on
from accreditation.providers.policy import OWNERS, require_grounds, require_role
from accreditation.providers.schemas import NewMeasure
from auth.actor import person_of
from core.decisions import Decision, Verdict, require_undecided, take
from core.errors import Forbidden, Refused
from core.law.days import add_years, next_day, previous_day
from core.law.ruleoffer import Institutional
from core.records import filled
from core.store.work import Work

CASE = "institutional-accreditation"
GRANT, WITHDRAWAL = "institutional-accreditation", "institutional-withdrawal"


async def ask(work: Work, provider_id: UUID, register: str) -> InstitutionalAccreditation:
    """An owner asks for it; Refused: `not-in-this-register`, `asked-already`."""
    provider = await providers.provider(work, provider_id)
    require_role((await providers.membership(work, provider.id)).role, OWNERS)
    conditions_in(work, register)
    if await queries.waits(work, provider.id, register):
        raise Refused("asked-already")
    row = InstitutionalAccreditation(
        provider_id=provider.id, register_code=register, asked_on=work.today, asked_by=person_of(work.actor)
    )
    work.add(row)
    await work.flush()
    work.log("institutional:ask", row, register=register)
    return row


def conditions_in(work: Work, register: str) -> Institutional:
    """What it takes in a register today; Refused("not-in-this-register") where every course is assessed."""
    found = work.rules.chosen(register, work.today).institutional if register in work.rules.registers() else None
    if found is None:
        raise Refused("not-in-this-register")
    return found


async def record_of(work: Work, row: InstitutionalAccreditation) -> Record:
    """What the provider has shown."""
    rules = conditions_in(work, row.register_code)
    since = add_years(work.today, -rules.years_authorised)
    return await queries.record_of(work, row.provider_id, row.register_code, add_years(work.today, -1), since)


async def decide(work: Work, id: UUID, new: NewInstitutionalDecision) -> Decision:
    """Decide on a request; it works once it is made known.

    Refused: `wrong-state`, `decided-already`, `rules-refuse` (granted in spite of what lacks);
    Invalid("unknown-ground"); Forbidden("own-case").
    """
    row = await _others(work, id)
    decision = await _draw_up(work, row, new)
    await take(work, decision)
    work.log("institutional:decide", row, decision=str(decision.id))
    return decision


async def anew(work: Work, earlier: Decision, new: NewInstitutionalDecision) -> Decision:
    """What takes the place of a decision on a request (Awb 7:11), on what the provider shows now; not taken yet.

    Refused as `decide`.
    """
    return await _draw_up(work, await work.session.get_one(InstitutionalAccreditation, earlier.subject_id), new)


async def _draw_up(work: Work, row: InstitutionalAccreditation, new: NewInstitutionalDecision) -> Decision:
    INSTITUTIONAL.after(row.state, InstitutionalEvent.GRANT if new.granted else InstitutionalEvent.REFUSE)
    await require_undecided(work, row.id)
    rules, record = conditions_in(work, row.register_code), await record_of(work, row)
    missing = lacking(record, rules, work.today)
    if new.granted:
        require_none(missing)
    grounds = [] if new.granted else (new.grounds or missing)
    require_grounds(grounds, GROUNDS)
    refused = Said(Verdict.REFUSED, new.reasons, grounds, new.repair)
    said = Said(Verdict.GRANTED, new.reasons) if new.granted else refused
    decision = decision_on(work, row, CASE, GRANT, said)
    decision.facts = {"lacking": missing, "accredited": record.accredited}
    if new.granted:
        first = await _first_day(work, row)
        decision.due_on = last_day(first, rules)
        most = most_courses(record.accredited, rules)
        decision.result = {
            "from_on": first.isoformat(),
            "until_on": decision.due_on.isoformat(),
            "courses_most": most,
        }
    return decision


async def withdraw(work: Work, id: UUID, new: NewMeasure) -> Decision:
    """Withdraw it, by a decision: new courses are assessed again. Invalid("unknown-ground"), Forbidden("own-case")."""
    row = await _others(work, id)
    INSTITUTIONAL.after(row.state, InstitutionalEvent.WITHDRAW)
    await require_undecided(work, row.id)
    require_grounds(new.grounds, WITHDRAWAL_GROUNDS)
    decision = decision_on(work, row, CASE, WITHDRAWAL, Said(Verdict.WITHDRAWN, new.reasons, new.grounds, new.repair))
    await take(work, decision)
    work.log("institutional:withdrawal", row, decision=str(decision.id))
    return decision


async def _first_day(work: Work, row: InstitutionalAccreditation) -> date:
    """The day after the last one that stands, or today: no day is given twice."""
    ends = [each.until_on for each in await queries.terms_of(work, row.provider_id, row.register_code)]
    return max([work.today, *(next_day(day) for day in ends if day)])


async def _shorten(work: Work, row: InstitutionalAccreditation, first: date, last: date) -> date:
    """End on the day before what still runs; and the last day of the new one, before a next one begins."""
    for each in await queries.terms_of(work, row.provider_id, row.register_code):
        if each.id == row.id or each.from_on is None or each.until_on is None or each.until_on < first:
            continue
        if each.from_on < first:
            each.until_on = previous_day(first)
            work.log("institutional:shorten", each, until_on=each.until_on)
        else:
            last = min(last, previous_day(each.from_on))
    return last


async def take_effect(work: Work, decision: Decision) -> None:
    """What a decision about an institutional accreditation does once it is made known."""
    row = await work.session.get_one(InstitutionalAccreditation, decision.subject_id)
    event = _event(decision)
    row.state, row.decision_id = INSTITUTIONAL.after(row.state, event), decision.id
    if event is InstitutionalEvent.WITHDRAW:
        row.withdrawn_on = work.today
    if event is InstitutionalEvent.GRANT:
        given = decision.result
        first, last = date.fromisoformat(given["from_on"]), date.fromisoformat(given["until_on"])
        last = await _shorten(work, row, first, last)
        await work.flush()  # no day is given twice, not even in between
        row.from_on, row.until_on = first, last
        row.courses_most = int(given["courses_most"])
    work.log(f"institutional:{event.value}", row, until_on=row.until_on, courses_most=row.courses_most)


async def give_back(work: Work, decision: Decision) -> None:
    """A withdrawal that was taken back (Awb 7:11(2)): it covers its days again, until a next one begins."""
    row = await work.session.get_one(InstitutionalAccreditation, decision.subject_id)
    if row.withdrawn_on is None:  # suspended meanwhile: it stands already
        return
    row.state, row.withdrawn_on = INSTITUTIONAL.after(row.state, InstitutionalEvent.RESTORE), None
    if row.from_on is not None and row.until_on is not None:
        row.until_on = await _shorten(work, row, row.from_on, row.until_on)
    work.log("institutional:restore", row, decision=str(decision.id))


def _event(decision: Decision) -> InstitutionalEvent:
    if decision.kind == WITHDRAWAL:
        return InstitutionalEvent.WITHDRAW
    return InstitutionalEvent.REFUSE if decision.outcome is Verdict.REFUSED else InstitutionalEvent.GRANT


async def _others(work: Work, id: UUID) -> InstitutionalAccreditation:
    row = await queries.one(work, id)
    if await providers.is_member(work, row.provider_id):
        raise Forbidden("own-case")
    work.expect(row)
    return row


async def views(work: Work, rows: Sequence[InstitutionalAccreditation]) -> list[InstitutionalView]:
    """As provider and secretary see them; what lacks is said of what still waits."""
    names = await queries.names_of(work, {row.provider_id for row in rows})
    declared = await queries.declared_under(work, {row.id for row in rows})
    return [
        filled(
            InstitutionalView,
            row,
            provider=names.get(row.provider_id, ""),
            declared=declared.get(row.id, 0),
            lacking=(),
            open_moves=INSTITUTIONAL.open(row.state),
        )
        for row in rows
    ]


async def lacks(work: Work, row: InstitutionalAccreditation) -> list[str]:
    """What lacks of a request that waits, today."""
    if row.state is not InstitutionalState.APPLIED:
        return []
    return lacking(await record_of(work, row), conditions_in(work, row.register_code), work.today)

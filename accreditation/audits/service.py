"""An audit from the draw to what follows: a report that is published, and perhaps a measure, after hearing."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from accreditation.audits import queries
from accreditation.audits.models import AuditFinding, AuditRound, ProviderAudit
from accreditation.audits.policy import (
    AUDIT,
    AuditEvent,
    draw,
    lots_of,
    require_ground,
    require_heard,
    require_measure,
    size_of,
)
from accreditation.audits.schemas import MeasureKind, NewAuditMeasure, NewAuditReport
from accreditation.committee import service as committee
from accreditation.providers import queries as providers
from accreditation.providers import service as measures
from accreditation.providers.models import ProviderAuthorisation
from accreditation.providers.schemas import NewMeasure
from auth.actor import Actor, person_of
from auth.permissions import Permission, Role
from core import agenda, proposals
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.law.days import add_years
from core.law.terms import application_due
from core.proposals import Deed, Proposal, Standing
from core.store.work import Work

CASE = "provider-audit"
ANSWER = "answer"
GROUND = "audit-finding"


async def hold_draw(work: Work, register: str) -> AuditRound:
    """Draw the sample of this year; once a year in each register.

    Refused: `not-in-this-register` (no sample is drawn there), `already-drawn`, `nobody-to-draw`.
    """
    rules = work.rules.chosen(register, work.today)
    if rules.quality is None:
        raise Refused("not-in-this-register")
    if any(
        one.register_code == register and one.year == work.today.year for one in await queries.rounds(work, None, 500)
    ):
        raise Refused("already-drawn")
    found = await queries.candidates(work, register)
    if not found:
        raise Refused("nobody-to-draw")
    signals = await queries.signals_of(work, register, found, add_years(work.today, -1))
    row = AuditRound(
        register_code=register,
        year=work.today.year,
        seed=secrets.token_hex(32),
        lots={str(one): lots_of(signals[one], rules.quality) for one in found},
        size=size_of(len(found), rules.quality),
        drawn_at=work.now,
    )
    work.add(row)
    await work.flush()
    work.log("audit:draw", row, year=row.year, register=register, seed=row.seed, size=row.size)
    for provider_id in draw(row.seed, row.lots, row.size):
        audit = ProviderAudit(round_id=row.id, provider_id=UUID(provider_id), register_code=register, year=row.year)
        work.add(audit)
        await work.flush()
        work.log("audit:open", audit, year=row.year)
    return row


async def assign(work: Work, audit_id: UUID, auditor_id: UUID) -> ProviderAudit:
    """Say who audits; Invalid("not-a-member"), Forbidden("conflict-of-interest") for who has a tie to the provider."""
    row = await _others(work, audit_id)
    row.state = AUDIT.after(row.state, AuditEvent.ASSIGN)
    if auditor_id not in {member for member, _ in await committee.pool(work)}:
        raise Invalid("not-a-member", [("auditor_id", "not-a-member")])
    if grounds := await committee.ties(work, row.provider_id, row.register_code, auditor_id):
        raise Forbidden("conflict-of-interest", grounds=grounds)
    row.auditor_id = auditor_id
    work.log("audit:assign", row, auditor=str(auditor_id))
    return row


async def report(work: Work, audit_id: UUID, new: NewAuditReport) -> ProviderAudit:
    """The auditor's report with its findings: the provider may answer it first.

    Forbidden: `not-your-audit`, `conflict-of-interest` (a tie of later date); Invalid("unknown-ground").
    """
    row = await queries.audit(work, audit_id)
    work.expect(row)
    if row.auditor_id != person_of(work.actor):
        raise Forbidden("not-your-audit")
    if grounds := await committee.ties(work, row.provider_id, row.register_code, row.auditor_id):
        raise Forbidden("conflict-of-interest", grounds=grounds)
    row.state = AUDIT.after(row.state, AuditEvent.REPORT)
    for finding in new.findings:
        require_ground(finding.ground)
    term = work.rules.chosen(row.register_code, work.today).terms["audit-view"]
    row.report, row.reported_on = new.report, work.today
    row.answer_by_on = application_due(work.today, term.length, (), work.calendar, moves=term.rolled).last_day
    for position, finding in enumerate(new.findings, 1):
        found = AuditFinding(audit_id=row.id, position=position, **finding.model_dump())
        work.add(found)
        await work.flush()
        work.log("audit:find", found, ground=found.ground, weight=found.weight.value)
    work.log("audit:report", row, findings=len(new.findings), answer_by_on=row.answer_by_on)
    await agenda.expect(
        work, CASE, row.id, ANSWER, role=Role.PROVIDER.value, due_on=row.answer_by_on, register=row.register_code
    )
    return row


async def answer(work: Work, audit_id: UUID, said: str) -> ProviderAudit:
    """The provider says what it thinks of the findings, within the term; Refused("answer-term-over") after it."""
    row = await queries.audit(work, audit_id)
    if not await providers.is_member(work, row.provider_id):
        raise Forbidden("not-for-this-role")
    work.expect(row)
    row.state = AUDIT.after(row.state, AuditEvent.ANSWER)
    if row.answer_by_on is not None and work.today > row.answer_by_on:
        raise Refused("answer-term-over", last_day=row.answer_by_on)
    row.answer = said
    work.log("audit:answer", row)
    await agenda.done(work, row.id)
    return row


async def close(work: Work, audit_id: UUID, conclusion: str) -> ProviderAudit:
    """End an audit without a measure; the report is public from now on. Refused("answer-term-runs")."""
    row = await _others(work, audit_id)
    following = AUDIT.after(row.state, AuditEvent.CLOSE)
    if await queries.findings_of(work, row.id):
        require_heard(row.state, row.answer_by_on, work.today)
    row.state, row.conclusion, row.closed_on = following, conclusion, work.today
    work.log("audit:close", row)
    await agenda.done(work, row.id)
    return row


async def propose_measure(work: Work, audit_id: UUID, new: NewAuditMeasure) -> Proposal:
    """Propose to suspend the provider on what was found, or to withdraw what is suspended; a second person decides.

    Refused: `answer-term-runs`, `no-serious-finding`, `waits-for-signature`, and as the measure itself.
    """
    row = await _others(work, audit_id)
    kind = measures.SUSPENSION if new.kind is MeasureKind.SUSPENSION else measures.WITHDRAWAL
    says = {"kind": kind, "reasons": new.reasons, "repair": new.repair}
    return await proposals.propose(work, DEED, person_of(work.actor), row.id, says)


async def _authorisation(work: Work, row: ProviderAudit) -> ProviderAuthorisation:
    standing = await providers.authorisation_in(work, row.provider_id, row.register_code)
    if standing is None:
        raise NotFound("no-such-authorisation")
    return standing


async def _concerned(work: Work, proposal: Proposal) -> set[UUID]:
    row = await queries.audit(work, proposal.subject_id)
    return {member.person_id for member in await providers.members(work, row.provider_id)}


async def _stands(work: Work, proposal: Proposal) -> Standing:
    row = await queries.audit(work, proposal.subject_id)
    AUDIT.after(row.state, AuditEvent.MEASURE)
    require_heard(row.state, row.answer_by_on, work.today)
    require_measure([one.weight for one in await queries.findings_of(work, row.id)])
    standing = await _authorisation(work, row)
    stands = await measures.measure_stands(work, standing.id, proposal.says["kind"], [GROUND])
    return Standing({**stands.facts, "audit": row.version}, ends=stands.ends)


async def _measure(work: Work, proposal: Proposal) -> UUID:
    row = await queries.audit(work, proposal.subject_id)
    says = proposal.says
    said = NewMeasure(reasons=says["reasons"], grounds=[GROUND], repair=says["repair"])
    decision = await measures.decide_measure(work, (await _authorisation(work, row)).id, says["kind"], said)
    row.state = AUDIT.after(row.state, AuditEvent.MEASURE)
    row.decision_id, row.closed_on, row.conclusion = decision.id, work.today, says["reasons"]
    work.log("audit:measure", row, decision=str(decision.id), kind=says["kind"])
    await agenda.done(work, row.id)
    return decision.id


DEED = Deed("audit-measure", Permission.AUDIT_KEEP, _concerned, _stands, _measure)


async def _others(work: Work, audit_id: UUID) -> ProviderAudit:
    """An audit that the actor leads; Forbidden("own-case") for who acts for the provider."""
    row = await queries.audit(work, audit_id)
    if await providers.is_member(work, row.provider_id):
        raise Forbidden("own-case")
    work.expect(row)
    return row


def sees_signals(work: Work, row: ProviderAudit) -> bool:
    """Whether the actor reads what was heard of the provider: secretary and auditor, never the provider."""
    actor = work.actor
    if not isinstance(actor, Actor):
        return True
    if row.provider_id in actor.organisations:
        return False
    return actor.can(Permission.AUDIT_KEEP) or row.auditor_id == actor.person_id


async def pool(work: Work) -> Sequence[tuple[UUID, str]]:
    """Who may audit."""
    return await committee.pool(work)

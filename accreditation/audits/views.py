"""Audits as the outside sees them: signals only for who may read them."""

from accreditation.audits import queries, service
from accreditation.audits.models import AuditRound, ProviderAudit
from accreditation.audits.policy import AUDIT
from accreditation.audits.schemas import AuditLine, AuditView, FindingView, RoundView, SignalsView
from accreditation.providers import queries as providers
from auth import queries as people
from core.clock import legal_day
from core.law.days import add_years
from core.records import filled
from core.store.work import Work


def line(row: ProviderAudit, provider: str) -> AuditLine:
    """An audit in a list."""
    return AuditLine(row.id, provider, row.register_code, row.year, row.state.value, row.closed_on)


def round_view(row: AuditRound, drawn: object) -> RoundView:
    """A draw."""
    return RoundView(row.id, row.register_code, row.year, row.seed, row.lots, row.size, list(drawn))  # type: ignore[call-overload]


async def view(work: Work, row: ProviderAudit) -> AuditView:
    """One audit for secretary, auditor or provider."""
    inside = service.sees_signals(work, row)
    names = await people.names_of(work.session, [row.auditor_id] if row.auditor_id and inside else [])
    return filled(
        AuditView,
        row,
        provider=(await providers.by_id(work, row.provider_id)).name,
        auditor=names.get(row.auditor_id) if row.auditor_id else None,
        findings=[
            FindingView(one.ground, one.weight.value, one.course_code, one.said)
            for one in await queries.findings_of(work, row.id)
        ],
        open_moves=AUDIT.open(row.state),
        signals=await _signals(work, row) if inside else None,
    )


async def _signals(work: Work, row: ProviderAudit) -> SignalsView:
    since = add_years(legal_day((await queries.round_of(work, row.round_id)).drawn_at), -1)
    found = (await queries.signals_of(work, row.register_code, [row.provider_id], since))[row.provider_id]
    return filled(
        SignalsView,
        found,
        mean=round(found.stars / found.ratings, 1) if found.ratings else None,
        remarks=await queries.remarks_on(work, row.provider_id, row.register_code, since),
    )

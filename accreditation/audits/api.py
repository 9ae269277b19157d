"""Audits as JSON: the draw, the file of each, and the reports that everybody may read."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from accreditation.audits import queries, service
from accreditation.audits.models import AuditFinding, ProviderAudit
from accreditation.audits.schemas import (
    AuditView,
    NewAnswer,
    NewAuditMeasure,
    NewAuditor,
    NewAuditReport,
    NewConclusion,
    NewRound,
    RoundView,
)
from accreditation.audits.views import line, round_view, view
from accreditation.providers import queries as providers
from auth.permissions import PUBLIC, SIGNED_IN, Permission
from auth.proposal_views import ProposalView, proposed
from core import letters
from core.letters import Letter, Part
from core.store.work import Work
from core.texts import day
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned
from core.web.pages import SAID

LANGUAGE = "nl"


def letter_of(row: ProviderAudit, provider: str, findings: Sequence[AuditFinding]) -> Letter:
    """What was looked at, what was found, what the provider says of it, and with what it ended."""
    facts = [
        (SAID.gettext("Jaar", LANGUAGE), str(row.year)),
        (SAID.gettext("Aanbieder", LANGUAGE), provider),
        (SAID.gettext("Rapport van", LANGUAGE), day(row.reported_on, LANGUAGE)),
        (SAID.gettext("Afgerond op", LANGUAGE), day(row.closed_on, LANGUAGE) if row.closed_on else ""),
    ]
    listed = tuple(f"{number}. {_said(one)}" for number, one in enumerate(findings, 1))
    none = () if findings else (SAID.gettext("Er is niets gevonden dat anders moet.", LANGUAGE),)
    parts = (
        Part(_lines(row.report), SAID.gettext("Wat is bekeken", LANGUAGE)),
        Part(none, SAID.gettext("Bevindingen", LANGUAGE), listed),
        Part(_lines(row.answer), SAID.gettext("Reactie van de aanbieder", LANGUAGE)),
        Part(_lines(row.conclusion), SAID.gettext("Conclusie", LANGUAGE)),
    )
    return Letter(
        language=LANGUAGE,
        written_on=row.closed_on or row.reported_on,  # type: ignore[arg-type]
        sender=SAID.label(row.register_code, "register", LANGUAGE),
        addressee=(provider,),
        reference=str(row.id),
        subject=SAID.gettext("Rapport van de verificatieaudit {year}", LANGUAGE, year=row.year),
        facts=tuple((name, value) for name, value in facts if value),
        parts=tuple(part for part in parts if part.paragraphs or part.items),
    )


def _said(one: AuditFinding) -> str:
    about = f" ({one.course_code})" if one.course_code else ""
    ground = SAID.label(one.ground, "audit-ground", LANGUAGE)
    return f"{ground}{about}, {SAID.label(one.weight.value, 'audit-weight', LANGUAGE)}: {' '.join(_lines(one.said))}"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in (one.strip() for one in text.splitlines()) if line)


ONE = "/provider-audits/{audit_id:uuid}"


@post("/audit-rounds", requires=Permission.AUDIT_KEEP)
async def hold_draw(work: WorkDep, data: JSONBody[NewRound]) -> RoundView:
    """Draw the sample of this year in a register."""
    row = await service.hold_draw(work, data.register_code)
    return round_view(row, (await queries.drawn_in(work, [row.id]))[row.id])


@get("/audit-rounds", requires=Permission.AUDIT_KEEP)
async def rounds(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The draws with seed and lots, so that anybody can draw them again."""
    size = page_size(pageSize)
    rows = await queries.rounds(work, place_id(cursor), size + 1)
    drawn = await queries.drawn_in(work, [row.id for row in rows])
    return listed(request, rows, size, lambda row: [str(row.id)], lambda row: round_view(row, drawn.get(row.id, [])))


@get("/provider-audits", requires=SIGNED_IN)
async def audits(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The audits that one leads, holds, or is the subject of."""
    size = page_size(pageSize)
    rows = await queries.audits(work, place_id(cursor), size + 1)
    return listed(request, rows, size, lambda one: [str(one[0].id)], lambda one: line(*one))


@get(ONE, requires=SIGNED_IN)
async def audit(work: WorkDep, audit_id: FromPath[UUID]) -> Response[AuditView]:
    """One of them; what was heard of the provider is for secretary and auditor only."""
    return await _answer(work, await queries.audit(work, audit_id), 200)


async def _answer(work: Work, row: ProviderAudit, status: int = 201) -> Response[AuditView]:
    await work.flush()
    return versioned(await view(work, row), row.version, status)


@post(ONE + "/auditor", requires=Permission.AUDIT_KEEP, if_match=True)
async def assign(work: WorkDep, audit_id: FromPath[UUID], data: JSONBody[NewAuditor]) -> Response[AuditView]:
    """Say who audits."""
    return await _answer(work, await service.assign(work, audit_id, data.auditor_id))


@post(ONE + "/report", requires=Permission.AUDIT_DO, if_match=True)
async def write(work: WorkDep, audit_id: FromPath[UUID], data: JSONBody[NewAuditReport]) -> Response[AuditView]:
    """Hand the report in, with each finding on its coded ground."""
    return await _answer(work, await service.report(work, audit_id, data))


@post(ONE + "/answer", requires=Permission.PROVIDER_KEEP, if_match=True)
async def answer(work: WorkDep, audit_id: FromPath[UUID], data: JSONBody[NewAnswer]) -> Response[AuditView]:
    """Say what one thinks of the findings."""
    return await _answer(work, await service.answer(work, audit_id, data.answer))


@post(ONE + "/closing", requires=Permission.AUDIT_KEEP, if_match=True)
async def close(work: WorkDep, audit_id: FromPath[UUID], data: JSONBody[NewConclusion]) -> Response[AuditView]:
    """End it without a measure; the report is public from now on."""
    return await _answer(work, await service.close(work, audit_id, data.conclusion))


@post(ONE + "/measure", requires=Permission.AUDIT_KEEP, if_match=True)
async def measure(work: WorkDep, audit_id: FromPath[UUID], data: JSONBody[NewAuditMeasure]) -> Response[ProposalView]:
    """Propose to suspend or withdraw on what was found, after hearing; a second person decides by
    `/v1/proposals/{id}/signature`."""
    return await proposed(work, await service.propose_measure(work, audit_id, data))


@get("/audit-reports", requires=PUBLIC)
async def reports(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The audits whose report everybody may read."""
    size = page_size(pageSize)
    rows = await queries.published(work, place_id(cursor), size + 1)
    return listed(request, rows, size, lambda one: [str(one[0].id)], lambda one: line(*one))


@get("/audit-reports/{audit_id:uuid}", requires=PUBLIC, produces="application/pdf", media_type="application/pdf")
async def document(work: WorkDep, audit_id: FromPath[UUID]) -> Response[bytes]:
    """The report as PDF."""
    row = await queries.published_one(work, audit_id)
    provider = (await providers.by_id(work, row.provider_id)).name
    content = await letters.pdf(work, letter_of(row, provider, await queries.findings_of(work, row.id)))
    headers = {"Content-Disposition": f'inline; filename="audit-{row.year}-{row.id}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


ROUTES = Router(
    "/",
    route_handlers=[
        hold_draw,
        rounds,
        audits,
        audit,
        assign,
        write,
        answer,
        close,
        measure,
        reports,
        document,
    ],
    tags=["accreditation"],
)

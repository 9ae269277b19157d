"""The audits on pages: the list and the draw, one audit for each who has a part in it, the reports for everybody."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Template
from pydantic import Field

from accreditation.audits import queries, service
from accreditation.audits.policy import GROUNDS, AuditEvent, Weight
from accreditation.audits.schemas import (
    MeasureKind,
    NewAnswer,
    NewAuditMeasure,
    NewAuditor,
    NewAuditReport,
    NewConclusion,
    NewFinding,
    NewRound,
)
from accreditation.audits.views import view
from accreditation.providers import queries as providers
from auth.permissions import PUBLIC, SIGNED_IN, Permission
from auth.schemas import Schema
from core.errors import Invalid
from core.fields import NeededText, Text
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, options, render
from core.web.submissions import Forms

HERE, PUBLISHED = "/controles", "/agenda/controles"
SHOWN = 100
EMPTY_LINES = 3


@get(HERE, requires=SIGNED_IN)
async def audits(request: AnyRequest, work: WorkDep) -> Template:
    """The audits in which one has a part; for the secretary also the draw."""
    return await _audits(request, work, Form())


async def _audits(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    drawing = work.actor.can(Permission.AUDIT_KEEP)
    rows = await queries.audits(work, None, SHOWN)
    return render(
        request,
        "audits/list.html",
        work,
        form=form,
        audits=[
            {
                "href": f"{HERE}/{row.id}",
                "provider": name,
                "year": row.year,
                "register": row.register_code,
                "state": row.state,
            }
            for row, name in reversed(rows)
        ],
        registers=options(work.rules.registers(), "register") if drawing else [],
    )


@get(HERE + "/{audit_id:uuid}", requires=SIGNED_IN)
async def audit(request: AnyRequest, work: WorkDep, audit_id: FromPath[UUID]) -> Template:
    """One audit, with what the actor may do now."""
    return await _audit(request, work, audit_id, Form())


async def _audit(request: AnyRequest, work: Work, audit_id: UUID, form: Form[Any]) -> Template:
    row = await queries.audit(work, audit_id)
    own = await providers.is_member(work, row.provider_id)
    leads = work.actor.can(Permission.AUDIT_KEEP) and not own
    audits_it = work.actor.can(Permission.AUDIT_DO) and not own
    here, seen = f"{HERE}/{row.id}", await view(work, row)
    allowed = {
        AuditEvent.ASSIGN: leads,
        AuditEvent.REPORT: audits_it,
        AuditEvent.ANSWER: own,
        AuditEvent.CLOSE: leads,
        AuditEvent.MEASURE: leads,
    }
    actions = {
        event.value: f"{here}/{PATHS[event]}" for event, may in allowed.items() if may and event in seen.open_moves
    }
    return render(
        request,
        "audits/audit.html",
        work,
        form=form,
        audit=seen,
        version=row.version,
        findings=[
            {
                "ground": label(one.ground, "audit-ground"),
                "weight": label(one.weight, "audit-weight"),
                "course": one.course_code,
                "said": one.said,
            }
            for one in seen.findings
        ],
        lines=range(1, EMPTY_LINES + 1),
        pool=[(str(id), name) for id, name in await service.pool(work)] if leads else [],
        grounds=options(sorted(GROUNDS), "audit-ground"),
        weights=options(Weight, "audit-weight"),
        measures=options(MeasureKind, "audit-measure"),
        actions=actions,
        document=f"/v1/audit-reports/{row.id}" if seen.closed_on else "",
    )


PATHS = {
    AuditEvent.ASSIGN: "auditor",
    AuditEvent.REPORT: "rapport",
    AuditEvent.ANSWER: "reactie",
    AuditEvent.CLOSE: "afronden",
    AuditEvent.MEASURE: "maatregel",
}
ONE = HERE + "/{audit_id:uuid}"


class ReportForm(Schema):
    """The report with a few findings; a line without a ground is none."""

    report: NeededText
    ground_1: str = ""
    weight_1: Weight = Weight.MINOR
    course_1: str = Field(default="", max_length=20)
    said_1: Text = ""
    ground_2: str = ""
    weight_2: Weight = Weight.MINOR
    course_2: str = Field(default="", max_length=20)
    said_2: Text = ""
    ground_3: str = ""
    weight_3: Weight = Weight.MINOR
    course_3: str = Field(default="", max_length=20)
    said_3: Text = ""

    def filled(self) -> NewAuditReport:
        """As the API takes it; Invalid("field-missing") for a ground without what was seen."""
        findings = []
        for at in range(1, EMPTY_LINES + 1):
            ground, said = getattr(self, f"ground_{at}"), getattr(self, f"said_{at}")
            if ground and not said.strip():
                raise Invalid("invalid-input", [(f"said_{at}", "field-missing")])
            if ground:
                weight, course = getattr(self, f"weight_{at}"), getattr(self, f"course_{at}")
                findings.append(NewFinding(ground=ground, weight=weight, course_code=course, said=said))
        return NewAuditReport(report=self.report, findings=findings)


@get(PUBLISHED, requires=PUBLIC)
async def reports(request: AnyRequest, work: WorkDep) -> Template:
    """The reports that everybody may read, the latest first."""
    rows = await queries.published(work, None, SHOWN)
    shown = [
        {"href": f"/v1/audit-reports/{row.id}", "provider": name, "year": row.year, "register": row.register_code}
        for row, name in reversed(rows)
    ]
    return render(request, "audits/reports.html", work, reports=shown)


hold_draw = Forms(HERE, _audits)(
    "", Permission.AUDIT_KEEP, NewRound, lambda work, new: service.hold_draw(work, new.register_code), "audit-drawn"
)
action = Forms(ONE, _audit, if_match=True)
assign = action(
    "/auditor",
    Permission.AUDIT_KEEP,
    NewAuditor,
    lambda work, id, new: service.assign(work, id, new.auditor_id),
    "audit-assigned",
)
write = action(
    "/rapport",
    Permission.AUDIT_DO,
    ReportForm,
    lambda work, id, new: service.report(work, id, new.filled()),
    "audit-reported",
)
answer = action(
    "/reactie",
    Permission.PROVIDER_KEEP,
    NewAnswer,
    lambda work, id, new: service.answer(work, id, new.answer),
    "audit-answered",
)
close = action(
    "/afronden",
    Permission.AUDIT_KEEP,
    NewConclusion,
    lambda work, id, new: service.close(work, id, new.conclusion),
    "audit-closed",
)
measure = action("/maatregel", Permission.AUDIT_KEEP, NewAuditMeasure, service.propose_measure, "proposal-made")

HANDLERS = [audits, hold_draw, audit, assign, write, answer, close, measure, reports]

"""The panel of a programme: proposed by its provider, approved by the committee, and then it reports (po-comcert)."""

from uuid import UUID

from accreditation.courses import queries
from accreditation.courses.models import CourseFile, ProgrammePanel
from accreditation.courses.policy import ENDED, PANEL, PanelEvent
from accreditation.courses.schemas import NewPanel
from accreditation.courses.service import others_file
from accreditation.kinds import CourseKind
from accreditation.providers import queries as providers
from accreditation.providers.policy import EDITORS, require_role
from core.errors import NotFound, Refused
from core.store.work import Work


async def propose(work: Work, file_id: UUID, new: NewPanel) -> ProgrammePanel:
    """Propose a panel, or another one after the first was rejected. Refused: `no-panel-needed`, `wrong-state`."""
    file = await queries.file(work, file_id)
    require_role((await providers.membership(work, file.provider_id)).role, EDITORS)
    course = await queries.course(work, file.course_id)
    if course.kind is not CourseKind.PROGRAMME or file.state in ENDED:
        raise Refused("no-panel-needed")
    panel = await queries.panel(work, file.id)
    if panel is None:
        panel = ProgrammePanel(file_id=file.id, proposed_on=work.today, **new.model_dump())
        work.add(panel)
    else:
        panel.state = PANEL.after(panel.state, PanelEvent.PROPOSE_AGAIN)
        panel.bureau, panel.composition, panel.proposed_on = new.bureau, new.composition, work.today
    await work.flush()
    work.log("panel:propose", panel, stream=file.stream())
    return panel


async def settle(work: Work, panel: ProgrammePanel, file: CourseFile, *, approved: bool) -> None:
    """What the committee's vote on the composition does: a step in the procedure, no decision of its own (Awb 6:3)."""
    panel.state = PANEL.after(panel.state, PanelEvent.APPROVE if approved else PanelEvent.REJECT)
    work.log("panel:approve" if approved else "panel:reject", panel, stream=file.stream())


async def report(work: Work, file_id: UUID, text: str) -> ProgrammePanel:
    """Keep what the panel found; Refused("wrong-state") before its composition was approved."""
    file = await others_file(work, file_id)
    panel = await queries.panel(work, file.id)
    if panel is None:
        raise NotFound("no-such-panel")
    panel.state = PANEL.after(panel.state, PanelEvent.REPORT)
    panel.report, panel.reported_on = text, work.today
    work.log("panel:report", panel, stream=file.stream())
    return panel

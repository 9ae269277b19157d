"""Silence on an application as JSON: the applicant gives notice of default; the office sets what is owed."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, JSONBody

from appeals.disputes.silence import silent_from
from auth.permissions import SIGNED_IN, Permission
from core.errors import NotFound
from core.store.work import Work
from core.web.http import WorkDep, versioned
from register.applications import service as applications
from register.applications.answers import application_view
from register.applications.silence import service
from register.applications.silence.models import DefaultNotice
from register.applications.silence.schemas import FiledNotice, NoticeView, PenaltyView
from register.entries.models import Application
from register.entries.schemas import ApplicationView

HERE = "/applications/{application_id:uuid}"


async def view(work: Work, application: Application, row: DefaultNotice) -> NoticeView:
    """A notice of default with what follows from it; of a penalty, what is owed up to the decision or today."""
    owed = service.owed(work, application, row, await service.known_on(work, application))
    decided = await service.penalty_decision(work, row) if owed else None
    known = str(decided.id) if decided and decided.notified_on else None
    penalty = PenaltyView(owed.first_day, owed.days, owed.amount_eur, known) if owed else None
    return NoticeView(row.received_on, row.due_on, silent_from(work, row.received_on), penalty)


@post(HERE + "/default-notice", requires=Permission.APPLICATION_FILE, if_match=True, tags=["applications"])
async def give(work: WorkDep, application_id: FromPath[UUID]) -> Response[NoticeView]:
    """Ask to decide after all, once the last day has passed: received today. The first one stands."""
    row = await service.give_notice(work, application_id)
    application = await work.session.get_one(Application, row.application_id)
    await work.flush()
    return versioned(await view(work, application, row), application.version, 201)


@post(HERE + "/filed-default-notice", requires=Permission.APPLICATION_ADMIT, if_match=True, tags=["applications"])
async def file(work: WorkDep, application_id: FromPath[UUID], data: JSONBody[FiledNotice]) -> Response[NoticeView]:
    """Take in a notice of default that came on paper, on its day of receipt (Awb 4:17(3)). 409 `notice-premature`."""
    row = await service.file_notice(work, application_id, data.received_on)
    application = await work.session.get_one(Application, row.application_id)
    await work.flush()
    return versioned(await view(work, application, row), application.version, 201)


@get(HERE + "/default-notice", requires=SIGNED_IN, tags=["applications"])
async def read(work: WorkDep, application_id: FromPath[UUID]) -> Response[NoticeView]:
    """The notice of default on an application; NotFound("no-such-notice")."""
    application = await applications.read(work, application_id)
    row = await service.notice_on(work, application.id)
    if row is None:
        raise NotFound("no-such-notice")
    return versioned(await view(work, application, row), application.version)


@post(HERE + "/penalty-decision", requires=Permission.APPLICATION_ADMIT, if_match=True, tags=["applications"])
async def decide_penalty(work: WorkDep, application_id: FromPath[UUID]) -> Response[ApplicationView]:
    """Set what is owed for deciding late, by a decision of its own that goes out at once (Awb 4:18)."""
    await service.decide_penalty(work, application_id)
    application = await work.session.get_one(Application, application_id)
    await work.flush()
    return versioned(await application_view(work, application), application.version, 201)


ROUTES = Router("/", route_handlers=[give, file, read, decide_penalty])

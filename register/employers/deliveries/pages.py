"""What boards say of one's own appointments, on a page with two buttons."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from auth.permissions import Permission
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, redirect, render
from register.employers.deliveries import queries, service

PAGE = "/mijn/aanstellingen"


@get(PAGE, requires=Permission.APPOINTMENT_KEEP)
async def claims(request: AnyRequest, work: WorkDep) -> Template:
    """What waits for an answer."""
    found = [
        {
            "id": str(row.id),
            "what": f"{label(row.role.value, 'role')}, {school}",
            "board": board,
            "appointed_on": row.appointed_on,
            "ended_on": row.ended_on,
            "ends": row.appointment_id is not None,
            "confirm": f"{PAGE}/{row.id}/bevestigen",
            "refuse": f"{PAGE}/{row.id}/weigeren",
        }
        for row, board, school in await queries.waiting(work)
    ]
    return render(request, "mine/appointments.html", work, claims=found)


@post(PAGE + "/{claim_id:uuid}/bevestigen", requires=Permission.APPOINTMENT_KEEP)
async def confirm(work: WorkDep, claim_id: FromPath[UUID]) -> Redirect:
    """It is so."""
    await service.confirm(work, claim_id)
    return redirect(PAGE, "appointment-confirmed")


@post(PAGE + "/{claim_id:uuid}/weigeren", requires=Permission.APPOINTMENT_KEEP)
async def refuse(work: WorkDep, claim_id: FromPath[UUID]) -> Redirect:
    """It is not so."""
    await service.refuse(work, claim_id)
    return redirect(PAGE, "appointment-refused")


HANDLERS = [claims, confirm, refuse]

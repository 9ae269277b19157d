"""One's own data and posts as JSON."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, get, patch, post
from litestar.params import FromPath, JSONBody

from auth import queries
from auth.actor import person_of
from auth.permissions import SIGNED_IN, Permission
from auth.schemas import NewDetails, NewName
from core.store.work import Work
from core.web.http import WorkDep, versioned
from register.entries import queries as registrations
from register.office.people import own, views
from register.office.people.schemas import AppointmentEnd, AppointmentView, NewAppointment, Profile


@get("/profile", requires=SIGNED_IN, tags=["people"])
async def profile(work: WorkDep) -> Response[Profile]:
    """What the register keeps of oneself, with former names and consents by their days."""
    return await _profile(work)


async def _profile(work: Work) -> Response[Profile]:
    await work.flush()
    person = await queries.person(work.session, person_of(work.actor))
    return versioned(await views.profile(work, person), person.version)


@patch("/profile/name", requires=SIGNED_IN, if_match=True, tags=["people"])
async def rename(work: WorkDep, data: JSONBody[NewName]) -> Response[Profile]:
    """Change one's name and the order of the family names; the public entry follows at once."""
    await own.rename(work, data)
    return await _profile(work)


@patch("/profile/details", requires=SIGNED_IN, if_match=True, tags=["people"])
async def change_details(work: WorkDep, data: JSONBody[NewDetails]) -> Response[Profile]:
    """Change address and telephone, and consent to the message box."""
    await own.change_details(work, data)
    return await _profile(work)


@get("/appointments", requires=SIGNED_IN, tags=["people"])
async def appointments(work: WorkDep) -> Sequence[AppointmentView]:
    """One's own posts, the latest first."""
    return [views.appointment(row) for row in await registrations.appointments(work, person_of(work.actor))]


@post("/appointments", requires=Permission.APPLICATION_FILE, tags=["people"])
async def add_appointment(work: WorkDep, data: JSONBody[NewAppointment]) -> Response[AppointmentView]:
    """Note another post; a school that is not in the list goes in words. 400 `school-missing`, `unknown-brin`, …"""
    row = await own.add_appointment(work, data)
    return versioned(views.appointment(row), row.version, 201)


@post("/appointments/{appointment_id:uuid}/end", requires=Permission.APPLICATION_FILE, if_match=True, tags=["people"])
async def end_appointment(
    work: WorkDep, appointment_id: FromPath[UUID], data: JSONBody[AppointmentEnd]
) -> Response[AppointmentView]:
    """Note the last day in a post."""
    row = await own.end_appointment(work, appointment_id, data.ended_on)
    return versioned(views.appointment(row), row.version, 201)


ROUTES = Router("/", route_handlers=[profile, rename, change_details, appointments, add_appointment, end_appointment])

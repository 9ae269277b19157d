"""What the office does for people, on pages: find, read, hide, note a death, merge doubles."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from pydantic import BeforeValidator

from auth import persons
from auth import queries as people
from auth.permissions import Permission
from auth.schemas import Schema
from core.errors import Invalid, NotFound
from core.fields import Day
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, SAID, label, moved, options, read, render, typed, undone
from core.typed import day as typed_day
from core.work import Work
from register.people import merge, office, views
from register.people.policy import HidingGround
from register.people.schemas import Death, FoundPlace, Merge

AnyRequest = Request[Any, Any, Any]
HERE = "/kantoor/personen"


class HidingForm(Schema):
    """Why somebody is hidden; empty puts them back."""

    ground: HidingGround | None = None


class DeathForm(Death):
    """A day of death as it is typed."""

    deceased_on: Annotated[Day, BeforeValidator(typed_day)]


@get(HERE, requires=Permission.PERSON_FIND, traces=True, include_in_schema=False)
async def search(request: AnyRequest, work: WorkDep, q: FromQuery[str | None] = None) -> Template:
    """Find somebody."""
    form: Form[Any] = Form(values={"q": q or ""})
    found: Any = []
    if q is not None:
        try:
            found = await office.find(work, q)
        except Invalid as error:
            form.wrong("q", SAID.sentence(error.code))
    return render(
        request,
        "office/people.html",
        work,
        form=form,
        searched=q is not None,
        found=[
            {"href": f"{HERE}/{one.id}", "name": one.full_name(), "number": one.register_number, "email": one.email}
            for one in found
        ],
    )


@get(HERE + "/{person_id:uuid}", requires=Permission.PERSON_FIND, traces=True, include_in_schema=False)
async def person(request: AnyRequest, work: WorkDep, person_id: FromPath[UUID]) -> Template:
    """Somebody's file; the look leaves a trace with them."""
    await office.read(work, person_id)
    return await _person(request, work, person_id, Form())


async def _person(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row: persons.Person = await people.person(work.session, id)
    file = await views.person_file(work, row)
    return render(
        request,
        "office/person.html",
        work,
        form=form,
        file=file,
        posts=[
            {
                "role": label(post.role, "role"),
                "place": post.location_code or post.stated_place,
                "unresolved": not post.location_code,
                "from_on": post.appointed_on,
                "until_on": post.ended_on,
                "find": f"{HERE}/{id}/functies/{post.id}/school",
            }
            for post in file.appointments
        ],
        version=row.version,
        grounds=options(HidingGround, "hiding"),
        may_keep=work.actor.can(Permission.PERSON_KEEP),
        here_person=f"{HERE}/{id}",
    )


@post(HERE + "/{person_id:uuid}/verbergen", requires=Permission.PERSON_KEEP, if_match=True, include_in_schema=False)
async def hide(request: AnyRequest, work: WorkDep, person_id: FromPath[UUID]) -> Template | Redirect:
    """Hide somebody at risk, or put them back."""
    form = read(HidingForm, await typed(request))
    if form.value is None:
        return await _person(request, work, person_id, form)
    try:
        await office.hide(work, person_id, form.value.ground)
    except MENDABLE as error:
        return await _person(request, work, person_id, await undone(work, form, error))
    return moved(f"{HERE}/{person_id}", "saved")


@post(HERE + "/{person_id:uuid}/overlijden", requires=Permission.PERSON_KEEP, if_match=True, include_in_schema=False)
async def decease(request: AnyRequest, work: WorkDep, person_id: FromPath[UUID]) -> Template | Redirect:
    """Note a death."""
    form = read(DeathForm, await typed(request))
    if form.value is None:
        return await _person(request, work, person_id, form)
    try:
        await office.decease(work, person_id, form.value.deceased_on)
    except MENDABLE as error:
        return await _person(request, work, person_id, await undone(work, form, error))
    return moved(f"{HERE}/{person_id}", "saved")


@post(HERE + "/{person_id:uuid}/samenvoegen", requires=Permission.PERSON_KEEP, if_match=True, include_in_schema=False)
async def merged(request: AnyRequest, work: WorkDep, person_id: FromPath[UUID]) -> Template | Redirect:
    """Let a double become one with this person."""
    form = read(Merge, await typed(request))
    if form.value is None:
        return await _person(request, work, person_id, form)
    try:
        await merge.merge(work, person_id, form.value.double)
    except NotFound as error:
        await work.session.rollback()
        return await _person(request, work, person_id, form.wrong("double", SAID.sentence(error.code)))
    except MENDABLE as error:
        return await _person(request, work, person_id, await undone(work, form, error))
    return moved(f"{HERE}/{person_id}", "merged")


@post(
    HERE + "/{person_id:uuid}/functies/{appointment_id:uuid}/school",
    requires=Permission.PERSON_KEEP,
    include_in_schema=False,
)
async def find_place(
    request: AnyRequest, work: WorkDep, person_id: FromPath[UUID], appointment_id: FromPath[UUID]
) -> Template | Redirect:
    """Put the school that somebody meant in the place of its words."""
    form = read(FoundPlace, await typed(request))
    if form.value is None:
        return await _person(request, work, person_id, form)
    try:
        await office.find_place(work, appointment_id, form.value)
    except MENDABLE as error:
        return await _person(request, work, person_id, await undone(work, form, error, brin="location_code"))
    return moved(f"{HERE}/{person_id}", "saved")


HANDLERS = [search, person, hide, decease, merged, find_place]

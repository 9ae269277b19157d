"""What the office does for people, on pages: find, read, hide; a death and doubles are proposed to a second person."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from auth.actor import person_of
from auth.permissions import Permission
from core import proposals
from core.errors import Invalid
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import SAID, label, options, render
from core.web.submissions import Forms
from register.entries.views import post_in_words
from register.office.people import hiding, office, views
from register.office.people.following import HERE as PROPOSALS
from register.office.people.policy import HidingGround
from register.office.people.schemas import FoundPlace, Hiding, Proof
from register.schools import queries as schools
from register.schools.choosing_pages import places_page

HERE = "/kantoor/personen"


@get(HERE, requires=Permission.PERSON_FIND)
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


@get(HERE + "/{person_id:uuid}", requires=Permission.PERSON_FIND)
async def person(request: AnyRequest, work: WorkDep, person_id: FromPath[UUID]) -> Template:
    """Somebody's file; the look leaves a trace with them."""
    return await person_page(request, work, person_id, Form())


async def person_page(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row = await office.read(work, id)
    file = await views.person_file(work, row)
    named = await schools.names_of_places(work, [post.location_code for post in file.appointments])
    own = row.id == person_of(work.actor)
    return render(
        request,
        "office/person.html",
        work,
        form=form,
        file=file,
        posts=[
            {
                "role": label(post.role, "role"),
                "place": named.get(post.location_code or "", post.location_code or post.stated_place),
                "unresolved": not post.location_code,
                "term": post_in_words(post.appointed_on, post.ended_on, work.today),
                "find": f"{HERE}/{id}/functies/{post.id}/school",
            }
            for post in file.appointments
        ],
        version=row.version,
        grounds=options(HidingGround, "hiding"),
        proofs=options(Proof, "identity-proof"),
        own=own,
        may_keep=work.actor.can(Permission.PERSON_KEEP) and not own,
        waiting=[
            {"href": f"{PROPOSALS}/{one.id}", "kind": label(one.kind, "two-persons")}
            for one in await proposals.waiting_about(work, id)
        ],
        here_person=f"{HERE}/{id}",
    )


PLACE = HERE + "/{person_id:uuid}/functies/{appointment_id:uuid}/school"


@get(PLACE, requires=Permission.PERSON_KEEP)
async def look_for_place(
    request: AnyRequest,
    work: WorkDep,
    person_id: FromPath[UUID],
    appointment_id: FromPath[UUID],
    q: FromQuery[str | None] = None,
    bladzijde: FromQuery[int | None] = None,
) -> Template:
    """Find the school that somebody meant; one that was chosen comes along in the address."""
    given = {name: request.query_params.get(name, "") for name in ("location_code", "board_number")}
    if q is None and given["location_code"]:
        return await _place(request, work, person_id, appointment_id, Form(values=given))
    here = f"{HERE}/{person_id}/functies/{appointment_id}/school"
    stated = (await office.post_of(work, person_id, appointment_id)).stated_place or ""
    return await places_page(request, work, stated if q is None else q.strip(), bladzijde, here, here, "kantoor")


async def _place(request: AnyRequest, work: Work, person_id: UUID, post_id: UUID, form: Form[Any]) -> Template:
    row = await office.post_of(work, person_id, post_id)
    here = f"{HERE}/{person_id}/functies/{post_id}/school"
    return render(
        request,
        "office/place.html",
        work,
        form=form,
        stated=row.stated_place or "",
        version=row.version,
        chosen=await schools.chosen_place(work, form.values.get("location_code", "")),
        action=here,
        search=f"{here}?q=",
        back=f"{HERE}/{person_id}",
    )


on_person_page = Forms(HERE + "/{person_id:uuid}", person_page, if_match=True)
hide = on_person_page(
    "/verbergen", Permission.PERSON_KEEP, Hiding, lambda work, id, new: hiding.hide(work, id, new.ground), "hidden"
)
send_link = on_person_page("/wachtwoordlink", Permission.PERSON_KEEP, None, office.send_link, "link-underway")
invite = on_person_page("/uitnodigen", Permission.PERSON_KEEP, None, office.invite, "invited")
end_sessions = on_person_page("/sessies", Permission.PERSON_KEEP, None, office.end_sessions, "sessions-ended")
find_place = Forms(PLACE, _place, if_match=True)(
    "",
    Permission.PERSON_KEEP,
    FoundPlace,
    lambda work, person_id, appointment_id, new: office.find_place(work, appointment_id, new),
    "saved",
    HERE + "/{person_id}",
    names={"brin": "location_code"},
)

HANDLERS = [
    search,
    person,
    hide,
    send_link,
    invite,
    end_sessions,
    look_for_place,
    find_place,
]

"""What the office lays before a colleague, on pages: a death, a mistake about one, doubles, a lost second factor."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from pydantic import BeforeValidator

from auth import persons
from auth import queries as people
from auth.permissions import Permission
from core.errors import NotFound, Refused
from core.fields import Day
from core.proposals import Proposal, Standing
from core.store.work import Work
from core.typed import day as typed_day
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import SAID, _, form_values, label, read, redirect, render
from core.web.submissions import Forms, submitted
from register.office.people import address, death, hiding, merge, office, views
from register.office.people.following import HERE as PROPOSALS
from register.office.people.following import follows
from register.office.people.office_pages import person_page
from register.office.people.schemas import Death, HidingEnd, Merge, NewAddress
from register.schools import queries as schools

HERE = "/kantoor/personen"


class DeathForm(Death):
    """A day of death as it is typed, and whether what follows was read."""

    deceased_on: Annotated[Day, BeforeValidator(typed_day)]
    confirmed: bool = False


@post(HERE + "/{person_id:uuid}/overlijden", requires=Permission.PERSON_KEEP, if_match=True)
async def decease(request: AnyRequest, work: WorkDep, person_id: FromPath[UUID]) -> Template | Redirect:
    """Say first what a death ends and for whom; propose it when that was read."""

    async def said(new: DeathForm) -> Template | Redirect:
        if new.confirmed:
            return _proposed(await death.propose(work, person_id, new.deceased_on))
        standing = await death.preview(work, person_id, new.deceased_on)
        return await _confirm_death(request, work, person_id, new.deceased_on, standing)

    return await submitted(request, work, read(DeathForm, await form_values(request)), person_page, said)


def _proposed(row: Proposal) -> Redirect:
    return redirect(f"{PROPOSALS}/{row.id}", "proposal-made")


async def _confirm_death(request: AnyRequest, work: Work, id: UUID, on: date, standing: Standing) -> Template:
    person = await office.read(work, id)
    return render(
        request,
        "office/death.html",
        work,
        name=person.full_name(),
        number=person.register_number,
        on=on,
        action=f"{HERE}/{id}/overlijden",
        back=f"{HERE}/{id}",
        version=person.version,
        **follows(standing),
    )


@get(HERE + "/{person_id:uuid}/samenvoegen", requires=Permission.PERSON_KEEP)
async def compare(request: AnyRequest, work: WorkDep, person_id: FromPath[UUID], double: FromQuery[str]) -> Template:
    """Both records beside each other, before they become one."""
    try:
        other = await people.person_by_number(work.session, double.strip())
    except NotFound as error:
        form: Form[Any] = Form(values={"double": double})
        return await person_page(request, work, person_id, form.wrong("double", SAID.sentence(error.code)))
    return await _compare(request, work, person_id, other, Form())


async def _compare(request: AnyRequest, work: Work, id: UUID, other: persons.Person, form: Form[Any]) -> Template:
    kept = await office.read(work, id)
    await office.read(work, other.id)
    try:
        standing = await merge.preview(work, id, other.register_number)
    except Refused as error:
        standing = Standing({})
        if not form.summary:
            form.wrong("", SAID.sentence(error.code, None, **error.facts))
    return render(
        request,
        "office/merge.html",
        work,
        form=form,
        may_propose=bool(standing.facts),
        **follows(standing),
        sides=[
            await _side(work, kept, _("Blijft bestaan")),
            await _side(work, other, _("Gaat op in de andere")),
        ],
        action=f"{HERE}/{id}/samenvoegen",
        double=other.register_number,
        version=kept.version,
        back=f"{HERE}/{id}",
    )


async def _side(work: Work, row: persons.Person, title: str) -> dict[str, Any]:
    file = await views.person_file(work, row)
    named = await schools.names_of_places(work, [post.location_code for post in file.appointments])
    return {
        "title": title,
        "name": file.profile.name,
        "number": file.profile.register_number,
        "email": file.profile.email,
        "telephone": file.profile.telephone,
        "street": file.profile.address,
        "town": f"{file.profile.postcode} {file.profile.town}".strip(),
        "entries": [(one.register_code, one.status) for one in file.entries],
        "posts": [
            f"{label(post.role, 'role')}, {named.get(post.location_code or '', post.stated_place)}"
            for post in file.appointments
        ],
    }


async def _not_merged(request: AnyRequest, work: Work, id: UUID, form: Form[Merge]) -> Template:
    if form.value is None:
        return await person_page(request, work, id, form)
    return await _compare(request, work, id, await people.person_by_number(work.session, form.value.double), form)


@get(HERE + "/{person_id:uuid}/weer-tonen", requires=Permission.PERSON_KEEP)
async def show_again(request: AnyRequest, work: WorkDep, person_id: FromPath[UUID]) -> Template | Redirect:
    """What becomes public when somebody is shown again, before it is proposed."""
    return await _show_again(request, work, person_id, Form())


async def _show_again(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template | Redirect:
    person = await office.read(work, id)
    standing = await hiding.hidden(work, person)
    if standing is None:
        return redirect(f"{HERE}/{id}")
    return render(
        request,
        "office/show_again.html",
        work,
        form=form,
        name=person.full_name(),
        number=person.register_number,
        ground=label(standing.ground, "hiding") if standing.ground else "",
        since=standing.since,
        action=f"{HERE}/{id}/weer-tonen",
        back=f"{HERE}/{id}",
        version=person.version,
        **follows(await hiding.preview(work, id)),
    )


propose_showing = Forms(HERE + "/{person_id:uuid}", _show_again, if_match=True)(
    "/weer-tonen",
    Permission.PERSON_KEEP,
    HidingEnd,
    lambda work, id, new: hiding.propose_end(work, id, new.reasons),
    to=_proposed,
)
action = Forms(HERE + "/{person_id:uuid}", person_page, if_match=True)
undo_death = action("/niet-overleden", Permission.PERSON_KEEP, None, death.propose_undoing, to=_proposed)
change_email = action("/e-mailadres", Permission.PERSON_KEEP, NewAddress, address.propose, to=_proposed)
reset_factor = action("/tweede-stap", Permission.PERSON_KEEP, None, death.propose_factor_reset, to=_proposed)
merged = Forms(HERE + "/{person_id:uuid}", _not_merged, if_match=True)(
    "/samenvoegen",
    Permission.PERSON_KEEP,
    Merge,
    lambda work, id, new: merge.propose(work, id, new.double),
    to=_proposed,
)

HANDLERS = [decease, undo_death, reset_factor, change_email, compare, merged, show_again, propose_showing]
